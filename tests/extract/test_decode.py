"""Tag sequences: the best legal one is found, whatever the logits; spans come back out of it."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from service.extract.decode import Floats, best_path, legal_transitions, spans_of
from service.extract.outputs import ENTITIES, TAGS

NAMES = ("O", "B-cue", "I-cue", "B-content", "I-content")
LOGITS = st.integers(0, 5).flatmap(
    lambda pieces: arrays(np.float32, (pieces, len(NAMES)), elements=st.floats(-30, 30, width=32))
)


def is_legal(path: tuple[int, ...]) -> bool:
    """Whether every inner tag of *path* goes on with what stands before it."""
    names = ["O", *(NAMES[tag] for tag in path)]
    return all(not b.startswith("I-") or a[2:] == b[2:] for a, b in pairwise(names))


def score(path: tuple[int, ...], logits: Floats) -> float:
    return float(sum(logits[i, tag] for i, tag in enumerate(path)))


@given(logits=LOGITS)
def test_no_legal_sequence_is_better_than_the_one_found(logits: Floats) -> None:
    found = tuple(best_path(logits, legal_transitions(NAMES)).tolist())
    assert is_legal(found)
    best = max(score(p, logits) for p in product(range(len(NAMES)), repeat=len(logits)) if is_legal(p))
    assert np.isclose(score(found, logits), best, atol=0.05)


@given(spans=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(TAGS[1::2])), max_size=8))
def test_spans_laid_as_tags_are_read_back(spans: list[tuple[int, int, str]]) -> None:
    path: list[int] = []
    laid = []
    for gap, length, first in spans:
        path += [0] * gap
        laid.append((len(path), len(path) + length, first[2:]))
        path += [TAGS.index(first)] + [TAGS.index(f"I-{first[2:]}")] * (length - 1)
    assert list(spans_of(path, TAGS)) == laid


def test_an_inner_tag_follows_its_own_kind_alone() -> None:
    legal = legal_transitions(ENTITIES).legal
    person, place = ENTITIES.index("I-person"), ENTITIES.index("B-place")
    assert legal[ENTITIES.index("B-person"), person]
    assert not legal[place, person]
    assert legal[:, place].all()
