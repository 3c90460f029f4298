"""Which pieces the encoder sees together: cores of whole sentences, with neighbours for context.

Every sentence is the core of exactly one window and its values are taken from there. Where cores
begin is decided by the sentences nearby (content-defined chunking, as in rsync), not by their
distance from the article's start, so that a passage is read the same way wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from service.extract.features import Ints

LENGTH = 512  # pieces a window holds, with the two at its ends; the most that training used
CORE = 400
CONTEXT = 28  # pieces read beyond a core on each side, at least, and from there to the end of the sentence
NEIGHBOURS = 24


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces *low* to *high* are read, *first* to *last* of them are kept."""

    low: int
    high: int
    first: int
    last: int


def plan_windows(sentence: Ints, readings: Sequence[str], length: int = LENGTH, core: int = CORE) -> tuple[Window, ...]:
    """Windows whose cores are all pieces, in order; *sentence* is each piece's sentence. *Shape:* (pieces,)

    One window is enough for an article that fits in.
    """
    total = len(sentence)
    if not total:
        return ()
    if total <= length - 2:
        return (Window(0, total, 0, total),)
    cuts = np.flatnonzero(np.diff(sentence, prepend=sentence[0] - 1))
    bounds = [*cuts.tolist(), total]
    anchors = _anchors([crc32(readings[sentence[c]].encode("utf-8", "replace")) for c in cuts])
    return tuple(_with_context(first, last, bounds, length - 2) for first, last in _cores(bounds, anchors, core))


def _anchors(hashes: Sequence[int]) -> list[int]:
    """The sentences whose hash is the least among their neighbours', of several alike the first.

    A sentence said over and over would else make a window of its own each time.
    """
    near = NEIGHBOURS
    return [
        i
        for i, h in enumerate(hashes)
        if h < min(hashes[max(0, i - near) : i], default=h + 1) and h == min(hashes[i : i + near + 1])
    ]


def _cores(bounds: Sequence[int], anchors: Sequence[int], core: int) -> Iterator[tuple[int, int]]:
    """Between one anchor and the next as few cores as may be, of like size."""
    ends = sorted({0, *anchors, len(bounds) - 1})
    for begin, end in pairwise(ends):
        first, last = bounds[begin], bounds[end]
        while first < last:
            left = -(-(last - first) // core)
            wanted = first + -(-(last - first) // left)
            at = bisect_left(bounds, wanted)  # the sentence that ends there or after
            cut = bounds[at] if bounds[at] - first <= core else bounds[at - 1]
            cut = cut if cut > first else first + core  # one sentence longer than a core
            yield first, min(cut, last)
            first = min(cut, last)


def _with_context(first: int, last: int, bounds: Sequence[int], limit: int) -> Window:
    """The sentences around the core, whole as far as they fit."""
    spare = (limit - (last - first)) // 2
    low = bounds[bisect_right(bounds, max(0, first - CONTEXT)) - 1]
    high = bounds[bisect_left(bounds, min(bounds[-1], last + CONTEXT))]
    return Window(max(low, first - spare), min(high, last + spare), first, last)
