"""Windows: every piece is the core of exactly one, and a passage is cut the same way wherever it stands."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.windows import CORE, LENGTH, NEIGHBOURS, Window, plan_windows
from tests.golden.seeds import load_seed, seed_names

REACH = (LENGTH - 2) // 2  # pieces to which a window's context may reach back
LENGTHS = st.lists(st.integers(1, 60) | st.integers(100, 700), max_size=60)


def plan(lengths: list[int], readings: list[str]) -> tuple[Window, ...]:
    """The windows of sentences of *lengths* pieces that read *readings*."""
    return plan_windows(np.repeat(np.arange(len(lengths)), lengths), readings)


@given(lengths=LENGTHS, same=st.booleans())
def test_the_cores_are_all_pieces_in_order_and_windows_hold_them(lengths: list[int], same: bool) -> None:
    windows = plan(lengths, ["Yes." if same else f"Sentence {n}." for n in range(len(lengths))])
    assert [w.first for w in windows] == [0, *(w.last for w in windows)][: len(windows)]
    assert sum(w.last - w.first for w in windows) == sum(lengths)
    for w in windows:
        assert 0 <= w.low <= w.first < w.last <= w.high <= sum(lengths)
        assert w.high - w.low <= LENGTH - 2
        assert w.last - w.first <= CORE


@given(lengths=LENGTHS)
def test_a_sentence_that_fits_a_core_is_never_cut(lengths: list[int]) -> None:
    windows = plan(lengths, [f"Sentence {n}." for n in range(len(lengths))])
    ends = np.cumsum([0, *lengths]).tolist()
    for start, end in pairwise(ends):
        if end - start <= CORE:
            assert not any(start < w.first < end for w in windows)


@given(lengths=LENGTHS, added=st.lists(st.integers(1, 80), min_size=1, max_size=30))
def test_once_two_plans_cut_at_one_place_they_stay_the_same(lengths: list[int], added: list[int]) -> None:
    readings = [f"Sentence {n}." for n in range(len(lengths))]
    alone = plan(lengths, readings)
    after = shift(plan(added + lengths, [f"Before {n}." for n in range(len(added))] + readings), sum(added))
    settled = sum(lengths[: NEIGHBOURS + 1])
    meet = min(({w.first for w in alone} & {w.first for w in after}) - set(range(settled)), default=sum(lengths))
    beyond = max(meet, REACH)
    assert [w for w in alone if w.first >= beyond] == [w for w in after if w.first >= beyond]
    assert [w.first for w in alone if w.first >= meet] == [w.first for w in after if w.first >= meet]


@pytest.mark.parametrize("name", seed_names())
def test_an_article_after_3000_words_is_cut_as_it_is_alone_but_for_its_first_sentences(name: str) -> None:
    lengths, readings = cut(load_seed(name).text)
    others = " ".join(load_seed(other).text for other in seed_names() if other != name)
    added, before = cut(" ".join(others.split()[:3000]))
    alone, after = plan(lengths, readings), shift(plan(added + lengths, before + readings), sum(added))
    same = [w for w in alone if w in after]
    assert same == list(alone)[len(alone) - len(same) :]
    assert sum(w.last - w.first for w in same) >= sum(lengths) - 2 * LENGTH


def cut(text: str) -> tuple[list[int], list[str]]:
    """Stretches up to a full stop: how many words each has, and how it reads."""
    readings = [reading for reading in re.split(r"(?<=[.!?])\s+", text) if reading.strip()]
    return [len(reading.split()) for reading in readings], readings


def shift(windows: tuple[Window, ...], by: int) -> list[Window]:
    """The windows as they stand in a text that begins *by* pieces later."""
    return [Window(w.low - by, w.high - by, w.first - by, w.last - by) for w in windows]


def test_a_sentence_said_over_and_over_makes_no_window_each_time() -> None:
    windows = plan([6] * 1000, ["“We won,” Ann Lee said."] * 1000)
    assert len(windows) <= 2 * 6000 / CORE
