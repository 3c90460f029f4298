"""The article's own data as its text or its sender states it: title, authors, date, publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from service.extract.records import Author, Document, Frame, Published, Role, Sentence, Span

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
    """Title, authors, date of publication and publisher; what the text does not say, its sender may."""
    article = document.article
    bylines = [s for s in sentences if s.role == Role.BYLINE]
    return Frame(
        title=_title(document, sentences),
        authors=tuple({a.name: a for s in reversed(bylines) for a in reversed(_authors(document, s))}.values())[::-1],
        published=_published(document, sentences),
        publisher=article.publisher if article else None,
    )


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
    lead = _BY.match(reading)
    begin = lead.end() if lead else 0
    cuts = [m.start() for m in [_AFTER.search(reading, begin), *(p.search(reading, begin) for p in _DATES)] if m]
    authors = []
    for start, end in _between(reading, begin, min(cuts, default=len(reading))):
        name = " ".join(reading[start:end].split())
        if _NAME.match(name) and not _STAFF.search(name):
            place = document.span(line.start + start, line.start + end)
            authors.append(Author(name, place.start, place.end, place.text))
    return authors


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
