"""Sources whose names the article withholds, as their own words say: "a clerk who asked not to be named"."""

from __future__ import annotations

import re

ANONYMITY = re.compile(
    r"\bfamiliar with\b|\bclose to\b|\bbriefed (?:on|by)\b|\bknowledge of\b|\banonym|"
    r"\b(?:not|declined|refused|asked|requested)[^.]{0,20} (?:named|identified|quoted by name)\b",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"[^.!?\n\"“”]*?\b(?:(?:condition|cloak|promise) of anonymity"
    r"|(?:request|want|ask|speak|spoke|talk)\w*(?: for)? anonym\w+"
    r"|(?:not|declin\w+|refus\w+|ask\w*|request\w*|prefer\w*)(?: to)?(?: not)? (?:to )?"
    r"be (?:named|identified|quoted))\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r",?[ \u00a0](?:who|speaking|asking|requesting|wishing)\b")
_NEAR = 120  # code points after a source in which it may say so


def is_withheld(reading: str, start: int, end: int) -> bool:
    """Whether a source is said to want no name, in its own words or right after them.

    >>> is_withheld("A clerk, asking not to be named, said no.", 0, 7), is_withheld("A clerk said no.", 0, 7)
    (True, False)
    """
    reach = _NEAR if _ASIDE.match(reading, end) else 0
    return _WITHHELD.match(reading, start, end + reach) is not None
