"""Scale words: "2.5 million", "450m", "a hundred", "several thousand", "tens of billions"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .cardinals import LONGEST, read_cardinal
from .found import HUNDRED, ONE, Number
from .grammars import Grammar
from .tokens import Tokens


def read_scales(tokens: Tokens, number: Number, grammar: Grammar) -> Number:
    """*number* times the scale words after it: "2.5 million", "1.2-million", "3 lakh crore"."""
    last, value, scale = number.last, number.value, ONE
    for _ in range(3):
        start = last + 1 if tokens.lows[last] == "-" else last
        times = grammar.scales.get(tokens.lows[start])
        if times is None:
            break
        value, last, scale = value * times, start + 1, times
    if last == number.last:
        return number
    number = Number(number.first, last, value, number.upper, number.form, scale)
    lows = tokens.lows
    if (
        scale == HUNDRED
        and lows[last] == "and"
        and tokens.words[last + 1].isdecimal()
        and len(tokens.words[last + 1]) < 3
    ):
        return replace(number, last=last + 2, value=value + Decimal(tokens.words[last + 1]))
    return number


def is_scale(tokens: Tokens, index: int, grammar: Grammar, *, money: bool) -> bool:
    """Whether the letters glued to digits at *index* multiply them, rather than name a unit.

    "450m" is millions with a currency or a counted noun in the plural, metres elsewhere.
    """
    word, after = tokens.words[index], tokens.lows[index + 1]
    if word in ("mm", "MM", "T"):
        return money
    if money or word not in ("m", "k", "K", "b", "B"):
        return True
    if word in ("k", "K"):
        return after not in grammar.cues["race_words"]
    if word == "m" and (after in grammar.cues["metre_words"] or _is_race(tokens, index, grammar)):
        return False
    following = grammar.names.match(tokens.lows, index + 1) or grammar.symbols.match(tokens.words, index + 1)
    if word == "m" and following is None:
        return _is_plural(tokens, index + 1, grammar) or after in grammar.cues["million_words"]
    return True


def _is_race(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether the "m" at *index* closes the length of a race: "ran the 200m in", "won the 400m."."""
    if tokens.words[index - 1].replace(",", "") not in grammar.cues["race_lengths"]:
        return False
    return tokens.lows[index + 1] in (".", ",") or tokens.lows[index - 2] in ("the", "ran", "swam", "men's", "women's")


def _is_plural(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether one of the next few words looks like a noun in the plural."""
    for word in tokens.lows[index : index + 4]:
        if not word[:1].isalpha() or word in grammar.stops:
            return False
        if word in grammar.irregular or (word[-1] == "s" and word not in grammar.singular and word[-2:] != "ss"):
            return True
    return False


def read_scale(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """A scale word without a numeral: "a hundred", "several thousand", "a few dozen", "a million"."""
    lows, word = tokens.lows, tokens.lows[index]
    times = grammar.scales[word]
    few = grammar.few.match_before(lows, index)
    if few is not None:
        (low, high), first = few
        vague = low != high
        return Number(first, index + 1, low * times, high * times if vague else None, form="vague", scale=times)
    if lows[index - 1] in ("a", "an", "the", "one", "per") or not word.endswith("s"):
        if word not in grammar.cues["full_scales"]:
            return None
        article = lows[index - 1] in ("a", "an")
        if not article and lows[index - 1] not in grammar.cues["scale_after"] and not _starts(tokens, index):
            return None
        value, last, scale = read_cardinal(["one", *lows[index : index + LONGEST]], 0, grammar)
        return Number(index - article, index + last - 1, value, form="words", scale=scale)
    return None


def _starts(tokens: Tokens, index: int) -> bool:
    return tokens.lows[index - 1][:1] in ("", ".", "-")


def read_vague(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """As in "dozens", "hundreds of thousands", "tens of billions": the range each stands for."""
    lows = tokens.lows
    low, high = grammar.vague[lows[index]]
    last, scale = index + 1, ONE
    if lows[last] == "of" and lows[last + 1] in grammar.vague and lows[last + 1] != "tens":
        times = grammar.vague[lows[last + 1]][0] / 2
        low, high, last, scale = low * times, high * times, last + 2, times
    elif lows[last] == "of" and lows[last + 1] in ("million", "billion"):
        times = grammar.scales[lows[last + 1]]
        low, high, last, scale = low * times, high * times, last + 2, times
    elif lows[index] == "tens":
        return None
    first = index - 1 if lows[index - 1] == "many" else index
    return Number(first, last, low, high, form="vague", scale=scale)
