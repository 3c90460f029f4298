"""Spans that break off where no phrase ends: "the head of the | Harbour Board", "a clerk, who | left in May"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.contents import Found, found_at
from service.extract.encoder import Tags
from service.extract.quoted import Quoted
from service.extract.records import Document
from service.extract.voices import is_voice
from service.extract.words import SPEECH

if TYPE_CHECKING:
    from service.extract.attributions import Attribution

_RELATIVE = re.compile(r",[ \u00a0](?:(?:both|many|some|most|all|one|two)[ \u00a0]of[ \u00a0])?(?:which|who|whom)$")
_DANGLING = re.compile(r"[ \u00a0](?:of|in|at|on|for|to|from|with|by)(?:[ \u00a0]the)?$")
_NAME = re.compile(
    r"[ \u00a0]+[A-Z][\w’'-]+(?:[ \u00a0](?:(?:of|and|for)[ \u00a0](?:the[ \u00a0])?)?[A-Z][\w’'-]+){0,6}"
)
_DAY = re.compile(r"[ \u00a0]+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]{2,8} \d)")
_NOUNS = re.compile(r"(?:[ \u00a0][a-z]{3,20}){1,2}[ \u00a0]")
_UNENDED = re.compile(
    r"(?:^|[ \u00a0])(?:who|whom|which|among|of|in|at|on|for|to|from|with|by|the|an?|and|or|than|because"
    r"|(?:when|while|if|as|because|before|after|since)[ \u00a0](?:he|she|it|they|we))$"
)
_REST = re.compile(r"[ \u00a0](?:[^.,;:!?()\[\]\"“”\n—–]|(?<=\d)[.,:](?=\d)|(?<=[ \u00a0][ap])\.(?=m)){2,200}")
_ANOTHER = re.compile(r"\b(?:and|or)$")
_FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|will|would)\b")
_ADVERB = re.compile(r"(?:also|later|then|again|once|\w{2,15}ly)")
_VERB = re.compile(r"[ \u00a0](\w{3,15})\b")
_LONGEST = 24  # code points that show how a span ends


def with_whole_edges(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """The attributions with their sources and contents ending where a phrase does."""
    spans = [s for a in attributions for s in (a.cue, a.source, *a.contents) if s]
    starts = sorted({s.start for s in spans})
    for attribution in attributions:
        source = attribution.source
        whole = _whole_source(document, tags, attribution, source) if source and not attribution.verbatim else source
        cue = _whole_cue(document, tags, attribution.cue) if attribution.cue else None
        contents = tuple(_whole_content(document, quoted, tags, starts, c) for c in attribution.contents)
        alike = whole == source and contents == attribution.contents and cue == attribution.cue
        yield attribution if alike else replace(attribution, source=whole, cue=cue, contents=contents)


def _whole_cue(document: Document, tags: Tags, cue: Found) -> Found:
    """The cue with the verb that its adverb stops before: "later | said"."""
    verb = _VERB.match(document.reading, cue.end) if _ADVERB.fullmatch(document.reading, cue.start, cue.end) else None
    return (found_at(document, tags, cue.start, verb.end()) if verb and verb[1] in SPEECH else None) or cue


def _whole_source(document: Document, tags: Tags, attribution: Attribution, source: Found) -> Found:
    """The source without a relative pronoun at its end, or with the name or noun that it stops before."""
    reading, cue = document.reading, attribution.cue
    low = max(source.start, source.end - _LONGEST)
    if relative := _RELATIVE.search(reading, low, source.end):
        return found_at(document, tags, source.start, relative.start()) or source
    if dangling := _DANGLING.search(reading, low, source.end):
        named = None if _DAY.match(reading, source.end) else _NAME.match(reading, source.end)
        end = named.end() if named else source.end if " of" in dangling[0] else dangling.start()
        return found_at(document, tags, source.start, end) or source
    nouns = _NOUNS.fullmatch(reading, source.end, cue.start) if cue else None
    if nouns and not is_voice(reading, tags, source.start, source.end):
        fits = is_voice(reading, tags, source.start, nouns.end() - 1, papers=False)
        return (found_at(document, tags, source.start, nouns.end()) if fits else None) or source
    return source


def _whole_content(
    document: Document, quoted: Sequence[Quoted], tags: Tags, starts: Sequence[int], content: Found
) -> Found:
    """The content with the rest of its clause, where it stops at a word that no clause ends with."""
    reading = document.reading
    if not _UNENDED.search(reading, max(content.start, content.end - _LONGEST), content.end):
        return content
    rest = _REST.match(reading, content.end)
    if rest is None or _in_marks(quoted, content.end):
        return content
    if _ANOTHER.search(reading, content.start, content.end) and _FINITE.search(reading, *rest.span()):
        return content  # "the quay and | the lock was shut"
    at = bisect_left(starts, content.end)
    if at < len(starts) and starts[at] < rest.end():
        return content
    longer = found_at(document, tags, content.start, rest.end())
    return replace(longer, certainty=content.certainty) if longer else content


def _in_marks(quoted: Sequence[Quoted], at: int) -> bool:
    """Whether a code point stands in quotation marks, single ones within double ones too."""
    near = bisect_right(quoted, at, key=lambda q: q.start)
    return any(at <= q.end for q in quoted[max(0, near - 3) : near])
