"""Pieces beside a quotation that are no content: who hears it, a lone particle, its topic, what leads up to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.passives import is_heard
from service.extract.quoted import Quoted, in_marks
from service.extract.records import Sentence, sentences_over
from service.extract.tagged import Attribution, Found
from service.extract.topics import is_marked, without_topics

_HEARERS = 5  # words
_MORE_HEARERS = 12  # words without a comma
_APART = 2  # code points between them and the cue
_PARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "my", "our", "your"}) | frozenset(
    {"at", "by", "for", "from", "in", "of", "on", "to", "with", "as", "after", "than", "when", "while", "where", "if"}
)
_UPSHOT = re.compile(
    r",[ \u00a0](?:adding|boosting|bolstering|casting|cementing|clouding|dashing|deepening|easing|fuell?ing|heightening"
    r"|paving|piling|putting|raising|reviving|sparking|stoking|strengthening|underlining|underscoring|weakening)\b"
)
_PARTICIPLE = re.compile(r"[A-Z][a-z]{2,15}(?:ed|ing)[ \u00a0](?:[a-z]{1,12}[ \u00a0]){0,3}")
_WHAT = re.compile(r"\b(?:what|which|whom?)$", re.IGNORECASE)


def own_pieces(
    reading: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], attribution: Attribution
) -> tuple[Found, ...]:
    """The pieces of the attribution that are content, or all where none is."""
    contents = _without_particles(reading, quoted, _without_hearers(reading, attribution))
    contents = without_topics(reading, sentences, quoted, contents, attribution.cue)
    contents = _without_upshots(reading, quoted, contents, attribution.cue)
    contents = _without_scraps(sentences, quoted, contents, attribution.cue)
    return _without_strays(reading, sentences, quoted, contents, attribution)


def _without_hearers(reading: str, attribution: Attribution) -> tuple[Found, ...]:
    """The pieces without those who hear the others, right before the cue: "The gate was shut, a judge was told"."""
    cue, contents = attribution.cue, attribution.contents
    if cue is None or not is_heard(reading, cue):
        return contents
    return tuple(c for c in contents if not _is_hearer(reading, c, cue)) or contents


def _is_hearer(reading: str, content: Found, cue: Found) -> bool:
    words = reading[content.start : content.end]
    most = _HEARERS if "," in words else _MORE_HEARERS
    return 0 <= cue.start - content.end <= _APART and len(words.split()) <= most


def _without_particles(reading: str, quoted: Sequence[Quoted], contents: Sequence[Found]) -> tuple[Found, ...]:
    """The pieces but for lone words that say nothing by themselves, out of quotation marks."""
    kept = tuple(
        c
        for c in contents
        if reading[c.start : c.end].lower() not in _PARTICLES or any(q.start <= c.start < q.end for q in quoted)
    )
    return kept or tuple(contents)


def _without_upshots(
    reading: str, quoted: Sequence[Quoted], contents: tuple[Found, ...], cue: Found | None
) -> tuple[Found, ...]:
    """The pieces but for what the author makes of them behind the cue: "…, data showed, | adding to the pressure"."""
    if cue is None or not contents[0].end <= cue.start:
        return contents
    return tuple(
        c for c in contents if c.start < cue.end or in_marks(quoted, c.start) or not _UPSHOT.match(reading, c.start - 2)
    )


def _without_scraps(
    sentences: Sequence[Sentence], quoted: Sequence[Quoted], contents: tuple[Found, ...], cue: Found | None
) -> tuple[Found, ...]:
    """The pieces but for unmarked parts of sentences beside the cue's, where others stand in that."""
    held = sentences_over(sentences, cue.start, cue.end) if cue and len(contents) > 1 else ()
    if not held:
        return contents
    low, high = sentences[held[0]].start, sentences[held[-1]].end
    if not any(low <= c.start < high for c in contents):
        return contents
    return tuple(c for c in contents if (low < c.end and c.start < high) or not _is_scrap(sentences, quoted, c))


def _is_scrap(sentences: Sequence[Sentence], quoted: Sequence[Quoted], content: Found) -> bool:
    """Whether a piece out of quotation marks is less than half of its sentence."""
    if in_marks(quoted, content.start) or in_marks(quoted, content.end - 1):
        return False
    held = sentences_over(sentences, content.start, content.end)
    whole = sentences[held[-1]].end - sentences[held[0]].start if held else 0
    return 2 * (content.end - content.start) < whole


def _without_strays(
    reading: str,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    contents: tuple[Found, ...],
    attribution: Attribution,
) -> tuple[Found, ...]:
    """The pieces but for unmarked ones right before the source of a quotation: "so loud | that Roe said: “No”"."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or len(contents) < 2 or source.start > cue.start:
        return contents
    if not is_marked(contents[-1], quoted) or contents[-1].start < cue.end:
        return contents
    return tuple(
        c
        for c in contents
        if c.end > source.start
        or is_marked(c, quoted)
        or not (_runs_on(reading, c, source) or _is_led(reading, sentences, c))
    )


def _is_led(reading: str, sentences: Sequence[Sentence], content: Found) -> bool:
    """Whether a piece follows a participle that begins its sentence: "Speaking of | the quay | , he said: “…”"."""
    held = sentences_over(sentences, content.start, content.end)
    return bool(held) and _PARTICIPLE.fullmatch(reading, sentences[held[0]].start, content.start) is not None


def _runs_on(reading: str, content: Found, source: Found) -> bool:
    """Whether no comma or mark parts a piece from the source behind it, of which it is no "what"."""
    apart = reading[content.end - 1 : source.start].strip(" \u00a0")
    return apart.isalnum() and _WHAT.search(reading, content.start, content.end) is None
