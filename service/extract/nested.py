"""Reports within reports: "Roe said that Lind had told her no" says what Roe said and what Lind said.

So does ""No," Lind said, according to the Mercury": what Lind said stands in marks within what the Mercury reports.

The tagger has one layer of spans; what a person named inside a paraphrase said is read off its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.claims import find_claims
from service.extract.contents import make_found
from service.extract.cues import is_uttering
from service.extract.encoder import Tags
from service.extract.quoted import Quoted, whole_end
from service.extract.records import Document
from service.extract.subjects import words_before
from service.extract.tagged import Attribution, Found
from service.extract.topics import is_marked
from service.extract.values import START, replace
from service.extract.voices import is_person, is_voice

_NAME = r"[A-Z][\w.'’-]+(?:[ \u00a0](?:of the |of |the )?[A-Z][\w.'’-]+){0,4}"
_REPORTED = re.compile(
    rf"(?<![\w.’'-])(?P<source>{_NAME})[ \u00a0]{{1,3}}(?P<cue>(?:(?:has|also|later|once|then|reportedly|allegedly) )*"
    r"(?:said|says|told|claimed|reassured|testified|called on|wrote|argued|insisted|promised|warned|suggested"
    r"|admitted|asserted|confirmed|acknowledged|conceded|predicted|complained|denied|noted|announced|implied))"
    r"(?=[ \u00a0](?!(?:to|in|on|for|was|is|only)\b))"
)
# What follows a quotation that somebody else passes on: "“…,” Roe said in June, according to the Mercury".
_PASSED_ON = re.compile(
    r"[ \u00a0]?[\"”’']{1,2},?[ \u00a0]+(?:"
    r"(?P<source>(?:[A-Z][\w.'’-]+|he|she|they|the)\b[^\"“”\n;:]{0,150}?)[ \u00a0]+"
    r"(?P<cue>(?:(?:will|would|has|had)[ \u00a0])?(?:sa(?:id|ys?)|told|wrote|writes|asked|added|replied|tweeted"
    r"|argued|explained|insisted|warned))"
    r"|(?P<verb>said|says|wrote|writes|asked|added|replied|argued|explained|insisted|warned)[ \u00a0]+"
    r"(?P<who>(?:[A-Z][\w.'’-]+|the|an?)\b[^\"“”\n;:,]{0,80})(?=,)"
    r")\b[^\"“”\n;:]{0,120}"
)
# The same with any words for a subject: what follows says that a clause reports what they said.
_CLAUSE = r"(?:that|he|she|it|they|there|we|I|you|the|a|an|his|her|its|their|this|these|no|some|all|if|[A-Z]\w+)\b"
_HEARER = (
    r"(?:him|her|them|us|me|reporters|investigators|authorities|police|officers|lawmakers|officials"
    r"|(?:the )?[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,4})"
)
_SAYING = re.compile(
    rf"\b(?P<cue>(?:sa(?:id|ys?)|claim(?:s|ed)?|testified|admit(?:s|ted)|argue[sd]?|insist(?:s|ed)?|warn(?:s|ed)?"
    rf"|announced|stated|complained|denied|alleged)(?=[ \u00a0]{_CLAUSE})"
    r"|(?:ma(?:de|kes)(?: it)? clear|shot back|pointed out|noted|confirmed|implied|predicted|indicated|asserted"
    r"|acknowledged|conceded|explained|recalled|replied|responded|suggested|concluded|ruled)(?=[ \u00a0]that\b)"
    rf"|t(?:old|ells?)(?=[ \u00a0]{_HEARER}[ \u00a0])"
    rf"|(?:promise[sd]|pledged|vowed|threatened)(?=[ \u00a0]to\b))"
)
# The same of somebody named before: "police say she told a friend that …".
_PRONOUN = re.compile(
    rf"(?<![\w’'])(?P<source>[Hh]e|[Ss]he|[Tt]hey)[ \u00a0]"
    r"(?:(?:has|have|had|also|later|once|then|already|again|now|still|\w{2,12}ly)[ \u00a0]){0,4}"
    rf"(?P<cue>(?:sa(?:id|ys?)|claim(?:s|ed)?|testified|admit(?:s|ted)?|argue[sd]?|insist(?:s|ed)?|warn(?:s|ed)?"
    rf"|announced|stated|complained|denie[sd]|den(?:y|ied)|alleged|suggested|described)(?=[ \u00a0](?:{_CLAUSE}|as\b))"
    rf"|(?:t(?:old|ells?)|asked|begged|urged|warned)(?=[ \u00a0]{_HEARER}[ \u00a0])"
    rf"|(?:promise[sd]?|pledged|vowed|threatened)(?=[ \u00a0]to\b))"
)
# What no such subject holds: a verb, a pronoun, a relative clause, a share that a poll found.
_MANY = re.compile(
    r"\b(?:he|she|it|they|we|I|you|there|is|are|was|were|has|have|had|will|would|could|can|may|who|which|that|what"
    r"|how|if|not|percent|per cent)\b|%|['’]s?$"
)
Words = tuple[int, int]
_ASKED = re.compile(r"(?:why|whether)[ \u00a0]", re.IGNORECASE)
_ASKING = re.compile(r"\bask(?:s|ed|ing)?$")
_LEAST = 16  # code points of a content
_FARTHEST = 160  # code points from a subject's first word to its verb


def find_nested(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """What others say within the contents of *attributions*: in paraphrases, and in marks that are passed on."""
    reading = document.reading
    taken = sorted({(a.cue.start, a.cue.end) for a in attributions if a.cue})
    passed: dict[Found, Attribution] = {}  # by the cue of those who pass it on
    for attribution in attributions:
        cue = attribution.cue
        if cue is None or attribution.verbatim:
            continue
        uttered = is_uttering(reading[cue.start : cue.end]) or _ASKING.search(reading, cue.start, cue.end) is not None
        for content in attribution.contents:
            done: set[int] = set()  # where the cues end of what was found
            for words, said in _said_within(reading, tags, content, uttered=uttered):
                start, end = min(words[0], said[0]), max(words[1], said[1])
                marked = any(q.double and q.start <= start < q.end for q in quoted)
                fits = end <= content.end - _LEAST and not marked and not _meets(taken, start, end)
                if fits and said[1] not in done:
                    done.add(said[1])
                    yield from _made(document, tags, attribution, content, (*words, *said))
            for inner in _passed_on(document, quoted, tags, attribution, content) if uttered else ():
                if inner.cue is None or (inner.cue.start, inner.cue.end) in taken:
                    continue
                passed[cue] = inner
                yield inner
        first = passed.get(cue)
        if first is not None and attribution.contents[0].start > cue.end and is_marked(attribution.contents[0], quoted):
            yield replace(attribution, cue=first.cue, source=first.source)  # the quotation goes on


def _said_within(reading: str, tags: Tags, content: Found, *, uttered: bool) -> Iterator[tuple[Words, Words]]:
    """The words for those who say something within *content*, and their cues: nouns alone, if it is not *uttered*."""
    for pattern in (_REPORTED, _SAYING, _PRONOUN) if uttered else ():
        for said in pattern.finditer(reading, content.start, content.end):
            words = _subject(reading, tags, content, said)
            if words:
                yield words, said.span("cue")
    yield from find_claims(reading, tags, content.start, content.end)


def _meets(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the last of the stretches that begin before *end* goes on past *start*."""
    at = bisect_left(taken, (end, 0)) - 1
    return at >= 0 and taken[at][1] > start


