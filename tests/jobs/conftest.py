"""An office of jobs with an empty database of its own: in SQLite, and where it is asked for in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from service.jobs.offices import Office, open_office
from service.jobs.tables import Job
from service.settings import Settings
from service.storage.sessions import purge_log, writing
from service.storage.upgrades import upgrade
from tests.databases import run_postgres

WORD = "Xylocopa"  # in every article, so that it can be looked for where it must not be


@pytest.fixture
def settings(model_path: Path, tmp_path: Path) -> Settings:
    """Settings whose files lie in the test's own folder."""
    return Settings(model_path=model_path, data_path=tmp_path / "var", rate_limit="100000/minute")


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """An office whose database and queue are files."""
    yield from open_empty(settings)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a database of PostgreSQL."""
    with run_postgres() as database:
        yield database.url


def open_empty(settings: Settings) -> Iterator[Office]:
    """The office of *settings*, its tables there."""
    office = open_office(settings)
    upgrade(office.engine)
    purge_log(office.engine)
    yield office
    with writing(office.engine) as session:
        session.execute(delete(Job))
    office.close()
