"""Figures of one article that cannot both be right, by arithmetic alone.

Two cases, both narrow on purpose. The headline's number and the body's only number of the same
thing, told in words they share, lie further apart than their rounding allows. Or percentages of
one sentence that it adds up itself ("together", "in total") miss the total it states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.extract.records import Quantity, Role, Sentence, Warning  # noqa: A004 the contract's word

CODE = "figures_disagree"
HALF, TENTH, TEN = Decimal("0.5"), Decimal("0.1"), Decimal(10)
INFINITY = Decimal("Infinity")
COMPARED = frozenset({"count", "money", "percent", "length", "mass", "area", "volume"})
# Words that share this many letters are forms of one word: killed, kills, killing.
STEM = 4

_WORD = re.compile(r"[^\W\d_]{4,}")
_TOTAL = re.compile(r"\b(?:in total|a total of|total(?:l?ing|s)?|together|combined|altogether|in all)\b", re.IGNORECASE)


def disagreements(quantities: Sequence[Quantity], sentences: Sequence[Sentence]) -> tuple[Warning, ...]:
    """A `figures_disagree` for every pair that disagrees, naming both spans by their offsets."""
    return (*_compare_headline(quantities, sentences), *_add_up(quantities, sentences))


def _compare_headline(quantities: Sequence[Quantity], sentences: Sequence[Sentence]) -> Iterator[Warning]:
    titles = [sentence for sentence in sentences if sentence.role is Role.TITLE]
    bodies = [sentence for sentence in sentences if sentence.role is Role.BODY]
    for title in titles:
        for stated in _find_within(quantities, title):
            others = [
                (other, body)
                for body in bodies
                for other in _find_within(quantities, body)
                if _is_comparable(stated, other)
            ]
            # Several different figures of one thing are parts, places or times: nothing to compare with.
            if len({other.value for other, _ in others}) == 1:
                yield from _compare(stated, title, others)


def _compare(stated: Quantity, title: Sentence, others: Sequence[tuple[Quantity, Sentence]]) -> Iterator[Warning]:
    for other, body in others:
        if _share_words(stated, title, other, body):
            if not is_consistent(stated, other):
                yield _warn(stated, other)
            return


def _find_within(quantities: Sequence[Quantity], sentence: Sentence) -> list[Quantity]:
    return [each for each in quantities if sentence.start <= each.start < sentence.end]


def _is_comparable(one: Quantity, other: Quantity) -> bool:
    if one.kind not in COMPARED or one.kind != other.kind or one.per != other.per:
        return False
    if one.kind != "count" and (one.change, one.of) != (other.change, other.of):
        return False
    return one.unit == other.unit or (one.kind == "count" and None in (one.unit, other.unit))


def _share_words(one: Quantity, title: Sentence, other: Quantity, body: Sentence) -> bool:
    """Whether the sentences have a word in common beside what is counted; two where one counts nothing named."""
    shared = _read_stems(title, one) & _read_stems(body, other)
    return len(shared) >= (1 if one.unit == other.unit and one.unit is not None else 2)


def _read_stems(sentence: Sentence, quantity: Quantity) -> set[str]:
    """The first letters of the words of *sentence*, those of *quantity* left out."""
    start, end = quantity.start - sentence.start, quantity.end - sentence.start
    text = f"{sentence.text[:start]} {sentence.text[end:]}"
    return {word[:STEM].lower() for word in _WORD.findall(text)}


def is_consistent(one: Quantity, other: Quantity) -> bool:
    """Whether some number could be meant by both, each taken as exactly as its digits and hedges say."""
    (low, high), (least, most) = read_bounds(one), read_bounds(other)
    return low <= most and least <= high


def read_bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the most that *quantity* can stand for: "400" may be 350 to 450, "about 40" 35 to 45."""
    low, high = quantity.value, quantity.upper if quantity.upper is not None else quantity.value
    spread = max(_read_rounding(quantity, low), abs(low) * TENTH if quantity.modifier == "about" else Decimal(0))
    low, high = low - spread, high + max(spread, _read_rounding(quantity, high))
    if quantity.modifier in ("more_than", "at_least"):
        return low, INFINITY
    if quantity.modifier in ("less_than", "at_most"):
        return -INFINITY, high
    return low, high


def _read_rounding(quantity: Quantity, value: Decimal) -> Decimal:
    """Half a unit of the last digit that is not zero; nothing for counts below ten, which nobody rounds."""
    plain = value.normalize()
    if quantity.kind == "count" and abs(plain) < TEN:
        return Decimal(0)
    exponent = plain.as_tuple().exponent
    return HALF.scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _add_up(quantities: Sequence[Quantity], sentences: Sequence[Sentence]) -> Iterator[Warning]:
    """Percentages of one sentence against the total it states for them."""
    for sentence in sentences:
        parts = [each for each in _find_within(quantities, sentence) if _is_part(each)]
        totals = [each for each in parts if _is_total(each, sentence)]
        if len(totals) != 1 or len(parts) < 3:
            continue
        total = totals[0]
        rest = [each for each in parts if each is not total]
        allowed = sum((max(_read_step(each), _read_step(total)) for each in rest), Decimal(0)) * HALF
        if abs(sum((each.value for each in rest), Decimal(0)) - total.value) > allowed:
            yield _warn(total, rest[0])


def _is_part(quantity: Quantity) -> bool:
    return (
        quantity.unit == "percent"
        and quantity.upper is None
        and quantity.change is None
        and quantity.modifier == "exactly"
    )


def _is_total(quantity: Quantity, sentence: Sentence) -> bool:
    start, end = quantity.start - sentence.start, quantity.end - sentence.start
    return bool(
        _TOTAL.search(sentence.text[max(0, start - 20) : start]) or _TOTAL.match(sentence.text[end : end + 20].lstrip())
    )


def _read_step(quantity: Quantity) -> Decimal:
    """A unit of the last printed digit: 1 for "45", 0.1 for "45.3"."""
    exponent = quantity.value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)


def _warn(one: Quantity, other: Quantity) -> Warning:
    detail = f"'{one.text}' ({one.start}-{one.end}) and '{other.text}' ({other.start}-{other.end}) do not agree."
    return Warning(CODE, detail)
