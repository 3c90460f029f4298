"""Those whom a source's words can mean: the article's entities, and what it names by a noun only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from service.extract.encoder import Tags
from service.extract.entities import Entity
from service.extract.mentions import Mention
from service.extract.names import Key, count_titles, gender_of, key_of
from service.extract.nouns import ANONYMOUS, PAPERS, is_plural, is_post, singular
from service.extract.phrases import Phrase
from service.extract.posts import Post, best_post, find_posts
from service.extract.records import SpeakerKind
from service.extract.sorts import find_sorts, is_company, shown_sorts, sorts_of
from service.extract.wordings import are_titles, are_two, is_fuller, is_title, join_names

_JOINED = re.compile(r"['’]s?\b|['’](?=\s)|[ \u00a0](?:and|&)[ \u00a0]")  # after a name inside a noun
KINDS = {
    "person": SpeakerKind.PERSON,
    "organization": SpeakerKind.ORGANIZATION,
    "place": SpeakerKind.ORGANIZATION,
    "group": SpeakerKind.GROUP,
}


@dataclass(slots=True, eq=False)
class Referent:
    """Someone who may be quoted; ``places`` are its mentions, ``spoken`` where it was a source, in order.

    ``entity`` is ``None`` for what has no name; ``head`` is then its noun. ``stated`` are the folded
    words of all its roles, ``sorts`` what an organisation shows itself to be, ``called`` the nouns that
    have meant it; ``male`` is the evidence
    for "he" minus that for "she".
    """

    name: str
    kind: SpeakerKind
    places: list[tuple[int, int]] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    spoken: list[int] = field(default_factory=list)
    entity: Entity | None = None
    post: Post | None = None
    stated: frozenset[str] = frozenset()
    sorts: frozenset[str] = frozenset()
    called: set[str] = field(default_factory=set)
    head: str = ""
    male: float = 0.0

    @property
    def single(self) -> bool:
        """Whether it can be one human being."""
        return self.kind == SpeakerKind.PERSON or (self.kind == SpeakerKind.UNNAMED and not is_plural(self.head))

    @property
    def adjectival(self) -> bool:
        """Whether the article has it as an adjective only: "European"."""
        return self.entity is not None and all(m.adjectival for m in self.entity.mentions)

    @property
    def entity_words(self) -> Key:
        """The words of its fullest name; none for what has no name."""
        return self.entity.key if self.entity is not None else ()

    def last_before(self, at: int) -> tuple[int, int] | None:
        """Its last mention that begins before *at*."""
        index = bisect_left(self.places, (at, 0))
        return self.places[index - 1] if index else None

    def add(self, start: int, end: int, piece: int) -> None:
        """Take in one more mention, if none begins there already."""
        at = bisect_left(self.places, (start, 0))
        if self.places[at : at + 1] == [] or self.places[at][0] != start:
            self.places.insert(at, (start, end))
            self.pieces.insert(at, piece)


def name_referents(reading: str, entities: Sequence[Entity], sources: Sequence[tuple[int, int]]) -> list[Referent]:
    """The article's entities as referents, each with what the article says of it."""
    people = sorted((m.start, m.end) for e in entities if e.kind == "person" for m in e.mentions)
    begins = {start for start, _ in sources}
    return [_from_entity(reading, e, sources, begins, people) for e in entities]


def _from_entity(
    reading: str,
    entity: Entity,
    sources: Sequence[tuple[int, int]],
    begins: AbstractSet[int],
    people: Sequence[tuple[int, int]],
) -> Referent:
    named_paper = entity.kind == "organization" and len(entity.key) > 1 and _is_paper(entity.key)
    person = entity.kind == "person" and not is_company(reading, entity.mentions)
    kind = SpeakerKind.ORGANIZATION if entity.kind == "person" and not person else KINDS[entity.kind]
    referent = Referent(entity.name, SpeakerKind.DOCUMENT if named_paper else kind, entity=entity)
    for mention in entity.mentions:
        referent.add(mention.start, mention.end, mention.piece)
    if not person:
        referent.stated = frozenset(w for m in entity.mentions for w in find_sorts(reading, m, begins))
        shown = frozenset(s for m in entity.mentions for s in shown_sorts(reading, m))
        misread = {"company"} if entity.kind == "person" else set()
        referent.sorts = sorts_of(referent.stated) | shown | misread
    else:
        posts = list(find_posts(reading, entity.mentions, sources, people))
        referent.post = best_post(posts)
        titles = [t for m in entity.mentions for t in m.titles]
        referent.stated = frozenset(w for text in (*titles, *(p.text for p in posts)) for w in key_of(text))
        heads = [w for p in posts for w in key_of(p.text)[-1:]]
        referent.male = weight_gender([*(t for m in entity.mentions for t in m.titles), *heads])
    return referent


