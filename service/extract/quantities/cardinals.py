"""Whole numbers in words, and decimals after "point"."""

from __future__ import annotations

from decimal import Decimal

from .found import HUNDRED, ONE
from .grammars import Grammar

# No number in words is longer: a bound on the work a hostile text can ask for.
LONGEST = 24


def read_cardinal(
    lows: list[str], index: int, grammar: Grammar, *, apart: bool = False
) -> tuple[Decimal, int, Decimal]:
    """Value, end and last scale of the cardinal that begins at *index*; *apart* joins nothing over "and"."""
    total, group, least, scale = Decimal(0), -1, Decimal("Infinity"), ONE
    last, at = index, index
    while at < index + LONGEST:
        word = lows[at]
        small = grammar.small.get(word)
        if small is not None:
            if not _joins(group, small) or (group < 0 and small >= least):
                break
            group = small if group < 0 else group + small
            scale = ONE
        elif word == "hundred" and 0 < group < 100:
            group, scale = group * 100, HUNDRED
        elif word in grammar.scales and word != "hundred" and group >= 0:
            times = grammar.scales[word]
            total = total + group * times if times < least else (total + group) * times
            group, least, scale = -1, times, times
        elif (
            word == "-"
            and at > index
            and (
                (lows[at + 1] in grammar.small and _joins(group, grammar.small[lows[at + 1]]))
                or (lows[at + 1] in grammar.scales and group >= 0)
            )
        ) or (word == "and" and not apart and at > index and _continues(lows, at, group, least, grammar)):
            at += 1
            continue
        else:
            break
        at += 1
        last = at
    return total + max(group, 0), last, scale


def _joins(group: int, small: int) -> bool:
    """Whether *small* may follow *group*: "twenty" + "one", "two hundred" + "ten"."""
    return (
        group < 0
        or (group >= 100 and group % 100 == 0)
        or (group >= 20 and group % 10 == 0 and group % 100 > 0 and 0 < small < 10)
    )


def _continues(lows: list[str], at: int, group: int, least: Decimal, grammar: Grammar) -> bool:
    """Whether the "and" at *at* stands inside a number: "hundred and six", not "ten and six"."""
    if (lows[at - 1] != "hundred" and lows[at - 1] not in grammar.scales) or lows[at + 1] not in grammar.small:
        return False
    rest, last, _ = read_cardinal(lows, at + 1, grammar, apart=True)
    if lows[last] in grammar.denominators or (lows[last] == "-" and lows[last + 1] in grammar.denominators):
        return False
    bound = HUNDRED if group >= 0 else least
    return rest < bound or (group >= 0 and rest >= 1000)


def read_decimals(lows: list[str], index: int, value: Decimal, grammar: Grammar) -> tuple[Decimal, int]:
    """*value* and the decimals in words from *index* on: "point zero three", "point seventy-one"."""
    digits = ""
    while lows[index] in grammar.small and len(digits) < LONGEST:
        rest, index, _ = (
            read_cardinal(lows, index, grammar)
            if grammar.small[lows[index]] >= 20
            else (grammar.small[lows[index]], index + 1, ONE)
        )
        digits += str(rest)
    return value + Decimal(f"0.{digits}"), index
