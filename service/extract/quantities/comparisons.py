"""Comparisons without a number: "more murders than London", "as much rain as in May", "rates are higher".

Each says that one amount is more, or less, than one time another, or as much: a ratio above, below or at 1.
"""

from __future__ import annotations

from .found import ONE, Found
from .grammars import Grammar
from .hedges import read_hedge
from .nouns import is_plural
from .tokens import Tokens
from .trends import find_measured

REACH = 11
# "As much new solar power as": a noun stands at most so many words after "much".
WITHIN = 4
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
    if word in ("more", "fewer", "less"):
        last = _find_compared(tokens, index, grammar)
    else:
        last = index + 1 + (lows[index + 1].isalpha() and lows[index + 1] not in grammar.stops)
    than = last is not None and _has_than(tokens, last, grammar)
    measured = find_measured(tokens, index, grammar, linked=True) if than else _find_level(tokens, index, grammar)
    if last is None or not than:
        if measured is None:
            return None
        last = index + 1
    if measured is None and word in grammar.cues["opinions"]:
        return None  # "stronger than ever" compares nothing that is measured
    return Found(
        index,
        last,
        last,
        "ratio",
        ONE,
        modifier="less_than" if word in LESS else "more_than",
        of=None if measured is None else tokens.text(*measured),
        hedged=index,
        form="comparison",
    )


def _find_compared(tokens: Tokens, index: int, grammar: Grammar) -> int | None:
    """The index after the plural or mass noun that there is more or less of."""
    lows, masses = tokens.lows, grammar.cues["masses"]
    if lows[index - 1] in ("two", "the", "no", "any", "many", "some"):
        return None
    for at in (index + 1, index + 2, index + 3):
        if is_plural(tokens, at, grammar) or lows[at] in masses:
            return at + 1
        if lows[at] in grammar.stops or not lows[at].isalpha():
            return None
    return None


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


def _find_level(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The measured subject of "is higher", "were worse" at the end of a clause."""
    lows = tokens.lows
    ends = lows[index + 1] in ("", ".", ",", ";", "in", "since", "this", "now", "today", "last", "after", "and", "but")
    if not ends or lows[index] in ("more", "less", "longer", "better"):
        return None
    return find_measured(tokens, index, grammar, linked=True)


def read_equal(tokens: Tokens, index: int, after: int, grammar: Grammar) -> Found | None:
    """As in "as many votes as last time", "as much solar as America"; "not as many" is fewer."""
    lows = tokens.lows
    first = index - 1
    if lows[first] != "as" or first < after or first == after > 0:
        return None
    last = _find_second_as(tokens, index, grammar)
    if last is None:
        return None
    modifier, start, _ = read_hedge(tokens, first, last, "ratio", grammar)
    if lows[start - 1] in ("not", "nor") or lows[start - 1].endswith(("n't", "n’t")):
        modifier = "less_than"
    return Found(first, last, last, "ratio", ONE, modifier=modifier, hedged=start, form="comparison")


def _find_second_as(tokens: Tokens, index: int, grammar: Grammar) -> int | None:
    """The index after the noun of "as many … as", where no number follows the second "as"."""
    lows, noun = tokens.lows, index + 1
    while noun < index + WITHIN and lows[noun].isalpha() and lows[noun] not in grammar.stops:
        noun += 1
    if noun == index + 1 or lows[noun - 1] in grammar.cues["immeasurable"]:
        return None
    for at in range(noun, noun + REACH):
        if lows[at] == "as":
            figure = tokens.is_digits(at + 1) or lows[at + 1] in grammar.small
            return None if figure or lows[at + 1] in grammar.cues["unmeasurable"] else noun
        if not lows[at][:1].isalpha():
            return None
    return None
