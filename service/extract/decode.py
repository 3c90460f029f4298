"""From logits to spans: the best legal tag sequence, by Viterbi where the best tags alone are none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from service.extract.values import dataclass

Floats = NDArray[np.float32]
ILLEGAL = -1e4


@dataclass(frozen=True, slots=True)
class Transitions:
    """``legal``: whether one tag (row) may be followed by another. *Shape:* (tags, tags)

    ``bound``: for each tag that may not follow any other, the two that it may, else ``None``; ``free``: whether it
    is ``None``. *Shape:* (tags,)
    """

    legal: NDArray[np.bool_]
    bound: tuple[tuple[int, int] | None, ...]
    free: NDArray[np.bool_]


def legal_transitions(names: Sequence[str]) -> Transitions:
    """Which tags may follow which: only ``I-x`` is bound, it follows ``B-x`` or ``I-x``."""
    legal = np.array([[not b.startswith("I-") or a[1:] == b[1:] for b in names] for a in names], bool)
    held = (None if column.all() else np.flatnonzero(column).tolist() for column in legal.T)
    bound = tuple(None if before is None else (before[0], before[1]) for before in held)
    return Transitions(legal, bound, np.array([before is None for before in bound]))


def best_path(logits: Floats, transitions: Transitions) -> NDArray[np.int64]:
    """The best-scoring legal tags of all pieces. *logits* and result *Shape:* (pieces, tags) and (pieces,).

    Each piece has its own best tag, but for the few stretches where these break the rules: only those are
    searched. Where the best of a stretch goes on with what stands before, both are searched together.
    """
    path = np.asarray(logits.argmax(axis=1), np.int64) if len(logits) else np.zeros(0, np.int64)
    legal, bound, free = transitions.legal, transitions.bound, transitions.free
    wrong = np.flatnonzero(~np.append(free[path[:1]], legal[path[:-1], path[1:]])).tolist()
    if not wrong:
        return path
    bounds = [0, *(np.flatnonzero(free[path[1:]]) + 1).tolist(), len(path)]  # a stretch begins with a tag free to
    done = 0
    for at in wrong:
        if at < done:
            continue
        high = bisect_right(bounds, at)
        low, done = high, bounds[high]
        while low == high or (low and not free[path[bounds[low]]]):
            low -= 1
            path[bounds[low] : done] = _search(logits[bounds[low] : done], bound, low > 0)
        del bounds[low + 1 : high]
    return path


def _search(logits: Floats, bound: Sequence[tuple[int, int] | None], led: bool) -> list[int]:
    """The best tags of a stretch, by Viterbi; only where something *led* to it may the first be bound.

    *bound* are, for each tag that may not follow any other, the two that it may.
    """
    first, *rows = logits.tolist()  # numbers of Python's own: a step has too few tags for arrays to pay
    score = [x + (0.0 if led or before is None else ILLEGAL) for x, before in zip(first, bound, strict=True)]
    held = [(tag, *before) for tag, before in enumerate(bound) if before is not None]
    back: list[list[int]] = []
    for row in rows:
        highest = max(score)
        came, sums = [score.index(highest)] * len(row), [highest + x for x in row]
        for tag, one, other in held:
            came[tag] = one if score[one] >= score[other] else other
            sums[tag] = score[came[tag]] + row[tag]
        score = sums
        back.append(came)
    path = [score.index(max(score))]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def spans_of(path: Sequence[int] | NDArray[np.int64], names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans a tag sequence says: first piece, piece after the last, kind."""
    start, kind = -1, ""
    tags = np.append(np.asarray(path, np.int64), 0)
    telling = np.array([name.startswith("B-") for name in names])[tags]
    telling |= np.diff(tags, prepend=0) != 0  # a tag that goes on with the one before says nothing
    places = np.flatnonzero(telling)
    for i, tag in zip(places.tolist(), tags[places].tolist(), strict=True):
        name = names[tag]
        if start >= 0 and name != f"I-{kind}":
            yield start, i, kind
            start = -1
        if name.startswith("B-"):
            start, kind = i, name[2:]
