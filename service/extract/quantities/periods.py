"""Amounts without a numeral: "more than a week", "half an hour", "double digits", "the low 40s"."""

from __future__ import annotations

from decimal import Decimal

from .found import ONE, Found, Number
from .grammars import Grammar, Unit
from .hedges import read_hedge
from .nouns import read_noun
from .tokens import Tokens

NEAR = 8
# "More than a year ago", but "higher than a year ago" compares.
PLAIN_HEDGES = frozenset(
    {"more", "less", "over", "under", "about", "around", "nearly", "almost", "just", "well", "roughly"}
)
POWERS = {"single": 0, "double": 1, "triple": 2}
OWNED = frozenset({"his", "her", "their", "my", "your", "our"})
ZERO, NINE, TEN = Decimal(0), Decimal(9), Decimal(10)
THIRDS = {
    "low": (ZERO, Decimal(3)),
    "lower": (ZERO, Decimal(3)),
    "mid": (Decimal(4), Decimal(6)),
    "middle": (Decimal(4), Decimal(6)),
    "high": (Decimal(7), NINE),
    "upper": (Decimal(7), NINE),
}


def read_article(tokens: Tokens, index: int, grammar: Grammar) -> Found | None:
    """One of the unit at *index* after "a", where a hedge or verb shows that its size is meant."""
    lows, first = tokens.lows, index - 1
    if lows[first] not in ("a", "an"):
        return None
    unit = grammar.names.match(lows, index)
    if unit is None or lows[unit[1]] in ("-", "'", "’", "before") or _is_or(tokens, unit[1], grammar):
        return None
    kind = unit[0].kind
    if lows[index] == "second" and lows[unit[1]].isalpha() and lows[unit[1]] not in grammar.stops:
        return None
    part = _read_part(tokens, unit[1], grammar)
    if part is not None:
        return _make_parted(tokens, index, unit, part, grammar)
    hedge, start, _ = read_hedge(tokens, first, unit[1], kind, grammar)
    if lows[unit[1]] in ("ago", "earlier", "later") and lows[start] not in PLAIN_HEDGES:
        return None
    within = lows[first - 1] == "within"
    spent = kind == "duration" and (lows[first - 1] in grammar.cues["lasting"] or _is_era(tokens, index))
    if (start == first and not within and not spent) or (hedge == "exactly" and not (spent or within)):
        return None
    return Found(
        first,
        unit[1],
        unit[1],
        kind,
        ONE,
        unit=unit[0],
        named=(index, unit[1]),
        modifier="at_most" if within else hedge,
        hedged=start,
        form="words",
    )


def _is_or(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether "or two" follows."""
    return tokens.lows[at] == "or" and tokens.lows[at + 1] in grammar.small


def read_or(tokens: Tokens, number: Number, grammar: Grammar) -> Found | None:
    """As in "a day or two", "a dog or two": one to so many of what stands before the "or" of *number*."""
    lows, first = tokens.lows, number.first - 3
    named = number.first - 2
    if lows[first] not in ("a", "an") or lows[named + 1] != "or" or number.form != "words" or number.value <= ONE:
        return None
    if (
        not lows[named].isalpha()
        or lows[named] in grammar.scales
        or read_noun(tokens, number.last, grammar) is not None
    ):
        return None
    unit = grammar.names.match(lows, named)
    measured = unit is not None and unit[1] == named + 1
    return Found(
        first,
        number.last,
        number.last,
        unit[0].kind if measured and unit is not None else "count",
        ONE,
        number.value,
        unit[0] if measured and unit is not None else None,
        noun=None if measured else lows[named],
        named=(named, named + 1),
        hedged=first,
        form="words",
    )


def _is_era(tokens: Tokens, index: int) -> bool:
    """As in "the first in a decade": so long a time is meant as one."""
    return tokens.lows[index - 2] == "in" and tokens.lows[index] in ("decade", "century", "generation")


def _read_part(tokens: Tokens, at: int, grammar: Grammar) -> Decimal | None:
    """The part after a unit: "a year | and a half"."""
    lows = tokens.lows
    if lows[at] != "and" or lows[at + 1] not in ("a", "one") or lows[at + 2] not in ("half", "quarter", "third"):
        return None
    return None if lows[at + 3] in ("of", "-") else ONE / grammar.denominators[lows[at + 2]]


def _make_parted(tokens: Tokens, index: int, unit: tuple[Unit, int], part: Decimal, grammar: Grammar) -> Found:
    last = unit[1] + 3
    hedge, start, _ = read_hedge(tokens, index - 1, last, unit[0].kind, grammar)
    return Found(
        index - 1,
        last,
        last,
        unit[0].kind,
        ONE + part,
        unit=unit[0],
        named=(index, unit[1]),
        modifier=hedge,
        hedged=start,
        form="words",
    )


def read_range_word(tokens: Tokens, index: int, grammar: Grammar) -> Found | None:
    """As in "double digits" (10 to 99), "the mid-20s" (24 to 26), where no decade is meant."""
    lows = tokens.lows
    if lows[index] in POWERS:
        at = index + 2 if lows[index + 1] == "-" else index + 1
        if lows[at] not in ("digit", "digits", "figures", "figure"):
            return None
        low = TEN ** POWERS[lows[index]]
        return _make_vague(index, at + 1, "count", (low if low > ONE else ZERO, low * TEN - 1))
    return _read_tens(tokens, index, grammar) if _is_tens(tokens, index) else None


def _read_tens(tokens: Tokens, index: int, grammar: Grammar) -> Found | None:
    """As in "his 40s" (an age), "temperatures in the 80s", "the low 40s"."""
    lows, first = tokens.lows, index
    value, (low, high) = Decimal(tokens.words[index]), (ZERO, NINE)
    at = index - 2 if lows[index - 1] == "-" else index - 1
    if lows[at] in THIRDS:
        (low, high), first = THIRDS[lows[at]], at
    bounds = value + low, value + high
    if lows[first - 1] in OWNED:
        return _make_vague(first, index + 2, "age", bounds, Unit("year", "age"))
    if not grammar.cues["weather"].isdisjoint(lows[max(0, first - NEAR) : index + NEAR]):
        return _make_vague(first, index + 2, "temperature", bounds, Unit("generic", "temperature"))
    # "In the 80s" is a decade, "in the low 80s" is none.
    return None if first == index or value > 90 else _make_vague(first, index + 2, "count", bounds)


def _make_vague(first: int, last: int, kind: str, bounds: tuple[Decimal, Decimal], unit: Unit | None = None) -> Found:
    return Found(first, last, last, kind, *bounds, unit, modifier="vague", hedged=first, form="vague")


def _is_tens(tokens: Tokens, index: int) -> bool:
    """Whether "40s" stands at *index*."""
    word = tokens.words[index]
    return (
        len(word) == 2
        and word.isdecimal()
        and word[1] == "0"
        and tokens.lows[index + 1] == "s"
        and tokens.glued(index + 1)
    )
