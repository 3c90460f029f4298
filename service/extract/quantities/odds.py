"""One number of another: "one in five", "nine out of ten", "3 to 1"."""

from __future__ import annotations

from .found import ONE, Number, Pair
from .grammars import Grammar
from .numerals import read_number
from .tokens import Tokens
from .units import read_unit


def read_share(tokens: Tokens, number: Number, grammar: Grammar) -> Pair | None:
    """As in "one in five", "nine out of ten", "1 in 4": a small number of a small number."""
    lows, at = tokens.lows, number.last
    if number.value == ONE and number.form == "words" and lows[at].isalpha() and lows[at + 1] == "in":
        at += lows[at] not in grammar.stops and lows[at] != "out"
    at += lows[at : at + 3] == ["times", "out", "of"]
    if lows[at] == "-" and lows[at + 1] == "in" and lows[at + 2] == "-":
        at += 3
    elif lows[at] == "in":
        at += 1
    elif lows[at] == "out" and lows[at + 1] == "of":
        at += 2 + (lows[at + 2] == "every")
    else:
        return None
    at += lows[at] == "every"
    if number.form not in ("digits", "words") or number.value % 1 or number.value <= 0 or _is_noun(tokens, number):
        return None
    if not (
        tokens.is_digits(at)
        or lows[at] in grammar.small
        or (lows[at] in ("a", "an") and lows[at + 1] in grammar.scales)
    ):
        return None
    second = read_number(tokens, at + (lows[at] in ("a", "an")), grammar)
    if second is None or second.value <= number.value or second.value % 1:
        return None
    if len(tokens.words[at]) == 4 and tokens.words[at][:2] in ("19", "20"):
        return None
    if lows[number.last] not in ("out", "times") and (
        lows[second.last] in grammar.cues["time_units"] or lows[second.last] == "-" or number.value > 99
    ):
        return None
    return Pair(number, second, "share")


def _is_noun(tokens: Tokens, number: Number) -> bool:
    """As in "a new one in five years": "one" behind an adjective with an article, for a noun."""
    before, word = tokens.lows[number.first - 2 : number.first]
    return (
        number.value == ONE
        and before in ("a", "an", "another")
        and word.isalpha()
        and not word.endswith("ly")
        and word not in HEDGES
    )


HEDGES = frozenset({"about", "around", "one"})


def read_odds(tokens: Tokens, number: Number, grammar: Grammar) -> Pair | None:
    """As in "3 to 1", "two-to-one": how many times the one is the other."""
    lows, at = tokens.lows, number.last
    joined = lows[at : at + 3] == ["-", "to", "-"]
    if not joined and lows[at] != "to":
        return None
    at += 3 if joined else 1
    if (
        lows[at] not in ("1", "one")
        or number.value <= ONE
        or number.value % 1
        or read_unit(tokens, at + 1, grammar, ONE) is not None
    ):
        return None
    near = {*lows[number.first - 6 : number.first], *lows[at + 1 : at + 3]}
    if not joined and near.isdisjoint(("ratio", "margin", "odds", "outnumber", "outnumbered", "outnumbering", "by")):
        return None
    return Pair(number, Number(at, at + 1, ONE), "share")
