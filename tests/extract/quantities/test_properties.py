"""Properties: what is printed is read back, offsets hold in any text, work grows with the text."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.extract.quantities import find_quantities
from service.extract.quantities.grammars import DATA, default_grammar
from service.extract.records import Quantity

if TYPE_CHECKING:
    from _typeshed import TraceFunction

NUMBERS = tomllib.loads((DATA / "numbers.toml").read_text(encoding="utf-8"))
SMALL = {value: word for part in ("units", "teens") for word, value in NUMBERS[part].items()}
TENS = {value: word for word, value in NUMBERS["tens"].items() if word != "fourty"}
SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
SUFFIXES = {"m": 10**6, "bn": 10**9, "tn": 10**12}
CURRENCIES = {"€": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "A$": "AUD", "C$": "CAD", "₹": "INR", "R$": "BRL"}
NAMED = {"euros": "EUR", "yen": "JPY", "Swiss francs": "CHF", "Canadian dollars": "CAD", "zlotys": "PLN"}
UNITS = {"kilometres": "kilometer", "tonnes": "tonne", "acres": "acre", "litres": "liter", "mph": "mile-per-hour"}
NOUNS = {
    "people": "person",
    "countries": "country",
    "new homes": "home",
    "police stations": "station",
    "wolves": "wolf",
}
HEDGES = {
    "about": "about",
    "more than": "more_than",
    "at least": "at_least",
    "fewer than": "less_than",
    "up to": "at_most",
}

# Four digits alone may be a year, as readers take them to be; with a comma they are not.
wholes = st.integers(min_value=2, max_value=10**9)
decimals = st.decimals(min_value=Decimal("1.1"), max_value=Decimal("999.9"), places=1, allow_nan=False)


# The first example reads the tables; a busy machine is no failure.
unhurried = settings(deadline=None)


def only(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


def spell(number: int) -> str:
    """*number* below a million in words, as British papers write it."""
    if number < 20:
        return str(SMALL[number])
    if number < 100:
        tens = TENS[number // 10 * 10]
        return f"{tens}-{SMALL[number % 10]}" if number % 10 else tens
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{SMALL[hundreds]} hundred" + (f" and {spell(rest)}" if rest else "")
    thousands, rest = divmod(number, 1000)
    link = " and" if 0 < rest < 100 else ""
    return f"{spell(thousands)} thousand" + (f"{link} {spell(rest)}" if rest else "")


@unhurried
@given(wholes, st.sampled_from(sorted(CURRENCIES)))
def test_money_in_full(amount: int, symbol: str) -> None:
    found = only(f"The council spent {symbol}{amount:,} on the bridge.")
    assert (found.kind, found.value, found.unit, found.unit_text) == (
        "money",
        Decimal(amount),
        CURRENCIES[symbol],
        symbol,
    )
    assert found.text == f"{symbol}{amount:,}"


@unhurried
@given(decimals, st.sampled_from(sorted(CURRENCIES)), st.sampled_from(sorted(SCALES)))
def test_money_in_words_of_scale(amount: Decimal, symbol: str, scale: str) -> None:
    assert only(f"It lent {symbol}{amount} {scale} to the port.").value == amount * SCALES[scale]


@unhurried
@given(decimals, st.sampled_from(["€", "£", "$"]), st.sampled_from(sorted(SUFFIXES)))
def test_money_with_a_glued_scale(amount: Decimal, symbol: str, suffix: str) -> None:
    assert only(f"It lent {symbol}{amount}{suffix} to the port.").value == amount * SUFFIXES[suffix]


@unhurried
@given(decimals, st.sampled_from(sorted(NAMED)))
def test_money_by_name(amount: Decimal, name: str) -> None:
    found = only(f"They paid {amount} million {name} for it.")
    assert (found.kind, found.value, found.unit) == ("money", amount * 10**6, NAMED[name])


@unhurried
@given(decimals, st.sampled_from(["percent", "per cent", "%", "pc"]))
def test_percent(amount: Decimal, sign: str) -> None:
    gap = "" if sign in ("%", "pc") else " "
    found = only(f"Turnout was {amount}{gap}{sign}, officials said.")
    assert (found.kind, found.value, found.unit) == ("percent", amount, "percent")


@unhurried
@given(wholes, st.sampled_from(sorted(UNITS)))
def test_measures(amount: int, name: str) -> None:
    found = only(f"They counted {amount:,} {name} in all.")
    assert (found.value, found.unit) == (Decimal(amount), UNITS[name])


@unhurried
@given(wholes, st.sampled_from(sorted(NOUNS)), st.sampled_from(sorted(HEDGES)))
def test_counts_with_a_hedge(amount: int, noun: str, hedge: str) -> None:
    found = only(f"The report names {hedge} {amount:,} {noun} in the region.")
    assert (found.kind, found.value, found.unit, found.modifier) == (
        "count",
        Decimal(amount),
        NOUNS[noun],
        HEDGES[hedge],
    )


@unhurried
@given(st.integers(min_value=2, max_value=999_999))
def test_numbers_in_words(number: int) -> None:
    found = only(f"They saw {spell(number)} birds.")
    assert (found.value, found.unit, found.text) == (Decimal(number), "bird", f"{spell(number)} birds")


@unhurried
@given(st.integers(min_value=2, max_value=400), st.integers(min_value=1, max_value=400))
def test_ranges(low: int, more: int) -> None:
    for text in (f"between {low} and {low + more} buses", f"{low} to {low + more} buses", f"{low}-{low + more} buses"):
        found = only(f"The depot holds {text} today.")
        assert (found.value, found.upper, found.unit) == (Decimal(low), Decimal(low + more), "bus")


@unhurried
@given(wholes, wholes, st.sampled_from(sorted(NOUNS)))
def test_a_noun_left_out_is_that_of_the_number_before(first: int, second: int, noun: str) -> None:
    one, other = find_quantities(f"The report names {first:,} {noun} in May and {second:,} in June.")
    assert (one.value, one.unit) == (Decimal(first), NOUNS[noun])
    assert (other.value, other.unit) == (Decimal(second), NOUNS[noun])


@unhurried
@given(st.integers(min_value=2, max_value=400), st.integers(min_value=0, max_value=400))
def test_votes(fewer: int, more: int) -> None:
    for text in (f"{fewer + more + 1} to {fewer}", f"{fewer + more + 1}-{fewer}"):
        found = only(f"The council voted {text} against the plan.")
        assert (found.kind, found.value, found.upper) == ("score", Decimal(fewer + more + 1), Decimal(fewer))


# Words at which a quantity may begin, and pieces that stand around them.
AROUND = (Path(__file__).parent / "around.txt").read_text(encoding="utf-8").split()
PIECES = [*sorted(default_grammar().triggers), *AROUND]
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="0123456789.,-–—/%$€£ \n'’ahkmMbBptT½"),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


@unhurried
@given(TEXTS)
def test_offsets_order_and_records_hold_in_any_text(text: str) -> None:
    end = 0
    for number, found in enumerate(find_quantities(text), 1):
        assert found.id == f"n{number}"
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert found.value.is_finite()
        assert found.upper is None or found.upper.is_finite()
        end = found.end


def count_lines(run: Callable[[], object]) -> int:
    """How many lines of the package *run* executes: work, whatever else the machine does."""
    lines = 0

    def trace(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal lines
        lines += event == "line"
        return trace if "quantities" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return lines


# Pieces to repeat, one a line but for the line break itself.
HOSTILE = ["\n1", *(Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_in_step_with_hostile_text(piece: str) -> None:
    short, long = (piece * (size // len(piece)) for size in (400, 1_600))
    find_quantities(short)
    assert count_lines(lambda: find_quantities(long)) <= 5 * count_lines(lambda: find_quantities(short)) + 1_000


# A text of the largest size allowed; pieces that hold little to read, so that the test stays short.
@pytest.mark.parametrize(
    "piece", ["9", "9,", "1.", "-", "$", "'", "hundred ", "a few ", "x" * 999 + "9 ", "€" * 99 + "7", "\n"]
)
def test_two_hundred_thousand_hostile_characters_are_read(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(text[each.start : each.end] == each.text for each in find_quantities(text))
