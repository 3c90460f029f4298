"""Ages: "43-year-old", "aged 43", "Smith, 43,"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .tokens import Tokens

OLDEST = 125


@dataclass(frozen=True, slots=True)
class Age:
    """That the number before token *last* is an age in *unit*."""

    last: int
    unit: str


def read_age(tokens: Tokens, first: int, last: int, value: Decimal) -> Age | None:
    """The age whose number is *first* to *last*, else ``None``."""
    lows = tokens.lows
    at = last + 1 if lows[last] == "-" else last
    unit = UNITS.get(lows[at])
    if unit is not None:
        after = at + 2 if lows[at + 1] == "-" else at + 1
        if lows[after] in ("old", "olds"):
            return Age(after + 1, unit)
        if lows[after] == "of" and lows[after + 1] == "age":
            return Age(after + 2, unit)
        return None
    if lows[at] in ("yo", "y.o"):
        return Age(at + 1, "year")
    if not 0 < value < OLDEST or value % 1:
        return None
    if lows[first - 2 : first] in (["age", "of"], ["ages", "of"]) or (
        lows[first - 1] == "and" and lows[first - 3] in ("aged", "ages")
    ):
        return Age(last, "year")
    if lows[first - 1] == "aged" or (lows[first - 1] == "age" and lows[last] not in ("percent", "%", "-")):
        return Age(last, "year")
    return Age(last, "year") if _is_apposed(tokens, first, last) or _is_said_of(tokens, first, last) else None


def _is_said_of(tokens: Tokens, first: int, last: int) -> bool:
    """As in "when she was 12", "he turned 50": a bare number that a pronoun is."""
    lows = tokens.lows
    if lows[last] not in (",", ".", ";", "when", "and", "but", "years", "now", ")", "at", ""):
        return False
    if lows[first - 1] in ("turned", "turns", "turning"):
        return True
    return (lows[first - 1] in ("was", "is", "am") and lows[first - 2] in ("he", "she", "i")) or lows[first - 1] in (
        "he's",
        "she's",
        "i'm",
        "he’s",
        "she’s",
        "i’m",
    )


UNITS = {
    unit: name
    for name in ("year", "month", "week", "day", "hour")
    for unit in (name, f"{name}s")
} | {"yr": "year", "yrs": "year"}  # fmt: skip


def _is_apposed(tokens: Tokens, first: int, last: int) -> bool:
    """As in "Smith, 43, said": a bare number between commas after a name."""
    if not tokens.words[first].isdecimal() or last != first + 1 or tokens.lows[first - 1] != ",":
        return False
    if tokens.lows[last] not in (",", ".", ";", ")", "and") or (
        tokens.lows[last] == "," and tokens.glued(last + 1) and tokens.is_digits(last + 1)
    ):
        return False
    return tokens.is_capital(first - 2) and tokens.words[first - 2][:1].isalpha() and len(tokens.words[first - 2]) > 1
