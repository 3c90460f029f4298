"""How a number is meant: exactly, about, more than, at most …, by the words on either side."""

from __future__ import annotations

from .grammars import Grammar
from .tokens import Tokens

# "the more than 400 homes": at most so many words of hedging stand before a number.
REACH = 4
MARKS = ("$", "€", "£", "¥")


def read_hedge(tokens: Tokens, first: int, last: int, kind: str, grammar: Grammar) -> tuple[str, int, int]:
    """The modifier of the number at *first* to *last*, where its words begin, and where they end.

    Several hedges stack ("at least about 40"): a bound counts before an approximation.
    """
    found: list[str] = []
    start = first
    for _ in range(REACH):
        hedge = grammar.hedges_before.match_before(tokens.lows, start)
        if hedge is None or _is_place(tokens, hedge[1], start, kind, grammar):
            break
        start = hedge[1]
        found.append(_deny(hedge[0], tokens.lows[start - 1]))
    after = grammar.hedges_after.match(tokens.lows, last)
    if after is not None and not (
        tokens.lows[after[1]] == "than"
        or tokens.is_digits(after[1])
        or tokens.lows[after[1]] in grammar.small
        or tokens.words[after[1]] in MARKS
        or (tokens.lows[last] == "plus" and tokens.lows[after[1]].isalpha())  # "400 crowns plus costs"
    ):
        found.append(after[0])
        last = after[1]
    bounds = [hedge for hedge in found if hedge not in ("exactly", "about")]
    if bounds:
        return bounds[-1] if after is not None else bounds[0], start, last
    return ("about" if "about" in found else "exactly"), start, last


def _deny(modifier: str, before: str) -> str:
    """*modifier* after the word *before*: "will not exceed 40" is at most 40."""
    if before not in ("not", "never"):
        return modifier
    return {"more_than": "at_most", "less_than": "at_least"}.get(modifier, modifier)


def _is_place(tokens: Tokens, start: int, end: int, kind: str, grammar: Grammar) -> bool:
    """Whether the hedge is a preposition of place, time or topic: "over 12 years", "past two homes"."""
    if end != start + 1:
        return tokens.lows[start:end] == ["up", "to"] and tokens.lows[start - 1] in grammar.cues["going"]
    word, before = tokens.lows[start], tokens.lows[start - 1]
    if word in ("past", "near", "inside", "within", "beyond", "some") and before in ("the", "in", "these", "those"):
        return True
    if word in ("past", "near", "inside"):
        return True
    if word == "over" and before in grammar.cues["over_topic"]:
        return True
    if word == "over" and kind == "duration":
        return before not in grammar.cues["over_more"]
    return word == "about" and before in grammar.cues["about_topic"]
