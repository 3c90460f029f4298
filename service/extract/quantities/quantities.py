"""Every quantity of an article, in order: its value, unit, modifier, direction, rate and topic.

The span is the number with its currency, unit or counted noun ("€320 billion", "26 countries",
"1,200 new affordable homes", "43-year-old"); hedges, rates and what the number is of stay outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext

from service.extract.records import Quantity

from .changes import compare_levels, find_change
from .claims import find_claim
from .comparisons import read_comparison
from .counted import read_counted
from .currencies import Settlement
from .dates import find_date
from .digits import is_continental
from .found import Found
from .grammars import Grammar, Unit, default_grammar
from .hedges import read_hedge
from .labels import find_label
from .numerals import ONE, Number, read_number
from .periods import read_article, read_range_word
from .ranks import Rank, is_numbered, read_numbered, read_place, read_rank
from .rates import read_rate
from .shares import is_stated, read_multiple, read_share
from .tokens import Tokens, read_tokens
from .topics import find_subject, find_topic
from .trends import read_trend
from .units import read_prefix

# Wide enough for exact sums of whatever a newspaper prints.
PRECISION = Context(prec=50)
SHOWN = Context(prec=28)


def find_quantities(reading: str, grammar: Grammar | None = None) -> tuple[Quantity, ...]:
    """The quantities of a whole article in its reading view, in order and without overlap.

    Offsets are code points of *reading*. Time is linear in its length.
    """
    grammar = grammar or default_grammar()
    tokens = read_tokens(reading, grammar.triggers, continental=is_continental(reading))
    with localcontext(PRECISION):
        found = list(_find(tokens, grammar))
        named = (
            each.unit.id for each in found if each.unit is not None and each.kind == "money" and not each.unit.shared
        )
        found = [compare_levels(tokens, *both) for both in zip([None, *found], found, strict=False)]
        settlement = Settlement(tokens, named, grammar)
        return tuple(_make(tokens, each, f"n{number}", settlement, grammar) for number, each in enumerate(found, 1))


def _find(tokens: Tokens, grammar: Grammar) -> Iterator[Found]:
    """What the readers find at the hits, from the first to the last."""
    after = 0
    for index in tokens.hits:
        if index < after:
            continue
        read = _read(tokens, index, after, grammar)
        if isinstance(read, int):
            after = max(after, read)
        elif read is not None and read.first >= after:
            after = read.after
            yield read


def _read(tokens: Tokens, index: int, after: int, grammar: Grammar) -> Found | int | None:
    """The quantity at the hit *index*, or where to go on after what is none, or ``None``."""
    if not tokens.is_digits(index) and tokens.lows[index] not in grammar.small:
        found = _read_word(tokens, index, after, grammar)
        if found is not None:
            return found
    else:
        found = _read_ordinal(tokens, index, grammar) or read_range_word(tokens, index, grammar)
        if found is not None:
            return found
    prefix = read_prefix(tokens, index, grammar)
    if prefix is not None and prefix.first < after:
        prefix = None
    number = read_number(tokens, index, grammar, money=prefix is not None)
    if number is None:
        return None
    if prefix is None and is_numbered(tokens, number.first):
        return _of_rank(tokens, read_numbered(tokens, number.first, number.last, number.value), grammar)
    if prefix is None and number.form != "part":
        end = find_date(tokens, number.first, number.last, grammar) or find_label(
            tokens, number.first, number.last, grammar
        )
        if end is not None:
            return end
    if number.value == ONE and number.form == "words" and _is_pronoun(tokens, number, grammar):
        return number.last
    return read_counted(tokens, index, grammar, number, prefix)


def _is_pronoun(tokens: Tokens, number: Number, grammar: Grammar) -> bool:
    """Whether "one" stands for a noun or belongs to an idiom."""
    if number.last != number.first + 1 or tokens.lows[number.first] != "one":
        return False
    lows, after = tokens.lows, tokens.lows[number.last]
    if after in ("in", "out") and (
        tokens.is_digits(number.last + 1 + (after == "out"))
        or lows[number.last + 1 + (after == "out")] in grammar.small
    ):
        return False
    unit = grammar.names.match(lows, number.last)
    if unit is not None and unit[0].kind != "duration":
        return False
    return (
        (not after[:1].isalpha() and after != "-")
        or after in grammar.cues["small_pronoun"]
        or lows[number.first - 1] in grammar.cues["before_pronoun"]
    )


def _read_ordinal(tokens: Tokens, index: int, grammar: Grammar) -> Found | int | None:
    """Ordinals in digits ("3rd-largest", "the 21st"): ranks, or nothing."""
    last = index + 1
    if not (tokens.is_digits(index) and tokens.lows[last] in ("st", "nd", "rd", "th") and tokens.glued(last)):
        return None
    end = find_date(tokens, index, last, grammar)
    if end is not None:
        return end
    if not tokens.words[index].isdecimal():
        return last + 1
    rank = read_place(tokens, index, last + 1, Decimal(tokens.words[index]), grammar)
    return last + 1 if rank is None else _of_rank(tokens, rank, grammar)


def _read_word(tokens: Tokens, index: int, after: int, grammar: Grammar) -> Found | None:
    """Ranks, shares and multiples in words."""
    multiple = read_multiple(tokens, index, grammar)
    if multiple is not None:
        number, way = multiple
        return _of_multiple(tokens, number, way, grammar)
    share = read_share(tokens, index)
    if share is not None:
        topic = find_topic(tokens, share.first, share.last, "ratio", grammar)
        return Found(share.first, share.last, share.last, "ratio", share.value, share.upper, modifier="more_than" if share.value else "less_than",
                     of=topic, form="share", hedged=share.first, claims=is_stated(tokens, share))  # fmt: skip
    rank = read_rank(tokens, index, grammar)
    if rank is not None:
        return _of_rank(tokens, rank, grammar)
    if tokens.lows[index] in grammar.cues["comparatives"]:
        return read_comparison(tokens, index, after, grammar)
    if tokens.lows[index] in grammar.cues["trend_verbs"]:
        return read_trend(tokens, index, grammar)
    return read_range_word(tokens, index, grammar) or read_article(tokens, index, grammar)


def _of_multiple(tokens: Tokens, number: Number, way: str | None, grammar: Grammar) -> Found | None:
    times = number.form == "times"
    modifier, start, _ = read_hedge(tokens, number.first, number.last, "ratio", grammar)
    change = way or (None if times else find_change(tokens, start, number.last, "ratio", grammar))
    topic = None if times else find_topic(tokens, start, number.last, "ratio", grammar)
    if topic is None and way is not None:
        topic = find_subject(tokens, start, grammar)
    rate = read_rate(tokens, number.last, grammar) if times else None
    if number.value == ONE and rate is None:
        return None
    return Found(number.first, number.last, rate[1] if rate is not None else number.last, "count" if times else "ratio", number.value, number.upper,
                 noun="time" if times else None, modifier=modifier, change=change, per=rate[0] if rate is not None else None, of=topic,
                 hedged=start, form=number.form)  # fmt: skip


def _of_rank(tokens: Tokens, rank: Rank, grammar: Grammar) -> Found:
    noun = rank.noun
    return Found(rank.first, rank.last, rank.last, "rank", rank.value, noun=noun.singular if noun is not None else None,
                 named=(noun.head, noun.last) if noun is not None else None, hedged=rank.first, form="rank", claims=rank.claims)  # fmt: skip


def _make(tokens: Tokens, found: Found, name: str, settlement: Settlement, grammar: Grammar) -> Quantity:
    start, end = tokens.starts[found.first], tokens.ends[found.last - 1]
    unit, kind = _settle(found, settlement)
    return Quantity(
        id=name,
        start=start,
        end=end,
        text=tokens.reading[start:end],
        kind=kind,
        value=show(found.value),
        upper=None if found.upper is None else show(found.upper),
        unit=unit,
        unit_text=None if found.named is None else tokens.text(*found.named),
        modifier=found.modifier,
        change=found.change,
        per=found.per,
        of=found.of,
        claims=find_claim(tokens, found, grammar),
    )


def _settle(found: Found, settlement: Settlement) -> tuple[str | None, str]:
    """The unit's id and the kind, a shared currency settled by the article."""
    unit: Unit | None = found.unit
    if unit is None:
        return found.noun, found.kind
    if unit.kind == "either":
        sterling = settlement.speaks_of("GBP")
        return ("GBP", "money") if sterling else ("pound", "mass")
    return (settlement.settle(unit.id) if unit.shared else unit.id), found.kind


def show(value: Decimal) -> Decimal:
    """*value* in plain digits, without zeros at its end; fractions that do not end at 28 digits."""
    if value == value.to_integral_value():
        return value.quantize(ONE)
    return value.normalize(SHOWN)
