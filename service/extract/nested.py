"""Reports within reports: "Roe said that Lind had told her no" says what Roe said and what Lind said.

So does ""No," Lind said, according to the Mercury": what Lind said stands in marks within what the Mercury reports.

The tagger has one layer of spans; what a person named inside a paraphrase said is read off its words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from service.extract.contents import Found, make_found
from service.extract.cues import is_uttering
from service.extract.encoder import Tags
from service.extract.outputs import ENTITIES
from service.extract.quoted import Quoted, whole_end
from service.extract.records import Document

if TYPE_CHECKING:
    from service.extract.attributions import Attribution

_NAME = r"[A-Z][\w.'’-]+(?:[ \u00a0](?:of the |of |the )?[A-Z][\w.'’-]+){0,4}"
_REPORTED = re.compile(
    rf"(?<![\w’'])({_NAME})[ \u00a0]+((?:(?:has|also|later|once|then|reportedly|allegedly) )*"
    r"(?:said|says|told|claimed|reassured|testified|called on|wrote|argued|insisted|promised|warned|suggested"
    r"|admitted))(?=[ \u00a0](?!(?:to|in|on|for|was|is|only)\b))"
)
# What follows a quotation that somebody else passes on: "“…,” Roe said in June, according to the Mercury".
_PASSED_ON = re.compile(
    r"[ \u00a0]?[\"”’']{1,2},?[ \u00a0]+(?P<source>(?:[A-Z][\w.'’-]+|he|she|they|the)\b[^\"“”\n;:]{0,150}?)[ \u00a0]+"
    r"(?P<cue>said|says|told|wrote|writes|asked|added|replied|tweeted|argued|explained|insisted|warned)\b[^\"“”\n;:]{0,80}"
)
_PERSON = frozenset({ENTITIES.index("B-person"), ENTITIES.index("I-person")})
_LEAST = 16  # code points of a content


def find_nested(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """What people say within the contents of *attributions*: in paraphrases, and in marks that others pass on."""
    reading = document.reading
    taken = sorted({(a.cue.start, a.cue.end) for a in attributions if a.cue})
    for attribution in attributions:
        cue = attribution.cue
        if cue is None or attribution.verbatim or not is_uttering(reading[cue.start : cue.end]):
            continue
        for content in attribution.contents:
            for said in _REPORTED.finditer(reading, content.start, content.end - _LEAST):
                marked = any(q.double and q.start <= said.start() < q.end for q in quoted)
                if not marked and not any(s < said.end() and said.start() < e for s, e in taken):
                    yield from _made(document, tags, attribution, content, said)
            yield from _passed_on(document, quoted, tags, attribution, content)


def _made(
    document: Document, tags: Tags, attribution: Attribution, outer: Found, said: re.Match[str]
) -> Iterator[Attribution]:
    """What a person named in the content *outer* said, as the match tells it, to the end of the content."""
    edges = (said.start(1), said.end(1), said.start(2), said.end(2))
    first, last, low, high = (int(x) for x in tags.pieces.starts.searchsorted(edges))
    source, cue = make_found(document, tags, first, last, 1.0), make_found(document, tags, low, high, 1.0)
    content = make_found(document, tags, high, outer.high, outer.certainty) if high < outer.high else None
    if source and cue and content and int(tags.entities[last - 1].argmax()) in _PERSON:
        yield replace(attribution, contents=(content,), cue=cue, source=source)


def _passed_on(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attribution: Attribution, content: Found
) -> Iterator[Attribution]:
    """The quotation that *content* opens with, of the one who is named as its speaker right behind it."""
    at = bisect_left(quoted, content.start - 1, key=lambda q: q.start)
    begun = at < len(quoted) and quoted[at].start <= content.start
    end = whole_end(document.reading, quoted, at) if begun else None
    tail = _PASSED_ON.fullmatch(document.reading, end, content.end) if end else None
    if end is None or tail is None:
        return
    edges = (end, *tail.span("source"), *tail.span("cue"))
    ends, first, last, low, high = (int(x) for x in tags.pieces.starts.searchsorted(edges))
    source, cue = make_found(document, tags, first, last, 1.0), make_found(document, tags, low, high, 1.0)
    inner = make_found(document, tags, content.low, ends, content.certainty)
    if source and cue and inner:
        yield replace(attribution, contents=(inner,), cue=cue, source=source)
