"""Windows: every piece is the core of one, none is too long, and what stands far away changes nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.batches import STEP, make_inputs, plan_batches
from service.extract.features import Pieces
from service.extract.windows import CORE, LENGTH, Window, plan_windows

unhurried = settings(deadline=None)  # a busy machine is no fault
lengths = st.lists(st.integers(min_value=1, max_value=2 * CORE), min_size=1, max_size=60)


def plan(sizes: list[int], first: int = 0) -> tuple[Window, ...]:
    """Windows over sentences of so many pieces, each reading as its size and its number from *first*."""
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    return plan_windows(sentence, [f"{size} pieces in sentence {first + i}" for i, size in enumerate(sizes)])


@unhurried
@given(lengths)
def test_every_piece_is_in_the_core_of_one_window_which_is_no_longer_than_may_be(sizes: list[int]) -> None:
    windows = plan(sizes)
    assert [at for w in windows for at in range(w.first, w.last)] == list(range(sum(sizes)))
    assert all(0 <= w.low <= w.first < w.last <= w.high <= sum(sizes) for w in windows)
    assert all(w.high - w.low <= LENGTH - 2 for w in windows)


@unhurried
@given(lengths, lengths)
def test_an_article_far_ahead_changes_no_window(before: list[int], sizes: list[int]) -> None:
    long = [20] * 60  # sentences between the two, more than windows look at
    alone = plan(long + sizes, first=1000)
    readings = [f"{size} pieces in sentence {i}" for i, size in enumerate(before)]
    readings += [f"{size} pieces in sentence {1000 + i}" for i, size in enumerate(long + sizes)]
    joined = [*before, *long, *sizes]
    together = plan_windows(np.repeat(np.arange(len(joined)), joined), readings)
    shift, middle = sum(before), sum(long)
    later = [(w.low, w.high, w.first, w.last) for w in alone if w.first >= middle and w.low > middle // 2]
    moved = {(w.low - shift, w.high - shift, w.first - shift, w.last - shift) for w in together}
    assert moved.issuperset(later)


def test_an_article_without_pieces_has_no_window() -> None:
    assert plan_windows(np.zeros(0, np.int64), []) == ()


@unhurried
@given(lengths)
def test_batches_hold_every_window_once_with_little_padding(sizes: list[int]) -> None:
    windows = plan(sizes)
    batches = list(plan_batches([(0, w) for w in windows]))
    assert sorted(w.first for batch in batches for _, w in batch) == [w.first for w in windows]
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    zeros = np.zeros(len(sentence), np.int64)
    pieces = Pieces(sentence + 5, zeros, zeros, zeros, zeros, zeros, sentence)
    for batch in batches:
        inputs = make_inputs([(pieces, w) for _, w in batch], (1, 2))
        longest = max(w.high - w.low + 2 for _, w in batch)
        assert longest <= inputs.mask.shape[1] < longest + STEP
        for row, (_, w) in enumerate(batch):
            read = [1, *(sentence[w.low : w.high] + 5), 2]
            assert inputs.ids[row, inputs.mask[row]].tolist() == read
            assert inputs.membership[row].sum() == w.high - w.low
