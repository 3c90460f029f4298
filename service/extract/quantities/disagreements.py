"""Figures of one article that cannot both be right, by arithmetic alone.

Two cases, both narrow on purpose. The headline's number and the body's only number of the same
thing, told in words they share, lie further apart than their rounding allows. Or percentages of
one sentence that it adds up itself ("together", "in total") miss the total it states.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from service.extract.records import Quantity, Role, Sentence, Warning  # noqa: A004 the contract's word
from service.extract.values import START

from .tolerances import HALF, is_consistent, read_step

CODE = "figures_disagree"
COMPARED = frozenset({"count", "money", "percent", "length", "mass", "area", "volume"})
# Words that share this many letters are forms of one word: killed, kills, killing.
STEM = 4
# A headline with more figures is a table; a figure of the body told more often says no more.
STATED, TOLD = 12, 12

Placed = tuple[Quantity, Sentence]

_WORD = re.compile(r"[^\W\d_]{4,}")
_TOTAL = re.compile(r"\b(?:in total|a total of|total(?:l?ing|s)?|together|combined|altogether|in all)\b", re.IGNORECASE)


def disagreements(quantities: Sequence[Quantity], sentences: Sequence[Sentence]) -> tuple[Warning, ...]:
    """A `figures_disagree` for every pair that disagrees, naming both spans by their offsets.

    Time grows in step with the article.
    """
    held = list(_hold(quantities, sentences))
    return (*_compare_headlines(held), *_add_up(held))


def _hold(
    quantities: Sequence[Quantity], sentences: Sequence[Sentence]
) -> Iterator[tuple[Sentence, Sequence[Quantity]]]:
    """Every sentence with the quantities that begin in it."""
    placed = sorted(quantities, key=START)
    starts = [each.start for each in placed]
    for sentence in sentences:
        yield sentence, placed[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]


def _compare_headlines(held: Sequence[tuple[Sentence, Sequence[Quantity]]]) -> Iterator[Warning]:
    told: dict[tuple[object, ...], list[Placed]] = {}
    stems: dict[str, Counter[str]] = {}
    for sentence, quantities in held:
        if sentence.role is Role.BODY:
            for each in quantities:
                told.setdefault(_read_key(each), []).append((each, sentence))
    for title, quantities in held:
        if title.role is Role.TITLE and len(quantities) <= STATED:
            for stated in quantities:
                others = [] if stated.kind not in COMPARED else _find_told(stated, told)
                # Several different figures of one thing are parts, places or times: nothing to compare with.
                if len({other.value for other, _ in others}) == 1:
                    yield from _compare((stated, title), others[:TOLD], stems)


def _read_key(quantity: Quantity) -> tuple[object, ...]:
    """What two quantities must have in common to be compared."""
    moved = None if quantity.kind == "count" else (quantity.change, quantity.of)
    return quantity.kind, quantity.per, moved, quantity.unit


def _find_told(stated: Quantity, told: dict[tuple[object, ...], list[Placed]]) -> Sequence[Placed]:
    """The body's figures of what the headline's is of; counts of something unnamed may be of anything."""
    key = _read_key(stated)
    if stated.kind != "count":
        return told.get(key, ())
    if stated.unit is not None:
        return [*told.get(key, ()), *told.get((*key[:3], None), ())]
    return [each for other, placed in told.items() if other[:3] == key[:3] for each in placed]


def _compare(one: Placed, others: Sequence[Placed], stems: dict[str, Counter[str]]) -> Iterator[Warning]:
    for other in sorted(others, key=lambda each: each[0].start):
        if _share_words(one, other, stems):
            if not is_consistent(one[0], other[0]):
                yield _warn(one[0], other[0])
            return


def _share_words(one: Placed, other: Placed, stems: dict[str, Counter[str]]) -> bool:
    """Whether the sentences have a word in common beside what is counted; two where one counts nothing named."""
    shared = _read_stems(one, stems) & _read_stems(other, stems)
    return len(shared) >= (1 if one[0].unit == other[0].unit and one[0].unit is not None else 2)


def _read_stems(placed: Placed, stems: dict[str, Counter[str]]) -> set[str]:
    """The first letters of the words of the sentence, those of its quantity left out."""
    quantity, sentence = placed
    if sentence.id not in stems:
        stems[sentence.id] = _count_stems(sentence.text)
    return set(stems[sentence.id] - _count_stems(quantity.text))


def _count_stems(text: str) -> Counter[str]:
    return Counter(word[:STEM].lower() for word in _WORD.findall(text))


def _add_up(held: Sequence[tuple[Sentence, Sequence[Quantity]]]) -> Iterator[Warning]:
    """Percentages of one sentence against the total it states for them."""
    for sentence, quantities in held:
        parts = [each for each in quantities if _is_part(each)]
        totals = [each for each in parts if _is_total(each, sentence)]
        if len(totals) != 1 or len(parts) < 3:
            continue
        total = totals[0]
        rest = [each for each in parts if each is not total]
        allowed = sum((max(read_step(each), read_step(total)) for each in rest), Decimal(0)) * HALF
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


def _warn(one: Quantity, other: Quantity) -> Warning:
    detail = f"'{one.text}' ({one.start}-{one.end}) and '{other.text}' ({other.start}-{other.end}) do not agree."
    return Warning(CODE, detail)
