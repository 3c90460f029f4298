"""Amounts without a numeral: "more than a week", "half an hour", "double digits", "the low 40s"."""

from __future__ import annotations

from decimal import Decimal

from .found import ONE, Found
from .grammars import Grammar, Unit
from .hedges import read_hedge
from .tokens import Tokens

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
    if unit is None or lows[unit[1]] in ("-", "'", "’", "ago", "earlier", "before", "later"):
        return None
    kind = unit[0].kind
    hedge, start, _ = read_hedge(tokens, first, unit[1], kind, grammar)
    within = lows[first - 1] == "within"
    spent = kind == "duration" and lows[first - 1] in grammar.cues["lasting"]
    if (start == first and not within and not spent) or (hedge == "exactly" and not spent):
        return None
    return Found(
        first,
        unit[1],
        unit[1],
        kind,
        ONE,
        unit=unit[0],
        named=(index, unit[1]),
        modifier="less_than" if within else hedge,
        hedged=start,
        form="words",
    )


def read_range_word(tokens: Tokens, index: int) -> Found | None:
    """As in "double digits" (10 to 99), "the mid-20s" (24 to 26), where no age or decade is meant."""
    lows = tokens.lows
    if lows[index] in ("single", "double", "triple"):
        at = index + 2 if lows[index + 1] == "-" else index + 1
        if lows[at] not in ("digit", "digits", "figures", "figure"):
            return None
        power = {"single": 0, "double": 1, "triple": 2}[lows[index]]
        low = TEN**power if power else Decimal(0)
        return Found(
            index, at + 1, at + 1, "count", low, TEN ** (power + 1) - 1, modifier="vague", hedged=index, form="vague"
        )
    if not _is_tens(tokens, index):
        return None
    value, first = Decimal(tokens.words[index]), index
    low, high = ZERO, NINE
    at = index - 2 if lows[index - 1] == "-" else index - 1
    if lows[at] in THIRDS:
        (low, high), first = THIRDS[lows[at]], at
    elif lows[index - 1] not in ("the", "his", "her", "their", "my", "your", "our"):
        return None
    if lows[first - 1] in ("his", "her", "their", "my", "your", "our"):
        return Found(
            first,
            index + 2,
            index + 2,
            "age",
            value + low,
            value + high,
            Unit("year", "age"),
            modifier="vague",
            hedged=first,
            form="vague",
        )
    if value > 90 or (first == index and lows[index - 2] not in ("in", "into")):
        return None
    return Found(
        first, index + 2, index + 2, "count", value + low, value + high, modifier="vague", hedged=first, form="vague"
    )


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
