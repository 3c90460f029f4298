"""Speakers set right: whose words a quotation is, and what a speaker is called."""

from __future__ import annotations

import re

from service.extract.corrections.changes import Attribution, Naming, find_nearest
from service.extract.corrections.labellings import next_id
from service.extract.records import Extraction, Quotation, Span, Speaker, SpeakerKind
from service.extract.values import replace


def set_speaker(extraction: Extraction, start: int, end: int, change: Attribution, by: str) -> Extraction | None:
    """*extraction* with the quotation at the place given to whom *change* names; ``None`` where none is there.

    A speaker of that name takes it; without one, a new speaker is made, a person until corrected.
    """
    places = [(q.content[0].start, max(c.end for c in q.content)) for q in extraction.quotations]
    at = find_nearest(places, start, end)
    if at is None:
        return None
    speakers, who = extraction.speakers, None
    if change.speaker is not None:
        who = next((s.id for s in speakers if _same(s.name, change.speaker)), None)
        if who is None:
            who = next_id("p", [s.id for s in speakers])
            mentions = _find_words(extraction.text, change.speaker)
            made = Speaker(who, change.speaker, SpeakerKind.PERSON, mentions=mentions, corrections=(by,))
            speakers = (*speakers, made)
    said = extraction.quotations[at]
    said = replace(said, speaker=who, confidence=1.0, corrections=(*said.corrections, by))
    quotations = (*extraction.quotations[:at], said, *extraction.quotations[at + 1 :])
    return replace(extraction, quotations=quotations, speakers=speakers)


def set_name(extraction: Extraction, start: int, end: int, change: Naming, by: str) -> Extraction | None:
    """*extraction* with the speaker at the place called as *change* says; ``None`` where none is there.

    A speaker who gets the name of another is that other: their mentions and quotations become one's.
    """
    speaker = _find_speaker(extraction, start, end)
    if speaker is None:
        return None
    same = [s for s in extraction.speakers if s is speaker or _same(s.name, change.name)]
    first = same[0]
    named = replace(
        speaker,
        id=first.id,
        name=change.name,
        kind=change.kind or speaker.kind,
        role=change.role,
        role_span=_find_role(extraction.text, speaker, change.role),
        mentions=tuple(sorted({m for s in same for m in s.mentions}, key=lambda m: (m.start, m.end))),
        corrections=(*dict.fromkeys(c for s in same for c in s.corrections), by),
    )
    gone = {s.id for s in same}
    speakers = tuple(named if s is first else s for s in extraction.speakers if s is first or s not in same)
    quotations = tuple(_given(q, named.id) if q.speaker in gone else q for q in extraction.quotations)
    return replace(extraction, speakers=speakers, quotations=quotations)


def _given(quotation: Quotation, speaker: str) -> Quotation:
    return replace(quotation, speaker=speaker)


def _find_speaker(extraction: Extraction, start: int, end: int) -> Speaker | None:
    """Who is mentioned at the place, or failing that who speaks there."""
    here = Span(start, end, "")
    mentioned = [(s, m) for s in extraction.speakers for m in s.mentions]
    at = find_nearest([(m.start, m.end) for _, m in mentioned], start, end)
    if at is not None:
        return mentioned[at][0]
    speaking = {q.speaker for q in extraction.quotations if any(c.overlaps(here) for c in q.content)}
    return next((s for s in extraction.speakers if s.id in speaking), None)


def _find_role(text: str, speaker: Speaker, role: str | None) -> Span | None:
    if role is None or role == speaker.role:
        return speaker.role_span if role else None
    return next(iter(_find_words(text, role)), None)


def _find_words(text: str, words: str) -> tuple[Span, ...]:
    """Every place where *text* says *words* as they stand, in whole words."""
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return tuple(Span(m.start(), m.end(), m[0]) for m in re.finditer(pattern, text) if m[0])


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
