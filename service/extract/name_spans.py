"""Tagged spans made those of whole names: grown to whole words, joined over particles, cut where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from service.extract.encoder import Tags
from service.extract.names import WORD, fold
from service.extract.nouns import TITLES

COMPANIES = frozenset(
    {"inc", "ltd", "llc", "ag", "corp", "corporation", "plc", "co", "company", "sa", "se", "nv", "lp", "llp", "gmbh"}
    | {"spa", "group", "holdings", "lines", "bancorp", "airlines", "airways", "motors"}
)
RESTS = COMPANIES | {"international", "worldwide"}  # words that tell no company from another
_PARTICLE = r"(?:de|der|den|van|von|bin|bint|al|el|la|le|di|da|do|dos|das|ibn|ben|ter|ten|du|del|della|af|zu|y|e)"
_PARTICLES = re.compile(rf"[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+)+")
_ENDS_IN_PARTICLE = re.compile(rf"[ \u00a0]{_PARTICLE}$")
_SENT_TO = re.compile(
    r"(?:[Aa]mbassador|[Ee]nvoy|[Cc]onsul|[Cc]orrespondent|[Rr]epresentative)[ \u00a0](?:to|in)[ \u00a0]$"
)
_COUNTRY = re.compile(r"[A-Z]\w+[ \u00a0](?=[A-Z]\S*[ \u00a0][A-Z])")
_VERSUS = re.compile(r"[ \u00a0]vs?\.[ \u00a0](?=[A-Z])")
HYPHENATED = re.compile(r"[ \u00a0][A-Z][a-z]+-[A-Za-z][a-z]+\b")
_FIRM = re.compile(r"[ \u00a0](?:&|and)[ \u00a0](?:Bros?|Co|Partners|Sons)\b")
_TRADE = re.compile(
    r"(?:(?:Auto|Car|Chip|Drug|Plane|Steel|Toy)maker|Airline|Brokerage|Insurer|Lender|Supermarket)[ \u00a0](?=[A-Z])"
)
_HOSPITALS = re.compile(r"[^,.;:()\n]{2,60}[ \u00a0]NHS[ \u00a0](?:Foundation[ \u00a0])?Trust")
LONGEST_WORD = 100  # code points
_OWNERS = ("'s", "’s")
_OWNER = re.compile(r"['’]s?[ \u00a0]")


def cut_by_sentence(spans: Iterable[tuple[int, int, str]], tags: Tags) -> Iterator[tuple[int, int, str]]:
    """The spans of pieces cut where a sentence ends: a heading's last name and a text's first are two."""
    sentence = tags.pieces.sentence.tolist()
    for low, high, kind in spans:
        cuts = [low, *(i for i in range(low + 1, high) if sentence[i] != sentence[i - 1]), high]
        yield from ((a, b, kind) for a, b in pairwise(cuts))


def cut_at_brackets(reading: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans cut before a bracket that opens in them and closes outside: "Harbour Watch" and "HW"."""
    for start, end, kind in spans:
        at = reading.rfind("(", start, end)
        if at < 0 or ")" in reading[at:end]:
            yield start, end, kind
            continue
        before = start + len(reading[start:at].rstrip())
        yield from ((low, high, kind) for low, high in ((start, before), (at + 1, end)) if low < high)


