"""The article's own data as its text or its sender states it: title, authors, date, publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from service.extract.records import Article, Author, Document, Frame, Published, Role, Sentence, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\s*,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<name>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4})\b"),
)
_BY = re.compile(r"\s*(?:(?:words|reported|written|text|story)\s+)?by:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,\s*and\s|,|\band\b|&|;|\|)\s*")
_AFTER = re.compile(
    r"\s+(?:in|at|for|of|on|from)\s|\s*[|•·(–—@]|\s+-\s|,\s+(?:the\s|\w+\s+(?:editor|correspondent|reporter|writer))",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w'’.\-]*)(?:\s+[^\W\d_][\w'’.\-]*){0,5}$")
_STAFF = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|staff|agenc(?:y|ies)|desk|bureau|columnist|news)\b", re.IGNORECASE
)


def find_frame(document: Document, sentences: Sequence[Sentence]) -> Frame:
    """Title, authors, date of publication and publisher.

    What the text does not say its sender may: such authors and dates have the empty span at 0.
    """
    article = document.article or Article("")
    bylines = [s for s in sentences if s.role == Role.BYLINE]
    found = [author for line in bylines for author in _authors(document, line)]
    stated = [Author(name, 0, 0, "") for name in _stated(article.byline)]
    return Frame(
        title=_title(document, sentences),
        authors=tuple({author.name: author for author in reversed(found or stated)}.values())[::-1],
        published=_published(document, sentences) or _stated_date(article.published_at),
        publisher=article.publisher,
    )


def _stated(byline: str | None) -> list[str]:
    """The names in a byline that the sender states."""
    line = " ".join((byline or "").split())
    return [line[start:end] for start, end in _names(line)]


def _stated_date(stamp: str | None) -> Published | None:
    """The date of a time stamp that the sender states."""
    day = find_date(stamp or "")
    return Published(day[0], 0, 0, "") if day else None


def _title(document: Document, sentences: Sequence[Sentence]) -> Span | None:
    """All sentences of the first block that is a title, as one span."""
    titles = [s for s in sentences if s.role == Role.TITLE]
    if not titles:
        return None
    first = [s for s in titles if s.paragraph == titles[0].paragraph]
    return document.span(first[0].start, first[-1].end)


def _authors(document: Document, line: Sentence) -> list[Author]:
    """The names of a byline, each with its place."""
    reading = document.reading[line.start : line.end]
    spans = [document.span(line.start + start, line.start + end) for start, end in _names(reading)]
    return [Author(" ".join(document.reading[p.start : p.end].split()), p.start, p.end, p.text) for p in spans]


def _names(line: str) -> list[tuple[int, int]]:
    """Where in a byline the names of people stand."""
    lead = _BY.match(line)
    begin = lead.end() if lead else 0
    cuts = [m.start() for m in [_AFTER.search(line, begin), *(p.search(line, begin) for p in _DATES)] if m]
    stretches = _between(line, begin, min(cuts, default=len(line)))
    return [(a, b) for a, b in stretches if _NAME.match(" ".join(line[a:b].split())) and not _STAFF.search(line[a:b])]


def _between(reading: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of ``reading[start:end]`` that separators leave, trimmed."""
    cuts = [start]
    for match in _BETWEEN.finditer(reading, start, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    stretches = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        piece = reading[a:b]
        a, b = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip(" .,"))
        if a < b:
            stretches.append((a, b))
    return stretches


def _published(document: Document, sentences: Sequence[Sentence]) -> Published | None:
    """The first full date in a date line, byline or dateline."""
    for sentence in sentences:
        if sentence.role not in (Role.DATELINE, Role.BYLINE, Role.BOILERPLATE):
            continue
        if found := find_date(document.reading[sentence.start : sentence.end]):
            day, start, end = found
            place = document.span(sentence.start + start, sentence.start + end)
            return Published(day, place.start, place.end, place.text)
    return None


def find_date(text: str) -> tuple[str, int, int] | None:
    """The first full date in *text*: ISO 8601, start, end.

    >>> find_date("Posted on 18 February 2025")
    ('2025-02-18', 10, 26)
    """
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else _MONTHS.index(parts["name"][:3].lower()) + 1
            try:
                day = date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
            return day.isoformat(), match.start(), match.end()
    return None
