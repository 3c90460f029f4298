"""Mentions gathered into entities: every name in the article that means the same bearer, under its fullest form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.extract.mentions import Mention
from service.extract.name_spans import COMPANIES, RESTS
from service.extract.names import (
    ROYAL,
    Key,
    fold,
    gender_of,
    initials,
    is_acronym,
    is_misspelt,
    match_short,
    same_person,
    strip_possessive,
)
from service.extract.nouns import HONORIFICS, ORGANIZATIONS
from service.extract.values import START

NEAR = 600  # code points within which a full name decides whom a bare surname means
_BRACKETED = re.compile(
    r"\s*(?:\(\s*(?:the\s+|or\s+)?|,\s+or\s+(?:the\s+)?)[\"“'‘]?([A-Z][A-Za-z.&]{1,9})[\"”'’]?\s*[),]"
)
_THE = re.compile(r"\b[Tt]he $")
CALLED = frozenset(
    {"agency", "association", "authority", "board", "bureau", "chronicle", "commission", "committee", "council"}
    | {"department", "federation", "foundation", "gazette", "guardian", "herald", "institute", "journal", "ministry"}
    | {"observer", "office", "post", "telegraph", "times", "tribune", "union"}
)  # nouns that a name is cut down to
EVENTS = frozenset(
    {"awards", "conference", "congress", "cup", "festival", "forum", "marathon", "prize", "summit"}
)  # … whose names are not cut down to their hosts'
_TIED = re.compile(r"[a-z](?:ed)?[ \u00a0](?:by|with|for)[ \u00a0]")  # a source that is not the one it names
_OPEN = re.compile(r" \((?:the )?")


@dataclass(slots=True)
class Entity:
    """Someone or something that the article names, with its mentions in order.

    ``key`` is that of the fullest form; ``aliases`` are the keys of the others.
    """

    kind: str
    key: Key
    mentions: list[Mention] = field(default_factory=list)
    aliases: set[Key] = field(default_factory=set)

    def add(self, mention: Mention) -> None:
        """Take *mention* in; the fullest form is kept."""
        self.mentions.append(mention)
        self.aliases.add(mention.key)
        if len(mention.key) > len(self.key):
            self.key = mention.key

    @property
    def name(self) -> str:
        """The fullest form in the article, without titles; the first of equals that is not all capitals.

        Of somebody who is but an initial ("Mrs B") with the title.
        """
        best = max(
            self.mentions, key=lambda m: (_fullness(m, self.kind), not m.text.isupper() or is_acronym(m.text), -m.start)
        )
        royal = [t for m in self.mentions for t in m.titles[-1:] if m.key == best.key and fold(t) in ROYAL]
        name = " ".join(best.text.split())
        alone = len(best.key) == 1 or (len(best.key) == 3 and best.key[1] == "of")
        if self.kind == "person" and len(name) == 1 and best.titles:
            return f"{best.titles[-1]} {name}"
        return f"{royal[0]} {name}" if royal and alone else name

    @property
    def gender(self) -> str | None:
        """``"m"`` or ``"f"`` where a title before the name says so."""
        found = [g for m in self.mentions if (g := gender_of(m.titles))]
        return max(found, key=found.count) if found else None


def _fullness(mention: Mention, kind: str) -> tuple[int, int]:
    words = len(mention.key)
    if kind == "person":
        return words, sum(map(len, mention.key))
    return int(not is_acronym(mention.text)), words


def gather(reading: str, mentions: Sequence[Mention], sources: Sequence[tuple[int, int]] = ()) -> tuple[Entity, ...]:
    """The entities of an article, in the order of their first mention; *sources* are where it names who speaks."""
    heard = _first_in(mentions, [s for s in sources if not _TIED.search(reading, *s)])
    people = [m for m in mentions if m.kind == "person"]
    others = [m for m in mentions if m.kind != "person"]
    entities = gather_people(reading, people, heard)
    surnames = {e.key[-1] for e in entities if len(e.key) > 1}
    strays = [m for m in others if m.kind == "organization" and len(m.key) == 1 and m.key[0] in surnames]
    known: dict[Key, list[Entity]] = {}
    for mention in strays:
        _join_short(entities, mention, known, heard)
    entities += gather_others(reading, [m for m in others if m not in strays])
    for entity in entities:
        entity.mentions.sort(key=START)
    return tuple(sorted(entities, key=lambda e: e.mentions[0].start))


def _first_in(mentions: Sequence[Mention], sources: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Where the first name in each of the *sources* begins."""
    starts = sorted(m.start for m in mentions)
    at = ((bisect_left(starts, start), end) for start, end in sources)
    return frozenset(starts[i] for i, end in at if i < len(starts) and starts[i] < end)


