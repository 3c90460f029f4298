"""Whether words that were not tagged as a source name someone who can be one."""

from __future__ import annotations

import re

from service.extract.encoder import Tags
from service.extract.names import WORD, fold
from service.extract.nouns import ANONYMOUS, COLLECTIVES, DOCUMENTS, ORGANIZATIONS, PRONOUNS, is_post, singular
from service.extract.outputs import ENTITIES
from service.extract.silences import is_nobody

_HUNG = re.compile(
    r"[ \u00a0](?:of|in|at|on|to|with|for|from|by|who|that|close|familiar|briefed|involved|present|about|as)\b"
)
_PERSON = frozenset(ENTITIES.index(f"{edge}-person") for edge in "BI")
_PLACE = frozenset(ENTITIES.index(f"{edge}-place") for edge in "BI")
_NAMED = _PERSON | {ENTITIES.index(f"{edge}-organization") for edge in "BI"}


def is_voice(reading: str, tags: Tags, start: int, end: int, *, papers: bool = True) -> bool:
    """Whether the head of the phrase is a person or a body by its noun or its name, or with *papers* a document."""
    hung = _HUNG.search(reading, start, end)
    stop = hung.start() if hung else end
    words = WORD.findall(reading[start:stop])
    head = fold(words[-1]) if words else ""
    one = singular(head)
    if one in ANONYMOUS or head in COLLECTIVES or is_post(one) or one in ORGANIZATIONS:
        return True
    if papers and (head in DOCUMENTS or one in DOCUMENTS):
        return True
    return _is_tagged(tags, stop - 1, _NAMED)


def can_say(reading: str, tags: Tags, start: int, end: int) -> bool:
    """Whether a subject is a pronoun, a name by its capitals or tags, or a noun for somebody or a document."""
    words = reading[start:end]
    if is_nobody(words):
        return False
    return fold(words) in PRONOUNS or words.istitle() or is_voice(reading, tags, start, end)


def is_place(tags: Tags, at: int) -> bool:
    """Whether the word piece at code point *at* is tagged as part of a place's name."""
    return _is_tagged(tags, at, _PLACE)


def is_person(tags: Tags, at: int) -> bool:
    """Whether the word piece at code point *at* is tagged as part of a person's name."""
    return _is_tagged(tags, at, _PERSON)


def _is_tagged(tags: Tags, at: int, kinds: frozenset[int]) -> bool:
    piece = int(tags.pieces.starts.searchsorted(at + 1)) - 1
    return piece >= 0 and int(tags.entities[piece].argmax()) in kinds
