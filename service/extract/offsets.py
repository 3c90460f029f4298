"""Offsets in another unit: UTF-16 code units, as JavaScript counts, or UTF-8 bytes.

Inside, every offset counts Unicode code points; they are converted once, when an answer is written.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import fields, is_dataclass
from itertools import accumulate
from typing import Any

from service.extract.records import Extraction, Node
from service.extract.values import replace

UNITS = ("codepoint", "utf16", "utf8")


class Scale:
    """The offsets of one text in one unit; takes time and room for one pass over the text.

    >>> scale = Scale("a😀b", "utf16")
    >>> [scale.measure(n) for n in range(4)], scale.locate(3)
    ([0, 1, 3, 4], 2)
    """

    def __init__(self, text: str, unit: str) -> None:
        """Raises ``ValueError`` for a unit that is none of ``UNITS``."""
        if unit not in UNITS:
            raise ValueError(f"Unit {unit!r} is none of {', '.join(UNITS)}.")
        sizes = _SIZES[unit]
        plain = unit == "codepoint" or text.isascii()
        self._ends = None if plain else array("Q", accumulate(map(sizes, text), initial=0))

    def measure(self, offset: int) -> int:
        """The offset in the unit of a code-point offset."""
        return offset if self._ends is None else self._ends[offset]

    def locate(self, offset: int) -> int:
        """The code-point offset of an offset in the unit; one inside a character counts as that character's end."""
        return offset if self._ends is None else bisect_left(self._ends, offset)


def _utf16(char: str) -> int:
    return 2 if char > "\uffff" else 1


def _utf8(char: str) -> int:
    return 1 if char < "\x80" else 2 if char < "\u0800" else 3 if char < "\U00010000" else 4


_SIZES = {"codepoint": len, "utf16": _utf16, "utf8": _utf8}


def convert(extraction: Extraction, unit: str) -> Extraction:
    """*extraction* with all its offsets in *unit*; raises ``ValueError`` for an unknown unit."""
    scale = Scale(extraction.text, unit)
    if unit == "codepoint":
        return extraction
    converted: Extraction = _converted(extraction, scale, unit)
    return converted


def _converted(value: Any, scale: Scale, unit: str) -> Any:  # the records nest freely
    """*value*, a record or a tuple of records, with every offset in it in the unit."""
    if isinstance(value, Node):
        start, end = (value.utf16 if unit == "utf16" else value.utf8) or (value.start, value.end)
        return replace(value, start=start, end=end)
    if isinstance(value, tuple):
        return tuple(_converted(item, scale, unit) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: _converted(getattr(value, f.name), scale, unit) for f in fields(value)}
    if "start" in changed and "end" in changed:
        changed |= {"start": scale.measure(changed["start"]), "end": scale.measure(changed["end"])}
    return replace(value, **changed)
