"""What a number is measured in: the currency before or after it, the unit after it."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import dataclass

from .grammars import Grammar, Unit
from .tokens import Tokens

HUNDRED = Decimal(100)
# So many tokens on either side tell whether the weather is spoken of.
NEAR = 40
# What may be a word of its own before a currency's symbol.
LOOSE = frozenset({"A", "C", "S", "T", "J", "Z", "N", "R", "us"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit and the tokens it takes: from *first* up to *last*, the words that name it from *start*."""

    unit: Unit
    first: int
    last: int


def read_prefix(tokens: Tokens, index: int, grammar: Grammar) -> Measure | None:
    """The currency that stands before the number at *index*: "$", "US$", "€", "USD", "Rs."."""
    words = tokens.words
    if words[index - 1] in ("-", "−") and words[index - 2] in ("$", "€", "£"):
        index -= 1
    found = grammar.prefixes.match_before(words, index)
    if found is None:
        return None
    unit, first = found
    if (
        words[index - 1].isalpha()
        and words[index - 1] in ("Sh", "Fr", "TL", "NIS", "Ft", "DM", "lei")
        and not tokens.glued(index)
    ):
        return None
    # A letter is part of a symbol only where it touches it: "A$5", but "A $5 bill"; so is "us": "cost us $5".
    if index - first > 1 and words[first] in LOOSE and not tokens.glued(first + 1):
        first = index - 1
        found = grammar.prefixes.match_before(["", *words[first:index]], 2)
        if found is None:
            return None
        unit = found[0]
    return Measure(unit, first, index)


def read_unit(tokens: Tokens, index: int, grammar: Grammar, value: Decimal) -> Measure | None:
    """The unit or currency from *index* on, a hyphen before it left out: "km", "-mile", "per cent"."""
    start = index
    if tokens.lows[index] == "-" and tokens.glued(index):
        start = index + 1
    if tokens.words[start] in ("(", "[") and tokens.words[start + 2] in (")", "]"):
        found = grammar.symbols.match(tokens.words, start + 1)
        return None if found is None or found[1] != start + 2 else Measure(found[0], start + 1, start + 3)
    named = grammar.names.match(tokens.lows, start)
    signed = grammar.symbols.match(tokens.words, start)
    if signed is not None and (_is_clock(tokens, start, value) or _is_torn(tokens, signed[1])):
        signed = None
    found = signed if named is None or (signed is not None and signed[1] > named[1]) else named
    if found is None:
        return _read_letter(tokens, start, grammar)
    unit, last = found
    if tokens.glued(last) and tokens.is_digits(last) and unit.kind != "money":
        return None
    apart = start > index or not tokens.glued(start)
    if unit.kind == "money" and apart and tokens.is_digits(last) and tokens.glued(last):
        return None  # "five $10 fines", "$2.65-$2.80"
    if _is_word(tokens, start, last, unit, value):
        return None
    return Measure(unit, start, last)


def _is_clock(tokens: Tokens, start: int, value: Decimal) -> bool:
    """Whether "pm" after the number is the half of the day: "2 pm", "2.15pm", but "2.1 pm" of length."""
    decimals = len(tokens.words[start - 1].partition(".")[2])
    return tokens.words[start] in ("pm", "am") and value <= 24 and decimals in (0, 2)


def _is_torn(tokens: Tokens, last: int) -> bool:
    """Whether a symbol that ends in a digit is not in one piece: "12 m 2 dm" holds no m2."""
    return tokens.is_digits(last - 1) and not tokens.glued(last - 1)


def _is_word(tokens: Tokens, start: int, last: int, unit: Unit, value: Decimal) -> bool:
    """Whether what reads like a unit is an ordinary word here: "won", "second", "feet of his"."""
    word, after = tokens.lows[start], tokens.lows[last]
    if word in ("won", "real", "rand", "kip", "dong", "birr", "ether") and last == start + 1:
        return value < 100 and value % 1 == 0 and not tokens.glued(start)
    if unit.id == "second" and word == "second" and tokens.lows[start - 1] != "-":
        return value != 1
    if word == "foot" and after == "soldiers":
        return True
    if word in ("mark", "marks", "crown", "crowns") and value < 10 and tokens.lows[start - 1] != "-":
        return True
    if word in ("mt", "kt", "lt", "mi", "ha", "hp", "bit", "bits", "byte", "min", "mins") and tokens.is_capital(start):
        return True
    if unit.id == "stone" and value == 1:
        return True
    return unit.id == "night" and after == "running"


def _read_letter(tokens: Tokens, start: int, grammar: Grammar) -> Measure | None:
    """Units of one letter, where the place settles them: "1.8m tall", "40C", "98F"."""
    word = tokens.words[start]
    if word == "p" and tokens.glued(start) and tokens.words[start - 1] not in ("480", "720", "1080"):
        return Measure(Unit("GBP", "money", HUNDRED), start, start + 1)
    if word in ("sec", "secs") and tokens.glued(start):
        return Measure(Unit("second", "duration"), start, start + 1)
    if word == "st" and tokens.glued(start):
        return Measure(Unit("stone", "mass"), start, start + 1)
    if word in ("k", "K") and tokens.glued(start) and tokens.lows[start + 1] in grammar.cues["race_words"]:
        return Measure(Unit("kilometer", "length"), start, start + 1)
    if word == "m" and not (tokens.glued(start + 1) and tokens.is_digits(start + 1)):
        return Measure(Unit("meter", "length"), start, start + 1)
    if (
        word == "in"
        and tokens.lows[start + 1] in grammar.cues["metre_words"]
        and tokens.lows[start + 1] in ("long", "high", "tall", "wide", "deep", "thick")
    ):
        return Measure(Unit("inch", "length"), start, start + 1)
    if word in ("C", "F") and _is_heat(tokens, start, grammar):
        return Measure(Unit("celsius" if word == "C" else "fahrenheit", "temperature"), start, start + 1)
    return None


def _is_heat(tokens: Tokens, start: int, grammar: Grammar) -> bool:
    """Whether the letter at *start* is a scale of temperature: glued to its number, weather or a minus nearby."""
    if not (tokens.glued(start) or tokens.words[start - 1] == "°"):
        return False
    if tokens.lows[start - 2] == "minus":
        return True
    near = tokens.lows[max(0, start - NEAR) : start + NEAR]
    return not grammar.cues["weather"].isdisjoint(near)


# How many of the second make one of the first: "5 feet 2 inches" is read in the smaller, exactly.
COMPOUNDS = {
    ("foot", "inch"): 12,
    ("yard", "foot"): 3,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
    ("day", "hour"): 24,
    ("week", "day"): 7,
    ("year", "month"): 12,
    ("meter", "decimeter"): 10,
    ("meter", "centimeter"): 100,
    ("kilometer", "meter"): 1000,
    ("kilogram", "gram"): 1000,
}
