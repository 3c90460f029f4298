"""A phrase cut into parts at commas, prepositions and relative words, where these stand outside names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from service.extract.mentions import Mention
from service.extract.names import WORD, fold
from service.extract.nouns import DOCUMENTS, ORGANIZATIONS, STOPS, is_plural, is_post

_BREAK = re.compile(
    r",(?!\d)|;|:|\((?![A-Z]{2,6}\))|\[|—|–| - |--|\b(?:of|for|from|in|at|on|with|by|to|as|about|against|behind|near|within|inside|outside|across|around|among|"  # noqa: E501 a pattern or a case is read best in one line
    r"over|under|after|following|before|during|who|which|that|whose|whom|where|when|close|familiar|briefed|involved|speaking|interviewed|seen|"
    r"obtained|published|released|issued|posted|conducted|commissioned|written|signed|titled|called|entitled|based|directly|here|there|citing|quoting|relating|regarding|unveiled|conducted|taken|tallied|polled|surveyed|previously|overall|out|"
    r"(?:loyal|affiliated|linked|allied|aligned|tied|connected)(?= (?:to|with)\b)|"
    r"(?:unearthed|provided|reported|compiled)(?= (?:by|in|to)\b)|"
    r"has|have|had|is|was|were|are|would|could|cannot|did|does|\w+n['’]t|last|next|this|yesterday|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
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
