"""Names that what stands right before them shows to be names: "Mr. Roe", "the think-tank CERA"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from service.extract.names import ROYAL, fold
from service.extract.nouns import ORGANIZATIONS, TITLES, is_post

_ADDRESSED = re.compile(r"M(?<!\wM)(?:rs?|s)\.?[ \u00a0]([A-Z][a-z][\w'’-]*(?:[ \u00a0][A-Z][a-z][\w'’-]*)?)")
_ACRONYM = re.compile(r"[A-Z]{3,6}(?=[ \u00a0][a-z]|,)")
_NOUN_BEFORE = re.compile(r"(?<![\w-])([a-z][a-z-]{2,20})[ \u00a0]$")
_LONGEST = 23  # code points of such a noun and what stands on either side
SURNAMES = ROYAL | {"bishop", "judge", "major"}  # titles that are names too, after "Mr."
_COMMON = frozenset({"AGM", "AIDS", "ATM", "COVID", "DNA", "GDP", "IPO", "SUV", "USA", "UTC"})


def find_called(reading: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """People after "Mr." and institutions after the noun they are, where nothing is *taken* yet; with their kind.

    >>> list(find_called("Mr. Roe told the agency FLR so, the company CEO said", []))
    [(4, 7, 'person'), (24, 27, 'organization')]
    """
    held = sorted(taken)
    for found in _ADDRESSED.finditer(reading):
        first = fold(found[1].split()[0])
        if (first not in TITLES or first in SURNAMES) and _is_free(held, *found.span(1)):
            yield *found.span(1), "person"
    for found in _ACRONYM.finditer(reading):
        if found.group() in _COMMON or not reading[max(0, found.start() - 2)].islower():
            continue
        noun = _NOUN_BEFORE.search(reading, max(0, found.start() - _LONGEST), found.start())
        named = noun is not None and noun[1] in ORGANIZATIONS and not is_post(fold(found.group()))
        if named and _is_free(held, *found.span()):
            yield *found.span(), "organization"


def _is_free(held: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether none of the spans, in order and apart, overlaps."""
    at = bisect_right(held, (end, 0))
    return not at or held[at - 1][1] <= start
