"""What goes into one forward pass: windows of like length, as arrays with as little padding as possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from service.extract.features import Pieces
from service.extract.windows import STEP, Window, round_up

PIECES = 512  # in one forward pass, at most; more are no faster on a processor, and take 30 kB each
SENTENCES = 16  # the number of sentences is rounded up to a multiple, as lengths are

Part = tuple[int, Window]  # a window of one of several articles


@dataclass(frozen=True, slots=True)
class Inputs:
    """B windows of T pieces and S sentences as arrays; the shapes are those of ``Reader.forward``.

    ``ids`` *Shape:* (B, T); ``features`` *Shape:* (B, 3, T); ``mask`` *Shape:* (B, T), true for real
    pieces; ``membership`` *Shape:* (B, S, T), true where the piece is of the sentence.
    """

    ids: NDArray[np.int32]
    features: NDArray[np.int32]
    mask: NDArray[np.bool_]
    membership: NDArray[np.bool_]


def plan_batches(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """All *parts*, those of like length together, the longest first."""
    waiting = sorted(parts, key=lambda part: -_length(part[1]))
    while waiting:
        count = max(1, PIECES // _length(waiting[0][1]))
        together, waiting = waiting[:count], waiting[count:]
        yield together


def make_inputs(windows: Sequence[tuple[Pieces, Window]], ends: tuple[int, int]) -> Inputs:
    """One batch; *ends* are the ids that open and close a window."""
    length = max(_length(window) for _, window in windows)
    ranges = [pieces.sentence[[w.low, w.high - 1]] for pieces, w in windows]
    most = round_up(max(int(last - first) + 1 for first, last in ranges), SENTENCES)
    ids = np.zeros((len(windows), length), np.int32)
    features = np.zeros((len(windows), 3, length), np.int32)
    mask = np.zeros((len(windows), length), bool)
    membership = np.zeros((len(windows), most, length), bool)
    for i, ((p, w), (first, _)) in enumerate(zip(windows, ranges, strict=True)):
        n = w.high - w.low
        ids[i, 0], ids[i, n + 1], ids[i, 1 : n + 1] = *ends, p.ids[w.low : w.high]
        mask[i, : n + 2] = True
        for k, values in enumerate((p.shape, p.quote, p.layout)):
            features[i, k, 1 : n + 1] = values[w.low : w.high]
        membership[i, p.sentence[w.low : w.high] - first, np.arange(1, n + 1)] = True
    return Inputs(ids, features, mask, membership)


def _length(window: Window) -> int:
    """Pieces of a window with the two at its ends, rounded up."""
    return round_up(window.high - window.low + 2, STEP)
