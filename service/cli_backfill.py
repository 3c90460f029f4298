"""The command ``backfill``: an archive of articles from files into files."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.extract.offsets import UNITS

if TYPE_CHECKING:
    from service.archive.runs import Progress

_EVERY = 30.0  # seconds between two lines of progress where standard error is no terminal


@click.command()
@click.argument("source", metavar="INPUT")
@click.argument("target", metavar="OUTPUT")
@click.option("--actors", type=click.IntRange(1), help="Analyzers at work, each on one core; by default one a core.")
@click.option(
    "--address", help="A Ray cluster's address, or 'auto' on one of its machines; by default this machine alone."
)
@click.option("--format", "form", type=click.Choice(("text", "markdown", "html")), default="text", show_default=True)
@click.option("--map", "columns", multiple=True, metavar="FIELD=COLUMN", help="Where a field stands, as in text=body.")
@click.option("--offset-unit", type=click.Choice(UNITS), default="codepoint", show_default=True)
@click.option(
    "--max-characters", type=click.IntRange(1), default=200_000, show_default=True, help="Longer is rejected."
)
@click.option("--shard-size", type=click.IntRange(1), default=1 << 20, show_default=True, help="Bytes done as one.")
@click.option("--model", type=click.Path(path_type=Path), envvar="MODEL_PATH", default=Path("models/standard"))
@click.option("--progress/--no-progress", default=True, show_default=True, help="How far it is, on standard error.")
def backfill(
    source: str,
    target: str,
    actors: int | None,
    address: str | None,
    form: str,
    columns: tuple[str, ...],
    offset_unit: str,
    max_characters: int,
    shard_size: int,
    model: Path,
    progress: bool,
) -> None:
    """Extract from every article of INPUT into the folder OUTPUT.

    INPUT is a JSONL or Parquet file, a folder of them or a pattern, OUTPUT a folder for Parquet; either may be any
    address that fsspec knows. A run that was stopped goes on where it was when it is given the same again.
    Rows that hold no article are listed in OUTPUT/_rejected.
    """
    try:
        from service.archive.rows import Reading
        from service.archive.runs import Plan, run_backfill
        from service.archive.shards import BackfillError
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is not installed: pip install 'ascribe[backfill]'.") from None
    from service.extract.artifacts import ArtifactError

    reading = Reading(form, _read_columns(columns), max_characters)
    plan = Plan(source, target, model, reading, offset_unit, shard_size, actors, address)
    teller = Teller(shown=progress)
    try:
        ended = run_backfill(plan, teller.hear)
    except (ArtifactError, BackfillError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(teller.summary(ended), err=True)


def _read_columns(pairs: tuple[str, ...]) -> dict[str, str]:
    from service.archive.rows import FIELDS

    columns = dict(pair.partition("=")[::2] for pair in pairs)
    for name, column in columns.items():
        if name not in FIELDS or not column:
            raise click.BadParameter(f"'{name}={column}' is no FIELD=COLUMN with a field of {', '.join(FIELDS)}.")
    return columns


class Teller:
    """Says how far a run is: on one line that changes on a terminal, else on a line now and then."""

    def __init__(self, *, shown: bool) -> None:
        self.shown, self.began, self.told, self.terminal = shown, 0.0, 0.0, sys.stderr.isatty()

    def hear(self, progress: Progress) -> None:
        """Tell of *progress* where it is time to."""
        now = time.monotonic()
        self.began = self.began or now
        if not self.shown or (not self.terminal and self.told and now - self.told < _EVERY):
            return
        self.told = now
        words = self._words(progress)
        click.echo(f"\r\033[K{words}" if self.terminal else words, err=True, nl=not self.terminal)

    def summary(self, progress: Progress) -> str:
        """The last line: what there is, and how fast this run was."""
        total, fresh = progress.total, progress.fresh
        seconds = time.monotonic() - self.began
        line = f"{total.rows} articles in {progress.shards} shards, {total.rejected} rows rejected."
        if fresh.rows:
            line += f" This run: {fresh.rows} in {seconds:.0f} s, {fresh.rows / max(seconds, 0.001):.2f} a second, "
            line += f"{fresh.seconds / fresh.rows:.2f} s of a core each."
        return f"\n{line}" if self.terminal and self.shown else line

    def _words(self, progress: Progress) -> str:
        line = f"{progress.done} of {progress.shards} shards, {progress.total.rows} articles"
        finished = progress.done - progress.before
        if finished:
            seconds = time.monotonic() - self.began
            left = seconds / finished * (progress.shards - progress.done)
            line += f", {progress.fresh.rows / max(seconds, 0.001):.1f} a second, about {_span(left)} left"
        elif progress.before:
            line += " done before"
        return line


def _span(seconds: float) -> str:
    """A duration in the words a person would use."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
