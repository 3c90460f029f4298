"""Which pieces the encoder sees together: cores of whole sentences, with neighbours for context.

Every sentence is the core of exactly one window and its values are taken from there. Where cores
begin is decided by the sentences nearby (content-defined chunking, as in rsync), not by their
distance from the article's start, so that a passage is read the same way wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from service.extract.features import Ints

LENGTH = 256  # pieces a window holds, with the two at its ends; what training used
CORE = 144
NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces *low* to *high* are read, *first* to *last* of them are kept."""

    low: int
    high: int
    first: int
    last: int


def plan_windows(sentence: Ints, readings: Sequence[str], length: int = LENGTH, core: int = CORE) -> tuple[Window, ...]:
    """Windows whose cores are all pieces, in order; *sentence* is each piece's sentence. *Shape:* (pieces,)"""
    total = len(sentence)
    if not total:
        return ()
    cuts = np.flatnonzero(np.diff(sentence, prepend=sentence[0] - 1))
    bounds = [*cuts.tolist(), total]
    anchors = _anchors([crc32(readings[sentence[c]].encode("utf-8", "replace")) for c in cuts])
    return tuple(_with_context(first, last, bounds, total, length - 2) for first, last in _cores(bounds, anchors, core))


def _anchors(hashes: Sequence[int]) -> set[int]:
    """The sentences whose hash is the least among their neighbours', of several alike the first.

    A sentence said over and over would else make a window of its own each time.
    """
    near = NEIGHBOURS
    return {
        i
        for i, h in enumerate(hashes)
        if h < min(hashes[max(0, i - near) : i], default=h + 1) and h == min(hashes[i : i + near + 1])
    }


def _cores(bounds: Sequence[int], anchors: set[int], core: int) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(1, len(bounds)):
        if i < len(bounds) - 1 and i not in anchors and bounds[i + 1] - first <= core:
            continue
        while bounds[i] - first > core:  # one sentence longer than a core
            yield first, first + core
            first += core
        if bounds[i] > first:
            yield first, bounds[i]
        first = bounds[i]


def _with_context(first: int, last: int, bounds: Sequence[int], total: int, limit: int) -> Window:
    """As many whole sentences around the core as fit, evenly; pieces of one where no sentence fits."""
    spare = limit - (last - first)
    low, high = max(0, first - spare // 2), min(total, last + spare // 2)
    before, after = bisect_left(bounds, low), bisect_right(bounds, high) - 1
    if before < len(bounds) and bounds[before] <= first:
        low = bounds[before]
    if after >= 0 and bounds[after] >= last:
        high = bounds[after]
    return Window(low, high, first, last)
