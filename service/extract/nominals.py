"""Whom a noun means: "the prime minister" the person the article says that of, "the airline" the one it named.

The choice is among the article's names and the noun itself, by weighted evidence as for pronouns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from operator import attrgetter, mul

import numpy as np

from service.extract.callings import is_barred, is_called, is_foreign, is_opposed
from service.extract.names import Key, gender_of, key_of
from service.extract.nouns import ANONYMOUS, DEFINITE, DELEGATES, GENERIC, KIN, is_post
from service.extract.outputs import SPEAKER
from service.extract.phrases import SEAT, Phrase
from service.extract.pronouns import choose, link_shares
from service.extract.records import SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.sorts import FIRMS, NOUNS

_AGED = re.compile(r"^\w+-years?-old$")
_OWNED = re.compile(r"(?:his|her|their|its|our|my)\b|[^\W\d_][\w.\- ]*?[’']s?\s", re.IGNORECASE)
SOON = 700  # code points
BEHIND = 5000  # code points
LEAD = 400  # code points of a title and the first sentence
PLACES = frozenset(
    {"authority", "borough", "capital", "city", "country", "county", "district", "government", "kingdom", "nation"}
    | {"province", "regime", "republic", "side", "state", "town", "village"}
)
TOWNS = frozenset({"borough", "city", "municipality", "town", "village"})
BUSINESSES = frozenset({"company", "charity", "press", "team"})  # sorts whose nouns stand for an article's theme
_OTHER = frozenset({"other", "another", "one", "fellow"})
_CREDITED = re.compile(r"\)[ \u00a0]?[–—-]|/")
_ONE = re.compile(r"\b[Oo]ne[ \u00a0]$")
FORCES = frozenset({"constabulary", "department", "force", "office", "police", "service"})  # how their names end
FORCE_SURE = 0.7


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for one candidate; every field has its weight in ``WEIGHTS``. ``itself`` is the noun's own."""

    itself: float  # the candidate is the noun itself, not a name
    indefinite: float  # … and it has no "the"
    delegate: float  # … and its bearer often stays unnamed: "a spokesman", "one officer"
    owned: float  # … and it is somebody's: "his lawyer"; not a place's that the article tells
    other: float  # … and it says "another"
    link: float  # probability of the speaker link
    match: float  # the article says the head noun of the name
    called: float  # the noun has meant it before
    rival: float  # of "the …": the article says the head noun of another whom it has named, not this one; 2 if nearby
    barred: float  # the article says of this one that he is something else: of a president, for "the judge"
    opposed: float  # … that his party or nation is another than the noun says
    shared: float  # further words of the noun that the article says of the name
    strange: float  # words of the noun that it does not
    sort: float  # an organisation that shows itself to be of the noun's sort: "the company" for "Roe Holdings"
    unlike: float  # … to be of other sorts only
    lone: float  # "named" or "sort" holds of no other candidate
    generic: float  # an organisation by a noun that suits many: "the company"
    named: float  # an organisation whose name holds the noun: "the university"
    unnamed: float  # an organisation whose name would hold the noun and does not
    whole: float  # all words of the noun are said of it or in its name: "the weather service"
    bare: float  # "the company", where it was the last to be named, in this sentence or the one before
    local: float  # of "the town": a place, in this sentence or the one before, that is named oftener than other places
    beside: float  # of "the company": of its sort, and the last of it named before in the same sentence
    sole: float  # not mentioned before, and the only candidate that the head noun is said of
    aged: float  # a person by age: "the 24-year-old"
    gender: float  # the noun's gender against what the text says of the name's
    near: float  # of "the …": last mentioned in this sentence or the one before
    latest: float  # of "the …": no other candidate was mentioned since
    spoke: float  # of "the …": it is the speaker of the attribution before
    soon: float  # of "a …": named first within a few sentences after
    heir: float  # not mentioned before, and the next to be quoted by name
    later: float  # not mentioned before
    known: float  # logarithm of how often it is mentioned
    main: float  # of "the …": no other candidate is mentioned more often
    alone: float  # of "the …": there is no other candidate
    theme: float  # of "the airline": an organisation that the article is about, as far as it is named by then


