"""Numbers with a unit or a currency: "$5 million", "120 kilometres", "5 feet 2 inches"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import dataclass

from .found import ONE, Found, Number
from .grammars import Grammar, Unit
from .numerals import read_number
from .tokens import Tokens
from .units import COMPOUNDS, Measure, read_unit

MONEY = "money"
# So many pounds are money, whatever stands beside them.
MILLION = Decimal(1_000_000)
# So many tokens on either side tell pounds of money from pounds of weight.
NEAR = 14
THOUSAND = Decimal(1000)
INCH, SECOND = Unit("inch", "length"), Unit("second", "duration")
# Nobody has more feet.
TALLEST = 8


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens *first* to *last* of the finding so far, with the value and its bound."""

    first: int
    last: int
    value: Decimal
    upper: Decimal | None = None
    form: str = "digits"


def read_money(tokens: Tokens, span: Span, prefix: Measure, grammar: Grammar) -> Found:
    """Money with its symbol before it; a word that repeats the currency is taken along ("$5 dollars")."""
    unit, last = prefix.unit, span.last
    value, upper = span.value, span.upper
    if (
        tokens.words[prefix.first - 1] in ("-", "−")
        and tokens.glued(prefix.first)
        and not tokens.glued(prefix.first - 1)
    ):
        value = -abs(value)
    suffix = read_unit(tokens, last, grammar, value)
    if (
        suffix is not None
        and suffix.unit.kind == MONEY
        and suffix.unit.divisor == 1
        and tokens.lows[last].isalpha()
        and not tokens.is_digits(suffix.last)
    ):
        unit, last = (suffix.unit if unit.shared else unit), suffix.last
    return Found(
        min(prefix.first, span.first),
        last,
        last,
        MONEY,
        value / unit.divisor,
        None if upper is None else upper / unit.divisor,
        unit,
        named=(prefix.first, prefix.last),
        form=span.form,
    )


def find_measure(tokens: Tokens, at: int, number: Number, grammar: Grammar) -> Measure | None:
    """The unit from *at* on; of "5m to 7m", that of the second."""
    if tokens.lows[at] in grammar.cues["before_unit"]:
        measure = read_unit(tokens, at + 1, grammar, number.value)
        return measure if measure is not None and measure.unit.kind != MONEY else None
    if number.form == "part":
        if tokens.lows[at] == "of" and tokens.lows[at + 1] in ("a", "an"):
            measure = read_unit(tokens, at + 2, grammar, number.value)
            return measure if measure is not None and measure.unit.kind != MONEY else None
        at += tokens.lows[at] in ("a", "an")
    return read_unit(tokens, at, grammar, number.value) or _share_unit(tokens, at, grammar)


def read_height(tokens: Tokens, span: Span) -> Found | None:
    """As in 6'2" or 5’11”: a person's height, in inches."""
    last = span.last
    if tokens.lows[last] not in ("'", "’", "′") or tokens.lows[last + 2] not in ("'", "’", '"', "”", "″"):
        return None
    figures = tokens.words[span.first], tokens.words[last + 1]
    if not all(map(str.isdecimal, figures)) or not all(map(tokens.glued, range(last, last + 3))):
        return None
    feet, inches = map(Decimal, figures)
    if feet > TALLEST or inches > 11:
        return None
    after = last + 3
    return Found(span.first, after, after, INCH.kind, 12 * feet + inches, unit=INCH, named=(last, after))


def read_timing(tokens: Tokens, span: Span) -> Found | None:
    """As in "3:58.42": minutes and seconds with their fraction, in seconds."""
    at = span.last + 1
    minutes, (seconds, _, parts) = tokens.words[span.first], tokens.words[at].partition(".")
    if tokens.lows[span.last] != ":" or not (minutes.isdecimal() and seconds.isdecimal() and parts.isdecimal()):
        return None
    if len(seconds) != 2 or not tokens.glued(span.last) or not tokens.glued(at):
        return None
    value = 60 * Decimal(minutes) + Decimal(tokens.words[at])
    return Found(span.first, at + 1, at + 1, SECOND.kind, value, unit=SECOND, form=span.form)


def read_grand(tokens: Tokens, span: Span, grammar: Grammar) -> Found | None:
    """As in "60 grand a year": thousands of the money of the place, no "two grand pianos"."""
    last, after = span.last + 1, tokens.lows[span.last + 1]
    if tokens.lows[span.last] != "grand" or tokens.is_capital(span.last):
        return None
    if after[:1].isalpha() and after not in grammar.cues["alone_before"]:
        return None
    upper = None if span.upper is None else THOUSAND * span.upper
    return Found(span.first, last, last, MONEY, THOUSAND * span.value, upper, form=span.form)


