"""Whom a bare share means: "two in three said" those whom the poll's last full share counts."""

from __future__ import annotations

import re

from service.extract.names import WORD, fold
from service.extract.nouns import is_plural
from service.extract.phrases import Form, Phrase

FURTHEST = 3000  # code points back to the group that is counted
LONGEST = 5  # words of its name
_SIZE = (
    r"(?:[\d.,]+[ \u00a0-]?(?:%|percent|per cent|pc)|[\w-]+[ \u00a0](?:percent|per cent)|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:\w+)"  # noqa: E501 a pattern or a case is read best in one line
    r"|(?:two|three|four|nine)[- ](?:thirds|quarters|fifths)|half|a (?:third|quarter|majority|minority|plurality))"
)
_BARE = re.compile(
    rf"(?:(?:just|only|about|nearly|almost|roughly|around|some|over|more than|fewer than|less than|at least|another|a further|the other|and|but|slightly more than)[ \u00a0]+)*{_SIZE}",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"\b{_SIZE}[ \u00a0]+of[ \u00a0]+(?:all[ \u00a0]+|the[ \u00a0]+|those[ \u00a0]+)*", re.IGNORECASE
)

_WHERE = re.compile(r"[ \u00a0](?:in|from)[ \u00a0][A-Z][\w.'’-]*(?:[ \u00a0][A-Z][\w.'’-]*)*")


def is_share(words: str) -> bool:
    """Whether *words* are a share of people not named here.

    >>> is_share("nearly three in five"), is_share("Thirty percent"), is_share("half of voters")
    (True, True, False)
    """
    return _BARE.fullmatch(" ".join(words.split())) is not None


def find_counted(reading: str, at: int) -> Phrase | None:
    """The group that the last full share before code point *at* counts: "registered voters"."""
    last = None
    for found in _COUNTED.finditer(reading, max(0, at - FURTHEST), at):
        words = list(WORD.finditer(reading, found.end(), min(at, found.end() + 60)))[:LONGEST]
        head = next((w for w in words if is_plural(fold(w.group()))), None)
        if head is not None and not re.search(r"[,;:.(]", reading[found.end() : head.start()]):
            where = _WHERE.match(reading, head.end(), at)
            end = where.end() if where else head.end()
            last = Phrase(Form.NOUN, found.end(), end, fold(head.group()))
    return last
