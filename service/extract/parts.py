"""A phrase cut into parts at commas, prepositions and relative words, where these stand outside names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from service.extract.mentions import Mention
from service.extract.names import WORD, fold
from service.extract.nouns import DOCUMENTS, ORGANIZATIONS, STOPS, is_plural, is_post

_WORDS = (
    "about across after against among around as at based before behind briefed by called cannot citing close",
    "commissioned conducted could did directly does during entitled familiar following for from had has have",
    "here in inside interviewed involved is issued last near next obtained of on out outside over overall",
    "polled posted previously published quoting regarding relating released seen signed speaking surveyed",
    "taken tallied that there this titled to today tomorrow under unveiled was were are when where which who",
    "whom whose with within would written yesterday",
)
# By their first letters: a pattern of so many passes over the others at once.
_INITIALS = groupby(sorted(" ".join(_WORDS).split()), itemgetter(0))
_BREAK = re.compile(
    r",(?!\d)|;|:|\((?!(?i:[A-Z]{2,6})\))|\[|—|–| - |--|\b(?:"
    + "".join(f"[{a}{a.upper()}](?i:{'|'.join(word[1:] for word in words)})|" for a, words in _INITIALS)
    + r"(?i:(?:loyal|affiliated|linked|allied|aligned|tied|connected)(?= (?:to|with)\b)"
    r"|(?:unearthed|provided|reported|compiled)(?= (?:by|in|to)\b)"
    r"|\w+n['’]t|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b"
)
_DOING = re.compile(
    r"(?<![\w'’-])([A-Za-z][a-z'’]*(?<!['’])(?<!['’]s))[ \u00a0]+([a-z]+ing\b|[a-z]+ed\b"
    r"(?=[ \u00a0](?:by|in|on|to|at|for|from|with|through|exclusively|previously)\b))"
)
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|whom|where)\b")
_DANGLING = re.compile(
    r"(?<=[a-z])[ \u00a0](?:(?!family|surveyed|polled|missing|meeting)[a-z]{3,}(?:ed|ing|ly)|seen|late"
    r"|(?:last|this|next)[ \u00a0](?:year|month|week|night)|to[ \u00a0]be)$"
)


class Part(NamedTuple):
    """A stretch of a phrase, and the word or sign that cut it off from what stands before."""

    start: int
    end: int
    by: str


def cut_parts(reading: str, start: int, end: int, inside: Sequence[Mention]) -> list[Part]:
    """The parts of the phrase from *start* to *end*; at least one."""
    named = [(m.start, m.end) for m in inside]
    cuts = [(b.start(), b) for b in _BREAK.finditer(reading, start, end) if not _is_within(b.start(), named)]
    named = [(m.start, m.end) for m in inside if m.kind != "group"]  # "Republicans running for a seat"
    found = (d for d in _DOING.finditer(reading, start, end))
    doing = (d for d in found if _is_noun(fold(d[1])) or (d[2].endswith("ed") and fold(d[1]) in ORGANIZATIONS))
    cuts += [(d.start(2), d) for d in doing if not _is_within(d.start(), named)]
    cuts.sort(key=lambda cut: cut[0])
    low, by = start, ""
    parts: list[Part] = []
    for at, cut in cuts:
        if at > start:
            parts.append(Part(low, max(low, at), by))
        low, by = cut.end(), cut.group().strip().lower()
    parts.append(Part(low, end, by))
    return [p for p in parts if WORD.search(reading, p[0], p[1])] or [Part(start, end, "")]


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(low <= at < high for low, high in spans)


def _is_noun(word: str) -> bool:
    return is_plural(word) or is_post(word) or word in DOCUMENTS


def last_word(reading: str, start: int, end: int) -> str:
    """The last word of a stretch, folded; empty if there is none."""
    words = WORD.findall(reading[start:end])
    return fold(words[-1]) if words else ""


def next_break(reading: str, start: int, end: int) -> int:
    """Where the first part of a stretch ends."""
    found = _BREAK.search(reading, start, end)
    return found.start() if found else end


def trim_dangling(reading: str, start: int, end: int, head: int) -> int:
    """Where the phrase ends without a participle or adverb left over after its noun: "a baker included".

    *head* is where its first part ends.
    """
    hanging = _DANGLING.search(reading, start, end)
    if hanging is None or hanging.start() + 1 < head or _RELATIVE.search(reading, start, end):
        return end
    return end if last_word(reading, start, hanging.start()) in STOPS else hanging.start()