def gather_people(reading: str, mentions: Sequence[Mention], heard: frozenset[int] = frozenset()) -> list[Entity]:
    """People: full forms first, then what each shorter form can stand for."""
    entities: list[Entity] = []
    short: list[Mention] = []
    by_key: dict[Key, Entity] = {}
    for mention in mentions:
        key = mention.key
        if len(key) < 2:
            short.append(mention)
            continue
        known = by_key.get(key) or next((e for e in entities if any(same_person(a, key) for a in e.aliases)), None)
        if known is None:
            known = Entity("person", key)
            entities.append(known)
        by_key[key] = known
        known.add(mention)
    for mention in _couples(reading, short, entities):
        short.remove(mention)
    bearers: dict[Key, list[Entity]] = {}
    for mention in short:
        _join_short(entities, mention, bearers, heard)
    return entities


def _couples(reading: str, short: Sequence[Mention], entities: list[Entity]) -> list[Mention]:
    """The first halves of "Jim and Jane Roe", each made an entity of its own with the surname."""
    found = []
    for mention in short:
        for entity in entities:
            full = next((m for m in entity.mentions if 0 < m.start - mention.end <= 7), None)
            if full is None or not re.fullmatch(r"\s+(?:and|&)\s+", reading[mention.end : full.start]):
                continue
            if any(mention.key[0] == e.key[0] or mention.key[0] == e.key[-1] for e in entities):
                continue
            found.append(mention)
            entities.append(
                Couple("person", (*mention.key, full.key[-1]), [mention], {mention.key}, full.text.split()[-1])
            )
            break
    return found


@dataclass(slots=True)
class Couple(Entity):
    """One of a couple whose surname stands with the other only."""

    surname: str = ""

    @property
    def name(self) -> str:
        """The given name with the surname of the other."""
        full = max((m for m in self.mentions), key=lambda m: len(m.key))
        return full.text if len(full.key) > 1 else f"{self.mentions[0].text} {self.surname}"


def _join_short(
    entities: list[Entity], mention: Mention, known: dict[Key, list[Entity]], heard: frozenset[int]
) -> None:
    """Give *mention*, a single name, to the entity it most likely stands for, or make it one.

    *known* keeps whom each name can stand for.
    """
    chosen = known.get(mention.key) or _bearers(entities, mention.key)
    if not chosen:
        entities.append(Entity("person", mention.key))
        chosen = entities[-1:]
    known[mention.key] = chosen
    gender = gender_of(mention.titles)
    agreeing = [e for e in chosen if gender is None or e.gender in (None, gender)] or chosen
    meant = max(agreeing, key=lambda e: _nearness(e, mention, gender, heard)) if len(agreeing) > 1 else agreeing[0]
    meant.add(mention)


def _bearers(entities: Sequence[Entity], key: Key) -> list[Entity]:
    """The people whom a short name fits best, a slip of spelling allowed where none fits."""
    people = [e for e in entities if e.kind == "person"]
    fits = [(match_short(key, e.key), e) for e in people]
    best = max((fit for fit, _ in fits), default=0)
    if best:
        return [e for fit, e in fits if fit == best]
    return [e for e in people if len(e.key) > 1 and is_misspelt(key[-1], e.key[-1])]


def _nearness(
    entity: Entity, mention: Mention, gender: str | None, heard: frozenset[int]
) -> tuple[bool, bool, bool, bool, int, int]:
    """How ready the bearer of a shared name is to be meant: same title, quoted too, named in full nearby or often."""
    office = {fold(t) for t in mention.titles} - HONORIFICS
    told = [m for m in entity.mentions if len(m.key) > 1]
    full = [m.start for m in told]
    holds = bool(office) and any(fold(title) in office for m in told for title in m.titles)
    before = [at for at in full if at < mention.start]
    near = bool(before) and mention.start - before[-1] < NEAR
    speaks = mention.start in heard and any(at in heard for at in full)
    return gender is not None and entity.gender == gender, holds, speaks, near, before[-1] if near else 0, len(full)


def gather_others(reading: str, mentions: Sequence[Mention]) -> list[Entity]:
    """Organisations, places and peoples: equal names, acronyms, and names cut short."""
    acronyms = _stated_acronyms(reading, mentions)
    entities: list[Entity] = []
    by_key: dict[Key, Entity] = {}
    for mention in sorted(mentions, key=lambda m: (-len(m.key), m.start)):
        known = by_key.get(mention.key) or _named_in_full(entities, mention, acronyms)
        known = known or _called_by_noun(reading, entities, mention) or _within(entities, mention)
        if known is None:
            known = Entity(mention.kind, mention.key)
            entities.append(known)
        by_key[mention.key] = known
        known.add(mention)
    return entities


