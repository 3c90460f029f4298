"""Texts of one piece over and over, made to keep patterns busy: whatever takes more than linear time hangs here."""

from __future__ import annotations

import pytest

from service.extract.continuations import find_turns
from service.extract.estimates import find_puts
from service.extract.name_spans import widen
from service.extract.records import Block
from service.extract.role_spans import find_close, trim_role
from service.extract.withheld import is_withheld

SIZE = 20_000


@pytest.mark.parametrize("piece", ["A", "A ", "A-", "Aa ", "*", "A: "])
def test_capitals_that_open_no_turn_are_read_once(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    assert find_turns(text, [Block(0, len(text))]) == ()


@pytest.mark.parametrize("piece", [" of", " of the", " also", " in May", " "])
def test_what_hangs_on_a_role_is_read_once(piece: str) -> None:
    text = "baker" + piece * (SIZE // len(piece)) + " x"
    start, _ = trim_role(text, 0, len(text))
    assert start == 0


def test_a_phrase_that_nothing_ends_is_left_after_a_while() -> None:
    close = find_close("became " * SIZE, 0)
    assert close is not None
    assert not close.group()


def test_a_span_grows_to_no_more_than_a_long_word() -> None:
    start, end = widen("Aa-" * SIZE, SIZE, SIZE + 1)
    assert end - start < SIZE


@pytest.mark.parametrize("piece", ["ask", "not to ", "asked to be ", " "])
def test_wishes_for_no_name_are_looked_for_once(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    assert not is_withheld(text, 0, len(text))


@pytest.mark.parametrize("piece", ["puts the x ", "put it at just under ", "put it at 1,", "places ", "put a of "])
def test_figures_put_at_no_amount_are_looked_for_once(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    assert not [put for put in find_puts(text, 0, len(text)) if len(put.group()) > SIZE / 2]
