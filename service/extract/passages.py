"""Passages whose layout says that they are somebody's words: block quotations, turns of a transcript, answers.

No cue and no mark tells the tagger; the layout tells the reader. All are direct quotations whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from service.extract.records import Block, Document, Role, Sentence, sentences_over
from service.extract.values import START, dataclass

LABEL = re.compile(
    r"(?:[\"“](?=[A-Z][A-Z]))?(?P<name>"
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,4}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){0,3}|[QA])"
    r"(?: ?\([^)]{1,40}\))?\s?:\s+(?=\S)"
)
LEAST_TURNS = 2
LEAST_QUESTIONS, QUESTIONS = 2, 4  # paragraphs that ask, in an interview
LONG = 5  # sentences of an answer that ends with a question of its own
OPENING = 600  # code points in which an interview says that it is one
YOU = re.compile(r"\byou\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|I['’]\w+)\b")
QUOTES = re.compile(r"[\"“”]")
INTERVIEWED = re.compile(r"\binterview(?:s|ed|ing| with| by)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces of one source's words; the words of the source where a label gives them, else the sentence before."""

    pieces: tuple[tuple[int, int], ...]
    label: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None


def find_passages(document: Document, sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """All passages in order."""
    found = [*_quotes(document, sentences), *_turns(document, sentences)]
    return tuple(sorted(found, key=lambda passage: passage.pieces[0]))


def _quotes(document: Document, sentences: Sequence[Sentence]) -> Iterator[Passage]:
    """Block quotations: quote blocks that follow each other are one; the sentence before leads in."""
    group: list[Block] = []
    for block in [*document.blocks, Block(len(document.text), len(document.text))]:
        if block.kind == "quote":
            group.append(block)
            continue
        if group:
            at = bisect_right(sentences, group[0].start - 1, key=START) - 1
            lead = (sentences[at].start, sentences[at].end) if at >= 0 else None
            yield Passage(tuple((b.start, b.end) for b in group), lead=lead)
        group = []


def _turns(document: Document, sentences: Sequence[Sentence]) -> Iterator[Passage]:
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
        held = sentences_over(sentences, mark.start(), mark.end())
        if held and sentences[held[0]].role is Role.CAPTION:
            continue  # "FILE PHOTO: Bo Lind speaks at the quay" is nobody's turn
        beside = n - 1 in numbers or n + 1 in numbers
        if name == "Q" or len(labelled) < LEAST_TURNS or not (beside or (name.isupper() and names.count(name) > 1)):
            continue
        yield Passage(((mark.end(), block.end),), label=mark.span("name"))


def is_interview(reading: str, blocks: Sequence[Block]) -> bool:
    """Whether the article is an interview printed as questions and answers.

    Many of its paragraphs ask, and it calls itself an interview or asks "you"; or it says early that it is one,
    and most of its text is paragraphs that speak in the first person, out of quotation marks, or all its questions
    ask "you" and no such mark follows the first.
    """
    long = [reading[b.start : b.end] for b in blocks if b.end - b.start > 2]
    asking = [text for text in long if _ends_asking(text)]
    if len(asking) < LEAST_QUESTIONS:
        return False
    if len(asking) >= QUESTIONS and len(asking) * 5 >= len(long):
        addressed = sum(YOU.search(text) is not None for text in asking)
        return "interview" in reading.lower() or addressed * 4 >= len(long)
    if "interview" not in reading[:OPENING].lower():
        return False
    personal = sum(len(text) for text in long if FIRST_PERSON.search(text) and not QUOTES.search(text))
    held = INTERVIEWED.search(reading[:OPENING]) is not None
    asked = held and all(map(YOU.search, asking)) and not any(map(QUOTES.search, long[long.index(asking[0]) :]))
    return asked or personal * 2 >= sum(len(text) for text in long)


def _ends_asking(text: str) -> bool:
    return text.rstrip(' \n*_"”').endswith("?")


def asks(reading: str, block: Block) -> bool:
    """Whether a paragraph ends with a question."""
    return _ends_asking(reading[block.start : block.end])


def find_answers(document: Document, sentences: Sequence[Sentence], margins: Sequence[float]) -> tuple[Passage, ...]:
    """The answers of an interview that has no labels: paragraphs of the body that ask nothing, or only in the end.

    *margins* say of each sentence by how much its score as a quotation passes the threshold; they decide on what
    does not stand right behind a question. Before the first one, an answer speaks in the first person.
    """
    reading, blocks = document.reading, document.blocks
    labelled = sum(LABEL.match(reading, b.start, b.end) is not None for b in blocks[3:])
    if labelled >= LEAST_TURNS or not is_interview(reading, blocks):
        return ()
    found = []
    asked: Block | None = None
    for before, block in pairwise([Block(0, 0), *blocks]):
        asked = before if before.kind == "paragraph" and asks(reading, before) else asked
        held = sentences_over(sentences, block.start, block.end)
        if block.kind != "paragraph" or not held or (asks(reading, block) and len(held) < LONG):
            continue
        sure = sum(margins[i] for i in held) >= 0 if asked is not before else True
        spoken = asked is not None or FIRST_PERSON.search(reading, block.start, block.end) is not None
        if sure and spoken and all(sentences[i].role is Role.BODY for i in held):
            found.append(Passage(((block.start, block.end),)))
    return tuple(found)
