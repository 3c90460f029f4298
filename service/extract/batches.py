"""What goes into one forward pass: windows of like length, as arrays with as little padding as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from service.extract.features import Pieces
from service.extract.values import dataclass
from service.extract.windows import BLOCK, ENDS, LENGTH, Window, place_pieces, round_up

PIECES = LENGTH  # in one forward pass, at most; more are no faster on a processor, and take 30 kB each
SENTENCES = 16  # the number of sentences is rounded up to a multiple: a runtime keeps code for every shape it meets

Part = tuple[int, Window]  # a window of one of several articles


@dataclass(frozen=True, slots=True)
class Inputs:
    """B windows of T pieces and S sentences as arrays; the shapes are those of ``Reader.forward``.

    ``ids`` *Shape:* (B, T); ``features`` *Shape:* (B, 3, T); ``places`` *Shape:* (B, T); ``mask`` *Shape:*
    (B, T), true for real pieces; ``membership`` *Shape:* (B, S, T), true where the piece is of the sentence.
    The pieces that open and close a window are the first and the last of its row, any padding stands between.
    """

    ids: NDArray[np.int32]
    features: NDArray[np.int32]
    places: NDArray[np.int32]
    mask: NDArray[np.bool_]
    membership: NDArray[np.bool_]


def plan_batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """All *parts*, those of the same length together, the longest first."""
    ordered = sorted(parts, key=lambda part: -_length(part[1]))
    for length, alike in groupby(ordered, key=lambda part: _length(part[1])):
        while together := list(islice(alike, max(1, PIECES // length))):
            yield together


def make_inputs(windows: Sequence[tuple[Pieces, Window]], ends: tuple[int, int]) -> Inputs:
    """One batch; *ends* are the ids that open and close a window."""
    length = max(_length(window) for _, window in windows)
    ranges = [pieces.sentence[[w.low, w.high - 1]] for pieces, w in windows]
    most = round_up(max(int(last - first) + 1 for first, last in ranges), SENTENCES)
    ids = np.zeros((len(windows), length), np.int32)
    features = np.zeros((len(windows), 3, length), np.int32)
    places = np.zeros((len(windows), length), np.int32)
    mask = np.zeros((len(windows), length), bool)
    membership = np.zeros((len(windows), most, length), bool)
    for i, ((p, w), (first, _)) in enumerate(zip(windows, ranges, strict=True)):
        read, at = slice(w.low, w.high), slice(1, 1 + w.high - w.low)
        ids[i, [0, -1]], ids[i, at] = ends, p.ids[read]
        places[i, at] = place_pieces(p.sentence[read])
        places[i, -1] = places[i, at.stop - 1] + 1
        mask[i, : at.stop] = mask[i, -1] = True
        for k, values in enumerate((p.shape, p.quote, p.layout)):
            features[i, k, at] = values[read]
        membership[i, p.sentence[read] - first, np.arange(at.start, at.stop)] = True
    return Inputs(ids, features, places, mask, membership)


def _length(window: Window) -> int:
    """Pieces of a window with its ends, rounded up."""
    return round_up(window.high - window.low + ENDS, BLOCK)
