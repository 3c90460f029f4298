"""What a quotation is about is no content of it: "…," she said of the plan; asked about it, he said: "…"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.quoted import Quoted
from service.extract.records import Sentence, sentences_over
from service.extract.tagged import Found

_ABOUT = re.compile(
    r"\b(?:of|about|regarding|commented on|(?:reference|response) to|(?:referring|responding|reacting) to)[ \u00a0]+$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?:of|about|regarding|as for|(?:when )?asked)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:that|whether|if|how|why|what)\b", re.IGNORECASE)
_DANGLING = re.compile(r"\w[ \u00a0]+(?:which|who|whom)$")
_NEAR = 24  # code points that show what word stands before a piece


def without_topics(
    reading: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], contents: Sequence[Found], cue: Found | None
) -> tuple[Found, ...]:
    """The contents but for unmarked ones that stand beside a marked one and only say what it is about."""
    marked = [is_marked(c, quoted) for c in contents] if len(contents) > 1 else []
    if cue is None or not any(marked) or all(marked):
        return tuple(contents)
    held = sentences_over(sentences, cue.start, cue.end)
    low, high = (sentences[held[0]].start, sentences[held[-1]].end) if held else (cue.start, cue.end)
    spoken = any(m and c.end <= cue.start for c, m in zip(contents, marked, strict=True))
    return tuple(
        c
        for c, m in zip(contents, marked, strict=True)
        if m or not (low <= c.start < high and (_is_topic(reading, c) or (spoken and _is_added(reading, c, cue))))
    )


def is_marked(content: Found, quoted: Sequence[Quoted]) -> bool:
    """Whether a content begins and ends in quotation marks."""
    return all(any(q.start <= at < q.end for q in quoted) for at in (content.start, content.end - 1))


def _is_topic(reading: str, content: Found) -> bool:
    if _DANGLING.search(reading, content.start, content.end):
        return True
    before = reading[max(0, content.start - _NEAR) : content.start]
    return _TOPIC.match(reading, content.start) is not None or _ABOUT.search(before) is not None


def _is_added(reading: str, content: Found, cue: Found) -> bool:
    """Whether a piece after the cue says what else was done or is so, rather than goes on with what was said."""
    if content.start < cue.end:
        return False
    return bool(reading[cue.end : content.start].strip()) or not _CLAUSE.match(reading, content.start)
