"""Attributions as quotations: kind by the marks, act by the sentence scores, status by the words of the cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.attributions import Attribution, Found
from service.extract.quoted import Quoted
from service.extract.records import Act, Block, Document, Kind, Quotation, Sentence, Span, Status

DIRECT_SHARE, INDIRECT_SHARE = 0.9, 0.02
OPENING, CLOSING = "\"“„«‘'`", "\"”“»’'´"

# What turns a report of speech into one of speech imagined or denied stands right before the cue
# or opens its clause; both patterns are matched against the end of the words up to the cue's end.
IMAGINED = re.compile(
    r"\b(?:could|might|may as well|may well|can almost|would (?:like|love) to|should|ought to|imagine|suppose|pretend)"
    r"(?: (?:just|simply|well|easily|almost|have|be|instead|also|honestly|then|at least)){0,3}"
    r"(?: \w+ing)?(?: \w+)?$|\b(?:as if|as though)(?: \w+){0,3}$",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:never|did not|didn[’']t|does not|doesn[’']t|has not|hasn[’']t|had not|hadn[’']t|nobody|no one|denied having|denies having|denied ever)"
    r"(?: (?:once|actually|ever|even|really|publicly|explicitly)){0,2}(?: \w+)?$",
    re.IGNORECASE,
)
UTTERANCE = re.compile(r"\b(?:say|said|saying|claim\w*|tell|told|utter\w*|call\w*|ask\w*|write|wrote|argu\w+|reply|respond)$", re.IGNORECASE)


def make_quotations(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    attributions: Sequence[Attribution],
    acts: Sequence[Act],
) -> tuple[Quotation, ...]:
    """One quotation for each attribution; speakers are joined to them later."""
    return tuple(
        _make(document, sentences, quoted, attribution, act, n)
        for n, (attribution, act) in enumerate(zip(attributions, acts, strict=True), 1)
    )


def _make(
    document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted], attribution: Attribution, act: Act, number: int
) -> Quotation:
    contents = attribution.contents
    return Quotation(
        id=f"q{number}",
        kind=kind_of(document, [(c.start, c.end) for c in contents], quoted),
        content=tuple(document.span(*_balanced(document.reading, c, quoted)) for c in contents),
        cue=(_span(document, attribution.cue),) if attribution.cue else (),
        source=_span(document, attribution.source) if attribution.source else None,
        act=act,
        status=status_of(document, sentences, attribution),
        confidence=round(min(c.certainty for c in contents), 4),
        sentences=tuple(s.id for s in sentences if any(c.start < s.end and s.start < c.end for c in contents)),
    )


def _span(document: Document, found: Found) -> Span:
    return document.span(found.start, found.end)


def _balanced(reading: str, content: Found, quoted: Sequence[Quoted]) -> tuple[int, int]:
    """The content with a closing mark at its end whose opening mark it holds, and the other way round."""
    start, end = content.start, content.end
    for q in quoted:
        inside_start, inside_end = start < q.start < end, start < q.end < end
        closes = q.closed and q.end < len(reading)
        if inside_start and closes and not inside_end and not reading[end : q.end].strip(" .,;:!?…"):
            end = q.end + (2 if reading[q.end : q.end + 2] == "''" else 1)
        if inside_end and not inside_start and q.start <= start and start - q.start <= 1:
            start = q.start - (2 if reading[q.start - 2 : q.start] in ("``", "''") else 1)
    return start, end


def kind_of(document: Document, contents: Sequence[tuple[int, int]], quoted: Sequence[Quoted]) -> Kind:
    """Direct if nearly all letters stand in quotation marks or a block quotation, indirect if none, else mixed."""
    total = inside = 0
    for start, end in contents:
        marks = [(q.start, q.end) for q in quoted if q.start < end and start < q.end]
        marks += [(b.start, b.end) for b in _quote_blocks(document) if b.start < end and start < b.end]
        for at in range(start, end):
            if document.reading[at].isalnum():
                total += 1
                inside += any(low <= at < high for low, high in marks)
    share = inside / total if total else 0.0
    if share >= DIRECT_SHARE:
        return Kind.DIRECT
    return Kind.INDIRECT if share <= INDIRECT_SHARE else Kind.MIXED


def _quote_blocks(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind == "quote"]


def status_of(document: Document, sentences: Sequence[Sentence], attribution: Attribution) -> Status:
    """Whether the words before the cue say that this was only imagined, or never uttered."""
    cue = attribution.cue
    if cue is None:
        return Status.ASSERTED
    start = max((s.start for s in sentences if s.start <= cue.start), default=0)
    before = document.reading[start : cue.start].rstrip(" \"“'‘:,")
    within = document.reading[cue.start : cue.end]
    if IMAGINED.search(before[-80:]) or re.match(r"(?:could|might|would like to|as if to|as though)\b", within, re.IGNORECASE):
        return Status.HYPOTHETICAL
    denial = DENIED.search(before[-80:]) or re.match(r"(?:never|did not|didn[’']t|denied having)\b", within, re.IGNORECASE)
    return Status.DENIED if denial and UTTERANCE.search(within) else Status.ASSERTED


def find_quoted_terms(document: Document, quoted: Sequence[Quoted], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """What stands in quotation marks and is nobody's words: scare quotes, titles, nicknames."""
    contents = [span for q in quotations for span in q.content]
    terms: list[Span] = []
    for q in quoted:
        touched = any(q.start < c.end and c.start < q.end for c in contents)
        nested = bool(terms) and q.start < terms[-1].end
        if q.closed and not touched and not nested and q.end > q.start:
            terms.append(document.span(q.start, q.end))
    return tuple(terms)
