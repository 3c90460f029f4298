"""``service database``: migrations by hand; ``service serve`` runs them by itself."""

from __future__ import annotations

import click

from service.cli import read_settings


@click.group()
def database() -> None:
    """Look after the database of jobs."""


@database.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to what this version needs; nothing happens where it is there already."""
    from sqlalchemy.exc import SQLAlchemyError

    from service.storage.engines import open_engine
    from service.storage.upgrades import upgrade

    engine = open_engine(read_settings().database)
    try:
        click.echo(f"The database is at revision {upgrade(engine)}.")
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database cannot be upgraded: {type(error).__name__}.") from None
    finally:
        engine.dispose()
