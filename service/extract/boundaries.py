"""Where sentences end inside a block.

``sentencex`` proposes, on prose whose quotation marks and brackets are hidden from it, so that it
sees the sentences inside a quotation; what it is known to get wrong in news is mended after.
"""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

_HIDDEN = str.maketrans({c: " " for c in "\"“”„«»()[]{}‘*"} | {"\u00ad": " "})
_CLOSING = "\"”’'»)]}*"
_OPENING = "\"“‘'«([{*"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*"
_NO_BREAK_BETWEEN = re.compile(
    rf"(?:\b[ap]\.\s?m\.\s+(?:{_DAY}|{_MONTH}|[A-Z]{{2,4}}\b|\(|on\b|local|to\b|and\b)"
    rf"|\b(?:{_MONTH})\.\s+\d"
    r"|\bNo\.\s+\d"
    r")"
)


def find_boundaries(reading: str) -> list[int]:
    """The offsets in *reading*, one block's prose, at which a sentence after the first begins."""
    if not reading:
        return []
    starts = [b["start_index"] for b in get_sentence_boundaries("en", reading.translate(_HIDDEN))]
    return _mended(reading, starts[1:])


def _mended(reading: str, starts: list[int]) -> list[int]:
    kept = []
    for start in starts:
        start = _with_marks(reading, start)
        if 0 < start < len(reading) and (not kept or start > kept[-1]) and not _inside(reading, start):
            kept.append(start)
    return kept


def _with_marks(reading: str, start: int) -> int:
    """*start* moved so that opening marks go with what follows and closing marks with what precedes."""
    gap = start
    while gap > 0 and (reading[gap - 1].isspace() or reading[gap - 1] in _OPENING + _CLOSING):
        gap -= 1
    space = next((i for i in range(gap, start) if reading[i].isspace()), start)
    while space < len(reading) and reading[space].isspace():
        space += 1
    return space


def _inside(reading: str, start: int) -> bool:
    """Whether a break at *start* would cut a sentence."""
    window = reading[max(0, start - 12) : start + 24]
    at = start - max(0, start - 12)
    return any(m.start() < at <= m.end() for m in _NO_BREAK_BETWEEN.finditer(window))
