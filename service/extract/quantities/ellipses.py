"""Counted nouns left out where the number before or after names them.

"Cut 500 jobs in 2019 and 300 in 2020", "218 votes to 212", "212,205 to 210,424 votes", "414 million
units, of which 391 million were phones", "43,000 Floridians have voted, 25,000 of them women".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.extract.values import replace

from .found import ONE, Found
from .grammars import Grammar
from .people import are_people
from .tokens import BREAK, Tokens

REACH = 14
JOINTS = frozenset({"and", ",", "to", "or", "then", "from", "while", "versus", "vs", "against", "but", "than"})
FACING = (["to"], ["versus"], ["vs"], ["against"], ["or"], ["vs", "."])

# "14.2 weeks, up from 11".
COMPARED = (["up", "from"], ["down", "from"], ["compared", "with"], ["compared", "to"], ["against"], ["versus"])
FAR = 1000  # times as much: no such amounts are held against each other


def carry_nouns(tokens: Tokens, found: Sequence[Found], grammar: Grammar) -> Iterator[Found]:
    """Every quantity of *found*, bare counts with the noun of their neighbour where the sentence leaves it out."""
    before: Found | None = None
    for number, each in enumerate(found):
        if before is not None and _is_bare_level(each) and _shares_unit(tokens, before, each, grammar):
            value = each.value * _factor(tokens, before, each)
            per = each.per or before.per
            each = replace(each, kind=before.kind, value=value, unit=before.unit, named=before.named, per=per)
        elif before is not None and each.unit and each.unit == before.unit and _is_compared(tokens, before, each):
            each = replace(each, per=each.per or (before.per if _is_near(before, each) else None))
        elif before is not None and is_bare(each) and _goes_on(tokens, before, each, grammar):
            each = _carry(tokens, before, each)
        elif number + 1 < len(found) and _faces(tokens, each, found[number + 1]):
            each = _match(each, found[number + 1])
        elif are_people(tokens, each, grammar):
            each = replace(each, noun="person")
        before = each
        yield each


def _shares_unit(tokens: Tokens, before: Found, found: Found, grammar: Grammar) -> bool:
    """Whether *found* is in the unit of *before*: "cut from 12 minutes to eight", "her $4 billion fell to zero"."""
    if before.unit is not None and before.kind != "age" and _is_compared(tokens, before, found):
        return _is_alone(tokens, found, grammar)
    between = tokens.lows[before.after : found.hedged]
    if len(between) > REACH or between[-1:] != ["to"] or not {BREAK, ".", ";"}.isdisjoint(between):
        return False
    if found.value == 0 and before.kind in ("money", "percent"):
        return True
    levels = tokens.lows[before.hedged - 1] == "from" and before.unit is not None and before.kind != "age"
    return levels and _is_alone(tokens, found, grammar)


def _is_compared(tokens: Tokens, before: Found, found: Found) -> bool:
    """Whether *found* is what *before* is held against: "€900 a month | , down from | €1,050"."""
    between = tokens.lows[before.after : found.hedged]
    moved = between == ["from"] and tokens.lows[before.hedged - 1] == "to"  # "to 31 euros | from | 27"
    return moved or between[between[:1] == [","] :] in COMPARED


def _is_near(before: Found, found: Found) -> bool:
    """Whether the two can be held against each other: a total and a figure per share cannot."""
    low, high = sorted((before.value, found.value))
    return not low or high < low * FAR


def _factor(tokens: Tokens, before: Found, found: Found) -> Decimal:
    """What *found* is to be multiplied by where *before* bears a scale or a small unit: "31p, up from 9", "to $5m"."""
    at = next((i for i in range(before.first, before.last) if tokens.is_digits(i)), None)
    plain = tokens.words[at].replace(",", "") if at is not None and before.form == "digits" else ""
    if not plain.replace(".", "", 1).isdecimal() or not (number := Decimal(plain)):
        return ONE
    return before.value / number if found.value < number * FAR else ONE


def _faces(tokens: Tokens, found: Found, after: Found) -> bool:
    """Whether *found* stands against a count or percentage: "212,205 | to | 210,424 votes"."""
    if tokens.lows[found.last : after.first] not in FACING:
        return False
    if after.kind == "percent":
        return found.kind in ("count", "other") and found.noun is None and found.unit is None
    return is_bare(found) and _is_counted(after)


def _match(found: Found, after: Found) -> Found:
    """*found* in what the number it stands against is counted in."""
    return replace(found, kind=after.kind, noun=after.noun, unit=after.unit, named=after.named)


def is_bare(found: Found) -> bool:
    """Whether *found* is a plain number of nothing named."""
    return found.kind == "count" and found.noun is None and found.unit is None and found.form in ("digits", "words")


def _is_bare_level(found: Found) -> bool:
    """Whether *found* is such a number, or one with a point: "to 31 euros from | 27.50"."""
    return is_bare(found) or (found.kind == "other" and found.unit is None and found.form == "digits")


def _is_counted(found: Found) -> bool:
    return found.kind == "count" and found.noun is not None and found.form in ("digits", "words", "vague")


def _goes_on(tokens: Tokens, before: Found, found: Found, grammar: Grammar) -> bool:
    """Whether *found* counts more of what *before* does: joined to it, or a part "of them"."""
    lows, start = tokens.lows, found.hedged
    between = lows[before.last : start]
    if not _is_counted(before) or len(between) > REACH or BREAK in between:
        return False
    resuming = lows[found.last] == "of" and lows[found.last + 1] in ("them", "those", "these", "whom", "which")
    if resuming and {".", ";", "?", "!"}.isdisjoint(between[:-1]):
        return True
    if not {".", ";", "?", "!"}.isdisjoint(between):
        return False
    if lows[start - 2] == "of" and lows[start - 1] in ("which", "whom", "those", "these", "them"):
        return True
    if lows[_find_of(tokens, before) - 1] in (BREAK, ".", "“", '"') and _is_alone(tokens, found, grammar):
        return True
    if before.noun == "time" or "-" in lows[before.first : before.last]:
        return False
    owned = lows[start - 1].endswith(("'s", "’s")) and lows[start - 2] in JOINTS
    bracketed = lows[start - 1] == "(" == lows[before.hedged - 1] and lows[found.last] == ")"
    return (lows[start - 1] in JOINTS or owned or bracketed) and _is_alone(tokens, found, grammar)


def _find_of(tokens: Tokens, found: Found) -> int:
    """The index of the "of" of "Of the 200 passengers", else that of the number itself plus one."""
    at = found.first - 1 - (tokens.lows[found.first - 1] in ("the", "those", "these"))
    return at if tokens.lows[at] == "of" else found.first + 1


def _is_alone(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """Whether no noun follows that the number might count."""
    after = tokens.lows[found.last]
    return not after[:1].isalpha() or after in grammar.cues["alone_before"]


def _carry(tokens: Tokens, before: Found, found: Found) -> Found:
    """*found* with the noun of *before*, and with its direction where "and" joins the two."""
    joined = tokens.lows[found.hedged - 1] in ("and", ",")
    change = found.change or (before.change if joined else None)
    return replace(found, noun=before.noun, named=before.named, change=change)
