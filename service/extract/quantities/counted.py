"""A number read with everything about it: unit or counted noun, range, rate, hedge, direction, topic."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import replace

from .ages import Age, read_age
from .changes import find_change
from .found import ONE, Found, Number, Pair
from .grammars import Grammar, Unit
from .hedges import MARKS, read_hedge
from .measured import Span, find_measure, read_grand, read_height, read_measured, read_money, read_timing
from .nouns import Noun, read_noun
from .numerals import read_number, starts_number
from .periods import read_or
from .ranges import read_pair
from .rates import read_rate
from .shares import is_multiple
from .tokens import Tokens
from .topics import find_topic, read_phrase, write_topic
from .units import Measure

# "They spent billions": so large an amount is money though no currency is named.
MILLION = Decimal(1_000_000)
# So many tokens on either side tell whether points are those of a poll.
NEAR = 12
POINT = Unit("percentage_point", "percent")
# "Of New York City's 51 members": the owner has at most so many words.
OWNERS = 4


def read_counted(tokens: Tokens, grammar: Grammar, number: Number, prefix: Measure | None) -> Found | None:
    """The quantity whose number is *number*, after the currency *prefix* where one stands there."""
    few = read_or(tokens, number, grammar)
    if few is not None:
        return few
    pair = read_pair(tokens, number, grammar, money=prefix is not None)
    if pair is not None and pair.form != "range":
        return _read_pair(tokens, pair, grammar)
    span = _span(number, pair)
    if prefix is not None:
        return _finish(tokens, read_money(tokens, span, prefix, grammar), grammar)
    age = read_age(tokens, span.first, span.last, span.value, grammar)
    if age is not None:
        return _finish(tokens, _make_age(span, age), grammar)
    if is_multiple(tokens, span.last, grammar):
        last = span.last + 1 + (tokens.lows[span.last] == "-")
        return _finish(tokens, Found(span.first, last, last, "ratio", span.value, span.upper, form="multiple"), grammar)
    at = span.last
    if tokens.lows[at] == "of" and number.form == "vague":
        at += 1
    plain = read_height(tokens, span) or read_timing(tokens, span) or read_grand(tokens, span, grammar)
    if plain is not None:
        return _finish(tokens, plain, grammar)
    measure = find_measure(tokens, at, number, grammar)
    if measure is not None:
        return _finish(tokens, read_measured(tokens, span, measure, grammar), grammar)
    return _finish(tokens, _read_counts(tokens, span, at, grammar), grammar)


def _span(number: Number, pair: Pair | None) -> Span:
    if pair is None:
        return Span(number.first, number.last, number.value, number.upper, number.form)
    low, high = sorted((pair.first.value, pair.second.value))
    return Span(number.first, pair.second.last, low, high, number.form)


def _make_age(span: Span, age: Age) -> Found:
    return Found(span.first, age.last, age.last, "age", span.value, span.upper, Unit(age.unit, "age"), form=span.form)


def _read_counts(tokens: Tokens, span: Span, at: int, grammar: Grammar) -> Found | None:
    """A number of things, or a bare number; "one" only with a noun."""
    if tokens.lows[span.first - 1] == "category" and span.upper is None:
        named = span.first - 1, span.first
        return Found(span.first - 1, span.last, span.last, "rank", span.value, noun="category", named=named)
    if span.form == "part" or tokens.lows[span.first - 2 : span.first] in (["ratio", "of"], ["factor", "of"]):
        return Found(span.first, span.last, span.last, "ratio", span.value, span.upper, form=span.form)
    hedge = _read_inner(tokens, at, grammar)
    if hedge is not None:
        at = hedge[1]
    if tokens.lows[at] == "-" and tokens.lows[at + 1] in grammar.cues["not_after"]:
        return None
    noun = read_noun(tokens, at, grammar, single=span.value == ONE and span.upper is None)
    if (
        noun is not None
        and noun.singular == "life"
        and tokens.lows[span.first - 2 : span.first] == ["population", "of"]
    ):
        noun = None  # "a population of 9 million lives on"
    if noun is not None:
        return _count_named(tokens, span, noun, hedge[0] if hedge is not None else "exactly", grammar)
    noun = _find_partitive(tokens, span.last, grammar) or _find_priced(tokens, span.last, grammar)
    if noun is None and _are_people(tokens, span, grammar):
        return replace(_make_count(span, None, span.last, "exactly"), noun="person")
    if noun is None and span.value == ONE and span.form == "words":
        return None
    if noun is None and span.value >= MILLION and tokens.lows[span.first - 1] in grammar.cues["spending"]:
        return Found(span.first, span.last, span.last, "money", span.value, span.upper, form=span.form)
    return _make_count(span, noun, span.last, "exactly")


def _count_named(tokens: Tokens, span: Span, noun: Noun, modifier: str, grammar: Grammar) -> Found:
    """A count of *noun*; points of a poll are those of its percentages, others who were hurt are people."""
    made = _make_count(span, noun, noun.last, modifier)
    if _is_polled(tokens, span, noun, grammar):
        return replace(made, kind="percent", unit=POINT, noun=None)
    hurt = noun.singular == "other" and tokens.lows[span.first - 1] in grammar.cues["harming"]
    return replace(made, noun="person") if hurt else made


def _is_polled(tokens: Tokens, span: Span, noun: Noun, grammar: Grammar) -> bool:
    """Whether points are those of a poll: "leads by six points in the polls"."""
    near = tokens.lows[max(0, span.first - NEAR) : noun.last + NEAR]
    return noun.singular == "point" and not grammar.cues["polled"].isdisjoint(near)


def _are_people(tokens: Tokens, span: Span, grammar: Grammar) -> bool:
    """Whether a number without a noun is of people: "wounded 50", "thousands who marched"."""
    after, harmed = tokens.lows[span.last], tokens.lows[span.first - 1] in grammar.cues["harming"]
    if span.value == ONE or span.form == "part":
        return False
    return after == "who" or (harmed and (not after[:1].isalpha() or after in grammar.cues["alone_before"]))


def _make_count(span: Span, noun: Noun | None, last: int, modifier: str) -> Found:
    """A count of *noun*; without one, "other" where the number is not whole."""
    return Found(
        span.first,
        last,
        last,
        "count" if noun is not None or span.value % 1 == 0 else "other",
        span.value,
        span.upper,
        noun=None if noun is None else noun.singular,
        named=None if noun is None else (noun.head, noun.last),
        modifier=modifier,
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
    first = _pass_owner(tokens, span[0], grammar)
    first += tokens.lows[first] in grammar.cues["sequence"]
    return read_noun(tokens, first + starts_number(tokens, first, grammar), grammar)


def _find_priced(tokens: Tokens, at: int, grammar: Grammar) -> Noun | None:
    """The noun behind a price: "nine $2,500 donations"."""
    if tokens.words[at] not in MARKS or not tokens.is_digits(at + 1) or not tokens.glued(at + 1):
        return None
    price = read_number(tokens, at + 1, grammar, money=True)
    return None if price is None else read_noun(tokens, price.last, grammar)


def _pass_owner(tokens: Tokens, first: int, grammar: Grammar) -> int:
    """The index after the owner of numbered things: "five of | the state's | 21 counties"."""
    for at in range(first, first + OWNERS):
        word = tokens.lows[at]
        if word.endswith(("'s", "’s", "'", "’")) and starts_number(tokens, at + 1, grammar):
            return at + 1
        if not word[:1].isalpha() or word in grammar.stops:
            break
    return first


def _read_pair(tokens: Tokens, pair: Pair, grammar: Grammar) -> Found:
    first, last = pair.first.first, pair.second.last
    if pair.form == "score":
        return Found(first, last, last, "score", pair.first.value, pair.second.value, form="score")
    value = pair.first.value / pair.second.value
    found = Found(first, last, last, "ratio", value, form="share")
    hedge, start, _ = read_hedge(tokens, first, last, "ratio", grammar)
    at = last
    topic = write_topic(tokens, read_phrase(tokens, at, grammar), grammar)
    return replace(found, modifier=hedge, hedged=start, of=topic)


def _rate_behind(tokens: Tokens, found: Found, grammar: Grammar) -> str | None:
    """What an amount is per, behind what it is of: "12 meters of coast | a year"."""
    if tokens.lows[found.last] != "of" or found.kind in ("age", "rank", "percent", "ratio"):
        return None
    of = read_phrase(tokens, found.last + 1, grammar)
    rate = read_rate(tokens, of[1], grammar) if of is not None else None
    return rate[0] if rate is not None else None


def _finish(tokens: Tokens, found: Found | None, grammar: Grammar) -> Found | None:
    """*found* with its rate, hedge, direction and topic."""
    if found is None:
        return None
    rate = read_rate(tokens, found.last, grammar) if found.kind not in ("age", "rank") else None
    per, after = rate if rate is not None else (_rate_behind(tokens, found, grammar), found.last)
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
    return Found(
        found.first,
        found.last,
        max(after, found.last),
        found.kind,
        found.value,
        found.upper,
        found.unit,
        found.noun,
        found.named,
        modifier,
        change,
        per,
        topic,
        hedged,
        found.form,
        found.claims,
    )