def _named_in_full(entities: Sequence[Entity], mention: Mention, acronyms: dict[str, Key]) -> Entity | None:
    """Whatever the mention is a shorter name of; of several the company itself, then the longest name."""
    same = [e for e in entities if _same_thing(e, mention, acronyms)]
    size = len(mention.key)
    return next((e for e in same if COMPANIES.issuperset(e.key[size:])), same[0] if same else None)


def _called_by_noun(reading: str, entities: Sequence[Entity], mention: Mention) -> Entity | None:
    """The one organisation whose name holds the noun that it is called by: "the Committee", "the Times"."""
    key = mention.key
    if (
        len(key) != 1
        or mention.kind != "organization"
        or not _THE.search(reading[max(0, mention.start - 5) : mention.start])
    ):
        return None
    if key[0] not in CALLED:
        return None
    holding = [e for e in entities if e.kind == "organization" and key[0] in e.key and len(e.key) > 1]
    return holding[0] if len(holding) == 1 else None


def _within(entities: Sequence[Entity], mention: Mention) -> Entity | None:
    """The one organisation amid whose name the words stand: "Green Cross" of "Harby Green Cross Society"."""
    key, size = mention.key, len(mention.key)
    if size < 2 or mention.kind != "organization":
        return None
    wider = [e for e in entities if e.kind == "organization" and e.key[1 : 1 + size] == key and e.key[1 + size :]]
    held = [e for e in wider if ORGANIZATIONS.issuperset(e.key[1 + size :])]
    return held[0] if len(held) == 1 else None


def _stated_acronyms(reading: str, mentions: Sequence[Mention]) -> dict[str, Key]:
    """What the article abbreviates in brackets, as in "National Rally (RN)", or spells out there."""
    found: dict[str, Key] = {}
    starts = {m.start: m for m in mentions}
    for mention in mentions:
        lead = _OPEN.match(reading, mention.end) if is_acronym(mention.text) else None
        whole = starts.get(lead.end()) if lead else None
        if whole is not None and len(whole.key) > 1 and reading.startswith(")", whole.end):
            found.setdefault(mention.key[0], whole.key)
        bracket = _BRACKETED.match(reading, mention.end)
        short = bracket and (sum(c.isupper() for c in bracket[1]) > 1 or _blends(mention.key, fold(bracket[1])))
        if bracket and short and not _signs(mention):
            found.setdefault(fold(bracket[1]), mention.key)
    return found


def _blends(key: Key, short: str) -> bool:
    """Whether a word is made of the beginnings of two of a name's words: "Calbridge" of "Calder Bridge Authority"."""
    first = len(key) > 2 and len(short) > 4 and key[0][:3] == short[:3] and key[0] != short
    return first and any(word[:3] in short[3:] for word in key[1:] if len(word) > 3)


def _signs(mention: Mention) -> bool:
    """Whether what stands in brackets after it signs a report from there: "LEEDS (AP)"."""
    return mention.kind == "place" and mention.text.isupper()


def _same_thing(entity: Entity, mention: Mention, acronyms: dict[str, Key]) -> bool:
    key = mention.key
    if key in entity.aliases:
        return True
    if len(key) == 1 and acronyms.get(key[0]) in entity.aliases:
        return True
    if len(key) == 1 and is_acronym(mention.text):
        letters = mention.text.replace(".", "").upper()
        if len(letters) > 1 and any(initials(m.text) == letters for m in entity.mentions if len(m.key) > 1):
            return True
        twice = len(entity.key) == 2 and len(entity.mentions) > 1
        return twice and _opens(entity, mention) and not ORGANIZATIONS & set(entity.key)
    return bool(key) and _opens(entity, mention) and len(key[0]) > 3


def _opens(entity: Entity, mention: Mention) -> bool:
    """Whether an organisation's name begins with the mention's words, and not as its owner's: "Roe’s Harbour Bank"."""
    key, size = mention.key, len(mention.key)
    if entity.kind != mention.kind or entity.kind != "organization" or not size < len(entity.key):
        return False
    if entity.key[-1] in EVENTS:
        return False
    start = tuple(w.removesuffix("'s").removesuffix(".com") for w in entity.key[:size])
    return key in (entity.key[:size], start) and not any(_is_owned(m.text, size) for m in entity.mentions)


def _is_owned(name: str, size: int) -> bool:
    words, rest = name.split()[:size], name.split()[size:]
    if RESTS.issuperset(fold(w).rstrip(".") for w in rest):
        return False  # "Roe’s Holdings Inc" is Roe’s
    return bool(words) and strip_possessive(words[-1]) != words[-1] and not name.endswith(words[-1])