def _subject(reading: str, tags: Tags, outer: Found, said: re.Match[str]) -> Words | None:
    """The words before the cue: a pronoun, a person's name, or else somebody: "officials said", "the firm told"."""
    if said.re is _PRONOUN:
        return said.span("source")
    if "source" in said.re.groupindex:
        return said.span("source") if is_person(tags, said.end("source") - 1) else None
    start, end = words_before(reading, max(outer.start, said.start() - _FARTHEST), said.start())
    asked = _ASKED.match(reading, start, end)
    start = asked.end() if asked else start
    known = start < end and not _MANY.search(reading, start, end) and is_voice(reading, tags, start, end)
    return (start, end) if known else None


def _made(
    document: Document, tags: Tags, attribution: Attribution, outer: Found, edges: tuple[int, int, int, int]
) -> Iterator[Attribution]:
    """What follows a cue and its source in the content *outer*, up to its end; the edges are those of both."""
    first, last, low, high = (int(x) for x in tags.pieces.starts.searchsorted(edges))
    source, cue = make_found(document, tags, first, last, 1.0), make_found(document, tags, low, high, 1.0)
    high = max(last, high)
    content = make_found(document, tags, high, outer.high, outer.certainty) if high < outer.high else None
    if source and cue and content:
        yield replace(attribution, contents=(content,), cue=cue, source=source)


def _passed_on(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attribution: Attribution, content: Found
) -> Iterator[Attribution]:
    """The quotation that *content* opens with, of the one who is named as its speaker right behind it."""
    at = bisect_left(quoted, content.start - 1, key=START)
    begun = at < len(quoted) and quoted[at].start <= content.start
    end = whole_end(document.reading, quoted, at) if begun else None
    cue = attribution.cue
    stop = cue.start if cue and end and content.end <= end + 2 < cue.start else content.end
    tail = _PASSED_ON.fullmatch(document.reading, end, stop) if end else None
    if end is None or tail is None:
        return
    edges = (
        (end, *tail.span("source"), *tail.span("cue")) if tail["cue"] else (end, *tail.span("who"), *tail.span("verb"))
    )
    ends, first, last, low, high = (int(x) for x in tags.pieces.starts.searchsorted(edges))
    source, cue = make_found(document, tags, first, last, 1.0), make_found(document, tags, low, high, 1.0)
    inner = make_found(document, tags, content.low, ends, content.certainty)
    if source and cue and inner:
        yield replace(attribution, contents=(inner,), cue=cue, source=source)
