"""Who speaks in the passive voice: "often labelled a “stunt” by Liberals" is what Liberals call it."""

from __future__ import annotations

import re

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.records import Document
from service.extract.tagged import Attribution
from service.extract.values import replace
from service.extract.voices import is_voice

_PASSIVE = re.compile(
    r"\b(?:am|are|be|been|being|is|was|were|often|once|sometimes|widely)[ \u00a0](?:\w+ly[ \u00a0])?"
    r"(?:\w+ed|known|seen|thought)(?:[ \u00a0](?:as|by|for|of))?$"
)
_LEAST = 30  # code points before the end of a cue that show it
_CLAUSE = re.compile(r"(?:if|it|that|there|to|whether)\b", re.IGNORECASE)  # what is said to be the case has no agent
_BY = re.compile(r"[”\"’']?[ \u00a0]by[ \u00a0](?P<agent>[^,;:.“”\"\n]{2,60})$")


def with_passive_agent(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """The attribution with whom "by" names behind its content as the source, where it has none."""
    cue, last, reading = attribution.cue, attribution.contents[-1], document.reading
    if cue is None or attribution.source is not None or last.start < cue.end or _CLAUSE.match(reading, last.start):
        return attribution
    if not _PASSIVE.search(reading, max(0, cue.start - _LEAST), cue.end):
        return attribution
    named = _BY.search(reading, last.start, last.end)
    if named is None or not is_voice(reading, tags, *named.span("agent")):
        return attribution
    rest, agent = found_at(document, tags, last.start, named.start()), found_at(document, tags, *named.span("agent"))
    if rest is None or agent is None:
        return attribution
    return replace(attribution, contents=(*attribution.contents[:-1], rest), source=agent)
