"""``service tune``: which WORKERS and THREADS suit this machine, by measuring."""

from __future__ import annotations

from pathlib import Path

import click

from service.cli import read_settings


@click.command()
@click.option("--cores", type=click.IntRange(1), help="Cores to divide; by default all that the service may use.")
@click.option("--seconds", type=click.FloatRange(0), default=50.0, show_default=True, help="To measure, all in all.")
@click.option(
    "--articles", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("seeds"),
    show_default=True, help="Folder of texts whose paragraphs are read.",
)  # fmt: skip
def tune(cores: int | None, seconds: float, articles: Path) -> None:
    """Measure divisions of the cores into workers and threads, and say which reads most articles a second."""
    from service.server import count_cores
    from service.tunes import choose, measure, write_articles

    if not any(articles.glob("*.txt")):
        raise click.ClickException(f"{articles} holds no texts (*.txt).")
    measured = []
    click.echo("workers  threads  articles/s  median ms  MB a worker")
    try:
        for each in measure(read_settings(), write_articles(articles), cores or count_cores(), seconds):
            measured.append(each)
            row = f"{each.workers:7}  {each.threads:7}  {each.rate:10.2f}  {each.latency:9.0f}  {each.memory:11.0f}"
            click.echo(row)
    except EOFError:
        raise click.ClickException("A process that was to read articles ended; is MODEL_PATH right?") from None
    best = choose(measured)
    click.echo(f"\nMost articles a second: WORKERS={best.workers} THREADS={best.threads}")
