"""Windows: every piece is the core of one, none is too long, and what stands far away changes nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, combinations, pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.batches import make_inputs, plan_batches
from service.extract.features import Pieces
from service.extract.openvinos import load_openvino
from service.extract.windows import (
    BLOCK,
    CONTEXT,
    CORE,
    COSTS,
    ENDS,
    LENGTH,
    NARROW,
    PLACES,
    WIDE,
    Window,
    near_pieces,
    place_pieces,
    plan_windows,
    round_up,
)
from tests.models import write_tiny_model

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
    assert all(w.high - w.low <= LENGTH - ENDS for w in windows)


@unhurried
@given(lengths)
def test_windows_of_a_long_text_hold_context_and_no_padding(sizes: list[int]) -> None:
    windows, total = plan(sizes), sum(sizes)
    for w in windows if len(windows) > 1 else ():
        assert w.first - w.low >= min(CONTEXT, w.first)
        assert w.high - w.last >= min(CONTEXT, total - w.last)
        assert (w.high - w.low + ENDS) % BLOCK == 0 or (w.low, w.high) == (0, total)


@unhurried
@given(st.lists(st.integers(min_value=1, max_value=CORE), min_size=1, max_size=12))
def test_sentences_stay_whole_and_no_other_division_of_them_costs_less(sizes: list[int]) -> None:
    bounds = [0, *accumulate(sizes)]
    total = bounds[-1]

    def cost(first: int, last: int) -> float:
        length = last - first + min(CONTEXT, first) + min(CONTEXT, total - last) + ENDS
        return COSTS.get(round_up(length, BLOCK), inf)

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
    long = [20] * 240  # sentences between the two, at the 143rd of which a long text is divided
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
        lengths = [w.high - w.low + ENDS for _, w in batch]
        assert all(length <= inputs.mask.shape[1] < length + BLOCK for length in lengths)
        for row, (_, w) in enumerate(batch):
            read = [1, *(sentence[w.low : w.high] + 5), 2]
            assert inputs.ids[row, inputs.mask[row]].tolist() == read
            assert inputs.membership[row].sum() == w.high - w.low


@given(st.lists(st.integers(min_value=1, max_value=PLACES + 200), min_size=1, max_size=40))
def test_places_go_on_within_a_sentence_and_begin_anew_with_one(sizes: list[int]) -> None:
    sentence = np.repeat(np.arange(len(sizes)), sizes)
    places = place_pieces(sentence)
    assert places[0] == 1
    assert places.max() <= PLACES
    for at in np.flatnonzero(np.diff(places) != 1) + 1:
        begins = sentence[at] != sentence[at - 1]
        assert places[at] == 1
        assert begins or (sizes[sentence[at]] > PLACES and places[at - 1] == PLACES)
        following = int(np.searchsorted(sentence, sentence[at], side="right"))
        fits = places[at - 1] + following - at <= PLACES
        assert not (begins and fits) or sizes[sentence[at - 1]] > PLACES


@pytest.mark.parametrize("margin", [NARROW, WIDE])
@pytest.mark.parametrize("blocks", [1, 2, 5])
def test_a_piece_attends_to_those_near_it_and_to_both_ends(blocks: int, margin: int) -> None:
    near = near_pieces(blocks * BLOCK, margin)
    at = np.arange(len(near))
    apart = np.abs(at[:, None] - at)
    assert near[:, [0, -1]].all()
    assert near[apart <= margin].all()
    assert not near[:, 1:-1][apart[:, 1:-1] >= BLOCK + margin].any()
    assert near.sum(axis=1).max() <= BLOCK + 2 * margin + ENDS


def test_what_stands_far_away_changes_nothing_that_is_read(tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path)  # of one layer
    runtime = load_openvino(folder, 1, half=False)
    count = 6 * BLOCK - ENDS
    zeros = np.zeros(count, np.int64)
    ids = np.random.default_rng(0).integers(4, 90, count)
    pieces = Pieces(ids, zeros, zeros, zeros, zeros, zeros, zeros)
    changed = ids.copy()
    changed[-BLOCK] += 1
    first, second = (
        runtime(make_inputs([(replace(pieces, ids=each), Window(0, count, 0, count))], (2, 3)))["tags"].copy()
        for each in (ids, changed)
    )
    moved = np.flatnonzero(np.abs(first - second).max(axis=-1)[0] > 1e-6)
    assert 4 * BLOCK <= moved.min() < moved.max() < 6 * BLOCK
