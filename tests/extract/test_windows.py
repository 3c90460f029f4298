"""Windows: every piece is the core of one, none is too long, and what stands far away changes nothing."""

from __future__ import annotations

from itertools import accumulate, combinations, pairwise
from math import inf

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.batches import make_inputs, plan_batches
from service.extract.features import Pieces
from service.extract.windows import CONTEXT, CORE, COSTS, LENGTH, STEP, Window, plan_windows, round_up

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
@given(lengths)
def test_windows_of_a_long_text_hold_context_and_no_padding(sizes: list[int]) -> None:
    windows, total = plan(sizes), sum(sizes)
    for w in windows if len(windows) > 1 else ():
        assert w.first - w.low >= min(CONTEXT, w.first)
        assert w.high - w.last >= min(CONTEXT, total - w.last)
        assert (w.high - w.low + 2) % STEP == 0 or (w.low, w.high) == (0, total)


@unhurried
@given(st.lists(st.integers(min_value=1, max_value=CORE), min_size=1, max_size=12))
def test_sentences_stay_whole_and_no_other_division_of_them_costs_less(sizes: list[int]) -> None:
    bounds = [0, *accumulate(sizes)]
    total = bounds[-1]

    def cost(first: int, last: int) -> float:
        length = last - first + min(CONTEXT, first) + min(CONTEXT, total - last) + 2
        return COSTS.get(round_up(length, STEP), inf)

    def least(cuts: tuple[int, ...]) -> float:
        return sum(cost(first, last) for first, last in pairwise((0, *cuts, total)))

    inner = bounds[1:-1]
    divisions = (cuts for count in range(len(sizes)) for cuts in combinations(inner, count))
    windows = plan(sizes)
    assert {w.first for w in windows} <= set(bounds)
    assert sum(cost(w.first, w.last) for w in windows) == min(map(least, divisions))


@unhurried
@given(lengths, lengths)
def test_an_article_far_ahead_changes_no_window(before: list[int], sizes: list[int]) -> None:
    long = [20] * 100  # sentences between the two, at the 44th of which a long text is divided
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
