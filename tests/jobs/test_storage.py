"""The database: made by many at once, the same on both engines, and forgetting what it deletes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

import service.edits.tables
import service.hooks.tables
import service.jobs.tables  # noqa: F401 (all three for the tables they declare)
from service.settings import SettingError, Settings
from service.storage.engines import open_engine
from service.storage.sessions import find_fault, purge_log, writing
from service.storage.tables import Base
from service.storage.upgrades import find_head, upgrade


def differences(engine: Engine) -> list[object]:
    """What the migrations have made otherwise than the tables say."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def test_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'ascribe.sqlite3'}")
    assert upgrade(engine) == find_head()
    assert upgrade(engine) == find_head()
    assert not differences(engine)
    engine.dispose()


def test_migrations_make_the_same_on_postgresql(postgres: str) -> None:
    engine = open_engine(postgres)
    assert upgrade(engine) == find_head()
    assert not differences(engine)
    engine.dispose()


def test_processes_that_start_at_once_make_the_database_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "service", "database", "upgrade"]
    environment = {"PATH": os.environ["PATH"], "DATA_PATH": str(tmp_path)}
    started = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    said = {process.communicate(timeout=300)[0].decode() for process in started}
    assert said == {f"The database is at revision {find_head()}.\n"}
    assert all(process.returncode == 0 for process in started)


def test_the_file_is_its_users_alone_and_forgets_what_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "ascribe.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine) as session:
        session.execute(text("create table notes (words text)"))
        session.execute(text("insert into notes values ('Xylocopa')"))
    purge_log(engine)
    assert path.stat().st_mode & 0o077 == 0
    assert b"Xylocopa" in path.read_bytes()
    with writing(engine) as session:
        session.execute(text("delete from notes"))
    purge_log(engine)
    assert not any(b"Xylocopa" in file.read_bytes() for file in tmp_path.iterdir())
    engine.dispose()


def test_a_database_out_of_reach_is_told(tmp_path: Path) -> None:
    engine = open_engine("postgresql://nobody@127.0.0.1:1/none")
    assert find_fault(engine) == "The database cannot be reached."
    with open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}").connect() as connection:
        assert not inspect(connection).get_table_names()


@pytest.mark.parametrize("url", ["mysql://root:hunter2@host/name", "sqlite://", "hunter2", "sqlite+aiosqlite:///a"])
def test_other_databases_are_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(SettingError) as refused:
        Settings.from_environment({"DATABASE_URL": url})
    assert "DATABASE_URL" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_queue_is_a_redis(tmp_path: Path) -> None:
    assert Settings.from_environment({"QUEUE_URL": ""}).queue_url == ""
    with pytest.raises(SettingError, match="QUEUE_URL"):
        Settings.from_environment({"QUEUE_URL": "amqp://host"})
