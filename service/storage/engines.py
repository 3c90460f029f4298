"""The connection to the database: SQLite in a file that survives crashes and forgets what it deletes, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

BUSY_SECONDS = 30  # that one process waits for another's writing to SQLite
_PRAGMAS = (
    "pragma journal_mode = wal",
    "pragma synchronous = full",  # what was accepted is still there after a power cut
    "pragma foreign_keys = on",
    "pragma secure_delete = on",  # what is deleted is overwritten with zeros
)


def open_engine(url: str) -> Engine:
    """The database at *url*: ``sqlite:///path`` or ``postgresql://…``. Nothing is connected to yet.

    A file of SQLite is made where there is none, for the service's own user only: it may hold texts.
    """
    parsed = read_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    return create_engine(parsed, pool_size=4, max_overflow=28, pool_pre_ping=True, hide_parameters=True)


def read_url(url: str) -> URL:
    """*url* with the driver that we use for its database.

    :raises ValueError: when it is none of SQLite or PostgreSQL.
    """
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    except Exception:  # noqa: BLE001 (its message might hold the password)
        raise ValueError("Not a database URL.") from None
    if parsed.drivername in {"postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        return parsed
    raise ValueError("Neither sqlite:///file nor postgresql://user:password@host/name.")


def _open_sqlite(url: URL) -> Engine:
    path = Path(str(url.database))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, pool_size=4, max_overflow=28, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: SqliteConnection, _record: Any) -> None:  # a _ConnectionRecord
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where there is something to write: a reader that turns writer cannot wait for it."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
