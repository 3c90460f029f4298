"""Sessions, each one transaction: one kind to read, one to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads; on SQLite it waits for nobody."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that writes: committed at the end of the block, undone where it raises."""
    with Session(engine.execution_options(writes=True), expire_on_commit=False) as session, session.begin():
        yield session


def read_clock(session: Session) -> datetime:
    """The present moment by the database's clock where machines share one, else by this machine's."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    now = session.scalar(select(func.clock_timestamp()))
    return now.astimezone(UTC) if now else datetime.now(UTC)


def find_fault(engine: Engine) -> str | None:
    """What keeps the database from being reached, if anything does."""
    try:
        with reading(engine) as session:
            session.scalar(select(1))
    except SQLAlchemyError:
        return "The database cannot be reached."
    return None


def purge_log(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, which else holds what was deleted a while longer; nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if driver is not None:
            driver.execute("pragma wal_checkpoint(truncate)").close()