def _share_unit(tokens: Tokens, at: int, grammar: Grammar) -> Measure | None:
    """The unit a second number bears for both: "45 and 50 mg", "3 and 5 percent". It takes no tokens here."""
    if tokens.lows[at] not in ("and", "or") or not tokens.is_digits(at + 1) or not tokens.is_digits(at - 1):
        return None
    second = read_number(tokens, at + 1, grammar)
    unit = None if second is None else read_unit(tokens, second.last, grammar, second.value)
    if unit is None or unit.unit.kind in ("duration", "money"):
        return None
    return Measure(unit.unit, unit.first, at)


def read_measured(tokens: Tokens, span: Span, measure: Measure, grammar: Grammar) -> Found:
    """The amount of *span* in the unit of *measure*, a smaller unit after it taken along."""
    unit, last, value = measure.unit, measure.last, span.value
    times = grammar.scales.get(tokens.lows[last]) if unit.kind == MONEY and span.form == "digits" else None
    if times is not None:
        return Found(
            span.first,
            last + 1,
            last + 1,
            MONEY,
            value * times,
            None,
            unit,
            named=(measure.first, measure.last),
            form=span.form,
        )
    if span.upper is None:
        value, unit, last = _read_compound(tokens, value, unit, last, grammar)
    if unit.id in ("pound", "crown") or unit.id == "degree":
        unit = _settle_unit(tokens, span, unit, last, grammar)
    upper = None if span.upper is None else span.upper / unit.divisor
    return Found(
        span.first,
        last,
        last,
        unit.kind,
        value / unit.divisor,
        upper,
        unit,
        named=(measure.first, measure.last),
        form=span.form,
    )


def _read_compound(
    tokens: Tokens, value: Decimal, unit: Unit, last: int, grammar: Grammar
) -> tuple[Decimal, Unit, int]:
    """A second, smaller unit that goes on: "5 feet 2 inches", "3 dollars and 50 cents"."""
    at = last
    if tokens.lows[at] in ("-", "and"):
        at += 1
    if not (tokens.is_digits(at) or tokens.lows[at] in grammar.small):
        return value, unit, last
    number = read_number(tokens, at, grammar)
    if number is None or number.upper is not None:
        return value, unit, last
    second = read_unit(tokens, number.last, grammar, number.value)
    if second is None and unit.id == "foot":
        second = _read_inches(tokens, at, number.last)
    if second is None:
        return value, unit, last
    times = COMPOUNDS.get((unit.id, second.unit.id))
    if times is not None and number.value < times and value % 1 == 0:
        return value * times + number.value, second.unit, second.last
    if (
        unit.kind == MONEY == second.unit.kind
        and unit.divisor == 1
        and second.unit.divisor == 100
        and second.unit.id in (unit.id, "dollar", "penny")
    ):
        return value + number.value / 100, unit, second.last
    return value, unit, last


def _read_inches(tokens: Tokens, first: int, last: int) -> Measure | None:
    """The inches of a height, often not named: "5-foot-11", "six foot 4 in"."""
    if tokens.lows[last] == "in":
        return Measure(INCH, last, last + 1)
    joined = tokens.lows[first - 2 : first] == ["foot", "-"] and tokens.glued(first)
    return Measure(INCH, last, last) if joined else None


def _settle_unit(tokens: Tokens, span: Span, unit: Unit, last: int, grammar: Grammar) -> Unit:
    """Pounds of money or of weight, degrees of heat or of angle, by the words nearby."""
    near = set(tokens.lows[max(0, span.first - NEAR) : last + NEAR])
    if unit.id == "degree":
        return Unit("generic", "temperature") if near & grammar.cues["weather"] else unit
    if unit.id != "pound" or unit.kind != MONEY:
        return unit
    weight = Unit("pound", "mass")
    if span.value >= MILLION or (near & grammar.cues["money_words"] and tokens.lows[last] != "of"):
        return unit
    if (
        near & grammar.cues["weight_words"]
        or tokens.lows[last] == "of"
        or (tokens.lows[last - 1] == "pound" and tokens.lows[last - 2] == "-")
    ):
        return weight
    return unit if span.value >= 10000 else Unit("pound", "either", ONE, shared=True)
