"""Whoever speaks "with Roe stating: “…”" beside another's report says what stands in the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.records import Document
from service.extract.tagged import Attribution
from service.extract.values import replace
from service.extract.voices import can_say

_WITH = re.compile(
    r"\bwith[ \u00a0](?P<who>[^,.;:“”\"\n]{2,60}?)[ \u00a0]"
    r"(?P<cue>adding|announcing|arguing|asking|calling|claiming|commenting|complaining|concluding|declaring|explaining"
    r"|insisting|noting|replying|responding|saying|stating|suggesting|telling|tweeting|warning|writing)"
    r"[:,]?[ \u00a0][“\"]"
)
_LONGEST = 100  # code points before a quotation that show it


def with_absolute(document: Document, tags: Tags, attribution: Attribution) -> Iterator[Attribution]:
    """The attribution, from the words on that are another's by such a phrase as two."""
    reading, contents, cue = document.reading, attribution.contents, attribution.cue
    for i, content in enumerate(contents):
        led = _WITH.search(reading, max(cue.end if cue else 0, content.start - _LONGEST), content.end)
        before = found_at(document, tags, content.start, led.start()) if led and content.start < led.start() else None
        if led is None or not (before or i) or not can_say(reading, tags, *led.span("who")):
            continue
        own, said = found_at(document, tags, *led.span("who")), found_at(document, tags, *led.span("cue"))
        rest = found_at(document, tags, max(led.end(), content.start), content.end)
        if own and said and rest:
            yield replace(attribution, contents=(*contents[:i], *([before] if before else [])))
            yield replace(attribution, contents=(rest, *contents[i + 1 :]), cue=said, source=own)
            return
    yield attribution
