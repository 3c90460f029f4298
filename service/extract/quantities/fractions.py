"""Parts: "1/2", "2½", "two-thirds", "half a million", "a quarter of"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .digits import read_part
from .found import ONE, Number
from .grammars import Grammar
from .tokens import BREAK, FRACTIONS, Tokens

# "Half of one percent" is half a percent.
PERCENTS = ("percent", "%", "pc", "per", "percentage")


def read_fraction(tokens: Tokens, index: int, last: int, value: Decimal, grammar: Grammar) -> Number | None:
    """Digits with a fraction: "1/2", "2 1/2", "5½", "2 1/2 million"."""
    words = tokens.words
    if words[last] in FRACTIONS and words[last]:
        part = read_part(words[last])
        return None if part is None else of_scale(tokens, Number(index, last + 1, value + part, form="part"), grammar)
    if words[last] == "/" and _is_fraction(tokens, index):
        return of_scale(tokens, Number(index, index + 3, value / Decimal(words[index + 2]), form="part"), grammar)
    whole = words[index].isdecimal() and last == index + 1 and tokens.is_digits(last)
    if whole and words[last + 1] == "/" and _is_fraction(tokens, last):
        value += Decimal(words[last]) / Decimal(words[last + 2])
        return of_scale(tokens, Number(index, last + 3, value, form="part"), grammar)
    return None


def _is_fraction(tokens: Tokens, index: int) -> bool:
    """Whether *index* begins "3/4": no date, no "24/7", no "9/11"."""
    above, below = tokens.words[index], tokens.words[index + 2]
    if not (above.isdecimal() and below.isdecimal() and len(above) < 4 and len(below) < 4):
        return False
    glued = tokens.glued(index + 1) and tokens.glued(index + 2)
    return (
        glued
        and below in ("2", "3", "4", "5", "6", "8", "10", "16", "32", "40", "64", "100")
        and int(above) < int(below)
        and tokens.words[index + 3] != "/"
    )


def read_denominator(tokens: Tokens, number: Number, grammar: Grammar) -> Number | None:
    """*number* as the numerator of "thirds", "-quarters" …; ``None`` where none follows."""
    at = number.last + 1 if tokens.lows[number.last] == "-" else number.last
    below = grammar.denominators.get(tokens.lows[at])
    if below is None or number.value <= 0 or (number.scale != ONE and number.value > below):
        return None
    word = tokens.lows[at]
    single = number.value == 1
    if single == word.endswith("s") or (word.startswith("half") and not single and word != "halves"):
        return None
    if word in ("quarter", "quarters") and at == number.last and not is_part(tokens, at + 1, grammar):
        return None
    if tokens.lows[at + 1] == "-" and single and at == number.last:
        return None
    return of_scale(tokens, Number(number.first, at + 1, number.value / below, form="part"), grammar)


def is_part(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether the words at *index* go on as after a fraction ("of", "the", "more", "million")."""
    return tokens.lows[index] in grammar.cues["fraction_after"] or tokens.lows[index] == BREAK


def _is_phrase_end(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether no noun follows: "cut by a third", but not "to a third term"."""
    return not tokens.lows[at][:1].isalpha() or tokens.lows[at] in grammar.stops


def _is_shared(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether the words at *at* go on as after a share: no "third way to", but "a quarter-century"."""
    lows = tokens.lows
    if lows[at] == "way":
        return lows[at + 1] in ("through", "into", "up", "down", "along", "across")
    joined = lows[at - 1 : at + 1] == ["quarter", "-"] and lows[at + 1] in ("century", "mile")
    return joined or is_part(tokens, at, grammar)


def read_worded_part(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """As in "half", "a third", "a quarter" where a part is meant, no period, order or rank."""
    lows = tokens.lows
    word, before = lows[index], lows[index - 1]
    below = grammar.denominators.get(word)
    if below is None or word.endswith("s"):
        return None
    if (before == "-" and word == "half") or (
        lows[index + 1] == "-"
        and lows[index + 2] not in grammar.scales
        and lows[index + 2] not in grammar.cues["time_units"]
    ):
        return None
    article = before in ("a", "an")
    if word == "half":
        if (
            before in grammar.ordinals
            or before in grammar.cues["half_not_after"]
            or (tokens.glued(index) and before == "'")
        ):
            return None
        if not (
            is_part(tokens, index + 1, grammar)
            or before in grammar.cues["half_after"]
            or article
            or lows[index + 1] == "-"
        ):
            return None
    elif (
        not (article and _is_shared(tokens, index + 1, grammar))
        and not (word == "quarter" and lows[index + 1] in grammar.scales)
        and not (
            article and lows[index - 2] in grammar.cues["half_after"] and _is_phrase_end(tokens, index + 1, grammar)
        )
    ):
        return None
    first = index - 1 if article else index
    return of_scale(tokens, Number(first, index + 1, ONE / below, form="part"), grammar)


def of_scale(tokens: Tokens, number: Number, grammar: Grammar) -> Number:
    """A part of a scale word: "half a million", "three quarters of a million", "half-dozen"."""
    at, lows = number.last, tokens.lows
    if lows[at] == "of" and lows[at + 1] in ("a", "an") and lows[at + 2] in grammar.scales:
        at += 1
    elif lows[at] == "of" and lows[at + 1] in ("a", "one", "1") and lows[at + 2] in PERCENTS:
        return replace(number, last=at + 2)
    if lows[at] in ("a", "an", "-") and lows[at + 1] in grammar.scales:
        at += 1
    times = grammar.scales.get(lows[at])
    if times is None:
        return number
    return replace(number, last=at + 1, value=multiply(number.value, times), form="words", scale=times)


def multiply(part: Decimal, times: Decimal) -> Decimal:
    """*part* of *times*, whole where only the division before was not: two-thirds of 3 million."""
    value = part * times
    whole = value.to_integral_value()
    return whole if abs(value - whole) < Decimal("1e-12") else value
