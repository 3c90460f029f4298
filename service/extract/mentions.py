"""Names in the text: where a person, an organisation, a place or a people is called by name.

Found by the network's entity tags, mended by what stands in the text: whole words, no possessive,
no title inside the name, one type for one name throughout the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from service.extract.decode import best_path, legal_transitions, spans_of
from service.extract.encoder import Tags
from service.extract.names import POSSESSIVE, WORD, Key, count_titles, fold, key_of
from service.extract.nouns import HONORIFICS, PRONOUNS, TITLES

ENTITY_NAMES = tuple(["O"] + [f"{p}-{k}" for k in ("person", "organization", "place", "group") for p in "BI"])
_TRANSITIONS = legal_transitions(ENTITY_NAMES)
_CAPITALIZED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: code points *start* to *end*, titles and possessive outside.

    ``kind`` is "person", "organization", "place" or "group" (a people, party or faith); ``titles``
    are the words of the title that stood before it, in order; ``piece`` is its first word piece.
    """

    start: int
    end: int
    text: str
    kind: str
    piece: int = -1
    titles: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Its words as names are compared."""
        return key_of(self.text)


def find_mentions(reading: str, tags: Tags) -> tuple[Mention, ...]:
    """All names the tagger sees in *reading*, in order."""
    if not len(tags.pieces):
        return ()
    path = best_path(tags.entities, _TRANSITIONS).tolist()
    spans = []
    for low, high, kind in spans_of(path, ENTITY_NAMES):
        start, end = int(tags.pieces.starts[low]), int(tags.pieces.ends[high - 1])
        if _CAPITALIZED.search(reading[start:end]):
            spans.append((start, end, kind))
    grown = _without_overlaps((*widen(reading, start, end), kind) for start, end, kind in spans)
    made = (make_mention(reading, *span, tags) for span in grown)
    return agree([m for m in made if m is not None])


def _in_word(reading: str, at: int) -> bool:
    """Whether the code points before and at *at* are of one word."""
    if reading[at].isalnum():
        return reading[at - 1].isalnum() or reading[at - 1] in "-'’" and reading[at - 2 : at - 1].isalnum()
    return reading[at] in "-'’" and reading[at - 1].isalnum() and reading[at + 1 : at + 2].isalpha()


def widen(reading: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words."""
    while start > 0 and _in_word(reading, start):
        start -= 1
    while end < len(reading) and _in_word(reading, end):
        end += 1
    return start, end


def _without_overlaps(spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    last = -1
    for start, end, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        if start >= last:
            yield start, end, kind
            last = end


def make_mention(reading: str, start: int, end: int, kind: str, tags: Tags | None = None) -> Mention | None:
    """A mention from a rough span: without possessive and, for a person, without titles."""
    words = list(WORD.finditer(reading, start, end))
    if not words or all(fold(w.group()) in TITLES | HONORIFICS | PRONOUNS for w in words):
        return None
    titles: tuple[str, ...] = ()
    if kind == "person":
        skip = count_titles([w.group() for w in words])
        titles = tuple(w.group() for w in words[:skip])
        words = words[skip:]
    elif words[0].group().casefold() == "the" and len(words) > 1:
        words = words[1:]
    start, end = words[0].start(), words[-1].end()
    end = start + len(POSSESSIVE.sub("", reading[start:end]).rstrip("'’-"))
    if reading[end : end + 1] == "." and re.search(r"\.\w$|\b(?:Jr|Sr|Inc|Corp|Co|Ltd)$", reading[start:end]):
        end += 1
    piece = -1 if tags is None else int(np.searchsorted(tags.pieces.starts, start, side="right")) - 1
    return Mention(start, end, reading[start:end], kind, piece, titles)


def agree(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, each of the type that its name has most often in the article."""
    votes: dict[Key, Counter[str]] = {}
    for mention in mentions:
        votes.setdefault(mention.key, Counter())[mention.kind] += 1
    winners = {key: max(counts, key=lambda kind: (counts[kind], kind == "person")) for key, counts in votes.items()}
    return tuple(m if m.kind == winners[m.key] else replace(m, kind=winners[m.key]) for m in mentions)
