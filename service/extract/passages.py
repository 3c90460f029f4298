"""Passages whose layout says that they are somebody's words: block quotations and the turns of a transcript.

No cue and no mark tells the tagger; the layout tells the reader. Both are direct quotations whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.extract.records import Block, Document, Sentence

LABEL = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3}|[QA])"
    r"(?: ?\([^)]{1,40}\))?\s?:\s+(?=\S)"
)
LEAST_TURNS = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces of one source's words; the words of the source where a label gives them, else the sentence before."""

    pieces: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None


def find_passages(document: Document, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """All passages in order."""
    found = [*_quotes(document, sentences), *_turns(document)]
    return tuple(sorted(found, key=lambda passage: passage.pieces[0]))


def _quotes(document: Document, sentences: Sequence[Sentence]) -> Iterator[Passage]:
    """Block quotations: quote blocks that follow each other are one; the sentence before leads in."""
    group: list[Block] = []
    for block in [*document.blocks, Block(len(document.text), len(document.text))]:
        if block.kind == "quote":
            group.append(block)
            continue
        if group:
            at = bisect_right(sentences, group[0].start - 1, key=lambda s: s.start) - 1
            lead = (sentences[at].start, sentences[at].end) if at >= 0 else None
            yield Passage(tuple((b.start, b.end) for b in group), lead=lead)
        group = []


def _turns(document: Document) -> Iterator[Passage]:
    """Turns of a transcript: paragraphs that begin with a speaker's label, at least two of them.

    Labels in capitals, or ones that come again or stand in neighbouring paragraphs; an interviewer's
    ``Q:`` is the article's own voice.
    """
    labelled = [
        (n, block, mark)
        for n, block in enumerate(document.blocks)
        if block.kind == "paragraph" and (mark := LABEL.match(document.reading, block.start, block.end))
    ]
    names = [mark["name"] for _, _, mark in labelled]
    numbers = {n for n, _, _ in labelled}
    for n, block, mark in labelled:
        name = mark["name"]
        beside = n - 1 in numbers or n + 1 in numbers
        if name == "Q" or len(labelled) < LEAST_TURNS or not (beside or (name.isupper() and names.count(name) > 1)):
            continue
        yield Passage(((mark.end(), block.end),), label=mark.span("name"))
