"""Scores and votes: "3-1", "52-48", "voted 12 to 7"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .found import HUNDRED, Number, Pair
from .grammars import Grammar
from .nouns import read_noun
from .numerals import read_number, starts_number
from .tokens import Tokens
from .units import read_unit

DASHES = ("-", "–")
# "A 50-50 chance" is one of a half.
CHANCES = frozenset({"chance", "chances", "shot", "proposition", "probability", "likelihood", "odds"})


def read_score(tokens: Tokens, number: Number, grammar: Grammar) -> Pair | None:
    """As in "3-1", "52-48", "voted 12 to 7": two whole numbers joined where a match or a vote is spoken of."""
    at = number.last
    if tokens.lows[at] == "to" or tokens.lows[at : at + 3] == ["-", "to", "-"]:
        return _read_vote(tokens, number, grammar)
    if tokens.lows[at] not in DASHES or not tokens.glued(at) or not tokens.glued(at + 1):
        return None
    if number.form == "words" and tokens.lows[at + 1] in grammar.small:
        second = read_number(tokens, at + 1, grammar)
        if second is None or second.value != number.value or tokens.lows[second.last] in grammar.cues["time_units"]:
            return None
        return Pair(number, second, "score")
    if (
        not tokens.words[at + 1].isdecimal()
        or not tokens.words[number.first].isdecimal()
        or number.last != number.first + 1
    ):
        return None
    second = Number(at + 1, at + 2, Decimal(tokens.words[at + 1]))
    if tokens.lows[at - 1] == "50" == tokens.lows[at + 1] and tokens.lows[at + 2] in CHANCES:
        return Pair(number, replace(second, value=HUNDRED), "share")
    if max(number.value, second.value) > 999 or not _is_score(tokens, number, second, grammar):
        return None
    return Pair(number, second, "score")


def _read_vote(tokens: Tokens, number: Number, grammar: Grammar) -> Pair | None:
    """As in "voted 12 to 7", "a vote of 218 to 212", "a 5-to-4 decision"."""
    lows, joined = tokens.lows, tokens.lows[number.last] == "-"
    at = number.last + 1 + 2 * joined
    if not starts_number(tokens, at, grammar):
        return None
    second = read_number(tokens, at, grammar)
    if second is None or second.value > number.value or second.value % 1 or number.value % 1:
        return None
    if joined and lows[second.last] in grammar.cues["score_cues"]:
        return Pair(number, second, "score")
    if grammar.cues["voting"].isdisjoint(lows[number.first - 4 : number.first]):
        return None
    alone = read_unit(tokens, second.last, grammar, second.value) is None
    return Pair(number, second, "score") if alone and read_noun(tokens, second.last, grammar) is None else None


def _is_score(tokens: Tokens, number: Number, second: Number, grammar: Grammar) -> bool:
    lows, last = tokens.lows, second.last
    if (lows[last] == "-" and tokens.glued(last)) or read_unit(tokens, last, grammar, second.value) is not None:
        return False
    if number.value < second.value and read_noun(tokens, last, grammar) is not None:
        return False
    near = {*lows[number.first - 8 : number.first], *lows[last : last + 4]}
    if near & grammar.cues["score_cues"]:
        return True
    return number.value >= second.value