def cut_after_countries(reading: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans with the country that somebody is sent to cut off his name: "Ambassador to Narvia Ann Roe"."""
    for start, end, kind in spans:
        sent = kind == "person" and _SENT_TO.search(reading, max(0, start - 30), start)
        country = _COUNTRY.match(reading, start, end) if sent else None
        if country:
            yield start, country.end() - 1, "place"
        yield (country.end() if country else start), end, kind


def cut_at_versus(reading: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans of people with the two of a case apart: "Roe v. Lind"."""
    for start, end, kind in spans:
        versus = _VERSUS.search(reading, start, end) if kind == "person" else None
        if versus:
            yield start, versus.start(), kind
        yield (versus.end() if versus else start), end, kind


def _in_word(reading: str, at: int) -> bool:
    """Whether the code points before and at *at* are of one word."""
    if reading[at].isalnum():
        return reading[at - 1].isalnum() or (reading[at - 1] in "-'’" and reading[at - 2 : at - 1].isalnum())
    return reading[at] in "-'’" and reading[at - 1].isalnum() and reading[at + 1 : at + 2].isalpha()


def join_parts(reading: str, spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans with the parts of one name joined: by "van der" and the like, or by "and" in a hospital trust's."""
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        if joined and kind == "organization" and _is_rest(reading, joined[-1][1], start, end):
            joined[-1] = joined[-1][0], end, kind
            continue
        if joined and _HOSPITALS.fullmatch(reading, start, end) and _names_place(reading, joined[-1], start):
            joined[-1] = joined[-1][0], end, kind  # "Marsham | and | Eastvale NHS Trust"
            continue
        if joined and joined[-1][2] == kind == "person":
            low, high, _ = joined[-1]
            between = reading[high:start]
            led = between == " " and " " not in reading[low:high] and _led_by_title(reading, low)
            ends = not between.strip() and _ENDS_IN_PARTICLE.search(reading, low, high)
            if led or ends or _PARTICLES.fullmatch(between):
                joined[-1] = low, end, kind
                continue
        joined.append((start, end, kind))
    return joined


def _names_place(reading: str, before: tuple[int, int, str], start: int) -> bool:
    """Whether "and" joins a place to the name at *start*: one tagged so, or a word that stands there alone."""
    name = reading[before[0] : before[1]]
    alone = " " not in name and reading.count(name) == reading.count(f"{name} and {reading[start : start + 4]}")
    return reading[before[1] : start] == " and " and (before[2] == "place" or alone)


def _is_rest(reading: str, before: int, start: int, end: int) -> bool:
    """Whether the words from *start* to *end* only end the company's name before them: "Roe’s" and "Holdings Inc"."""
    before -= 2 if reading[before - 2 : before] in _OWNERS else 0
    words = (fold(w).rstrip(".") for w in WORD.findall(reading, start, end))
    return _OWNER.fullmatch(reading, before, start) is not None and RESTS.issuperset(words)


def _led_by_title(reading: str, start: int) -> bool:
    """Whether the word before code point *start* is a title: the name that begins here is not yet whole."""
    before = WORD.findall(reading, max(0, start - 25), start)
    return bool(before) and before[-1][0].isupper() and fold(before[-1]) in TITLES


def without_trades(reading: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans without the trade that begins a sentence and was taken for part of the name: "Carmaker Roe"."""
    for start, end, kind in spans:
        trade = _TRADE.match(reading, start, end)
        yield (trade.end() if trade else start), end, "organization" if trade else kind


def lengthen(reading: str, spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans with what follows of a name: a person's hyphenated one ("Ban | Ki-moon"), a firm's "Halden | & Co"."""
    found = []
    for i, (start, end, kind) in enumerate(spans):
        firm = _FIRM.match(reading, end)
        more = firm or (HYPHENATED.match(reading, end) if kind == "person" else None)
        if more is None or (i + 1 < len(spans) and more.end() > spans[i + 1][0]):
            found.append((start, end, kind))
        else:
            found.append((start, more.end(), "organization" if firm else kind))
    return found


def widen(reading: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words, but for words of more than LONGEST_WORD code points."""
    first, last = max(0, start - LONGEST_WORD), min(len(reading), end + LONGEST_WORD)
    while start > first and _in_word(reading, start):
        start -= 1
    while end < last and _in_word(reading, end):
        end += 1
    return start, end


def without_overlaps(spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The spans in order, of those that overlap the first, or the longest at one place."""
    last = -1
    for start, end, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= last:
            yield start, end, kind
            last = end
