"""Numbers as they are printed, in digits, words or both, read to exact decimals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .digits import read_digits, read_part
from .grammars import Grammar
from .tokens import BREAK, FRACTIONS, Tokens

ONE, HALF = Decimal(1), Decimal("0.5")
HUNDRED = Decimal(100)
# No number in words is longer: a bound on the work a hostile text can ask for.
LONGEST = 24


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens *first* to *last* (exclusive).

    ``form`` is "digits", "words", "part" (a fraction) or "vague"; ``scale`` the scale word it ends
    in, 1 for none; ``bare`` that digits stand alone, as a year or a label would.
    """

    first: int
    last: int
    value: Decimal
    upper: Decimal | None = None
    form: str = "digits"
    scale: Decimal = ONE
    bare: bool = False


def read_number(
    tokens: Tokens, index: int, grammar: Grammar, *, continental: bool = False, money: bool = False
) -> Number | None:
    """The number whose first digit or word is token *index*, a sign or an article before it included."""
    word = tokens.lows[index]
    if tokens.is_digits(index):
        number = _read_figures(tokens, index, grammar, money=money)
    elif word[:1] in FRACTIONS:
        part = read_part(word)
        number = None if part is None else Number(index, index + 1, part, form="part")
    elif word in grammar.small:
        number = _read_words(tokens, index, grammar)
    elif word in grammar.vague and (word != "scores" or tokens.lows[index + 1] == "of"):
        return _read_vague(tokens, index, grammar)
    elif word in grammar.scales:
        number = _read_scale(tokens, index, grammar)
    else:
        number = _read_part(tokens, index, grammar)
    if number is None:
        return None
    return _sign(tokens, _finish(tokens, number, grammar))


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
    part = _read_fraction(tokens, index, last, value)
    if part is not None:
        return part
    suffix = grammar.suffixes.get(tokens.words[last])
    if suffix is not None and tokens.glued(last) and is_scale(tokens, last, grammar, money=money):
        return Number(first, last + 1, value * suffix, scale=suffix)
    bare = last == index + 1 and tokens.words[index].isdecimal()
    number = Number(first, last, value, bare=bare)
    return _scale(tokens, number, grammar)


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
    if tokens.words[index - 1] not in grammar.cues["race_lengths"]:
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


def _read_fraction(tokens: Tokens, index: int, last: int, value: Decimal) -> Number | None:
    """Digits with a fraction: "1/2", "2 1/2", "5½"."""
    words = tokens.words
    if words[last] in FRACTIONS and words[last]:
        part = read_part(words[last])
        return None if part is None else Number(index, last + 1, value + part, form="part")
    if words[last] == "/" and _is_fraction(tokens, index):
        return Number(index, index + 3, value / Decimal(words[index + 2]), form="part")
    whole = words[index].isdecimal() and last == index + 1 and tokens.is_digits(last)
    if whole and words[last + 1] == "/" and _is_fraction(tokens, last):
        return Number(index, last + 3, value + Decimal(words[last]) / Decimal(words[last + 2]), form="part")
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


def _scale(tokens: Tokens, number: Number, grammar: Grammar) -> Number:
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


def _read_words(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """A number in words: "twenty-one", "two hundred and fifty thousand", "five point five", "two-thirds"."""
    apart = tokens.lows[index - 1] in ("between", "both")
    value, last, scale = _read_cardinal(tokens.lows, index, grammar, apart=apart)
    if tokens.lows[last] == "point" and tokens.lows[last + 1] in grammar.small:
        value, last = _read_decimals(tokens.lows, last + 1, value, grammar)
    number = Number(index, last, value, form="words", scale=scale)
    part = _read_denominator(tokens, number, grammar)
    return part or _scale(tokens, number, grammar)


def _read_cardinal(
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
    rest, last, _ = _read_cardinal(lows, at + 1, grammar, apart=True)
    if lows[last] in grammar.denominators or (lows[last] == "-" and lows[last + 1] in grammar.denominators):
        return False
    bound = HUNDRED if group >= 0 else least
    return rest < bound or (group >= 0 and rest >= 1000)


def _read_decimals(lows: list[str], index: int, value: Decimal, grammar: Grammar) -> tuple[Decimal, int]:
    """*value* and the decimals in words from *index* on: "point zero three", "point seventy-one"."""
    digits = ""
    while lows[index] in grammar.small and len(digits) < LONGEST:
        rest, index, _ = (
            _read_cardinal(lows, index, grammar)
            if grammar.small[lows[index]] >= 20
            else (grammar.small[lows[index]], index + 1, ONE)
        )
        digits += str(rest)
    return value + Decimal(f"0.{digits}"), index


def _read_denominator(tokens: Tokens, number: Number, grammar: Grammar) -> Number | None:
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
    return _of_scale(tokens, Number(number.first, at + 1, number.value / below, form="part"), grammar)


def is_part(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether the words at *index* go on as after a fraction ("of", "the", "more", "million")."""
    return tokens.lows[index] in grammar.cues["fraction_after"] or tokens.lows[index] == BREAK


def _read_part(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
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
        not (article and is_part(tokens, index + 1, grammar))
        and not (word == "quarter" and lows[index + 1] in grammar.scales)
        and not (article and lows[index - 2] in grammar.cues["half_after"])
    ):
        return None
    first = index - 1 if article else index
    return _of_scale(tokens, Number(first, index + 1, ONE / below, form="part"), grammar)


def _of_scale(tokens: Tokens, number: Number, grammar: Grammar) -> Number:
    """A part of a scale word: "half a million", "three quarters of a million", "half-dozen"."""
    at, lows = number.last, tokens.lows
    if lows[at] == "of" and lows[at + 1] in ("a", "an") and lows[at + 2] in grammar.scales:
        at += 1
    if lows[at] in ("a", "an", "-") and lows[at + 1] in grammar.scales:
        at += 1
    times = grammar.scales.get(lows[at])
    if times is None:
        return number
    return replace(number, last=at + 1, value=_times(number.value, times), form="words", scale=times)


def _times(part: Decimal, times: Decimal) -> Decimal:
    value = part * times
    whole = value.to_integral_value()
    return whole if abs(value - whole) < Decimal("1e-12") else value


def _read_scale(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
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
        value, last, scale = _read_cardinal(["one", *lows[index : index + LONGEST]], 0, grammar)
        return Number(index - article, index + last - 1, value, form="words", scale=scale)
    return None


def _starts(tokens: Tokens, index: int) -> bool:
    return tokens.lows[index - 1][:1] in ("", ".", "-")


def _read_vague(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
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
        return replace(number, last=at + 2, value=number.value + _times(part, times), bare=False)
    value = number.value + (part * number.scale if number.scale > HUNDRED else part)
    return _scale(tokens, replace(number, last=at + 1, value=value, bare=False), grammar)


def _sign(tokens: Tokens, number: Number) -> Number:
    """*number* with the minus before it: "-5", "minus five", "negative 0.5"."""
    first = number.first
    before = tokens.lows[first - 1]
    spelled = before in ("minus", "negative") and tokens.lows[first - 2] != "or"
    dash = (
        before in ("-", "−", "–")
        and tokens.glued(first)
        and not tokens.glued(first - 1)
        and not tokens.is_digits(first - 2)
    )
    dash = dash or (
        before in ("-", "−") and tokens.glued(first) and tokens.lows[first - 2] in ("$", "€", "£", "(", "<", "=")
    )
    if not (spelled or dash):
        return number
    return replace(number, first=first - 1, value=-number.value, bare=False)
