"""Whom a report cites: what the Mercury "reported, citing port officials" is the officials' word as well."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.records import Document
from service.extract.tagged import Attribution, Found
from service.extract.values import replace
from service.extract.voices import is_voice

_CITING = re.compile(
    r"(?:[ \u00a0][^,.;:“”\"\n]{1,40})?,?[ \u00a0](?P<cue>citing|quoting)[ \u00a0]"
    r"(?P<source>[^,;:“”\"\n(]{3,100}?)(?=[,;\n]|[ \u00a0]\(|\.(?:\s|$)|$)"
)
_PASSING_ON = re.compile(r"\b(?:report(?:s|ed|ing)|according to|wrote|writes|said|says)\b")
_ON_PAPER = re.compile(r"\b(?:report(?:s|ed|ing)|according to)\b")
_BEFORE_THAT = re.compile(r"(?P<source>[^,;:“”\"\n]{3,100}), (?=that\b)")
# Whom others quote: "quoted one of the pilots as saying it …", "the Mercury reported the mayor saying".
_AS_SAYING = re.compile(
    r"(?P<source>[^,;:“”\"\n]{3,100}?)[ \u00a0]as[ \u00a0](?:having[ \u00a0]said|saying|telling\b)[ \u00a0]?"
)
_SAYING = re.compile(
    r"[ \u00a0](?P<source>(?:the[ \u00a0])?[^,;:.“”\"\n]{2,60}?)[ \u00a0](?:as[ \u00a0])?(?P<cue>saying|having said)\b"
)
_QUOTING = re.compile(r"\b(?:quot(?:e|es|ed|ing)|cit(?:e|es|ed|ing)|report(?:s|ed|ing))$")
_BESIDE = re.compile(r".*\b(citing|quoting)", re.DOTALL)


def with_cited(document: Document, tags: Tags, attributions: Sequence[Attribution]) -> Iterator[Attribution]:
    """The attributions, and those of what is reported to whom the reporter cites for it."""
    found: list[Attribution] = []
    attributions = [_without_voice(document, tags, a) for a in attributions]
    for n, attribution in enumerate(attributions):
        within = _as_saying(document, tags, attribution)
        if within is not None:
            attributions[n] = replace(attribution, contents=within.contents)
        made = within or _saying(document, tags, attribution) or _passed_on(document, tags, attribution)
        found += [made] if made else []
    places = sorted((a.source.start, a.source.end) for a in found if a.source)
    for attribution in attributions:
        rest = tuple(c for c in attribution.contents if not _names_voice(places, c))
        if rest:
            yield attribution if rest == attribution.contents else replace(attribution, contents=rest)
    yield from found


def _passed_on(document: Document, tags: Tags, attribution: Attribution) -> Attribution | None:
    """What a report says by those whom it cites for that."""
    cue, reading = attribution.cue, document.reading
    if cue is None or attribution.verbatim or not _PASSING_ON.search(reading, cue.start, cue.end):
        return None
    return _both(reading, tags, attribution) or _beside(document, tags, attribution)


def _without_voice(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """The attribution to those who are cited where they begin its content: "citing two officials, that it fell"."""
    cue, first, reading = attribution.cue, attribution.contents[0], document.reading
    named = _BEFORE_THAT.match(reading, first.start, first.end)
    if cue is None or named is None or reading[cue.start : cue.end].split()[-1] not in {"citing", "quoting"}:
        return attribution
    voice, rest = (
        found_at(document, tags, *named.span("source")),
        found_at(document, tags, named.end(), first.end),
    )
    if voice is None or rest is None or not is_voice(reading, tags, voice.start, voice.end):
        return attribution
    return replace(attribution, source=voice, contents=(rest, *attribution.contents[1:]))


def _as_saying(document: Document, tags: Tags, attribution: Attribution) -> Attribution | None:
    """What whoever begins a content is quoted as saying: "It quoted | one of the pilots as saying it would sail"."""
    cue, first, reading = attribution.cue, attribution.contents[0], document.reading
    said = _AS_SAYING.match(reading, first.start, first.end) if cue and cue.end < first.start <= cue.end + 2 else None
    if cue is None or said is None or not _QUOTING.search(reading, cue.start, cue.end):
        return None
    voice, rest = (
        found_at(document, tags, *said.span("source")),
        found_at(document, tags, said.end(), first.end),
    )
    contents = (*([rest] if rest else []), *attribution.contents[1:])
    fits = voice is not None and contents and is_voice(reading, tags, voice.start, voice.end)
    return replace(attribution, source=voice, contents=contents) if fits else None


def _saying(document: Document, tags: Tags, attribution: Attribution) -> Attribution | None:
    """What stands before a cue that quotes somebody: "…, the Mercury reported the mayor saying"."""
    cue, reading = attribution.cue, document.reading
    if cue is None or not _QUOTING.search(reading, cue.start, cue.end):
        return None
    before = tuple(c for c in attribution.contents if c.end <= cue.start)
    said = _SAYING.match(reading, cue.end) if before else None
    if said is None or not is_voice(reading, tags, *said.span("source")):
        return None
    voice, cited = found_at(document, tags, *said.span("source")), found_at(document, tags, *said.span("cue"))
    return replace(attribution, contents=before, cue=cited, source=voice) if voice and cited else None


def _names_voice(places: Sequence[tuple[int, int]], content: Found) -> bool:
    """Whether a piece is but one of the *places* where those who are cited are named."""
    at = bisect_right(places, (content.start, content.end)) - 1
    return any(s <= content.start and content.end <= e for s, e in places[max(0, at) : at + 2])


def _both(reading: str, tags: Tags, attribution: Attribution) -> Attribution | None:
    """What a cue of both reports says: "…, local media reported quoting hospital sources"."""
    cue, contents = attribution.cue, attribution.contents
    if cue is None or len(contents) < 2 or not _BESIDE.fullmatch(reading, cue.start, cue.end):
        return None
    last = contents[-1]
    fits = 0 <= last.start - cue.end <= 2 and is_voice(reading, tags, last.start, last.end)
    return replace(attribution, contents=contents[:-1], source=last) if fits else None


def _beside(document: Document, tags: Tags, attribution: Attribution) -> Attribution | None:
    """What stands beside the cue or the source: "…, the Mercury reported on Monday, citing port officials"."""
    cue, source, reading = attribution.cue, attribution.source, document.reading
    if cue is None or source is None:
        return None
    papers = _ON_PAPER.search(reading, cue.start, cue.end) is not None
    for at in sorted({cue.end, source.end}, reverse=True):
        said = _CITING.match(reading, at)
        if said is None or not is_voice(reading, tags, *said.span("source"), papers=papers):
            continue
        cited, voice = (
            found_at(document, tags, *said.span("cue")),
            found_at(document, tags, *said.span("source")),
        )
        if cited and voice:
            return replace(attribution, cue=cited, source=voice)
    return None