def _is_paper(key: Key) -> bool:
    """Whether a name is a document's: "Paris declaration", "joint statement on fisheries"."""
    at = next((i for i, word in enumerate(key) if word in PAPERS), -1)
    return at >= 0 and (at == len(key) - 1 or key[at + 1] in {"on", "of", "for"})


def weight_gender(words: Sequence[str]) -> float:
    """The evidence for "he" minus that for "she" in titles and nouns: 3, 0 or -3."""
    return {"m": 3.0, "f": -3.0}.get(gender_of(words) or "", 0.0)


class Setting(NamedTuple):
    """What the words beside a mention say of it.

    It *modifies* the next noun ("a Roe supporter"), is *inner*: that, or hangs on a preposition or owns something;
    and is *dated*: a dateline's place.
    """

    modifies: bool
    inner: bool
    dated: bool


class Cast:
    """All referents of an article; nouns join it as the reading comes to them.

    ``settings`` are those of mentions by their place, as far as they have been asked for.
    """

    def __init__(self, reading: str, named: Sequence[Referent], tags: Tags) -> None:
        self.reading, self.named, self.tags = reading, list(named), tags
        self.unnamed: list[Referent] = []
        self.settings: dict[tuple[int, int], Setting] = {}
        self._roster = list(self.named)
        self._pieces = sorted((p, i) for i, r in enumerate(self.named) if not r.adjectival for p in r.pieces if p >= 0)
        self._by_key = {r.entity.key: r for r in reversed(self.named) if r.entity is not None}
        self._by_head: dict[str, list[Referent]] = {}
        self._at = {start: r for r in named for start, _ in r.places}
        self._starts = sorted(self._at)

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(self.reading.split())

    def _is_frequent(self, word: str) -> bool:
        """Whether the article has the word more than twice; most stand in it too seldom to count all for."""
        return self.reading.count(word) > 2 and self._words[word] > 2

    def add_pairs(self, mentions: Sequence[Mention]) -> None:
        """Add "Ann Roe and Bob Doe" where two people or organisations stand so joined: what "they" can mean."""
        for first, second in pairwise(mentions):
            between = self.reading[first.end : second.start]
            joined = re.fullmatch(r"[ \u00a0]+(?:and|&)[ \u00a0]+((?:[\w.]+[ \u00a0]+){0,3})", between)
            if (
                first.kind == second.kind
                and first.kind in {"person", "organization"}
                and joined
                and are_titles(joined[1])
            ):
                self.join([first, second])

    def join(self, mentions: Sequence[Mention], extra: Sequence[str] = ()) -> Referent:
        """Several who speak together as one group under all their names; *extra* are words of more of them."""
        names = list(dict.fromkeys([*((r.name if (r := self.at(m.start)) else m.text) for m in mentions), *extra]))
        name = join_names(names)
        known = next((r for r in self.unnamed if r.name == name), None)
        if known is None:
            known = Referent(name, SpeakerKind.GROUP, head="people")
            self._enlist(known)
        self._place(known, mentions[0].start, mentions[-1].end)
        return known

    def _enlist(self, referent: Referent) -> None:
        self.unnamed.append(referent)
        self._roster.append(referent)
        self._by_head.setdefault(singular(referent.head), []).append(referent)

    def _place(self, referent: Referent, start: int, end: int) -> None:
        """Add a mention that links may lead to."""
        piece = self.piece_at(start)
        if (start, end) not in referent.places and piece >= 0:
            insort(self._pieces, (piece, self._roster.index(referent)))
        referent.add(start, end, piece)

    def between(self, first: int, last: int) -> list[tuple[int, Referent]]:
        """The mentions from piece *first* to *last*: the piece each begins with, and whose it is."""
        low, high = bisect_left(self._pieces, (first, -1)), bisect_left(self._pieces, (last + 1, -1))
        return [(p, self._roster[i]) for p, i in self._pieces[low:high]]

    def first_named(self, starts: Sequence[int]) -> dict[int, int]:
        """Where each sentence first names someone: its number, counted from 1, and the place."""
        firsts: dict[int, int] = {}
        posts = sorted((r.post.start, r.post.end) for r in self.named if r.post)
        for referent in self.named:
            for place, _ in referent.places:
                at = bisect_right(posts, (place, len(self.reading))) - 1
                if at >= 0 and place < posts[at][1] and self._heads_name(posts[at][1]):
                    continue  # "Harbour Bank analyst Ann Roe" names her first
                home = bisect_right(starts, place)
                firsts[home] = min(firsts.get(home, place), place)
        return firsts

    def _heads_name(self, end: int) -> bool:
        """Whether a name begins right behind code point *end*."""
        index = bisect_left(self._starts, end)
        return index < len(self._starts) and self._starts[index] <= end + 1

    def __iter__(self) -> Iterator[Referent]:
        yield from self.named
        yield from self.unnamed

    def at(self, start: int) -> Referent | None:
        """Whose name begins at *start*."""
        return self._at.get(start)

    def piece_at(self, start: int) -> int:
        """The word piece at code point *start*."""
        return int(self.tags.pieces.starts.searchsorted(start, side="right")) - 1

    def add_noun(self, phrase: Phrase) -> Referent:
        """The unnamed referent of *phrase*: one known already, or a new one."""
        words = self.word(phrase)
        known = self._known_noun(phrase, words)
        if known is None:
            known = Referent(words, phrase.kind, head=phrase.head, male=weight_gender([phrase.head]))
            self._enlist(known)
        elif known.head == phrase.head and is_fuller(words, known.name):
            known.name = words
        self._by_key.setdefault(key_of(words), known)
        self._place(known, phrase.start, phrase.end)
        return known

    def add_part(self, name: str, kind: SpeakerKind, head: str, start: int, end: int) -> Referent:
        """Some of a group, mentioned from *start* to *end*, as a referent of its own."""
        part = Referent(name, kind, head=head)
        self._enlist(part)
        self._place(part, start, end)
        return part

    def word(self, phrase: Phrase) -> str:
        """The words of a noun as its name: small where only the sentence's beginning made them large."""
        words = " ".join(self._in_full(phrase).split())
        first = words.split()[0] if words else ""
        before = self.reading[max(0, phrase.start - 8) : phrase.start].rstrip(" \t\u00a0\"“”'‘’")
        begins = not before or before[-1] in ".!?:\n…"
        names = first[1:] != first[1:].lower() or first == "I" or phrase.start in self._at
        titled = count_titles(words.split()) > 1 and words.split()[1][:1].isupper()
        changed = not self.reading.startswith(first, phrase.start)
        kept = changed or names or titled or not begins or self._is_frequent(first)
        return words if kept else words[:1].lower() + words[1:]

    def _in_full(self, phrase: Phrase) -> str:
        """The words of a noun with the people in it by their full names: "Ann Roe's office", "Ann Roe and others"."""
        words, at = "", phrase.start
        low = bisect_left(self._starts, phrase.start)
        for start in self._starts[low : bisect_left(self._starts, phrase.end)]:
            referent = self._at[start]
            end = next((e for s, e in referent.places if s == start), start)
            if referent.kind != SpeakerKind.PERSON or _JOINED.match(self.reading, end) is None or end > phrase.end:
                continue
            before = self.reading[at:start]
            words += ("" if is_title(before) else before) + referent.name
            at = end
        return words + self.reading[at : phrase.end]

    def _known_noun(self, phrase: Phrase, words: str) -> Referent | None:
        """The last unnamed one of the same words or, for "the …" and "officials", of the same head noun."""
        key = key_of(words)
        if key in self._by_key:
            return self._by_key[key]
        titled = self._titled(phrase) if phrase.definite and phrase.kind == SpeakerKind.DOCUMENT else None
        if titled is not None and set(key) <= set(titled.entity_words):
            return titled
        if phrase.definite and len(key) == 1 and singular(phrase.head) == "source":
            return self._withheld(phrase)
        if phrase.definite and len(key) == 1 and singular(phrase.head) == "document":
            return self._last_paper(phrase)
        for referent in reversed(self._by_head.get(singular(phrase.head), [])):
            within = set(key) <= set(key_of(referent.name))
            alike = referent.head == phrase.head and (within or singular(phrase.head) == phrase.head)
            if phrase.definite and phrase.kind == SpeakerKind.DOCUMENT and alike and not are_two(words, referent.name):
                return referent
            same = referent.head == phrase.head and within
            if same and (phrase.definite or (len(key) == 1 and phrase.plural)):
                return referent
        return None

    def _withheld(self, phrase: Phrase) -> Referent | None:
        """Whom "the source" means: the last one or ones before it whose names are withheld."""
        sources = [r for r in self.unnamed if r.kind == SpeakerKind.UNNAMED and _speaks(r.head)]
        return _last(phrase, [r for r in sources if is_plural(r.head) == phrase.plural])

    def _last_paper(self, phrase: Phrase) -> Referent | None:
        """What "the document" means: the last one before it, whatever it was called: "a leaked memo"."""
        papers = [r for r in self if r.kind == SpeakerKind.DOCUMENT]
        return _last(phrase, [r for r in papers if is_plural(r.head) == phrase.plural])

    def _titled(self, phrase: Phrase) -> Referent | None:
        """The document whose title holds the noun, mentioned last before it."""
        papers = [r for r in self.named if r.kind == SpeakerKind.DOCUMENT]
        return _last(phrase, [r for r in papers if phrase.head in r.entity_words])


def _last(phrase: Phrase, known: Sequence[Referent]) -> Referent | None:
    """Which of the *known* was mentioned last before *phrase*."""
    before = [(last, i) for i, r in enumerate(known) if (last := r.last_before(phrase.start))]
    return known[max(before)[1]] if before else None


def _speaks(head: str) -> bool:
    return singular(head) in ANONYMOUS or is_post(singular(head))