WEIGHTS = Signs(
    itself=2.8, indefinite=1.4, delegate=1.0, owned=0.6, other=0.3, link=1.9, match=2.4, called=1.0, rival=-1.0,
    barred=-2.0, opposed=-2.5, shared=0.3, strange=-0.15, sort=1.5, unlike=-0.5, lone=0.9, generic=-1.7, named=2.2, unnamed=-2.2, whole=1.5, bare=1.9, local=2.5, beside=2.5, sole=1.5, aged=0.9, gender=0.1,  # noqa: E501 a pattern or a case is read best in one line
    near=1.4, latest=0.1, spoke=1.7, soon=1.5, heir=2.2, later=-0.4, known=0.5, main=0.25, alone=0.8,
    theme=3.3,
)  # fmt: skip


_NAMES = tuple(f.name for f in fields(Signs))
_values = attrgetter(*_NAMES)


def weigh(signs: Signs, weights: Signs = WEIGHTS) -> float:
    """The weighted sum."""
    return float(sum(map(mul, _values(signs), _values(weights))))


@dataclass(frozen=True, slots=True)
class Named:
    """A noun to be resolved, the word piece that begins the content, the speakers so far, the latest last.

    ``heir`` is who is quoted next by name; ``others`` it cannot mean: the one whose lawyer "his lawyer" is, those it
    speaks to or about.
    """

    phrase: Phrase
    content: int
    before: Sequence[Referent]
    heir: Referent | None = None
    others: frozenset[Referent] = frozenset()


def holder_of(asked: Named, cast: Cast, starts: Sequence[int]) -> tuple[Referent, float] | None:
    """The named referent that the phrase means, and how sure that is; ``None`` if it has no other name.

    *starts* are those of the sentences.
    """
    if asked.phrase.head == "police":
        force = find_force(asked.phrase, cast)
        return (force, FORCE_SURE) if force else None
    candidates = [r for r in find_candidates(asked.phrase, cast) if r not in asked.others]
    if not candidates:
        return None
    best, share = choose([weigh(s) for s in read_signs(asked, cast, candidates, starts)])
    return (candidates[best - 1], share) if best else None


def find_force(phrase: Phrase, cast: Cast) -> Referent | None:
    """Whose police "police" are: the department or service of police that was last named, or is the next to be."""
    if key_of(cast.reading[phrase.start : phrase.end]) != ("police",):
        return None
    forces = [
        r
        for r in cast.named
        if r.kind == SpeakerKind.ORGANIZATION and "police" in r.entity_words[-2:] and r.entity_words[-1] in FORCES
    ]
    forces = [r for r in forces if len(r.entity_words) > 1]
    before = [(last, i) for i, r in enumerate(forces) if (last := r.last_before(phrase.start))]
    return forces[max(before)[1]] if before else next(iter(forces), None)


def find_candidates(phrase: Phrase, cast: Cast) -> list[Referent]:
    """The names that a singular noun can stand for."""
    if phrase.plural or phrase.kind in {SpeakerKind.GROUP, SpeakerKind.DOCUMENT}:
        return []
    wanted = SpeakerKind.PERSON if phrase.kind == SpeakerKind.UNNAMED else phrase.kind
    if phrase.definite and phrase.head in FIRMS:
        wanted = SpeakerKind.ORGANIZATION
    words = key_of(cast.reading[phrase.start : phrase.end])
    if phrase.kind == SpeakerKind.ORGANIZATION and any(_names(r, phrase) for r in cast.named):
        return []
    if phrase.head in KIN or (
        phrase.kind == SpeakerKind.UNNAMED
        and wanted == SpeakerKind.PERSON
        and not (is_post(phrase.head) or any(map(_AGED.search, words)))
    ):
        return []
    return [r for r in cast.named if r.kind == wanted and _can_be(phrase, r, words) and _is_about(phrase, r)]


def _names(referent: Referent, phrase: Phrase) -> bool:
    """Whether the phrase names a person: "the office of Ann Roe" is no other office."""
    last = referent.last_before(phrase.end) if referent.kind == SpeakerKind.PERSON else None
    return last is not None and last[0] >= phrase.start


