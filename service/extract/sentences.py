"""The sentences of a document, each with its paragraph and its role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from service.extract.boundaries import find_boundaries
from service.extract.datelines import find_dateline
from service.extract.records import Block, Document, Node, Role, Sentence
from service.extract.roles import assign_roles
from service.extract.units import Piece
from service.extract.values import START, replace

_LETTER = re.compile(r"[^\W_]")
_BLANK = " \t\r\n\u00ad\u00a0"
_EMPHASIS = "*_~`"
_OPENERS = _EMPHASIS + "![(<"
_CLOSERS = _EMPHASIS + "])>/"


def split(document: Document) -> tuple[Sentence, ...]:
    """The sentences in order: they do not overlap and cover every letter and digit of the text."""
    pieces = _cover(
        document, [piece for n, block in enumerate(document.blocks) for piece in _pieces(document, n, block)]
    )
    roles = assign_roles(document, pieces)
    return tuple(
        Sentence(
            f"s{n}",
            piece.start,
            piece.end,
            document.text[piece.start : piece.end],
            piece.block,
            role,
            node=_node(document, piece),
        )
        for n, (piece, role) in enumerate(zip(pieces, roles, strict=True), 1)
    )


def _node(document: Document, piece: Piece) -> Node | None:
    """Where the sentence stands in the submitted HTML; ``None`` where no element of it holds the whole."""
    places = [i for i in range(piece.start, piece.end) if document.origins[i].code_point >= 0] if document.homes else []
    near = bisect_right(document.homes, piece.start, key=START)
    holding = [h for h in document.homes[max(0, near - 16) : near] if piece.end <= h.end]
    home = min(holding, key=lambda h: h.end - h.start, default=None)
    if home is None or not places:
        return None
    start, last, char = document.origins[places[0]], document.origins[places[-1]], document.text[places[-1]]
    utf16 = last.utf16 + 1 + (char > "\uffff") - home.begin.utf16
    utf8 = last.utf8 + len(char.encode("utf-8", "surrogatepass")) - home.begin.utf8
    return Node(
        home.selector,
        start.code_point - home.begin.code_point,
        last.code_point + 1 - home.begin.code_point,
        (start.utf16 - home.begin.utf16, utf16),
        (start.utf8 - home.begin.utf8, utf8),
    )


def _pieces(document: Document, number: int, block: Block) -> Iterator[Piece]:
    """The sentences of one block, a dateline at its head cut off; what has no letter goes with its neighbour."""
    reading = document.reading[block.start : block.end]
    dateline = find_dateline(reading) if block.kind == "paragraph" else 0
    cuts = [dateline, *(dateline + start for start in find_boundaries(reading[dateline:]))]
    first = cuts[0] if _LETTER.search(reading, cuts[0]) else 0
    kept = [cut for cut, end in pairwise([*cuts, len(reading)]) if _LETTER.search(reading, cut, end)]
    starts = [first, *kept[1:]] if kept else [0]
    if first:
        yield from _trimmed(document, block.start, block.start + first, number, Role.DATELINE)
    for start, end in pairwise([*starts, len(reading)]):
        yield from _trimmed(document, block.start + start, block.start + end, number)


def _trimmed(document: Document, start: int, end: int, block: int, role: Role | None = None) -> Iterator[Piece]:
    """The piece without the space around it, its emphasis marks whole, if a letter or digit is left."""
    prose = document.reading[start:end]
    if not _LETTER.search(prose):
        return
    first, last = start + len(prose) - len(prose.lstrip(_BLANK)), start + len(prose.rstrip(_BLANK))
    before, after = _marks(document, first, -1, _EMPHASIS), _marks(document, last, 1, _EMPHASIS)
    wrapped = before and before == after[::-1] and not set(before) & set(document.text[first:last])
    yield Piece(first, last, block, role) if wrapped else Piece(first - len(before), last + len(after), block, role)


def _marks(document: Document, place: int, step: int, marks: str) -> str:
    """The marks that stand directly before (*step* -1) or after (1) *place* and are no part of the reading."""
    found = ""
    at = place if step > 0 else place - 1
    while 0 <= at < len(document.text) and document.text[at] in marks and document.reading[at] in _BLANK:
        found, at = found + document.text[at], at + step
    return found


def _cover(document: Document, pieces: list[Piece]) -> list[Piece]:
    """*pieces* stretched, or joined by new ones, over letters and digits that they leave out.

    Such are link targets, list numbers, tags: masked in the reading, yet part of the text. They go
    with the sentence on the same line; a line that holds nothing else is boilerplate.
    """
    covered: list[Piece] = []
    done = 0
    for piece in [*pieces, None]:
        begin = max(done, piece.start) if piece else len(document.text)
        for start, stop in _loose(document.text, done, begin):
            if covered and not _apart(document, covered[-1].end, start):
                covered[-1] = _stretched(document, covered, stop)
            elif piece and not _apart(document, stop, piece.start):
                begin = start
                break
            else:
                covered.append(Piece(start, stop, _block_at(document, start), Role.BOILERPLATE))
                covered[-1] = _stretched(document, covered, stop)
        if piece:
            first = max(begin, covered[-1].end if covered else 0)
            covered.append(piece if piece.start == first else replace(piece, start=first))
            done = piece.end
    return covered


def _block_at(document: Document, place: int) -> int:
    """The number of the last block that begins at or before *place*."""
    return max(0, bisect_right(document.blocks, place, key=START) - 1)


def _stretched(document: Document, covered: list[Piece], stop: int) -> Piece:
    """The last piece stretched to *stop*, with the marks that open and close what it takes in."""
    last = covered[-1]
    floor = covered[-2].end if len(covered) > 1 else 0
    start = max(floor, last.start - len(_marks(document, last.start, -1, _OPENERS)))
    return replace(last, start=start, end=stop + len(_marks(document, stop, 1, _CLOSERS)))


def _loose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches with letters or digits, a line each, in ``text[start:end]``."""
    for line in re.finditer(r"[^\r\n]+", text[start:end]):
        places = [i for i, c in enumerate(line.group()) if c.isalnum()]
        if places:
            yield start + line.start() + places[0], start + line.start() + places[-1] + 1


def _apart(document: Document, start: int, end: int) -> bool:
    """Whether a line end, or in HTML a cell's, lies between the two places."""
    return any(c in "\r\n" or (c == "\t" and document.origins) for c in document.text[start:end])
