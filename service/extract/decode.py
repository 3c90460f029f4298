"""From logits to spans: the best legal tag sequence, by Viterbi over whole windows at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ILLEGAL = -1e4


def legal_transitions(names: Sequence[str]) -> Floats:
    """0 where one tag may follow another, else a large negative number. *Shape:* (tags, tags).

    Only ``I-x`` is bound: it follows ``B-x`` or ``I-x``.
    """
    table = np.zeros((len(names), len(names)), np.float32)
    for j, name in enumerate(names):
        if name.startswith("I-"):
            for i, before in enumerate(names):
                if before[1:] != name[1:]:
                    table[i, j] = ILLEGAL
    return table


def best_path(logits: Floats, transitions: Floats) -> NDArray[np.int64]:
    """The best-scoring tag of every piece. *logits* and result *Shape:* (pieces, tags) and (pieces,)."""
    length, width = logits.shape
    if not length:
        return np.zeros(0, np.int64)
    back = np.zeros((length, width), np.int64)
    score = logits[0] + np.where(transitions.min(axis=0) < 0, ILLEGAL, 0.0)
    for t in range(1, length):
        options = score[:, None] + transitions
        back[t] = options.argmax(axis=0)
        score = options[back[t], np.arange(width)] + logits[t]
    path = np.zeros(length, np.int64)
    path[-1] = score.argmax()
    for t in range(length - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


def spans_of(path: Sequence[int], names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans a tag sequence says: first piece, piece after the last, kind."""
    start, kind = -1, ""
    for i, tag in enumerate([*path, 0]):
        name = names[tag]
        if start >= 0 and name != f"I-{kind}":
            yield start, i, kind
            start = -1
        if name.startswith("B-"):
            start, kind = i, name[2:]
