"""The sentences of a document, each with its paragraph and its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from service.extract.boundaries import find_boundaries
from service.extract.datelines import find_dateline
from service.extract.records import Block, Document, Role, Sentence
from service.extract.roles import Piece, assign_roles

_CLOSERS = re.compile(r"[)\]}>*_~\"”’/]*")


def split(document: Document) -> tuple[Sentence, ...]:
    """The sentences in order: they do not overlap and cover every letter and digit of the text."""
    pieces = _cover(document, [piece for n, block in enumerate(document.blocks) for piece in _pieces(document, n, block)])
    roles = assign_roles(document, pieces)
    return tuple(
        Sentence(f"s{n}", piece.start, piece.end, document.text[piece.start : piece.end], piece.block, role)
        for n, (piece, role) in enumerate(zip(pieces, roles, strict=True), 1)
    )


def _pieces(document: Document, number: int, block: Block) -> Iterator[Piece]:
    """The sentences of one block, a dateline at its head cut off."""
    reading = document.reading[block.start : block.end]
    dateline = find_dateline(reading) if block.kind == "paragraph" else 0
    if dateline:
        yield from _trimmed(document, block.start, block.start + dateline, number, Role.DATELINE)
    starts = [dateline, *(dateline + start for start in find_boundaries(reading[dateline:])), len(reading)]
    for start, end in pairwise(starts):
        yield from _trimmed(document, block.start + start, block.start + end, number)


def _trimmed(document: Document, start: int, end: int, block: int, role: Role | None = None) -> Iterator[Piece]:
    """The piece without the space around it, if a letter or digit is left."""
    prose = document.reading[start:end]
    if any(c.isalnum() for c in prose):
        yield Piece(start + len(prose) - len(prose.lstrip()), start + len(prose.rstrip()), block, role)


def _cover(document: Document, pieces: list[Piece]) -> list[Piece]:
    """*pieces* stretched, or joined by new ones, over letters and digits that they leave out.

    Such are link targets, list numbers, tags: masked in the reading, yet part of the text. They go
    with the sentence on the same line; a line that holds nothing else is boilerplate.
    """
    covered: list[Piece] = []
    done = 0
    for piece in [*pieces, None]:
        end = piece.start if piece else len(document.text)
        for start, stop in _loose(document.text, done, end):
            if covered and not _line_break(document.text, covered[-1].end, start):
                stop = _CLOSERS.match(document.text, stop, end).end()  # type: ignore[union-attr]  # matches empty
                covered[-1] = covered[-1].until(stop)
            elif piece and not _line_break(document.text, stop, piece.start):
                piece = piece.since(start)
                break
            else:
                block = covered[-1].block if covered else 0
                covered.append(Piece(start, stop, block, Role.BOILERPLATE))
        if piece:
            covered.append(piece)
            done = piece.end
    return covered


def _loose(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches with letters or digits, a line each, in ``text[start:end]``."""
    for line in re.finditer(r"[^\r\n]+", text[start:end]):
        places = [i for i, c in enumerate(line.group()) if c.isalnum()]
        if places:
            yield start + line.start() + places[0], start + line.start() + places[-1] + 1


def _line_break(text: str, start: int, end: int) -> bool:
    return any(c in "\r\n" for c in text[start:end])
