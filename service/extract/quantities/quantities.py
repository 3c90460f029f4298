"""Every quantity of an article, in order: its value, unit, modifier, direction, rate and topic.

The span is the number with its currency, unit or counted noun ("€320 billion", "26 countries",
"1,200 new affordable homes", "43-year-old"); hedges, rates and what the number is of stay outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext

from service.extract.records import Quantity

from .changes import compare_levels
from .claims import find_claim
from .counted import read_counted
from .currencies import Settlement
from .dates import find_date
from .ellipses import carry_nouns
from .found import ONE, Found, Number
from .grammars import Grammar, Unit, default_grammar
from .labels import find_label
from .numerals import read_number, starts_number
from .periods import read_range_word
from .places import is_numbered, read_numbered, read_place
from .tokens import Tokens, read_tokens
from .units import Measure, read_prefix
from .worded import make_ranked, read_word

# Wide enough for exact sums of whatever a newspaper prints.
PRECISION = Context(prec=50)
SHOWN = Context(prec=28)
# A year has so many digits.
YEAR = 4


def find_quantities(reading: str, grammar: Grammar | None = None) -> tuple[Quantity, ...]:
    """The quantities of a whole article in its reading view, in order and without overlap.

    Offsets are code points of *reading*. Time is linear in its length.
    """
    grammar = grammar or default_grammar()
    tokens = read_tokens(reading, grammar.triggers)
    with localcontext(PRECISION):
        found = list(_find(tokens, grammar))
        named = (
            each.unit.id for each in found if each.unit is not None and each.kind == "money" and not each.unit.shared
        )
        found = [compare_levels(tokens, *both) for both in zip([None, *found], found, strict=False)]
        found = list(carry_nouns(tokens, found, grammar))
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
    word, digits = tokens.lows[index], tokens.is_digits(index)
    found: Found | int | None
    if digits:
        found = _read_ordinal(tokens, index, grammar) or read_range_word(tokens, index, grammar)
    else:
        found = None if word in grammar.small else read_word(tokens, index, after, grammar)
    if found is not None or not (digits or word in grammar.counting):
        return found
    prefix = read_prefix(tokens, index, grammar)
    if prefix is not None and prefix.first < after:
        prefix = None
    number = read_number(tokens, index, grammar, money=prefix is not None)
    return None if number is None else _read_numbered(tokens, number, prefix, grammar)


def _read_numbered(tokens: Tokens, number: Number, prefix: Measure | None, grammar: Grammar) -> Found | int | None:
    """The quantity of *number*, or where to go on after the date, name or pronoun that it is."""
    if prefix is None and is_numbered(tokens, number.first, grammar):
        return make_ranked(read_numbered(tokens, number.first, number.last, number.value))
    if prefix is None and number.form != "part":
        end = find_date(tokens, number.first, number.last, grammar)
        end = end or find_label(tokens, number.first, number.last, grammar)
        if end is not None:
            return end
    if number.value == ONE and number.form == "words" and _is_pronoun(tokens, number, grammar):
        return number.last
    return read_counted(tokens, grammar, number, prefix)


def _is_pronoun(tokens: Tokens, number: Number, grammar: Grammar) -> bool:
    """Whether "one" stands for a noun or belongs to an idiom."""
    lows, last = tokens.lows, number.last
    if last != number.first + 1 or lows[number.first] != "one" or _is_share(tokens, last, grammar):
        return False
    if lows[last] == "of" and _is_partitive(tokens, last + 1, grammar):
        return lows[number.first - 1] in ("any", "each", "every")  # "every one of its 42 sites"
    if lows[last] in ("to", "or") and lows[last + 1] in grammar.small:
        return False
    if lows[number.first - 1] == "at" and lows[last] in ("point", "time", "stage"):
        return True
    unit = grammar.names.match(lows, last)
    if unit is not None and unit[0].kind != "duration" and lows[last] != "bit":
        return False
    if not lows[last][:1].isalpha() and lows[last] != "-":
        return True
    return lows[last] in grammar.cues["small_pronoun"] or lows[number.first - 1] in grammar.cues["before_pronoun"]


def _is_partitive(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether numbered things follow: "one of | the three", "one of | their previous 13 games"."""
    at += tokens.lows[at] in grammar.cues["determiners"]
    at += tokens.lows[at] in grammar.cues["sequence"]
    return starts_number(tokens, at, grammar)


def _is_share(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether "in five" or "out of five" follows, one noun between: "one day in nine"."""
    lows = tokens.lows
    last += lows[last].isalpha() and lows[last] not in grammar.stops and lows[last + 1] == "in"
    at = last + 1 + (lows[last] == "out")
    at += lows[at] == "every"
    figure = tokens.is_digits(at) and len(lows[at]) != YEAR
    return lows[last] in ("in", "out") and (figure or lows[at] in grammar.small)


def _read_ordinal(tokens: Tokens, index: int, grammar: Grammar) -> Found | int | None:
    """Ordinals in digits ("3rd-largest", "the 21st"): ranks, or nothing."""
    last = index + 1
    if not (tokens.lows[last] in ("st", "nd", "rd", "th") and tokens.glued(last)):
        return None
    end = find_date(tokens, index, last, grammar)
    if end is not None:
        return end
    place = tokens.words[index].replace(",", "")
    if tokens.lows[last] == "st" and (place[-1] != "1" or place[-2:] == "11"):
        return None  # "12st 4lb"
    if not place.isdecimal():
        return last + 1
    rank = read_place(tokens, index, last + 1, Decimal(place), grammar)
    return last + 1 if rank is None else make_ranked(rank)


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
