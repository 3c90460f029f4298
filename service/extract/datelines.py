"""The dateline at the head of a paragraph: place, date and agency before a dash."""

from __future__ import annotations

import re

from service.extract.words import AUXILIARIES

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATE = rf"(?:{_DAY},?\s+)?(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?|{_DAY}"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+"
_NAME = r"[A-ZÀ-Þ][\w'’.\-]+"
_PLACE = rf"{_CAPITALS}(?:\s+(?:{_CAPITALS}|D\.C\.|de|la|of))*(?:/{_CAPITALS}(?:\s+{_CAPITALS})*)*"
_REGION = rf"(?:,\s+(?!{_MONTH}\s)(?:{_NAME})(?:\s+{_NAME}){{0,2}}){{0,2}}"
_AGENCY = r"\((?:[A-Z][\w&.'’/ ]{1,40})\)"
_DASH = r"(?:[-–—]{1,3}|:)"
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}{_REGION}(?:,?\s+(?:{_DATE}))?(?:\s*{_AGENCY})?\s*(?:[–—]|\s-{{1,2}}|--)\s*"
    rf"|{_NAME}(?:\s+{_NAME}){{0,3}}{_REGION}(?:,?\s+(?:{_DATE}))?\s*{_AGENCY}\s*{_DASH}\s*"
    rf"|{_AGENCY}\s*{_DASH}\s*"
    rf"|{_PLACE}{_REGION},?\s+(?:{_DATE})\s*{_DASH}\s*"
    rf"|{_NAME}(?:\s+{_NAME}){{0,2}}{_REGION},?\s+(?:{_DATE})\s*[–—-]{{1,2}}\s+)(?=\S)"
)


def find_dateline(prose: str) -> int:
    """The length of the dateline at the head of *prose*, its dash and spaces too; 0 without one.

    >>> find_dateline("PARIS (Reuters) - The ministers met on Monday.")
    18
    >>> find_dateline("The ministers met in Paris.")
    0
    """
    match = _DATELINE.match(prose[:160])
    if not match or len(prose) - match.end() <= 20:
        return 0
    place = match.group().split(",")[0].split("(")[0].split()
    return match.end() if len(place) <= 5 and not any(w.lower() in AUXILIARIES for w in place) else 0
