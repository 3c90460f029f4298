"""The same articles as text, as Markdown and as HTML: where their labels, quotations and speakers differ.

``python bench/forms.py [FOLDER]`` reads every .txt and .md file of FOLDER, by default those of ``seeds/``. The rule:
text is the file as it stands; Markdown is the same file read as Markdown; HTML is what CommonMark makes of it
(``markdown-it``). Sentences and quotations are the same where their letters and digits are, targets of
links left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from service.extract.analyzer import Analyzer  # noqa: E402 the script runs without an installation
from service.extract.records import Article, Extraction, Span  # noqa: E402

FORMATS = ("text", "markdown", "html")
_TARGET = re.compile(r"\]\([^)\s]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one form of an article says: by their letters, labels of sentences and everything about quotations."""

    sentences: dict[str, str]
    quotations: dict[str, str]


def make_forms(text: str) -> list[Article]:
    """*text* in each of :data:`FORMATS`."""
    return [Article(text), Article(text, "markdown"), Article(MarkdownIt("commonmark").render(text), "html")]


def summarize(extraction: Extraction) -> Reading:
    """An extraction without its offsets."""
    names = {speaker.id: f"{speaker.name} ({speaker.role})" for speaker in extraction.speakers}
    quotations = {}
    for q in extraction.quotations:
        cue, source = "/".join(map(_letters, q.cue)), _letters(q.source) if q.source else ""
        said = f"{q.kind}, {q.act}, {q.status}, cue {cue}, source {source}, speaker {names.get(q.speaker or '')}"
        quotations["/".join(map(_letters, q.content))] = said
    labelled = {_letters(Span(s.start, s.end, s.text)): ", ".join(s.labels) for s in extraction.sentences if s.labels}
    return Reading(labelled, quotations)


def _letters(span: Span) -> str:
    """The words of *span* without marks, markup and line ends."""
    return " ".join("".join(c if c.isalnum() else " " for c in _TARGET.sub("]", span.text)).split())


def find_differences(one: Reading, other: Reading) -> Iterator[str]:
    """What *other* says otherwise than *one*, a line each."""
    for what in ("sentences", "quotations"):
        mine, its = getattr(one, what), getattr(other, what)
        for key in [*mine, *(key for key in its if key not in mine)]:
            if mine.get(key) != its.get(key):
                yield f"{what[:-1]} “{key[:90]}”: {mine.get(key, 'not there')} | {its.get(key, 'not there')}"


def compare(analyzer: Analyzer, text: str) -> tuple[list[Reading], dict[str, list[str]]]:
    """The three readings of *text*, and what Markdown and HTML say otherwise than text."""
    readings = [summarize(extraction) for extraction in analyzer.analyze_many(make_forms(text))]
    return readings, {
        name: list(find_differences(readings[0], reading))
        for name, reading in zip(FORMATS[1:], readings[1:], strict=True)
    }


def main() -> None:
    """Print every difference, and how many there are of how much."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds"
    analyzer = Analyzer.load(ROOT / "models" / "standard")
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md") and p.name != "README.md"):
        (first, *_), differences = compare(analyzer, path.read_text(encoding="utf-8"))
        click.echo(f"{path.name}: {len(first.sentences)} labelled sentences, {len(first.quotations)} quotations")
        for name, lines in differences.items():
            click.echo("\n    ".join([f"  {name}: {len(lines)} differences", *lines]))


if __name__ == "__main__":
    main()
