"""Which pieces the encoder sees together: cores of whole sentences, with neighbours for context.

Every sentence is the core of exactly one window and its values are taken from there. A long text is first
divided where the sentences nearby say so (content-defined chunking, as in rsync), not by the distance from
its start, so that a passage is read the same way wherever it stands; then each part as is cheapest to compute.

Within a window a piece attends to those near it alone (``near_pieces``), so that a long window costs no more a
piece than a short one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from service.extract.features import Ints
from service.extract.values import dataclass

BLOCK = 64  # pieces that attend to the same ones, among them each other; the length of a window is a multiple of it
NARROW, WIDE = 31, 95  # pieces to each side of a block that it attends to: 128 and 256 with its own and the ends
ENDS = 2  # pieces that open and close a window: its first and its last, behind any padding; all attend to them
LENGTH = 768  # pieces a window holds at most, with its ends: caches hold what is computed of so many
CONTEXT = 24  # pieces read beyond a core on each side, at least
CORE = LENGTH - 2 * CONTEXT - ENDS  # pieces that are kept of a window, at most
PLACES = 510  # that the network tells apart: in a longer window they begin anew with a sentence
NEIGHBOURS = 48  # sentences to each side that say where a long text is divided

# What windows cost, in no unit: the time of one thread, a little of it whatever their length.
COSTS = {size: size + 16 for size in range(BLOCK, LENGTH + 1, BLOCK)}


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces *low* to *high* are read, *first* to *last* of them are kept."""

    low: int
    high: int
    first: int
    last: int


def plan_windows(sentence: Ints, readings: Sequence[str]) -> tuple[Window, ...]:
    """Windows whose cores are all pieces, in order; *sentence* is each piece's sentence. *Shape:* (pieces,)

    One window is enough for an article that fits in.
    """
    total = len(sentence)
    if not total:
        return ()
    if total <= LENGTH - ENDS:
        return (Window(0, total, 0, total),)
    begins = np.flatnonzero(np.diff(sentence, prepend=sentence[0] - 1)).tolist()
    anchors = _anchors([crc32(readings[sentence[at]].encode("utf-8", "replace")) for at in begins])
    parts = pairwise([0, *anchors, len(begins)])
    bounds = [*begins, total]
    return tuple(
        _with_context(first, last, total)
        for begin, end in parts
        for first, last in _cores(_shorten(bounds[begin : end + 1]), total)
    )


def place_pieces(sentence: Ints) -> Ints:
    """Where each piece of a window stands, counted from 1; *sentence* is each piece's. *Shape:* (pieces,) to the same

    The count begins anew with the sentence that would exceed ``PLACES``, or within one that exceeds it alone.
    """
    places = np.arange(len(sentence))
    bounds = [*np.flatnonzero(np.diff(sentence, prepend=sentence[:1] - 1)).tolist(), len(sentence)]
    origin = 0
    for low, high in pairwise(bounds):
        origin = low if high - origin > PLACES else origin
        places[low:high] -= origin
    return places % PLACES + 1


def usual_margins(layers: int) -> tuple[int, ...]:
    """How many pieces to each side of a block it attends to, by layer, in a network that does not state it."""
    wide = layers // 3
    return (NARROW,) * (layers - wide) + (WIDE,) * wide


def near_pieces(length: int, margin: int) -> NDArray[np.bool_]:
    """Which pieces (columns) those of a window (rows) attend to. *Shape:* (length, length)

    Local attention by blocks, with two pieces that all see (BigBird, Zaheer et al. 2020).
    """
    at = np.arange(length)
    begins = (at // BLOCK * BLOCK)[:, None]
    near = (at >= begins - margin) & (at < begins + BLOCK + margin)
    near[:, [0, -1]] = True
    return near


def round_up(count: int, step: int) -> int:
    """The next multiple of *step*."""
    return -(-count // step) * step


def _anchors(hashes: Sequence[int]) -> list[int]:
    """The sentences whose hash is the least among their neighbours', of several alike the first.

    A sentence said over and over would else make a window of its own each time. None stands near an end of
    the text, where it would cut off a short part.
    """
    near = NEIGHBOURS
    return [
        i
        for i, h in enumerate(hashes[near : len(hashes) - near], near)
        if h < min(hashes[i - near : i]) and h == min(hashes[i : i + near + 1])
    ]


def _shorten(bounds: Sequence[int]) -> list[int]:
    """The same bounds with more between those that are farther apart than a core is long."""
    return [at for low, high in pairwise(bounds) for at in range(low, high, CORE)] + [bounds[-1]]


def _cores(bounds: Sequence[int], total: int) -> list[tuple[int, int]]:
    """The cheapest cores from the first of *bounds* to the last, for a text of *total* pieces.

    Shortest paths: to each bound from that bound before it, at any length of a window, whence it costs least.
    """
    costs, origins = [0], [0]
    for at, end in enumerate(bounds[1:], 1):
        cost, origin = min((costs[i] + COSTS[size], i) for i, size in _origins(bounds, at, total - end))
        costs.append(cost)
        origins.append(origin)
    cores, at = [], len(bounds) - 1
    while at:
        cores.append((bounds[origins[at]], bounds[at]))
        at = origins[at]
    return cores[::-1]


def _origins(bounds: Sequence[int], at: int, left: int) -> Iterator[tuple[int, int]]:
    """The farthest bound from which a core may reach to bound *at*, for every size of a window that is long enough."""
    for size in COSTS:
        farthest = bounds[at] - (size - ENDS - min(CONTEXT, left))
        origin = 0 if farthest <= bounds[0] == 0 else bisect_left(bounds, farthest + CONTEXT, 0, at)
        if origin < at:
            yield origin, size


def _with_context(first: int, last: int, total: int) -> Window:
    """The pieces around the core, as many on each side, up to a length that is computed anyway."""
    needed = last - first + min(CONTEXT, first) + min(CONTEXT, total - last)
    spare = round_up(needed + ENDS, BLOCK) - ENDS - (last - first)
    before = min(first, max(spare // 2, spare - (total - last)))
    return Window(first - before, min(total, last + spare - before), first, last)
