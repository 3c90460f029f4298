"""The paragraphs of a Markdown source, each line where it stands in it.

``markdown-it-py`` says which lines make a paragraph, heading, list item or quotation (CommonMark with
tables); the source itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.extract.lines import Line, Paragraph, follows, mend
from service.extract.signs import is_ended

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_QUOTED = re.compile(r"[ \t>]*")
_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_HEADING = re.compile(r"#{1,6}(?=\s|$)[ \t]*")
_CLOSING = re.compile(r"\s+#+\s*$")
_CELL = re.compile(r"(?:\\\||[^|\r\n])+")
_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(?:[^\r\n]*\r?\n){1,40}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_SHORT = 60  # a line of fewer characters may be one of its own: a name, a date
_PARSER = MarkdownIt("commonmark").enable("table").disable(["inline", "reference"])


def gather_markdown(source: str, marked: str) -> tuple[Paragraph, ...]:
    """The paragraphs of *source*; *marked* is the same with emphasis and links masked, and gives the lines' text."""
    bounds = [m.span() for m in _LINE.finditer(source)]
    front = _FRONT.match(source)
    skip = source.count("\n", 0, front.end()) if front else 0
    body = re.sub(r"[^\r\n]", " ", source[: front.end()]) + source[front.end() :] if front else source
    paragraphs = [Paragraph((line,), "boilerplate") for line in _plain(marked, bounds[:skip])]
    paragraphs += _paragraphs(_PARSER.parse(body), marked, bounds)
    return tuple(mend(paragraphs))


def _paragraphs(tokens: list[Token], marked: str, bounds: list[tuple[int, int]]) -> Iterator[Paragraph]:
    """A paragraph for every block of text among the tokens."""
    inside: list[str] = []
    tags: list[str] = []
    fresh = False
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            inside.append(name)
            tags.append(token.tag)
            fresh = fresh or name == "list_item"
        elif token.nesting == -1:
            inside.pop()
            tags.pop()
        if token.map is None:
            continue
        own = bounds[token.map[0] : token.map[1]]
        if token.type == "table_open":
            yield from _cells(marked, own)
        elif token.type in ("fence", "code_block"):
            yield from (Paragraph((line,), "boilerplate") for line in _plain(marked, own))
        elif token.type == "html_block":
            yield from (Paragraph((line,), "paragraph") for line in _plain(marked, own))
        elif token.type == "inline" and "table" not in inside:
            kind = "title" if "h1" in tags else _kind(inside)
            yield from _split(marked, _block(marked, own, inside, item=fresh), kind)
            fresh = False


def _kind(inside: list[str]) -> str:
    """The kind of a block by what it stands in."""
    if "heading" in inside:
        return "heading"
    if "blockquote" in inside:
        return "quote"
    return "item" if "list_item" in inside else "paragraph"


def _plain(marked: str, bounds: list[tuple[int, int]]) -> Iterator[Line]:
    """The lines that have a letter or digit."""
    for start, end in bounds:
        if any(c.isalnum() for c in marked[start:end]):
            yield _trimmed(marked, start, end)


def _trimmed(marked: str, start: int, end: int) -> Line:
    raw = marked[start:end]
    start, own = start + len(raw) - len(raw.lstrip()), raw.strip()
    return Line(start, start + len(own), own)


def _block(marked: str, bounds: list[tuple[int, int]], inside: list[str], *, item: bool) -> list[Line]:
    """The lines of one block without the marks of quotation, list and heading before them."""
    lines = []
    for number, (start, end) in enumerate(bounds):
        place = _QUOTED.match(marked, start, end).end()  # type: ignore[union-attr]  # matches the empty string
        if number == 0 and item:
            while mark := _MARK.match(marked, place, end):
                place = mark.end()
        if "heading" in inside and (mark := _HEADING.match(marked, place, end)):
            place = mark.end()
            end -= len(marked[place:end]) - len(_CLOSING.sub("", marked[place:end]))
        if marked[place:end].strip():
            lines.append(_trimmed(marked, place, end))
    return lines


def _split(marked: str, lines: list[Line], kind: str) -> Iterator[Paragraph]:
    """The block as one paragraph, or as several where a line break is meant: hard, or after a short loose line."""
    run: list[Line] = []
    for line in lines:
        if run and _is_meant(marked, run[-1], line):
            yield Paragraph(tuple(run), kind)
            run = []
        run.append(line)
    if run:
        yield Paragraph(tuple(run), kind)


def _is_meant(marked: str, above: Line, below: Line) -> bool:
    if follows(above.text, below.text):
        return False
    return marked.startswith("  ", above.end) or (len(above.text) < _SHORT and not is_ended(above.text))


def _cells(marked: str, bounds: list[tuple[int, int]]) -> Iterator[Paragraph]:
    """Every cell of a table as a paragraph of its own."""
    for start, end in bounds:
        for cell in _CELL.finditer(marked, start, end):
            if any(c.isalnum() for c in cell.group()):
                yield Paragraph((_trimmed(marked, *cell.span()),), "table")
