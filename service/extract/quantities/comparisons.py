"""Comparisons without a number: "more murders than London", "fewer than ever", "higher than in 2015".

Each says that one amount is more, or less, than one time another: a ratio above or below 1.
"""

from __future__ import annotations

from .found import ONE, Found
from .grammars import Grammar
from .nouns import is_plural
from .tokens import Tokens

REACH = 11
LESS = frozenset(
    {
        "fewer",
        "less",
        "lower",
        "smaller",
        "shorter",
        "slower",
        "younger",
        "cheaper",
        "cooler",
        "colder",
        "weaker",
        "worse",
    }
)


def read_comparison(tokens: Tokens, index: int, after: int, grammar: Grammar) -> Found | None:
    """The comparison whose comparative is token *index*, else ``None``.

    Right *after* a quantity it only says what that is: "20 percent higher than".
    """
    if index == after:
        return None
    lows, word = tokens.lows, tokens.lows[index]
    last = index + 1
    if word in ("more", "fewer", "less"):
        at = next((i for i in (last, last + 1, last + 2) if is_plural(tokens, i, grammar)), None)
        if (
            at is None
            or any(lows[i] in grammar.stops for i in range(last, at))
            or lows[index - 1] in ("two", "the", "no", "any", "many", "some")
        ):
            return None
        last = at + 1
    elif lows[last].isalpha() and lows[last] not in grammar.stops:
        last += 1
    if not _has_than(tokens, last, grammar):
        return None
    way = "less_than" if word in LESS else "more_than"
    return Found(index, last, last, "ratio", ONE, modifier=way, hedged=index, form="comparison")


def _has_than(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether "than" follows in the same clause, before no number (which it would hedge)."""
    for at in range(index, index + REACH):
        word = tokens.lows[at]
        if word == "than":
            return not (
                tokens.is_digits(at + 1)
                or tokens.lows[at + 1] in grammar.small
                or tokens.lows[at + 1] in ("a", "an", "or", "$", "€", "£")
            )
        if not word[:1].isalpha() and word not in ("-", "'", "’"):
            return False
    return False
