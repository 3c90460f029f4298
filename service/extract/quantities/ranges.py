"""Two numbers that make one finding: ranges here, scores and odds in rooms of their own."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .found import ONE, Number, Pair
from .grammars import Grammar
from .numerals import read_number, starts_number
from .odds import read_odds, read_share
from .scores import read_score
from .tokens import Tokens
from .units import read_prefix, read_unit

DASHES = ("-", "–", "—", "~")
FOUR, TWENTY = 4, 20
# What stands before the second number of "US$5 to US$7", and how many tokens of it.
MARKS = frozenset({"$", "€", "£", "US", "A", "C", "HK", "R", "¥", "₹", "-"})
REPEATED = 4
SPANNING = frozenset({"ranged", "range", "ranges", "ranging", "varied", "vary", "varying", "anywhere"})


def read_pair(tokens: Tokens, number: Number, grammar: Grammar, *, money: bool = False) -> Pair | None:
    """The pair that *number* begins, else ``None``."""
    if number.form == "vague":
        return _read_vague_range(tokens, number, grammar)
    share = read_share(tokens, number, grammar) or read_odds(tokens, number, grammar)
    if share is not None:
        return share
    score = read_score(tokens, number, grammar)
    if score is not None:
        return score
    at = _find_second(tokens, number, grammar)
    if at is None:
        return None
    second = read_number(tokens, at, grammar, money=money or _is_money(tokens, at, grammar))
    if second is None or second.form == "vague" or second.first > at:
        return None
    if number.form == "part" != second.form:  # "raised by | a tenth to 0.22 euros"
        return None
    if not _is_range(tokens, number, second, grammar) or not _same_unit(tokens, number, second, grammar):
        return None
    return Pair(_share_scale(number, second), second, "range")


def _is_money(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    return read_prefix(tokens, at, grammar) is not None


def _find_second(tokens: Tokens, number: Number, grammar: Grammar) -> int | None:
    """Where the number after "-", "to", "or", "and" begins, a repeated unit before them passed over."""
    at = _pass_joint(tokens, number, grammar)
    if at is None:
        return None
    lows = tokens.lows
    for _ in range(REPEATED):
        if tokens.words[at] in MARKS and not starts_number(tokens, at, grammar):
            at += 1
    if lows[at] in ("a", "an") and lows[at + 1] in grammar.denominators and lows[at + 1] != "half":
        return at + 1
    return at if starts_number(tokens, at, grammar) or lows[at] in grammar.denominators else None


def _pass_joint(tokens: Tokens, number: Number, grammar: Grammar) -> int | None:
    """The index after the words that join two ends of a range."""
    lows, at = tokens.lows, number.last
    unit = read_unit(tokens, at, grammar, number.value)
    if unit is not None and lows[unit.last] != "-":
        at = unit.last
    if lows[at] == "-" and lows[at + 1] in ("to", "or"):
        return at + 2 + (lows[at + 2] == "-")
    if lows[at] in ("to", "or", "through") or (lows[at] == "and" and _between(tokens, number, grammar)):
        return at + 1
    if lows[at] not in DASHES:
        return None
    joined = starts_number(tokens, at + 1, grammar) or tokens.is_digits(at - 1) or tokens.words[at + 1] in MARKS
    return at + 1 if unit is not None or joined else None


def _between(tokens: Tokens, number: Number, grammar: Grammar) -> bool:
    prefix = read_prefix(tokens, number.first, grammar)
    first = prefix.first if prefix is not None else number.first
    reach = 4 if tokens.lows[first - 2 : first] == ["ages", "of"] else 3
    return "between" in tokens.lows[first - reach : first]


def _is_range(tokens: Tokens, number: Number, second: Number, grammar: Grammar) -> bool:
    """Whether the two are the ends of one amount, rather than two amounts or an enumeration."""
    lows, first = tokens.lows, number.first
    joint = lows[number.last : second.first] or [""]
    low, high = _share_scale(number, second).value, second.value
    if "or" in joint and not (low < high <= low * TWENTY):
        return False
    if (
        lows[second.last] in ("and", "or", "to", "-", "–")
        and tokens.is_digits(second.last + 1)
        and tokens.glued(second.last)
        and tokens.glued(second.last + 1)
    ):
        return False
    if "to" in joint and not SPANNING.isdisjoint(lows[first - 4 : first]):
        return True
    if "to" in joint:
        moved = _is_moved(tokens, first, grammar)
        if "from" in lows[first - 3 : first] and (moved or low > high):
            return False
        far = low * (TWENTY if _may_span(tokens, number, grammar) else FOUR)
        if (moved and far < high) or (low > high and "-" not in joint and not _has_minus(low, high)):
            return False
    return not (low >= high and joint[0] in DASHES and not _has_minus(low, high))


def _same_unit(tokens: Tokens, number: Number, second: Number, grammar: Grammar) -> bool:
    """Whether the second number repeats the unit of the first, where that has one of its own."""
    unit = read_unit(tokens, number.last, grammar, number.value)
    if unit is None or unit.last > second.first:
        return True
    again = read_unit(tokens, second.last, grammar, second.value)
    return again is not None and again.unit.id == unit.unit.id


def _has_minus(low: Decimal, high: Decimal) -> bool:
    return low < 0 or high < 0


def _is_moved(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether a verb of change stands a few words before: "rose from 5 to 7" is two levels."""
    last = first - 2 if tokens.lows[first - 2 : first] == [",", "from"] else first  # "a rise in deaths, from 5 to 7"
    for word in reversed(tokens.lows[first - 9 : last]):
        if word in (",", ".", ";", ""):
            return False
        if word in grammar.verbs or word in grammar.change_nouns or word in grammar.cues["moved"]:
            return True
    return False


def _may_span(tokens: Tokens, number: Number, grammar: Grammar) -> bool:
    """Whether a move of so much to many times as much is one estimate: "will rise by £50 to £250", "cut 2% to 10%"."""
    if not grammar.cues["modals"].isdisjoint(tokens.lows[number.first - 9 : number.first]):
        return True
    unit = read_unit(tokens, number.last, grammar, number.value)
    return unit is not None and unit.unit.kind == "percent"


def _share_scale(number: Number, second: Number) -> Number:
    """*number* with the scale its fellow bears: "5 to 7 million"."""
    if (
        number.scale == ONE
        and second.scale > ONE
        and number.value < second.value / second.scale
        and number.form != "part"
    ):
        return replace(number, value=number.value * second.scale)
    return number


def _read_vague_range(tokens: Tokens, number: Number, grammar: Grammar) -> Pair | None:
    """As in "hundreds of thousands or maybe millions" is not one range: only "dozens to hundreds" is."""
    if tokens.lows[number.last] != "to" or tokens.lows[number.last + 1] not in grammar.vague:
        return None
    second = read_number(tokens, number.last + 1, grammar)
    return (
        None if second is None or second.upper is None else Pair(number, replace(second, value=second.upper), "range")
    )
