"""What training learns from: a text with whatever some corpus says of it.

Every supervision is partial: a corpus that says nothing of a thing leaves it ``None`` or with
weight 0, so that one batch may mix all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.extract.outputs import SENTENCE_HEADS
from service.extract.records import Article, Block
from service.extract.text import read

Row = dict[str, Any]
Pair = tuple[int, int]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


@dataclass(frozen=True, slots=True)
class Link:
    """A training case for one of the links: from the piece at *query* to any of *positives*.

    No positive means that the link goes nowhere. ``candidates`` are the starts to choose among;
    ``None`` stands for every capitalised word.
    """

    kind: str
    query: int
    positives: tuple[int, ...]
    candidates: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One article with its partial supervision; all offsets are code points of ``text``, the service's reading of it.

    ``targets`` and ``weights`` hold one row a sentence, one column a sentence head; an epoch shows the
    example ``repeats`` times.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Pair, ...]
    targets: tuple[tuple[float, ...], ...]
    weights: tuple[tuple[float, ...], ...]
    tags: tuple[tuple[int, int, str], ...] | None = None
    entities: tuple[tuple[int, int, str], ...] | None = None
    links: tuple[Link, ...] = ()
    repeats: int = 1


def open_text(text: str) -> tuple[str, tuple[Block, ...]]:
    """A corpus text as the service reads it: its reading and its blocks."""
    document = read(Article(text))
    return document.reading, document.blocks


def label_row(**weighted: tuple[float, float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Targets and weights of one sentence, by head; a head that is not *weighted* counts nothing."""
    empty = (0.0, 0.0)
    return tuple(weighted.get(h, empty)[0] for h in SENTENCE_HEADS), tuple(
        weighted.get(h, empty)[1] for h in SENTENCE_HEADS
    )


def stack_rows(rows: Iterable[tuple[tuple[float, ...], tuple[float, ...]]]) -> dict[str, Any]:
    """``targets`` and ``weights`` of an example from those of its sentences."""
    both = list(rows)
    return {"targets": tuple(t for t, _ in both), "weights": tuple(w for _, w in both)}
