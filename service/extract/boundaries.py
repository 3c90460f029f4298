"""Where sentences end inside a block of prose.

Every run of closing punctuation before a capital is a candidate; what stands before and after it
decides. Quotations of several sentences are split inside, as a reader counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extract.words import ABBREVIATIONS, AFTER_CLOCK, MEASURES, NO_SUBJECT, SPEECH, STARTERS, TITLES

_CLOSING = r"\"”’'»)\]}*_\u00ad"
_OPENING = r"\"“‘'«(\[{*_¿¡\u00ad"
_CANDIDATE = re.compile(
    rf"(?P<mark>[.!?…]+)(?P<closing>[{_CLOSING}]*)(?P<gap>\s+(?:(?:\.{{3}}|…)\s+)?)"
    rf"(?P<opening>(?:[–—-]\s*|[{_OPENING}])*)(?=[^\s])"
    # Where the space is missing: "happened.The next", "said.”He left", "so.[Laughs]", "leak...No".
    r"|(?<=[a-z]{3})[.!?](?:[\"”](?=[\"“]?[A-Z][a-z]+[ ,'’])|(?=[A-Z][a-z]+[ ,'’]|[\[(“]))"
    r"|(?<=[a-z])\.{3}(?=[A-Z][a-z]*[ ,])"
)
_MARKS = re.compile(r"[.!?…]+")
_TOKEN = re.compile(r"[^\s\"“”‘«»()\[\]{}—–/]+$")
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+(?:[^\W\d_]\.?)?")
_NUMBERING = re.compile(r"\W*(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]?\W*$")
_CLOCK = re.compile(r"[(\[]\d{1,2}[:.]?\d\d\b|[(\[]local time\b")  # the same time elsewhere: "8 p.m. (2000 GMT)"
_NUMBERED = 40  # characters of a list's number with what marks stand around it
_BRACKETED = 250  # characters that a remark in brackets may have on either side of a full stop
_QUOTE_ENDS = re.compile(r"[\"”’'»]")


def find_boundaries(reading: str) -> list[int]:
    """The offsets in *reading*, one block's prose, at which a sentence after the first begins.

    >>> find_boundaries("“I like it. It is Mr. Hale's,” she said at 8 a.m. Monday. “Is it?” Ms. Day asked.")
    [12, 58]
    """
    starts: list[int] = []
    begin = 0
    for match in _candidates(reading):
        start = match.start("opening") if match["gap"] else match.end()
        if start > begin and _breaks(reading, begin, match):
            starts.append(start)
            begin = start
    return starts


def _candidates(reading: str) -> Iterator[re.Match[str]]:
    """Where a sentence may end, looked at from its marks alone."""
    done = 0
    for marks in _MARKS.finditer(reading):
        if marks.start() >= done and (match := _CANDIDATE.match(reading, marks.start())):
            done = match.end()
            yield match


def _breaks(reading: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a sentence that began at *begin* ends at the candidate."""
    if match["gap"] is None:
        return True
    if reading.startswith((". ", ".\u00a0"), match.end()) and not match["opening"]:
        return False  # marks of omission with spaces between: "it was . . . late"
    after = _WORD.match(reading, match.end())
    if after and after.group()[0].islower() and not any(c.isupper() for c in after.group()[1:3]):
        return False
    if match.start("gap") - begin < _NUMBERED and _NUMBERING.fullmatch(reading, begin, match.start("gap")):
        return False
    if _in_brackets(reading, begin, match):
        return False
    if len(match["mark"]) > 1 or match["mark"] == "…":
        omits = reading[match.start() - 1 : match.start()].isspace() and not match["closing"]
        return not omits or (after.group().lower() if after else "") in STARTERS
    if match["mark"] == ".":
        return _full_stop_ends(reading, match, after.group() if after else "")
    return not (_QUOTE_ENDS.search(match["closing"]) and not match["opening"] and _attributed(reading, match.end()))


def _full_stop_ends(reading: str, match: re.Match[str], after: str) -> bool:
    """Whether a single full stop ends the sentence rather than an abbreviation."""
    if match["closing"].strip("'’*_"):
        return True
    token = _TOKEN.search(reading, max(0, match.start() - 40), match.start())
    word = token.group().strip("'’*_\u00ad,;:") if token else ""
    bare = word.rsplit("-", 1)[-1]
    if bare in TITLES or (bare.lower() in TITLES and bare.islower()):
        return False
    if bare in MEASURES and _beside_number(reading, bare, match, token.start() if token else 0):
        return False
    starts = after.lower() in STARTERS or bool(match["opening"].strip("*_'’\u00ad"))
    if len(bare) == 1 and bare.isupper():
        return starts and after != "I" and not _named(reading, token.start() if token else 0)
    if bare in ("a.m", "p.m"):
        return after not in AFTER_CLOCK and not _CLOCK.match(reading, match.start("opening"))
    if bare in ABBREVIATIONS or _DOTTED.fullmatch(bare):
        return starts
    return True


def _beside_number(reading: str, word: str, match: re.Match[str], start: int) -> bool:
    """Whether "No." stands before a number, or "ft." after one."""
    if word in ("No", "Nos", "no"):
        return reading[match.end() : match.end() + 1].isdigit()
    return reading[:start].rstrip()[-1:].isdigit()


def _named(reading: str, start: int) -> bool:
    """Whether an initial at *start* follows another initial or begins a name."""
    before = reading[max(0, start - 30) : start].split()
    return not before or (before[-1][-1:] == "." and len(before[-1]) == 2)


def _attributed(reading: str, start: int) -> bool:
    """Whether what follows a quotation says who asked or exclaimed it: "Ms. Day asked".

    The verb has to come within seven words and before any comma or full stop but a title's.
    """
    words = reading[start : start + 90].split()[:7]
    if words and words[0].lower() in NO_SUBJECT:
        return False
    for i, word in enumerate(words):
        plain = word.rstrip(".,;:").lower()
        if plain in SPEECH:
            return i > 0 and not (plain in ("asked", "told") and i < len(words) - 1 and words[i + 1] in ("to", "that"))
        if word[-1] in ",;:!?" or (word[-1] == "." and word[:-1] not in TITLES and not _DOTTED.fullmatch(word)):
            return False
    return False


def _in_brackets(reading: str, begin: int, match: re.Match[str]) -> bool:
    """Whether the candidate stands inside brackets that the sentence opened and goes on after."""
    opened = max(reading.rfind(mark, max(begin + 1, match.start() - _BRACKETED), match.start()) for mark in "([")
    if opened < 0 or reading[opened - 1 : opened].strip():
        return False
    closed = ")" if reading[opened] == "(" else "]"
    if closed in reading[opened : match.start("gap")]:
        return False
    end = reading.find(closed, match.end(), match.end() + _BRACKETED)
    return end > 0 and reading[end + 1 : end + 3].lstrip()[:1].islower() | (reading[end + 1 : end + 2] in (",", ";"))
