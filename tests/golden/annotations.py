"""The notation of annotated articles (``seeds/annotated/*.ann``): the plain text and where each mark stood.

The reader writes the article once, one sentence a line, with marks in braces; this module takes the marks out
again and keeps where they stood. ``seeds/README.md`` describes the notation. What is malformed raises
:class:`AnnotationError`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

CONTROLS = str.maketrans({"⏎": "\n", "␌": "\f"})
LINE = re.compile(r"(⏎?)([A-Za-z]+)\|(.*)", re.DOTALL)

Gold = dict[str, Any]


class AnnotationError(ValueError):
    """The annotated article breaks the notation."""


@dataclass(slots=True)
class Mark:
    """A pair of braces: its header and the stretch of plain text between."""

    header: str
    start: int
    end: int = -1


@dataclass(slots=True)
class Reading:
    """The plain text so far, the marks, the sentences (start, end, code, paragraph)."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    stack: list[Mark] = field(default_factory=list)
    sentences: list[tuple[int, int, str, int]] = field(default_factory=list)

    def add(self, marked: str) -> None:
        """Append *marked* without its braces, noting each pair."""
        for piece in re.split(r"(\{[^|{}]*\||\})", marked.translate(CONTROLS)):
            if piece.startswith("{"):
                self.stack.append(Mark(piece[1:-1], len(self.text)))
            elif piece == "}":
                mark = self.stack.pop()
                mark.end = len(self.text)
                self.marks.append(mark)
            else:
                self.text += piece


def read_lines(body: str) -> Reading:
    """The sentences of *body*: lines of a paragraph joined by a space, paragraphs by as many breaks as there are."""
    reading, blanks, paragraph = Reading(), 0, 0
    for line in body.strip("\n").split("\n"):
        if not line.strip():
            blanks += 1
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise AnnotationError(f"no code before the bar: {line[:60]!r}")
        paragraph += bool(blanks and reading.text)
        if reading.text:
            reading.text += "\n" * (blanks + 1) if blanks else ("\n" if match[1] else " ")
        blanks, start = 0, len(reading.text)
        reading.add(match[3])
        reading.sentences.append((start, len(reading.text), match[2], paragraph))
    if reading.stack:
        raise AnnotationError(f"open brace: {reading.stack[-1]}")
    reading.text += "\n"
    return reading


def pick(reading: Reading, head: str) -> list[Mark]:
    """The marks whose header's first word is *head*, in the order of the text."""
    return sorted((m for m in reading.marks if m.header.split(" ")[0] == head), key=lambda m: (m.start, m.end))


def span(reading: Reading, mark: Mark) -> Gold:
    """A span of the contract."""
    return {"start": mark.start, "end": mark.end, "text": reading.text[mark.start : mark.end]}


def trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence without what stands in ``{_|…}`` at its edges and without outer space."""
    for mark in pick(reading, "_"):
        if mark.start == start:
            start = mark.end
        if mark.end == end:
            end = mark.start
    inside = reading.text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
