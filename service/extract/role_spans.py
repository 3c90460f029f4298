"""Where the words of a role begin and end: "a baker from Ulm" of ", then a baker from Ulm when the war began,"."""

from __future__ import annotations

import re

from service.extract.names import fold
from service.extract.nouns import HONORIFICS, TITLES
from service.extract.words import ABBREVIATIONS, STARTERS

FARTHEST = 1000  # code points after which a phrase that no mark ends is left
LONGEST = 300  # code points of a phrase that titles in quotation marks are part of
TITLE = 60  # code points of a work's title in quotation marks
_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
_SINCE = re.compile(
    rf"(?<!\s)\s+(?:(?:since|from|until|in)\s+(?:[A-Z][a-z]+\s+)?(?:\d{{4}}|{_MONTH})|today|now"
    r"|(?:last|this)\s(?:year|month|week|spring|summer|autumn|fall|winter|season|[A-Z]\w+))$"
)
_CLOSE = re.compile(
    r",(?!\d)|[;:()!?\"“”—–\n]|''|[ ]-[ ]|--|\.(?=\s|$)"
    r"|\b(?:said|says|told|who|which|added|wrote|and (?:said|told|added)|whose|has|had|is|was|were|will|would|tweeted"
    r"|argued|warned|announced|ask(?:s|ed)|repl(?:ies|ied)|insist(?:s|ed)|claim(?:s|ed)|explained|suggested|urged"
    r"|denie[sd]|admitted|declined|acknowledged|stressed|recalled|stated|believes|thinks|address(?:es|ed)|predict(?:s|ed)"
    r"|when|while|where|whom|because|that|but)\b"
)
_ABBREVIATED = re.compile(r"(?<!\w)([A-Za-z]{1,5}|(?:[A-Z]\.)+[A-Z])$")
_EMPTY = re.compile("")
_NEXT = re.compile(r"[ \u00a0]([A-Za-z]+)")
_QUOTES = {"“": "”", '"': '"', "''": "''"}
_LEADS = r"also|as|now|then|still|once|previously|formerly|himself|herself|listed as|known as|nor|neither|or|and"
_ARTICLE = re.compile(
    rf"(?:(?:{_LEADS})[ \u00a0]+)*(?:(?:the|a|an|one of|his|her|their|its|our|my|whose)[ \u00a0]+)?", re.IGNORECASE
)
_OPENS = re.compile(r"(?:[“‘]|(?<![\w.,!?])\")([A-Z][^“”\"‘’.,!?\n]{1,40})[”’\"][ \u00a0]$")
_HANGING = re.compile(r"[ \u00a0](?:of|for|and|the|a|an|in|with|to|by|from)$")
_LONGEST_HANGING = 5  # code points of such a word with its blank


def find_close(reading: str, start: int) -> re.Match[str] | None:
    """What ends the phrase that begins at *start*: a mark, a verb, a relative; no abbreviation, no title in quotes.

    >>> text = "a critic of “Harbour Lights” for the U.S. Mail, of Ulm"
    >>> text[: find_close(text, 0).start()]
    'a critic of “Harbour Lights” for the U.S. Mail'
    """
    at, limit = start, start + FARTHEST
    while close := _CLOSE.search(reading, at, limit):
        mark = close.group()
        if mark == "." and _abbreviates(reading, start, close.start()):
            at = close.end()
        elif mark in _QUOTES and at < start + LONGEST and (end := _title_end(reading, start, close)):
            at = end
            if reading[end - len(mark) - 1] in ",.!?":
                return _EMPTY.match(reading, end)
        else:
            return close
    return _EMPTY.match(reading, limit) if limit < len(reading) else None


def _abbreviates(reading: str, start: int, at: int) -> bool:
    """Whether the full stop at *at* is that of a title or an initial and the phrase goes on."""
    word = _ABBREVIATED.search(reading, max(start, at - 12), at)
    following = _NEXT.match(reading, at + 1)
    if word is None or following is None or not word[1][0].isupper():
        return False
    known = fold(word[1]) in TITLES | HONORIFICS or len(word[1]) == 1 or "." in word[1]
    return known and (following[1][0].islower() or following[1].lower() not in STARTERS)


def _title_end(reading: str, start: int, opened: re.Match[str]) -> int:
    """Where the title in quotation marks ends that belongs to the phrase before it; 0 if there is none."""
    if not reading[start : opened.start()].strip():
        return 0
    end = reading.find(_QUOTES[opened.group()], opened.end(), opened.end() + TITLE)
    return end + len(opened.group()) if end > 0 and reading[opened.end()].isupper() else 0


def trim_role(reading: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without an article and the like before it, and times and lone words after it.

    >>> text = "also the mayor of Ulm since 2001"
    >>> text[slice(*trim_role(text, 0, len(text)))]
    'mayor of Ulm'
    >>> text = "whose deputy chair"
    >>> text[slice(*trim_role(text, 0, len(text)))]
    'deputy chair'
    """
    article = _ARTICLE.match(reading, start, end)
    start = article.end() if article and "one of" not in article.group().lower() else start
    end = _without_loose(reading, start, end)
    since = _SINCE.search(reading, start, end)
    end = _without_loose(reading, start, since.start()) if since else end
    stop = end
    while hanging := _HANGING.search(reading, max(start, stop - _LONGEST_HANGING), stop):
        stop = hanging.start()
    return start, stop if stop < end else _with_mark(reading, start, end)


def _without_loose(reading: str, start: int, end: int) -> int:
    while end > start and _is_loose(reading, start, end):
        end -= 1
    return end


def _with_mark(reading: str, start: int, end: int) -> int:
    """The end after the mark that closes a title in quotation marks, if it stands right behind."""
    stretch = reading[start:end]
    for opened, closed in _QUOTES.items():
        open_still = stretch.count(opened) % 2 if opened == closed else stretch.rfind(closed) < stretch.rfind(opened)
        at = reading.find(closed, end, end + len(closed) + 1) if open_still else -1
        if at >= 0:
            return at + len(closed)
    return end


def _is_loose(reading: str, start: int, end: int) -> bool:
    """Whether what the stretch ends in is no part of a role: no full stop of "Inc.", no quotation mark of a title."""
    last = reading[end - 1]
    if last in " ,;:\u00a0\n\t“":
        return True
    if last == ".":
        word = _ABBREVIATED.search(reading, max(start, end - 12), end - 1)
        return word is None or not ("." in word[1] or word[1] in ABBREVIATIONS)
    if last == "”":
        return reading.find("“", start, end) < 0
    if last == '"':
        return reading.count(last, start, end) % 2 == 1
    return last in "'’" and not (reading[end - 2 : end] == "''" and reading.count("''", start, end) % 2 == 0)


def quoted_start(reading: str, start: int) -> int:
    """Where the title in quotation marks begins that stands before a post at *start*; *start* if none does.

    >>> quoted_start("“Night Show” host", 13)
    0
    """
    opens = _OPENS.search(reading, max(0, start - TITLE), start)
    return opens.start() if opens else start
