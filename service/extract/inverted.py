"""Quotations that open a sentence about who gave them: "“A sieve” was how Roe put it", "“No” is Lind's answer"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.quoted import Quoted
from service.extract.records import Document
from service.extract.tagged import Attribution, Found
from service.extract.values import replace
from service.extract.voices import can_say

_WHO = r"[^,;:.“”\"\n]{2,70}?"
_SAID = (
    r"describe[sd]?|puts?|sum(?:s|med)?[ \u00a0]up|characteri[sz]e[sd]?|call(?:s|ed)?|term(?:s|ed)?|label(?:s|l?ed)"
    r"|dub(?:s|bed)|brand(?:s|ed)|said|says?|told|recall(?:s|ed)?|explain(?:s|ed)?"
    r"|(?:would|had[ \u00a0]to)[ \u00a0]say"
)
_NOUN = (
    r"advice|answer|assessment|comment|conclusion|description|explanation|message|motto|plea|reply|response|retort|summary"
    r"|verdict|view|warning|words?"
)
_BEHIND = re.compile(
    r"[”\"’']{1,2},?[ \u00a0](?:is|was|are|were)[ \u00a0](?:"
    rf"(?:how|what|all|the[ \u00a0]way)[ \u00a0](?P<who>{_WHO})[ \u00a0]"
    rf"(?P<verb>(?:(?:has|had|have|once|later)[ \u00a0])?(?:{_SAID}))\b"
    rf"|(?P<whose>{_WHO})(?:['’]s|(?<=s)['’])?[ \u00a0](?:[a-z]{{3,12}}[ \u00a0]){{0,2}}(?P<noun>{_NOUN})\b)"
)
_DEED = re.compile(  # "“Get out!” | Sal | exploded."
    r"[”\"]{1,2}[ \u00a0](?P<who>[A-Z][\w'’-]+(?:[ \u00a0][A-Z][\w'’-]+)?)[ \u00a0](?P<verb>[a-z]{2,14}ed)(?=[.,;])"
)
_OWNERS = {"his", "her", "their"}


def with_inverted(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """The attributions, with those whom the words behind a quotation say it comes from."""
    found = [a for q in quoted if (a := _read(document, tags, q) or _read_deed(document, tags, q))]
    if not found:
        yield from attributions
        return
    kept: dict[int, Attribution] = dict(enumerate(attributions))
    telling = _over((c, i) for i, a in kept.items() for c in a.contents)
    cued = _over((a.cue, i) for i, a in kept.items() if a.cue)
    for one in found:
        held = _at(telling, one.contents[0])
        if not held and one.stated:
            for i in _at(cued, one.cue) if one.cue else ():
                kept.pop(i, None)
            kept[len(attributions) + one.start] = one
            continue
        number = min(held, default=-1)
        if len(held) == 1 and number in kept and kept[number].source is None:
            kept[number] = replace(kept[number], source=one.source, cue=one.cue, stated=True)
    yield from kept.values()


def _over(spans: Iterable[tuple[Found, int]]) -> dict[int, set[int]]:
    """By code point, the numbers of those that have a span over it."""
    over: dict[int, set[int]] = {}
    for span, number in spans:
        for at in range(span.start, span.end):
            over.setdefault(at, set()).add(number)
    return over


def _at(over: dict[int, set[int]], span: Found) -> set[int]:
    return set().union(*(over.get(at, ()) for at in range(span.start, span.end)))


def _read(document: Document, tags: Tags, quoted: Quoted) -> Attribution | None:
    reading = document.reading
    behind = _BEHIND.match(reading, quoted.end)
    if behind is None or not quoted.closed:
        return None
    who, cue = ("who", "verb") if behind["verb"] else ("whose", "noun")
    start, end = behind.span(who)
    owned = reading[start:end].lower() in _OWNERS or reading[end : end + 1] in {"'", "’"}
    if (who == "whose" and not owned) or not can_say(reading, tags, start, end):
        return None
    content, source, said = (
        found_at(document, tags, *s) for s in ((quoted.start, quoted.end), (start, end), behind.span(cue))
    )
    return Attribution((content,), said, source, stated=True) if content and source and said else None


def _read_deed(document: Document, tags: Tags, quoted: Quoted) -> Attribution | None:
    """What is said by the one whose name and deed alone follow; such words need not be a quotation."""
    behind = _DEED.match(document.reading, quoted.end) if quoted.closed else None
    if behind is None:
        return None
    spans = ((quoted.start, quoted.end), behind.span("who"), behind.span("verb"))
    content, source, said = (found_at(document, tags, *span) for span in spans)
    return Attribution((content,), said, source) if content and source and said else None
