"""The command ``extract``: the analyzer on files or standard input, without HTTP."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.extract.offsets import UNITS
from service.extract.records import Article
from service.web.formats.files import KINDS, guess_kind, read_articles

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer
    from service.web.renderings import Telling

_TOGETHER = 8  # articles that share the model's forward passes


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--from", "kind", type=click.Choice(KINDS), help="What the files hold; by default their names say it.")
@click.option(
    "--to",
    "form",
    type=click.Choice(("json", "ndjson", "jsonld", "annotations", "csv")),
    help="What to write: JSON for one article and NDJSON for many, unless told otherwise.",
)
@click.option("--offset-unit", type=click.Choice(UNITS), default="codepoint", show_default=True)
@click.option("--output", "-o", type=click.File("w", encoding="utf-8"), default="-", help="Where to write.")
@click.option("--model", type=click.Path(path_type=Path), envvar="MODEL_PATH", default=Path("models/standard"))
@click.option(
    "--runtime", type=click.Choice(("openvino", "torch")), envvar="RUNTIME", default="openvino", show_default=True
)
@click.option("--progress/--no-progress", default=None, help="A bar on standard error; by default on a terminal only.")
def extract(
    files: tuple[Path, ...],
    kind: str | None,
    form: str | None,
    offset_unit: str,
    output: io.TextIOWrapper,
    model: Path,
    runtime: str,
    progress: bool | None,
) -> None:
    """Extract from FILES, or from standard input: text, Markdown, HTML, JSON, NDJSON, ninjs or WordPress posts.

    An article that cannot be read is named on standard error, the others are written, and the command ends with 1.
    """
    from service.extract.analyzer import Analyzer
    from service.extract.artifacts import ArtifactError

    found = [each for name in files or (Path("-"),) for each in _read(name, kind)]
    articles = [article for _, article in found if isinstance(article, Article)]
    faults = [f"{name}: {error}" for name, error in found if not isinstance(error, Article)]
    for fault in faults:
        click.echo(fault, err=True)
    write = _writer(form or ("json" if len(articles) == 1 else "ndjson"), len(articles))
    try:
        analyzer = Analyzer.load(model, runtime)
    except ArtifactError as error:
        raise click.ClickException(str(error)) from None
    shown = sys.stderr.isatty() if progress is None else progress
    with click.progressbar(length=len(articles), label="Extracting", file=sys.stderr, hidden=not shown) as bar:
        for telling in _tell(articles, analyzer, offset_unit):
            output.write(write(telling))
            bar.update(1)
    if faults:
        sys.exit(1)


def _read(name: Path, kind: str | None) -> Iterator[tuple[str, Article | Exception]]:
    """The articles of one file, each with where it comes from, or what is wrong in place of one."""
    label = "standard input" if str(name) == "-" else str(name)
    try:
        data = sys.stdin.buffer.read() if str(name) == "-" else name.read_bytes()
    except OSError as error:
        yield label, ValueError(error.strerror or "Cannot be read.")
        return
    for article in read_articles(name.name, data, kind or guess_kind(name.name)):
        yield label, article


def _tell(articles: list[Article], analyzer: Analyzer, offset_unit: str) -> Iterator[Telling]:
    """Every article with its extraction, in order."""
    from service.web.renderings import tell
    from service.web.submissions import Submission

    waiting = iter(articles)
    while together := list(islice(waiting, _TOGETHER)):
        for article, extraction in zip(together, analyzer.analyze_many(together), strict=True):
            yield tell(Submission(article, offset_unit), extraction, analyzer)


def _writer(form: str, count: int) -> Callable[[Telling], str]:
    """What writes one extraction in *form*; tables of several articles become one, its first column naming them."""
    from service.web import renderings

    if form == "csv":
        return renderings.write_table if count == 1 else _table_writer(renderings.write_table)
    writers = {"jsonld": renderings.write_linked_data, "annotations": renderings.write_annotations}
    write = writers.get(form, renderings.write_json)
    return lambda telling: f"{write(telling)}\n"


def _table_writer(write: Callable[[Telling], str]) -> Callable[[Telling], str]:
    from service.web.formats.tables import guard

    written: list[str] = []

    def write_rows(telling: Telling) -> str:
        rows = list(csv.reader(io.StringIO(write(telling), newline="")))
        name = telling.submission.article.external_id or ""
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\r\n")
        if not written:
            writer.writerow(["article", *rows[0]])
        writer.writerows([guard(name), *row] for row in rows[1:])
        written.append(name)
        return sheet.getvalue()

    return write_rows
