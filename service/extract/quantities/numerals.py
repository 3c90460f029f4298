"""Numbers as they are printed, in digits, words or both, read to exact decimals."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .cardinals import read_cardinal, read_decimals
from .digits import read_digits, read_part
from .found import HUNDRED, Number
from .fractions import is_part, multiply, read_denominator, read_fraction, read_worded_part
from .grammars import Grammar
from .scales import is_scale, read_scale, read_scales, read_vague
from .tokens import FRACTIONS, Tokens


def read_number(tokens: Tokens, index: int, grammar: Grammar, *, money: bool = False) -> Number | None:
    """The number whose first digit or word is token *index*, a sign or an article before it included."""
    word = tokens.lows[index]
    if tokens.is_digits(index):
        number = _read_figures(tokens, index, grammar, money=money)
    elif word[:1] in FRACTIONS:
        part = None if tokens.glued(index) and tokens.words[index - 1].isalpha() else read_part(word)
        number = None if part is None else Number(index, index + 1, part, form="part")
    elif word in grammar.small:
        number = _read_words(tokens, index, grammar)
    elif word in grammar.vague and (word != "scores" or tokens.lows[index + 1] == "of"):
        return read_vague(tokens, index, grammar)
    elif word in grammar.scales:
        number = read_scale(tokens, index, grammar)
    else:
        number = read_worded_part(tokens, index, grammar)
    if number is None:
        return None
    return _sign(tokens, _finish(tokens, number, grammar))


def starts_number(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether token *index* is a number in digits or a small one in words."""
    return tokens.is_digits(index) or tokens.lows[index] in grammar.small


def _read_figures(tokens: Tokens, index: int, grammar: Grammar, *, money: bool) -> Number | None:
    """Digits with what is glued to them: "450m", "2½", "1/2", ".25", "2.5 million"."""
    read = read_digits(tokens, index)
    if read is None:
        return None
    value, last = read
    first = index
    lows = tokens.lows
    if (
        lows[index - 1] == "."
        and tokens.glued(index)
        and not tokens.glued(index - 1)
        and tokens.words[index].isdecimal()
    ):
        value, first = Decimal(f"0.{tokens.words[index]}"), index - 1
    part = read_fraction(tokens, index, last, value, grammar)
    if part is not None:
        return part
    suffix = grammar.suffixes.get(tokens.words[last])
    if suffix is not None and tokens.glued(last) and is_scale(tokens, last, grammar, money=money):
        return Number(first, last + 1, value * suffix, scale=suffix)
    return read_scales(tokens, Number(first, last, value), grammar)


def _read_words(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """A number in words: "twenty-one", "two hundred and fifty thousand", "five point five", "two-thirds"."""
    apart = tokens.lows[index - 1] in ("between", "both")
    value, last, scale = read_cardinal(tokens.lows, index, grammar, apart=apart)
    if tokens.lows[last] == "point" and tokens.lows[last + 1] in grammar.small:
        value, last = read_decimals(tokens.lows, last + 1, value, grammar)
    number = Number(index, last, value, form="words", scale=scale)
    part = read_denominator(tokens, number, grammar)
    return part or read_scales(tokens, number, grammar)


def _finish(tokens: Tokens, number: Number, grammar: Grammar) -> Number:
    """*number* with a fraction behind it: "two and a half million", "3 million and a quarter"."""
    lows, at = tokens.lows, number.last
    if lows[at] == "-" and lows[at + 1] == "and":
        at += 1
    if lows[at] != "and" or number.form in ("vague", "part"):
        return number
    at += 1
    at += lows[at] == "-"
    if lows[at] in ("a", "one"):
        above, at = 1, at + 1
    elif lows[at] in grammar.small and 1 < grammar.small[lows[at]] < 10:
        above, at = grammar.small[lows[at]], at + 1
    else:
        return number
    at += lows[at] == "-"
    below = grammar.denominators.get(lows[at])
    if (
        below is None
        or (above == 1) == lows[at].endswith("s")
        or (
            lows[at] in ("third", "quarter", "fifth", "tenth")
            and is_part(tokens, at + 1, grammar)
            and lows[at + 1] == "of"
        )
    ):
        return number
    part = Decimal(above) / below
    times = grammar.scales.get(lows[at + 1])
    if times is not None and times < number.scale:
        return replace(number, last=at + 2, value=number.value + multiply(part, times))
    value = number.value + (part * number.scale if number.scale > HUNDRED else part)
    return read_scales(tokens, replace(number, last=at + 1, value=value), grammar)


def _sign(tokens: Tokens, number: Number) -> Number:
    """*number* with the minus before it: "-5", "minus five", "negative 0.5"."""
    first = number.first
    before = tokens.lows[first - 1]
    spelled = before in ("minus", "negative") and tokens.lows[first - 2] != "or"
    dash = (
        before in ("-", "−", "–")
        and not tokens.lows[first].isalpha()
        and tokens.glued(first)
        and not tokens.glued(first - 1)
        and not tokens.is_digits(first - 2)
    )
    dash = dash or (
        before in ("-", "−") and tokens.glued(first) and tokens.lows[first - 2] in ("$", "€", "£", "(", "<", "=")
    )
    if not (spelled or dash):
        return number
    return replace(number, first=first - 1, value=-number.value)
