"""Subjects of passives: who is quoted by others speaks himself, who is told or accused of something does not."""

from __future__ import annotations

import re

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.records import Document
from service.extract.subjects import words_before
from service.extract.tagged import Attribution, Found
from service.extract.values import replace
from service.extract.voices import is_voice

NAME = r"(?:[A-Z][\w.'’&-]*|[A-Z]+)(?:[ \u00a0]+(?:of|the|and|de|von|van|der|[A-Z][\w.'’&-]*))*"
NAMED = re.compile(rf"(?:the[ \u00a0]+)?{NAME}|me|us|him|her|them|you|reporters|journalists|lawmakers")
_QUOTED = re.compile(r"(?:was|were|is|are|been)[ \u00a0]+(?:widely[ \u00a0]+)?(?:cited|quoted|reported)\b")
_CITED_BY = re.compile(
    r"[ \u00a0](?:was|were|is|are|has been)[ \u00a0](?:also[ \u00a0])?(?:cited|quoted|reported)"
    r"[ \u00a0](?:by|in)[ \u00a0][^.;“”\"\n]{2,80}[ \u00a0]$"
)
_HEARD = re.compile(  # a subject right before these is spoken to, or of
    r"(?:(?:was|were|is|are|am|be|been|being|has|have|had|to)[ \u00a0]+)*(?:was|were|is|are|been|being|be)[ \u00a0]+"
    r"(?:(?:also|\w+ly)[ \u00a0]+)?(?:accused|assured|informed|reminded|told)\b(?!.*\bby\b)"
)
_AS = re.compile(r"\bas[ \u00a0]+(?:having[ \u00a0]+said|saying|telling)")
_PERSONS = frozenset({"he", "she", "they", "He", "She", "They"})
_LONGEST = 200  # code points of "The mayor was quoted by the agency on Monday as"


def with_quoted(reading: str, attribution: Attribution) -> Attribution:
    """With the one whom others quote as the source: "Roe was quoted by the agency as saying that …"."""
    cue, first = attribution.cue, attribution.contents[0]
    if cue is None or len(attribution.contents) < 2 or first.end > cue.start or cue.start - first.end > 3:
        return attribution
    if not _QUOTED.match(reading, cue.start, cue.end) or not NAMED.fullmatch(reading, first.start, first.end):
        return attribution
    rest = tuple(c for c in attribution.contents[1:] if not _AS.fullmatch(reading, c.start, c.end))
    return replace(attribution, contents=rest, source=first) if rest else attribution


def with_passive(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With the one who was cited as the source: "Roe | was cited by the agency | as saying | that …"."""
    cue, reading = attribution.cue, document.reading
    begun = _AS.search(reading, max(0, cue.start - 3), cue.end) if cue else None
    if cue is None or begun is None:
        return attribution
    cited = _CITED_BY.search(reading, max(0, cue.start - _LONGEST), begun.start())
    known = cited is not None and attribution.source is not None and attribution.source.start < cited.start()
    if cited is None or known:
        return attribution
    start, end = words_before(reading, max(0, cue.start - _LONGEST), cited.start())
    voice = start < end and (reading[start:end] in _PERSONS or is_voice(reading, tags, start, end))
    found = found_at(document, tags, start, end) if voice else None
    return replace(attribution, source=found) if found else attribution


def without_hearer(reading: str, attribution: Attribution) -> Attribution:
    """Without a source that is told or accused of what is said: "Roe, 52, | is accused of | …"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source.end > cue.start or not is_heard(reading, cue):
        return attribution
    return replace(attribution, source=None)


def is_heard(reading: str, cue: Found) -> bool:
    """Whether the subject of the cue hears what is said, or has it said of him: "was told", "is accused of"."""
    return _HEARD.match(reading, cue.start, cue.end) is not None


def with_what(reading: str, attribution: Attribution, after: Attribution | None) -> Attribution:
    """With what follows where it says but who was cited: "Roe | was cited by | the agency" as saying that …."""
    cue, contents = attribution.cue, attribution.contents
    if cue is None or after is None or len(contents) > 1 or not 0 < cue.start - contents[0].end < 3:
        return attribution
    bare = NAMED.fullmatch(reading, contents[0].start, contents[0].end)
    said = after.cue is not None and _AS.match(reading, max(0, after.cue.start - 3), after.cue.end) is not None
    fits = bare and said and _QUOTED.match(reading, cue.start, cue.end)
    return replace(attribution, contents=after.contents) if fits else attribution
