"""Noun phrases found in plain text, where no source is tagged: what "they" and "who" can mean."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from service.extract.names import WORD, fold
from service.extract.nouns import (
    COLLECTIVES,
    DEFINITE,
    DETERMINERS,
    DOCUMENTS,
    ORGANIZATIONS,
    STOPS,
    is_plural,
    is_post,
    singular,
)
from service.extract.phrases import Form, Phrase
from service.extract.records import Sentence
from service.extract.referents import Cast
from service.extract.values import START

OURSELVES = frozenset({"newspaper", "paper", "website"})  # which "this" names, and nobody calls "it"
SUBJECT = 80  # code points from a sentence's start to its subject's end


def find_subjects(cast: Cast, sentences: Sequence[Sentence], at: int) -> list[Phrase]:
    """Nouns that begin one of the two sentences before *at* or stand before it in its own: what "they" can mean."""
    last = bisect_right(sentences, at, key=START) - 1
    found = []
    for i in range(max(0, last - 2), last + 1):
        limit = at if i == last else sentences[i].start + SUBJECT
        found += list(_nouns_in(cast.reading, sentences[i].start, min(limit, sentences[i].end)))
    return found


def _nouns_in(reading: str, start: int, end: int) -> Iterator[Phrase]:
    """Known nouns with a determiner, and known plurals that begin the stretch."""
    words = list(WORD.finditer(reading, start, end))
    for i, word in enumerate(words):
        head = fold(word.group())
        known = is_post(singular(head)) or singular(head) in ORGANIZATIONS or head in DOCUMENTS or head in COLLECTIVES
        if (
            not (known or (i < 3 and is_plural(head)))
            or (i and word.group()[0].isupper())
            or word.group().endswith(("'s", "’s"))
            or (i + 1 < len(words) and _goes_on(reading, words, i))
        ):
            continue
        first = i
        while first > 0 and i - first < 4 and not _stops(reading, words, first - 1):
            first -= 1
        lead = (
            fold(words[first - 1].group())
            if first and not reading[words[first - 1].end() : words[first].start()].strip()
            else ""
        )
        if lead == "this" and head in OURSELVES:
            continue
        if lead in DETERMINERS or lead.isdigit() or is_plural(head):
            yield Phrase(Form.NOUN, words[first].start(), word.end(), head, definite=lead in DEFINITE)


def _goes_on(reading: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the noun only modifies the next one: "police officers"."""
    following = fold(words[at + 1].group())
    joined = not reading[words[at].end() : words[at + 1].start()].strip()
    return joined and (is_post(singular(following)) or singular(following) in ORGANIZATIONS)


def read_before(cast: Cast, end: int, sentence_start: int) -> Phrase | None:
    """The noun phrase that ends at code point *end*, for "voters who say"."""
    words = list(WORD.finditer(cast.reading, max(sentence_start, end - 80), end))
    if not words or cast.reading[words[-1].end() : end].strip(" ,"):
        return None
    first = len(words) - 1
    while first > 0 and not _stops(cast.reading, words, first - 1) and len(words) - first < 5:
        first -= 1
    start, stop = words[first].start(), words[-1].end()
    head = fold(words[-1].group())
    known = is_post(singular(head)) or is_plural(head) or singular(head) in ORGANIZATIONS or head in DOCUMENTS
    if fold(words[first].group()) in STOPS or not known:
        return None
    return Phrase(Form.NOUN, start, stop, head)


def _stops(reading: str, words: Sequence[re.Match[str]], at: int) -> bool:
    word = fold(words[at].group())
    gap = reading[words[at].end() : words[at + 1].start()]
    return bool(gap.strip()) or word in STOPS or word.endswith(("ed", "ing", "ly")) or word in DEFINITE | {"a", "an"}
