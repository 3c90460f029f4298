"""Quotation marks: which stretches of a paragraph stand between them.

Found first and without the model, since the marks are evidence for it, cut its spans, and tell a
direct quotation from an indirect one. Curly, straight, angled, low and doubled marks are paired
block by block; an apostrophe, a foot or an inch is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from service.extract.records import Block
from service.extract.values import START, dataclass

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
SINGLE_OPEN = re.compile(r"[‘'‚](?<![^\s(\[—–\-/“„\"«:].)(?=[^\W_]|[\[$€£…])")
SINGLE_CLOSE = re.compile(r"(?<=[.,!?…])(?=['’](?:\s|$))")
INCHES = re.compile(r"\d[ -]?$")
NESTED = 20  # marks within which the outermost pair is looked for where marks of one sort are nested
WITHIN = 3  # quotations before a place of which one may go on to it
CARRIED = 8  # paragraphs a quotation may run on through without a mark
STRAIGHT_OR_CURLY = re.compile(r"[\"“”]")
AFTER_CLOSING = ".,;:!?)]—–-…\"”’'"
RUNNING = " \t\n\r\u00a0\"“'‘`"  # what stands between two paragraphs of one quotation
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
            ends, close = _look_on(reading, block, waiting[0].double)
            if not ends and len(waiting) <= CARRIED:
                waiting.append(Quoted(start, block.end, closed=False, double=waiting[0].double))
                continue
            if close is not None:
                found += [*waiting[1:], Quoted(start, close, double=waiting[0].double)]
                start = close + 1
        doubles = list(_pair_doubles(reading, start, block.end))
        singles = list(_pair_singles(reading, start, block.end, doubles))
        waiting = [q for q in [*doubles[-1:], *singles[-1:]] if not q.closed and q.end == block.end][:1]
        found += doubles + singles
    return tuple(sorted(found, key=lambda quoted: (quoted.start, -quoted.end)))


def whole_end(reading: str, quoted: Sequence[Quoted], n: int) -> int | None:
    """Where the quotation that the stretch of number *n* begins is closed, paragraphs later if it runs on so far."""
    last = quoted[n]
    for q in quoted[n + 1 : n + 1 + 2 * CARRIED]:
        if last.closed or reading[last.end : q.start].strip(RUNNING):
            break
        last = q if q.start >= last.end else last
    return last.end if last.closed else None


def _look_on(reading: str, block: Block, double: bool) -> tuple[bool, int | None]:
    """Whether a paragraph holds a mark that ends the waiting, and where it closes what was left open."""
    if not double:
        close = _carry_single(reading, block.start, block.end)
        return close is not None or SINGLE_OPEN.search(reading, block.start, block.end) is not None, close
    mark = DOUBLE.search(reading, block.start, block.end)
    if mark is None:
        return False, None
    return True, None if _opens(reading, mark, block.start, block.end) else mark.start()


def _pair_doubles(reading: str, start: int, end: int) -> Iterator[Quoted]:
    opened: tuple[int, str] | None = None
    marks = list(DOUBLE.finditer(reading, start, end))
    past = start
    for n, mark in enumerate(marks):
        if mark.start() < past:
            continue
        if opened is None:
            if not _opens(reading, mark, start, end) and not _must_open(reading, marks[n : n + 2], end):
                continue
            outer = _outer_end(reading, marks[n : n + NESTED], end)
            if outer is None:
                opened = mark.end(), mark.group()
            else:
                yield Quoted(mark.end(), outer.start())
                past = outer.end()
        elif _is_second_opening(reading, marks[n : n + 2], opened, end):
            yield Quoted(opened[0], mark.start(), closed=False)
            opened = mark.end(), mark.group()
        elif mark.group() in CLOSERS[opened[1]] and not _is_inch(reading, mark, opened[1]):
            yield Quoted(opened[0], mark.start())
            opened = None
    if opened is not None and opened[0] < end:
        yield Quoted(opened[0], end, closed=False)


def _turn(reading: str, mark: re.Match[str], end: int) -> int:
    """1 for a mark that can only open, -1 for one that can only close, 0 where its place does not say."""
    if not STRAIGHT_OR_CURLY.fullmatch(mark.group()):
        return 0
    before = reading[mark.start() - 1] if mark.start() else " "
    after = reading[mark.end()] if mark.end() < end else " "
    if mark.group() != '"':
        return 1 if mark.group() == "“" else -1
    if (before.isspace() or before in '([—–“"') and (after.isalnum() or after in "[$€£…'‘"):
        return 1
    closes = after.isspace() or after in AFTER_CLOSING
    return -1 if closes and not before.isspace() and not before.isdigit() else 0


def _outer_end(reading: str, marks: Sequence[re.Match[str]], end: int) -> re.Match[str] | None:
    """The mark that closes the first one of *marks* where others of its sort open and close in between."""
    depth = deepest = 0
    for mark in marks:
        turn = _turn(reading, mark, end)
        depth += turn
        deepest = max(deepest, depth)
        if not turn or not depth:
            return mark if turn and deepest > 1 else None
    return None


def _must_open(reading: str, marks: Sequence[re.Match[str]], end: int) -> bool:
    """Whether a straight mark with nothing open begins a quotation, whatever spaces say, as the next one closes."""
    if len(marks) < 2 or any(mark.group() != '"' for mark in marks) or _turn(reading, marks[1], end) != -1:
        return False
    before, after = reading[max(0, marks[0].start() - 1) : marks[0].start()], reading[marks[0].end()]
    return before in ",:" if after.isspace() else before.isalpha()


def _is_inch(reading: str, mark: re.Match[str], opened: str) -> bool:
    """A straight mark after a digit while a curly one is open."""
    return mark.group() == '"' and opened != '"' and INCHES.search(reading, mark.start() - 2, mark.start()) is not None


def _opens(reading: str, mark: re.Match[str], start: int, end: int) -> bool:
    sign = mark.group()
    before = reading[mark.start() - 1] if mark.start() > start else " "
    after = reading[mark.end()] if mark.end() < end else " "
    if sign in {"“", "„", "«", "``"}:
        return True
    if sign == '"' and before.isdigit():
        return False
    return sign != "”" and before in BEFORE_OPENING and not after.isspace()


def _is_second_opening(reading: str, marks: Sequence[re.Match[str]], opened: tuple[int, str], end: int) -> bool:
    """A mark that can only open while one is open: the closing one was forgotten."""
    mark = marks[0]
    if mark.group() == '"':
        return opened[1] == '"' and [_turn(reading, m, end) for m in marks] == [1, -1]
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
        if close is not None and not (opening.start() == start and _is_possessive(reading, opening.end(), close)):
            yield Quoted(opening.end(), close, double=False)
            after = close + 1
        elif _may_run_on(reading, opening, start) and not doubles:
            yield Quoted(opening.end(), end, closed=False, double=False)
            return


def _may_run_on(reading: str, opening: re.Match[str], start: int) -> bool:
    """Whether a single mark without a partner may begin a quotation that the paragraph leaves open."""
    led_in = opening.start() == start or reading[start : opening.start()].rstrip()[-1:] in {":", ","}
    return led_in and reading[opening.end()].isupper()


def _carry_single(reading: str, start: int, end: int) -> int | None:
    """Where a single mark that an earlier paragraph opened is closed: after a stop, before a space."""
    mark = SINGLE_CLOSE.search(reading, start, end)
    opening = SINGLE_OPEN.search(reading, start, end)
    return mark.end() if mark is not None and (opening is None or mark.end() < opening.start()) else None


def _is_possessive(reading: str, start: int, close: int) -> bool:
    """Whether the mark at *close* ends a plural in a running sentence rather than a term in marks."""
    runs_on = reading[close + 1 : close + 3].strip().islower()
    return runs_on and reading[close - 1] == "s" and reading.count(" ", start, close) > 3


def _closing_single(reading: str, opening: re.Match[str], limit: int) -> int | None:
    """The first mark that can close and is no plural possessive before more of the quotation."""
    possible = None
    for at in range(opening.end(), min(limit, opening.end() + 2000)):
        if reading[at] not in CLOSERS[opening.group()]:
            continue
        follows = reading[at + 1] if at + 1 < limit else " "
        if follows.isalnum() or reading[at - 1].isspace():
            continue
        if reading[at - 1] in ".,!?;:…—" or follows in '.,!?;:)—”"' or reading[at - 1] != "s":
            return at
        possible = at if possible is None else possible
    return possible


def in_marks(quoted: Sequence[Quoted], at: int) -> bool:
    """Whether code point *at* stands in quotation marks, single ones within double ones too."""
    near = bisect_right(quoted, at, key=START)
    return any(at < q.end for q in quoted[max(0, near - WITHIN) : near])
