"""Changes without a size: "the number of cases has fallen", "sales fell": less, or more, than it was.

Read only where the subject is something measured and no amount follows; the ratio to what was is
below, or above, 1.
"""

from __future__ import annotations

from .found import ONE, Found
from .grammars import Grammar
from .tokens import Tokens

BACK, AHEAD = 9, 7


def read_trend(tokens: Tokens, index: int, grammar: Grammar) -> Found | None:
    """The change that the verb at *index* states of a measured subject, else ``None``."""
    if tokens.lows[index - 1] in ("with", "of", "by", "from", "a", "an", "the"):
        return None
    subject = find_measured(tokens, index, grammar)
    if subject is None or _has_amount(tokens, index, grammar):
        return None
    way = grammar.verbs[tokens.lows[index]]
    modifier = "more_than" if way == "increase" else "less_than"
    return Found(
        index,
        index + 1,
        index + 1,
        "ratio",
        ONE,
        modifier=modifier,
        change=way,
        of=tokens.text(*subject),
        hedged=index,
        form="trend",
    )


def find_measured(tokens: Tokens, index: int, grammar: Grammar, *, linked: bool = False) -> tuple[int, int] | None:
    """The measured noun the verb or comparative at *index* is said of, with the "of" phrase after it.

    *linked*: only where a form of "to be" or "to have" stands between the two.
    """
    lows = tokens.lows
    end = index
    while lows[end - 1] in grammar.cues["trend_links"] or lows[end - 1].endswith("ly"):
        end -= 1
    if linked and grammar.cues["trend_links"].isdisjoint(lows[end:index]):
        return None
    for at in range(end - 1, end - BACK, -1):
        word = lows[at]
        if (not word[:1].isalpha() and word not in ("-", "'", "’")) or word in grammar.verbs:
            return None
        if word in grammar.cues["measured"]:
            return at, end
        if word in ("who", "which", "that", "and", "but", "as", "if", "when"):
            return None
    return None


def _has_amount(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    for at in range(index + 1, index + AHEAD):
        word = tokens.lows[at]
        if (
            tokens.is_digits(at)
            or word in grammar.small
            or word in grammar.denominators
            or word in grammar.scales
            or word in grammar.vague
        ):
            return True
        if word in ("", ".", ";"):
            return False
    return False
