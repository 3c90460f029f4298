"""Leads without a figure: "he leads in the polls", "ahead by a wide margin", "trails among women".

Each says that one share is more, or less, than another: a ratio above or below 1.
"""

from __future__ import annotations

from .found import ONE, Found
from .grammars import Grammar
from .tokens import BREAK, Tokens

# What shows that shares are measured stands at most so many words away.
REACH = 16
ENDS = frozenset({BREAK, ".", "?", "!", ";"})
BEHIND = frozenset({"trails", "trailed", "trailing", "behind"})


def read_lead(tokens: Tokens, index: int, grammar: Grammar) -> Found | None:
    """The lead that the word at *index* states, where polls or margins are spoken of and no figure says it."""
    if not _is_lead(tokens, index, grammar):
        return None
    first, last = index, index + 1
    while first > index - REACH and tokens.lows[first - 1] not in ENDS:
        first -= 1
    while last < index + REACH and tokens.lows[last] not in ENDS:
        last += 1
    if _has_figure(tokens, first, last, grammar) or not _is_polled(tokens, index, first, last, grammar):
        return None
    modifier = "less_than" if tokens.lows[index] in BEHIND else "more_than"
    return Found(index, index + 1, index + 1, "ratio", ONE, modifier=modifier, hedged=index, form="comparison")


def _is_lead(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether somebody leads there: no "leading pollster", no "ahead of the vote"."""
    word, before, after = tokens.lows[index], tokens.lows[index - 1], tokens.lows[index + 1]
    if word in ("ahead", "behind"):
        return before in grammar.cues["standing"]
    if before in ("digit", "point"):
        return False
    if word == "lead":
        return before in grammar.cues["lead_before"] or after == "over"
    return before not in grammar.cues["determiners"] and (after in grammar.stops or tokens.is_capital(index + 1))


def _is_polled(tokens: Tokens, index: int, first: int, last: int, grammar: Grammar) -> bool:
    """Whether the sentence tells of polls, or after the lead of its margin or among whom it is."""
    lows = tokens.lows
    if not grammar.cues["polled"].isdisjoint(lows[first:last]):
        return True
    return "margin" in lows[index:last] or "among" in lows[index : index + 3]


def _has_figure(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """Whether a number of two digits at most, or one in words, stands near: it is the claim then."""
    return any(
        (tokens.is_digits(at) and len(tokens.words[at]) < 4) or tokens.lows[at] in grammar.small
        for at in range(first, last)
    )
