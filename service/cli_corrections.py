"""``service corrections``: what editors set right, as data to train on."""

from __future__ import annotations

import json
from pathlib import Path

import click

from service.cli import read_settings


@click.group()
def corrections() -> None:
    """What editors set right in the findings."""


@corrections.command("export")
@click.option("--desk", help="Only those made with keys of this name; empty for those made without a key.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to standard output.")
def export(desk: str | None, output: Path | None) -> None:
    """Write what holds of every corrected text as NDJSON, a text a line: its hash, offsets, labels.

    The text itself is there only where a correction was sent with it.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from service.edits.exports import export_corrections
    from service.storage.engines import open_engine
    from service.storage.upgrades import upgrade

    engine = open_engine(read_settings().database)
    try:
        upgrade(engine)
        lines = (json.dumps(told, ensure_ascii=False) + "\n" for told in export_corrections(engine, desk))
        if output:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(lines)
        else:
            for line in lines:
                click.echo(line, nl=False)
    except SQLAlchemyError as error:
        raise click.ClickException(f"The database cannot be read: {type(error).__name__}.") from None
    finally:
        engine.dispose()
