"""What an amount is counted by: a month, a head, a barrel."""

from __future__ import annotations

from .grammars import Grammar
from .nouns import find_singular, read_noun
from .tokens import Tokens

WHOLE = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
    "annually": "year",
    "hourly": "hour",
    "nightly": "night",
}


def read_rate(tokens: Tokens, index: int, grammar: Grammar) -> tuple[str, int] | None:
    """What the amount that ends before *index* is per, and the index after its words."""
    lows, word = tokens.lows, tokens.lows[index]
    if word == "/" and tokens.words[index + 1].isalpha():
        found = grammar.symbols.match(tokens.words, index + 1) or grammar.names.match(lows, index + 1)
        return (found[0].id, found[1]) if found is not None else None
    if word == "-" and lows[index + 1] in ("a", "per") and lows[index + 2] == "-":
        return find_singular(tokens, index + 3, grammar), index + 4
    if word in WHOLE:
        return WHOLE[word], index + 1
    if word in ("each", "every", "a", "an", "per", "the"):
        return _read_after(tokens, index, grammar)
    return None


def _read_after(tokens: Tokens, index: int, grammar: Grammar) -> tuple[str, int] | None:
    lows, word = tokens.lows, tokens.lows[index]
    at = index + 1
    if word == "per" and lows[at] in ("capita", "head"):
        return "person", at + 1
    if word == "a" and lows[at] == "head":
        return "person", at + 1
    named = grammar.names.match(lows, at)
    if word == "per":
        if named is not None and named[0].kind != "money":
            return named[0].id, named[1]
        if tokens.is_digits(at):
            noun = read_noun(tokens, at + 1, grammar)
            return None if noun is None else (tokens.text(at, noun.last), noun.last)
        if not lows[at].isalpha():
            return None
        # "per 100,000 people" is no simple rate; "per square mile" and "per pupil" are.
        return find_singular(tokens, at, grammar), at + 1
    if word in ("each", "every"):
        periods = grammar.cues["rate_periods"]
        return (lows[at], at + 1) if lows[at] in periods else None
    if word == "the" and lows[at] not in ("gallon", "hour"):
        return None
    if (
        named is not None
        and named[0].kind != "money"
        and lows[named[1]] not in ("ago", "later", "earlier", "before", "-")
        and lows[named[1] : named[1] + 3] != ["and", "a", "half"]
    ):
        return named[0].id, named[1]
    return (lows[at], at + 1) if lows[at] in grammar.cues["rate_nouns"] else None
