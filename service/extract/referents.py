"""Those whom a source's words can mean: the article's entities, and what it names by a noun only."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from service.extract.encoder import Tags
from service.extract.entities import Entity
from service.extract.names import key_of
from service.extract.nouns import DEFINITE, is_plural, is_post, singular
from service.extract.phrases import Phrase
from service.extract.posts import Post, find_post
from service.extract.records import SpeakerKind

KINDS = {
    "person": SpeakerKind.PERSON,
    "organization": SpeakerKind.ORGANIZATION,
    "place": SpeakerKind.ORGANIZATION,
    "group": SpeakerKind.GROUP,
}


@dataclass(slots=True, eq=False)
class Referent:
    """Someone who may be quoted; ``places`` are its mentions, ``spoken`` where it was a source, in order.

    ``entity`` is ``None`` for what has no name; ``head`` is then its noun. ``male`` is the evidence
    for "he" minus that for "she".
    """

    name: str
    kind: SpeakerKind
    places: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    spoken: list[int] = field(default_factory=list)
    entity: Entity | None = None
    post: Post | None = None
    head: str = ""
    male: float = 0.0

    @property
    def single(self) -> bool:
        """Whether it can be one human being."""
        return self.kind == SpeakerKind.PERSON or (self.kind == SpeakerKind.UNNAMED and not is_plural(self.head))

    def last_before(self, at: int) -> tuple[int, int] | None:
        """Its last mention that begins before *at*."""
        index = bisect_left(self.places, (at, 0))
        return self.places[index - 1] if index else None

    def add(self, start: int, end: int, piece: int) -> None:
        """Take in one more mention."""
        at = bisect_left(self.places, (start, end))
        if self.places[at : at + 1] != [(start, end)]:
            self.places.insert(at, (start, end))
            self.pieces.insert(at, piece)


class Cast:
    """All referents of an article; nouns join it as the reading comes to them."""

    def __init__(self, reading: str, entities: Sequence[Entity], sources: Sequence[tuple[int, int]], tags: Tags) -> None:
        self.reading, self.tags = reading, tags
        self.named = [self._from_entity(e, sources) for e in entities]
        self.unnamed: list[Referent] = []
        self._at = {m.start: r for r in self.named if r.entity for m in r.entity.mentions}

    def _from_entity(self, entity: Entity, sources: Sequence[tuple[int, int]]) -> Referent:
        referent = Referent(entity.name, KINDS[entity.kind], entity=entity)
        for mention in entity.mentions:
            referent.add(mention.start, mention.end, mention.piece)
        if entity.kind == "person":
            referent.post = find_post(self.reading, entity.mentions, sources)
            words = [entity.gender or "", *(referent.post.text.split() if referent.post else ())]
            referent.male = {"m": 3.0, "f": -3.0}.get(entity.gender or _gender(words) or "", 0.0)
        return referent

    def __iter__(self) -> Iterator[Referent]:
        yield from self.named
        yield from self.unnamed

    def at(self, start: int) -> Referent | None:
        """Whose name begins at *start*."""
        return self._at.get(start)

    def piece_at(self, start: int) -> int:
        """The word piece at code point *start*."""
        return int(np.searchsorted(self.tags.pieces.starts, start, side="right")) - 1

    def add_noun(self, phrase: Phrase) -> Referent:
        """The unnamed referent of *phrase*: one known already, or a new one."""
        words = self.reading[phrase.start : phrase.end]
        known = self._known_noun(phrase, key_of(words))
        if known is None:
            known = Referent(" ".join(words.split()), phrase.kind, head=phrase.head)
            self.unnamed.append(known)
        elif known.head == phrase.head and len(words) > len(known.name) and key_of(words)[-1:] == key_of(known.name)[-1:]:
            known.name = " ".join(words.split())
        known.add(phrase.start, phrase.end, self.piece_at(phrase.start))
        return known

    def _known_noun(self, phrase: Phrase, key: tuple[str, ...]) -> Referent | None:
        """The last unnamed one of the same words or, for "the …" and "officials", of the same head noun."""
        for referent in reversed(self.unnamed):
            other = key_of(referent.name)
            if other == key:
                return referent
            alike = referent.head == phrase.head or singular(referent.head) == phrase.head and phrase.kind == SpeakerKind.DOCUMENT
            if not alike:
                continue
            if set(key) <= set(other) and (phrase.definite or len(key) == 1 and phrase.plural):
                return referent
        return None

    def find_post_holder(self, phrase: Phrase) -> Referent | None:
        """The person of whom the article says what the definite *phrase* says: "the prime minister"."""
        if not is_post(phrase.head) or not phrase.definite:
            return None
        said = set(key_of(self.reading[phrase.start : phrase.end])) - DEFINITE
        fits = []
        for referent in self.named:
            if referent.kind != SpeakerKind.PERSON or referent.entity is None:
                continue
            stated = set(key_of(referent.post.text)) if referent.post else set()
            stated |= {w for m in referent.entity.mentions for t in m.titles for w in key_of(t)}
            before = referent.last_before(phrase.start)
            if phrase.head in stated and before is not None:
                fits.append((len(said & stated) - len(said - stated) * 0.6, before[0], referent))
        fits = [f for f in fits if f[0] > 0.5]
        return max(fits, key=lambda f: f[:2])[2] if fits else None

    def find_named_thing(self, phrase: Phrase) -> Referent | None:
        """The organisation whose name holds the noun of the definite *phrase*: "the university"."""
        if not phrase.definite or phrase.kind not in {SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT}:
            return None
        said = set(key_of(self.reading[phrase.start : phrase.end]))
        fits = []
        for referent in self.named:
            if referent.entity is None or referent.kind != SpeakerKind.ORGANIZATION:
                continue
            before = referent.last_before(phrase.start)
            key = referent.entity.key
            if before is not None and len(key) > 1 and phrase.head in {key[0], key[-1]} and said <= set(key):
                fits.append((before[0], referent))
        return max(fits, key=lambda f: f[0])[1] if fits else None


def _gender(words: Sequence[str]) -> str | None:
    from service.extract.names import gender_of

    return gender_of(words)