def _can_be(phrase: Phrase, referent: Referent, words: Key) -> bool:
    """Whether a name is of the noun's sort: a place is a town or a country of the nation it says."""
    if referent.entity is None or referent.entity.kind != "place":
        return referent.entity is not None
    return phrase.head in PLACES and not (words and is_foreign(words, referent.entity.key))


def _is_about(phrase: Phrase, referent: Referent) -> bool:
    """Whether the name is in question: called so, or mentioned nearby, but not inside the phrase."""
    if any(phrase.start <= start < phrase.end for start, _ in referent.places):
        return False
    last = referent.last_before(phrase.start)
    near = last[0] > phrase.start - BEHIND if last else referent.places[0][0] < phrase.end + SOON
    return near or is_called(phrase.head, referent.stated) or phrase.head in referent.entity_words


def read_signs(asked: Named, cast: Cast, candidates: Sequence[Referent], starts: Sequence[int]) -> list[Signs]:
    """The signs for the noun itself, then for each of *candidates*."""
    phrase, shares = asked.phrase, link_shares(cast, SPEAKER, asked.content)
    seat = SEAT.match(cast.reading, phrase.start, phrase.end)
    stretch = cast.reading[seat.end() if seat else phrase.start : phrase.end]
    words = {w for w in key_of(stretch) if not w.endswith("-based")}
    lasts = [r.last_before(phrase.start) for r in candidates]
    latest = max((last[0] for last in lasts if last), default=-1)
    most = max(len(r.places) for r in candidates)
    places = [len(r.places) for r in candidates if r.entity is not None and r.entity.kind == "place"]
    matching = sum(_says(phrase.head, r) for r in candidates)
    here = bisect_right(starts, phrase.start)
    told = zip(candidates, lasts, strict=True)
    told_from = [last[0] for r, last in told if last and _says(phrase.head, r)]
    told_near = any(here - bisect_right(starts, at) <= 1 for at in told_from)
    theme = _theme_of(phrase, candidates, cast.reading)
    called = NOUNS.get(phrase.head, frozenset())
    suits_many = phrase.head in GENERIC or "company" in called
    holding = sum(r.kind != SpeakerKind.PERSON and _holds(phrase, r) for r in candidates)
    of_some = any(is_called(phrase.head, r.stated) or phrase.head in r.entity_words for r in candidates)
    alike = max((last[0] for r, last in zip(candidates, lasts, strict=True) if last and called & r.sorts), default=-1)
    aged = float(phrase.definite and any(map(_AGED.search, words)))
    bare, rest = words == {phrase.head} - PLACES, words - {phrase.head} - DEFINITE
    signs = [_own(phrase, words, cast, of_some)]
    own_gender = {"m": 1.0, "f": -1.0}.get(gender_of([phrase.head]) or "", 0.0)
    for referent, last in zip(candidates, lasts, strict=True):
        back = here - bisect_right(starts, last[0]) if last else 99
        person = referent.kind == SpeakerKind.PERSON
        key = set(referent.entity.key) if referent.entity else set()
        found = dict.fromkeys(_NAMES, 0.0)
        found |= {
            "link": shares.get(referent, 0.0),
            "match": float(is_called(phrase.head, referent.stated)),
            "barred": float(person and is_barred(phrase.head, referent.stated)),
            "called": float(phrase.head in referent.called),
            "opposed": float(person and is_opposed(rest, referent.stated)),
            "shared": float(len(rest & (referent.stated | key))),
            "strange": float(min(4, len(rest - referent.stated - key))),
            "sort": float(not person and bool(called & referent.sorts)),
            "unlike": float(not person and bool(called and referent.sorts and not called & referent.sorts)),
            "lone": float(not person and holding == 1 and _holds(phrase, referent)),
            "generic": float(not person and suits_many),
            "named": float(not person and _bears(key, phrase.head)),
            "unnamed": float(not person and not suits_many and not _bears(key, phrase.head)),
            "aged": aged,
            "gender": own_gender * max(-3.0, min(3.0, referent.male)),
            "heir": float(last is None and asked.heir is referent and not (phrase.definite and told_from)),
            "later": float(last is None),
            "known": float(np.log1p(len(referent.places))),
        }
        if phrase.definite:
            found["theme"] = float(referent is theme and not signs[0].owned)
            found["alone"] = float(len(candidates) == 1)
            found["rival"] = float(not found["match"] and not found["called"]) * (bool(told_from) + told_near)
            found["main"] = float(len(referent.places) == most)
            found["near"] = float(back <= 1)
            found["latest"] = float(last is not None and last[0] == latest)
            found["spoke"] = float(bool(asked.before) and asked.before[-1] is referent)
        else:
            found["soon"] = float(last is None and 0 < referent.places[0][0] - phrase.end < SOON)
        found["whole"] = float(bool(found["shared"] and (found["match"] or found["named"]) and not found["strange"]))
        found["bare"] = float(bare and bool(found["generic"] and found["near"] and found["latest"]))
        beside = bare and back == 0 and bool(called & referent.sorts) and last is not None
        found["beside"] = float(beside and last is not None and last[0] == alike)
        placed = phrase.head in TOWNS and referent.entity is not None and referent.entity.kind == "place"
        found["local"] = float(bool(placed and found["near"]) and len(referent.places) == max(places))
        found["sole"] = float(bool(found["match"] and found["later"]) and matching == 1)
        signs.append(Signs(**found))
    return signs


