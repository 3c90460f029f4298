"""A number read with everything about it: unit or counted noun, range, rate, hedge, direction, topic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from .ages import Age, read_age
from .changes import find_change
from .found import Found
from .grammars import Grammar, Unit
from .hedges import read_hedge
from .nouns import Noun, read_noun
from .numerals import ONE, Number, read_number
from .ranges import Pair, read_pair
from .rates import read_rate
from .shares import is_multiple
from .tokens import Tokens
from .topics import find_topic, read_phrase
from .units import COMPOUNDS, Measure, read_unit

MONEY = "money"
# So many tokens on either side tell pounds of money from pounds of weight.
NEAR = 14
INCH = Unit("inch", "length")


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens *first* to *last* of the finding so far, with the value and its bound."""

    first: int
    last: int
    value: Decimal
    upper: Decimal | None = None
    form: str = "digits"


def read_counted(tokens: Tokens, index: int, grammar: Grammar, number: Number, prefix: Measure | None) -> Found | None:
    """The quantity whose number is *number*, after the currency *prefix* where one stands there."""
    pair = read_pair(tokens, number, grammar, money=prefix is not None)
    if pair is not None and pair.form != "range":
        return _read_pair(tokens, pair, grammar)
    span = _span(number, pair)
    if prefix is not None:
        return _finish(tokens, _read_money(tokens, span, prefix, grammar), grammar)
    age = read_age(tokens, span.first, span.last, span.value, grammar)
    if age is not None:
        return _finish(tokens, _make_age(span, age), grammar)
    if is_multiple(tokens, span.last):
        last = span.last + 1 + (tokens.lows[span.last] == "-")
        return _finish(tokens, Found(span.first, last, last, "ratio", span.value, span.upper, form="multiple"), grammar)
    at = span.last
    if tokens.lows[at] == "of" and number.form == "vague":
        at += 1
    measure = _find_measure(tokens, at, number, pair, grammar)
    if measure is not None:
        return _finish(tokens, _read_measured(tokens, span, measure, grammar), grammar)
    return _finish(tokens, _read_counts(tokens, span, at, grammar), grammar)


def _span(number: Number, pair: Pair | None) -> Span:
    if pair is None:
        return Span(number.first, number.last, number.value, number.upper, number.form)
    low, high = sorted((pair.first.value, pair.second.value))
    return Span(number.first, pair.second.last, low, high, number.form)


def _read_money(tokens: Tokens, span: Span, prefix: Measure, grammar: Grammar) -> Found:
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
    return Found(min(prefix.first, span.first), last, last, MONEY, value / unit.divisor, None if upper is None else upper / unit.divisor, unit,
                 named=(prefix.first, prefix.last), form=span.form)  # fmt: skip


def _make_age(span: Span, age: Age) -> Found:
    return Found(span.first, age.last, age.last, "age", span.value, span.upper, Unit(age.unit, "age"), form=span.form)


def _find_measure(tokens: Tokens, at: int, number: Number, pair: Pair | None, grammar: Grammar) -> Measure | None:
    """The unit from *at* on; of "5m to 7m", that of the second."""
    if tokens.lows[at] in grammar.cues["before_unit"]:
        measure = read_unit(tokens, at + 1, grammar, number.value)
        return measure if measure is not None and measure.unit.kind != MONEY else None
    if number.form == "part" and tokens.lows[at] in ("a", "an"):
        at += 1
    return read_unit(tokens, at, grammar, number.value) or _share_unit(tokens, at, grammar)


def _share_unit(tokens: Tokens, at: int, grammar: Grammar) -> Measure | None:
    """The unit a second number bears for both: "45 and 50 mg", "3 and 5 percent". It takes no tokens here."""
    if tokens.lows[at] not in ("and", "or") or not tokens.is_digits(at + 1) or not tokens.is_digits(at - 1):
        return None
    second = read_number(tokens, at + 1, grammar)
    unit = None if second is None else read_unit(tokens, second.last, grammar, second.value)
    if unit is None or unit.unit.kind in ("duration", "money"):
        return None
    return Measure(unit.unit, unit.first, at)


def _read_measured(tokens: Tokens, span: Span, measure: Measure, grammar: Grammar) -> Found:
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
        unit = settle_unit(tokens, span, unit, last, grammar)
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
    if second is None and unit.id == "foot" and tokens.lows[number.last] == "in":
        second = Measure(INCH, number.last, number.last + 1)
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


