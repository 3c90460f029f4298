"""Quotation marks: which stretches of a paragraph stand between them.

Found first and without the model, since the marks are evidence for it, cut its spans, and tell a
direct quotation from an indirect one. Curly, straight, angled, low and doubled marks are paired
block by block; an apostrophe, a foot or an inch is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.extract.records import Block

CLOSERS = {
    "“": ("”", "“", '"'),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "»": ("«",),
    '"': ('"', "”"),
    "``": ("''", '"'),
    "''": ("''",),
    "‘": ("’",),
    "'": ("'", "’"),
    "‚": ("‘", "’"),
}
DOUBLE = re.compile(r"``|''|[“”„«»\"]")
SINGLE_OPEN = re.compile(r"(?<![^\s(\[—–\-/“„\"«:])[‘'‚](?=[^\W_]|[\[$€£…])")
INCHES = re.compile(r"\d[ -]?$")
CARRIED = 8  # paragraphs a quotation may run on through without a mark
BEFORE_OPENING = " \t\n\r\u00a0([{—–-/‘':,"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks: ``start`` and ``end`` lie inside the marks.

    ``closed`` is false where the closing mark is missing: at the end of a paragraph whose
    successor opens again, or by a slip. ``double`` is false for single marks.
    """

    start: int
    end: int
    closed: bool = True
    double: bool = True


def find_quoted(reading: str, blocks: Sequence[Block]) -> tuple[Quoted, ...]:
    """All stretches in quotation marks, in order; single marks inside double ones come too.

    A stretch that a paragraph leaves open goes on in the next ones if the first mark there closes it:
    one piece a paragraph.
    """
    found: list[Quoted] = []
    waiting: list[Quoted] = []
    for block in blocks:
        start = block.start
        if waiting:
            mark = DOUBLE.search(reading, start, block.end)
            if mark is None and len(waiting) <= CARRIED:
                waiting.append(Quoted(start, block.end, closed=False))
                continue
            if mark is not None and not _opens(reading, mark, start, block.end):
                found += [*waiting[1:], Quoted(start, mark.start())]
                start = mark.end()
            waiting = []
        doubles = list(_pair_doubles(reading, start, block.end))
        waiting = [doubles[-1]] if doubles and not doubles[-1].closed and doubles[-1].end == block.end else []
        found += doubles
        found += _pair_singles(reading, start, block.end, doubles)
    return tuple(sorted(found, key=lambda quoted: (quoted.start, -quoted.end)))


def _pair_doubles(reading: str, start: int, end: int) -> Iterator[Quoted]:
    opened: tuple[int, str] | None = None
    for mark in DOUBLE.finditer(reading, start, end):
        if opened is None:
            if _opens(reading, mark, start, end):
                opened = mark.end(), mark.group()
        elif _is_second_opening(reading, mark, opened, end):
            yield Quoted(opened[0], mark.start(), closed=False)
            opened = mark.end(), mark.group()
        elif mark.group() in CLOSERS[opened[1]]:
            yield Quoted(opened[0], mark.start())
            opened = None
    if opened is not None and opened[0] < end:
        yield Quoted(opened[0], end, closed=False)


def _opens(reading: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign = mark.group()
    before = reading[mark.start() - 1] if mark.start() > start else " "
    after = reading[mark.end()] if mark.end() < end else " "
    if sign in {"“", "„", "«", "``"}:
        return True
    if sign == '"' and INCHES.search(reading, max(start, mark.start() - 2), mark.start()):
        return False
    return sign != "”" and before in BEFORE_OPENING and not after.isspace()


def _is_second_opening(reading: str, mark: re.Match[str], opened: tuple[int, str], end: int) -> bool:
    """A mark that can only open while one is open: the closing one was forgotten."""
    if mark.group() not in {"“", "``"} or opened[1] == "„":
        return False
    return reading[mark.start() - 1].isspace() and mark.end() < end and not reading[mark.end()].isspace()


def _pair_singles(reading: str, start: int, end: int, doubles: Sequence[Quoted]) -> Iterator[Quoted]:
    after = start
    for opening in SINGLE_OPEN.finditer(reading, start, end):
        if opening.start() < after:
            continue
        limit = min((d.end for d in doubles if d.start <= opening.start() < d.end), default=end)
        close = _closing_single(reading, opening, limit)
        if close is not None:
            yield Quoted(opening.end(), close, double=False)
            after = close + 1


def _closing_single(reading: str, opening: re.Match[str], limit: int) -> int | None:
    """The first mark that can close and is no plural possessive before more of the quotation."""
    possible = None
    for at in range(opening.end(), min(limit, opening.end() + 2000)):
        if reading[at] not in CLOSERS[opening.group()]:
            continue
        follows = reading[at + 1] if at + 1 < limit else " "
        if follows.isalnum() or reading[at - 1].isspace():
            continue
        if reading[at - 1] in ".,!?;:…—" or follows in ".,!?;:)—”\"" or reading[at - 1] != "s":
            return at
        possible = at if possible is None else possible
    return possible