def _bears(key: AbstractSet[str], head: str) -> bool:
    """Whether a name holds the noun; a council is an authority."""
    return head in key or (head == "authority" and "council" in key and "security" not in key)


def _says(head: str, referent: Referent) -> bool:
    """Whether the article says the noun of a referent, or meant him by it before."""
    return is_called(head, referent.stated) or head in referent.called


def _theme_of(phrase: Phrase, candidates: Sequence[Referent], reading: str) -> Referent | None:
    """The organisation an article is about: named before the noun and early on, and more often than any other."""
    called = NOUNS.get(phrase.head, frozenset())
    if not called & BUSINESSES or phrase.head in PLACES:
        return None
    fitting = [r for r in candidates if (not r.sorts or r.sorts & called) and not _is_credited(r, reading)]
    named = Counter({r: len(r.places) for r in fitting if r.kind == SpeakerKind.ORGANIZATION})
    most = [r for r, n in named.most_common(2) if n == max(named.values())]
    early = len(most) == 1 and most[0].places[0][0] < min(LEAD, phrase.start)
    return most[0] if early else None


def _is_credited(referent: Referent, reading: str) -> bool:
    """Whether an organisation is the agency of a dateline or credit: "HARBY (Reuters) -", "(Reuters/Ann Roe)"."""
    return any(reading.startswith("(", start - 1) and _CREDITED.match(reading, end) for start, end in referent.places)


def _holds(phrase: Phrase, referent: Referent) -> bool:
    """Whether an organisation's name holds the noun or shows it to be of the noun's sort."""
    return phrase.head in referent.entity_words or bool(NOUNS.get(phrase.head, frozenset()) & referent.sorts)


def _own(phrase: Phrase, words: set[str], cast: Cast, told: bool) -> Signs:
    """The signs for the noun itself; *told* says that the article says the noun of some candidate."""
    values = dict.fromkeys(_NAMES, 0.0)
    values |= {"itself": 1.0, "indefinite": float(not phrase.definite)}
    owned = _OWNED.match(cast.reading, phrase.start, phrase.end)
    of_place = owned is not None and told and _is_place(owned.group(), cast.at(phrase.start))
    values["owned"] = float(owned is not None and not of_place)
    single = _ONE.search(cast.reading, max(0, phrase.start - 5), phrase.start) is not None
    values["delegate"] = float(single or phrase.head in DELEGATES | ANONYMOUS)
    values["other"] = float(bool(words & _OTHER))
    return Signs(**values)


def _is_place(owner: str, named: Referent | None) -> bool:
    """Whether an owner is a place: "the country's", "Norway's"."""
    if named is not None:
        return named.entity is not None and named.entity.kind == "place"
    return not PLACES.isdisjoint(key_of(owner)[-1:])
