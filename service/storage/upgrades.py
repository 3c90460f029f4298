"""Migrations: the database brought to what this version of the service needs."""

from __future__ import annotations

import logging

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

_LOCK = 7_248_113  # any number, the same in every process: the advisory lock of PostgreSQL


def upgrade(engine: Engine) -> str:
    """Run every migration that is missing, in one transaction; the revision reached.

    Processes that start at once wait for each other, and those that come later find nothing left to do.
    """
    configuration = configure()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "head")
        return MigrationContext.configure(connection).get_current_revision() or ""


def find_head() -> str:
    """The revision that this version of the service needs."""
    return ScriptDirectory.from_config(configure()).get_current_head() or ""


def configure() -> Config:
    """Alembic's configuration; its scripts are part of the package."""
    configuration = Config()
    configuration.set_main_option("script_location", "service.storage:migrations")
    return configuration
