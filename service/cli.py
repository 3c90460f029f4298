"""The command line: one word for each thing the service does. What a command needs is imported when it runs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click

from service import __version__
from service.settings import SettingError, Settings

# Commands of the other rooms: the module that holds each, and the command's name in it.
_ELSEWHERE = {
    "corrections": ("service.cli_corrections", "corrections"),
    "keys": ("service.cli_keys", "keys"),
    "database": ("service.cli_database", "database"),
    "extract": ("service.cli_extract", "extract"),
    "backfill": ("service.cli_backfill", "backfill"),
    "train": ("service.cli_learn", "train"),
    "evaluate": ("service.cli_learn", "evaluate"),
    "tune": ("service.cli_tune", "tune"),
}


class Commands(click.Group):
    """Commands of this module and, loaded only when asked for, those of the other rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands there are."""
        there = [name for name, (module, _) in _ELSEWHERE.items() if find_spec(module)]
        return sorted([*super().list_commands(ctx), *there])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command *cmd_name*, ``None`` where there is none."""
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, name = _ELSEWHERE[cmd_name]
        if not find_spec(module):
            return None
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="ascribe")
def main() -> None:
    """Ascribe reads news articles: who said what, what it counts, what is opinion."""


def read_settings() -> Settings:
    """The settings of the environment; a wrong one ends the command with its message."""
    try:
        return Settings.from_environment()
    except SettingError as error:
        raise click.ClickException(str(error)) from None


@main.command()
def serve() -> None:
    """Answer HTTP requests, as the environment's settings say."""
    settings = read_settings()
    from service.server import run_server
    from service.starts import StartError

    try:
        run_server(settings)
    except StartError as error:
        raise click.ClickException(str(error)) from None


@main.command()
def work() -> None:
    """Work on jobs, as one process more beside a server's own, here or on another machine."""
    settings = read_settings()
    from service.shifts import run_worker

    run_worker(settings)


@main.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write there, not to standard output.")
def openapi(output: Path | None) -> None:
    """Write openapi.yaml out of the code."""
    from service.app import write_openapi

    text = write_openapi()
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