def settle_unit(tokens: Tokens, span: Span, unit: Unit, last: int, grammar: Grammar) -> Unit:
    """Pounds of money or of weight, degrees of heat or of angle, by the words nearby."""
    near = set(tokens.lows[max(0, span.first - NEAR) : last + NEAR])
    if unit.id == "degree":
        return Unit("generic", "temperature") if near & grammar.cues["weather"] else unit
    if unit.id != "pound" or unit.kind != MONEY:
        return unit
    weight = Unit("pound", "mass")
    if near & grammar.cues["money_words"] and tokens.lows[last] != "of":
        return unit
    if (
        near & grammar.cues["weight_words"]
        or tokens.lows[last] == "of"
        or (tokens.lows[last - 1] == "pound" and tokens.lows[last - 2] == "-")
    ):
        return weight
    return unit if span.value >= 10000 else Unit("pound", "either", ONE, shared=True)


def _read_counts(tokens: Tokens, span: Span, at: int, grammar: Grammar) -> Found | None:
    """A number of things, or a bare number; "one" only with a noun."""
    if tokens.lows[span.first - 1] == "category" and span.upper is None:
        return Found(
            span.first - 1,
            span.last,
            span.last,
            "rank",
            span.value,
            noun="category",
            named=(span.first - 1, span.first),
        )
    hedge = _read_inner(tokens, at, grammar)
    if hedge is not None:
        at = hedge[1]
    if tokens.lows[at] == "-" and tokens.lows[at + 1] in grammar.cues["not_after"]:
        return None
    noun = read_noun(tokens, at, grammar, single=span.value == ONE and span.upper is None)
    if span.form == "part":
        return Found(span.first, span.last, span.last, "ratio", span.value, span.upper, form=span.form)
    if noun is not None:
        return Found(span.first, noun.last, noun.last, "count", span.value, span.upper, noun=noun.singular, named=(noun.head, noun.last),
                     modifier=hedge[0] if hedge is not None else "exactly", form=span.form)  # fmt: skip
    noun = _find_partitive(tokens, span.last, grammar)
    if noun is None and span.value == ONE and span.form == "words":
        return None
    kind = "count" if span.value % 1 == 0 else "other"
    if noun is None:
        return Found(span.first, span.last, span.last, kind, span.value, span.upper, form=span.form)
    return Found(
        span.first,
        span.last,
        span.last,
        kind,
        span.value,
        span.upper,
        noun=noun.singular,
        named=(noun.head, noun.last),
        form=span.form,
    )


def _read_inner(tokens: Tokens, at: int, grammar: Grammar) -> tuple[str, int] | None:
    """The hedge between a number and its noun: "90 or so players", "1,000-plus complaints"."""
    start = at + 1 if tokens.lows[at] == "-" and tokens.glued(at) else at
    hedge = grammar.hedges_after.match(tokens.lows, start)
    return hedge if hedge is not None and read_noun(tokens, hedge[1], grammar) is not None else None


def _find_partitive(tokens: Tokens, at: int, grammar: Grammar) -> Noun | None:
    """The noun of "three of the five people", "six of them"."""
    if tokens.lows[at] != "of":
        return None
    span = read_phrase(tokens, at + 1, grammar)
    if span is None:
        return None
    numbered = tokens.is_digits(span[0]) or tokens.lows[span[0]] in grammar.small
    return read_noun(tokens, span[0] + numbered, grammar)


def _read_pair(tokens: Tokens, pair: Pair, grammar: Grammar) -> Found:
    first, last = pair.first.first, pair.second.last
    if pair.form == "score":
        return Found(first, last, last, "score", pair.first.value, pair.second.value, form="score")
    value = pair.first.value / pair.second.value
    found = Found(first, last, last, "ratio", value, form="share")
    hedge, start, _ = read_hedge(tokens, first, last, "ratio", grammar)
    at = last
    topic = read_phrase(tokens, at, grammar)
    return replace(found, modifier=hedge, hedged=start, of=None if topic is None else tokens.text(*topic))


def _finish(tokens: Tokens, found: Found | None, grammar: Grammar) -> Found | None:
    """*found* with its rate, hedge, direction and topic."""
    if found is None:
        return None
    rate = read_rate(tokens, found.last, grammar) if found.kind not in ("age", "rank") else None
    per, after = rate if rate is not None else (None, found.last)
    modifier, hedged, end = read_hedge(tokens, found.first, after, found.kind, grammar)
    if found.form == "vague":
        modifier = "vague"
    elif found.modifier != "exactly":
        modifier = found.modifier
    change = find_change(tokens, hedged, after, found.kind, grammar)
    counted = found.kind == "age" or (
        found.kind == "count" and found.noun is not None and change is None and tokens.lows[end] != "of"
    )
    topic = found.of or find_topic(tokens, hedged, end, found.kind, grammar, counted=counted)
    return Found(found.first, found.last, max(after, found.last), found.kind, found.value, found.upper, found.unit, found.noun, found.named,
                 modifier, change, per, topic, hedged, found.form, found.claims)  # fmt: skip
