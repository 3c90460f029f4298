"""The signs by which a noun means one name or another: "the airline" the one that the article is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from math import log1p
from operator import attrgetter, mul

from service.extract.callings import is_barred, is_called, is_opposed
from service.extract.names import gender_of, key_of
from service.extract.nouns import ANONYMOUS, DEFINITE, DELEGATES, GENERIC, TITLES
from service.extract.outputs import SPEAKER
from service.extract.phrases import SEAT, Phrase
from service.extract.pronouns import link_shares
from service.extract.records import SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.sorts import NOUNS
from service.extract.values import dataclass

AGED = re.compile(r"^\w+-years?-old$")
_OWNED = re.compile(r"(?:his|her|their|its|our|my)\b|[^\W\d_][\w.\- ]*?[’']s?\s", re.IGNORECASE)
SOON = 700  # code points
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
LOCAL = frozenset({"borough", "city", "county", "district", "local"})  # authorities that are councils


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
_WEIGHED = _values(WEIGHTS)


def weigh(signs: Signs) -> float:
    """The sum weighted by ``WEIGHTS``."""
    return float(sum(map(mul, _values(signs), _WEIGHED)))


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


@dataclass(frozen=True, slots=True)
class _Field:
    """What the signs of every candidate depend on: the noun, and how the candidates compare."""

    asked: Named
    candidates: Sequence[Referent]
    starts: Sequence[int]
    shares: Mapping[Referent, float]
    rest: AbstractSet[str]  # the noun's words but its head
    bare: bool  # the noun is its head alone
    called: AbstractSet[str]  # sorts of organisations that the head says
    suits_many: bool
    latest: int  # where a candidate was mentioned last before the noun
    alike: int  # where one of the noun's sort was
    most: int  # mentions of the candidate that has most
    places: int  # of the place that has most
    matching: int  # candidates that the head is said of
    holding: int  # organisations of the noun's sort
    told: bool  # the head is said of a candidate named before
    told_near: bool  # … in this sentence or the one before
    theme: Referent | None
    gender: float

    @property
    def phrase(self) -> Phrase:
        """The noun."""
        return self.asked.phrase


def read_signs(asked: Named, cast: Cast, candidates: Sequence[Referent], starts: Sequence[int]) -> list[Signs]:
    """The signs for the noun itself, then for each of *candidates*; *starts* are those of the sentences."""
    phrase = asked.phrase
    seat = SEAT.match(cast.reading, phrase.start, phrase.end)
    stretch = cast.reading[seat.end() if seat else phrase.start : phrase.end]
    words = {w for w in key_of(stretch) if not w.endswith("-based")}
    of_some = any(is_called(phrase.head, r.stated) or phrase.head in r.entity_words for r in candidates)
    own = _own(phrase, words, cast, of_some)
    lasts = [r.last_before(phrase.start) for r in candidates]
    field = _survey(asked, cast, candidates, starts, lasts, words)
    aged = float(phrase.definite and any(map(AGED.search, words)))
    told = zip(candidates, lasts, strict=True)
    return [own, *(_sign(field, r, last, owned=own.owned, aged=aged) for r, last in told)]


def _survey(
    asked: Named,
    cast: Cast,
    candidates: Sequence[Referent],
    starts: Sequence[int],
    lasts: Sequence[tuple[int, int] | None],
    words: AbstractSet[str],
) -> _Field:
    phrase, here = asked.phrase, bisect_right(starts, asked.phrase.start)
    called = NOUNS.get(phrase.head, frozenset())
    before = [(r, last[0]) for r, last in zip(candidates, lasts, strict=True) if last]
    told = [at for r, at in before if _says(phrase.head, r)]
    places = [len(r.places) for r in candidates if r.entity is not None and r.entity.kind == "place"]
    return _Field(
        asked,
        candidates,
        starts,
        shares=link_shares(cast, SPEAKER, asked.content),
        rest=words - {phrase.head} - DEFINITE,
        bare=words == {phrase.head} - PLACES,
        called=called,
        suits_many=phrase.head in GENERIC or "company" in called,
        latest=max((at for _, at in before), default=-1),
        alike=max((at for r, at in before if called & r.sorts), default=-1),
        most=max(len(r.places) for r in candidates),
        places=max(places, default=0),
        matching=sum(_says(phrase.head, r) for r in candidates),
        holding=sum(r.kind != SpeakerKind.PERSON and _holds(phrase, r) for r in candidates),
        told=bool(told),
        told_near=any(here - bisect_right(starts, at) <= 1 for at in told),
        theme=_theme_of(phrase, candidates, cast.reading),
        gender={"m": 1.0, "f": -1.0}.get(gender_of([phrase.head]) or "", 0.0),
    )


def _sign(field: _Field, referent: Referent, last: tuple[int, int] | None, *, owned: float, aged: float) -> Signs:
    """The signs for one candidate, last mentioned before the noun at *last*."""
    found = dict.fromkeys(_NAMES, 0.0) | _by_words(field, referent, named=last is not None) | {"aged": aged}
    head, definite = field.phrase.head, field.phrase.definite
    back = 99
    if last:
        back = bisect_right(field.starts, field.phrase.start) - bisect_right(field.starts, last[0])
    heir = last is None and field.asked.heir is referent
    found["heir"] = float(heir and not (definite and field.told))
    found["later"] = float(last is None)
    found["known"] = log1p(len(referent.places))
    if (
        definite
        and field.phrase.head in TITLES
        and _is_untitled(referent)
        and not found["match"]
        and not found["called"]
    ):
        found["barred"] = found["opposed"] = 1.0
    elif definite and field.phrase.head in TITLES and _is_passer(referent):
        found["barred"] = 1.0
    if definite:
        found["theme"] = float(referent is field.theme and not owned)
        found["alone"] = float(len(field.candidates) == 1)
        found["rival"] = float(not found["match"] and not found["called"]) * (field.told + field.told_near)
        found["main"] = float(len(referent.places) == field.most)
        found["near"] = float(back <= 1)
        found["latest"] = float(last is not None and last[0] == field.latest)
        found["spoke"] = float(bool(field.asked.before) and field.asked.before[-1] is referent)
    else:
        found["soon"] = float(last is None and 0 < referent.places[0][0] - field.phrase.end < SOON)
    found["whole"] = float(bool(found["shared"] and (found["match"] or found["named"]) and not found["strange"]))
    found["bare"] = float(field.bare and bool(found["generic"] and found["near"] and found["latest"]))
    beside = field.bare and back == 0 and bool(field.called & referent.sorts)
    found["beside"] = float(beside and last is not None and last[0] == field.alike)
    placed = head in TOWNS and referent.entity is not None and referent.entity.kind == "place"
    found["local"] = float(bool(placed and found["near"]) and len(referent.places) == field.places)
    found["sole"] = float(bool(found["match"] and found["later"]) and field.matching == 1)
    return Signs(**found)


def _is_untitled(referent: Referent) -> bool:
    """Whether the article says of a person something that is no office: a cafe owner, for "the sheriff"."""
    return referent.kind == SpeakerKind.PERSON and bool(referent.stated) and referent.stated.isdisjoint(TITLES)


def _is_passer(referent: Referent) -> bool:
    """Whether the article names a person once and says nothing of him: such a one holds no office."""
    return referent.kind == SpeakerKind.PERSON and not referent.stated and len(referent.places) == 1


def _by_words(field: _Field, referent: Referent, *, named: bool) -> dict[str, float]:
    """What the noun's words, the name's and those that the article says of it have to do with each other.

    *named*: whether the name stands before the noun, as it must for "the authority" or "the local authority" to be a
    council.
    """
    head, called, rest = field.phrase.head, field.called, field.rest
    person = referent.kind == SpeakerKind.PERSON
    key = set(referent.entity.key) if referent.entity else set()
    bears = head in key or (named and head == "authority" and rest <= LOCAL and _is_council(key))
    return {
        "link": field.shares.get(referent, 0.0),
        "match": float(is_called(head, referent.stated)),
        "barred": float(person and is_barred(head, referent.stated)),
        "called": float(head in referent.called),
        "opposed": float(person and is_opposed(rest, referent.stated)),
        "shared": float(len(rest & (referent.stated | key))),
        "strange": float(min(4, len(rest - referent.stated - key))),
        "sort": float(not person and bool(called & referent.sorts)),
        "unlike": float(not person and bool(called and referent.sorts and not called & referent.sorts)),
        "lone": float(not person and field.holding == 1 and _holds(field.phrase, referent)),
        "generic": float(not person and field.suits_many),
        "named": float(not person and bears),
        "unnamed": float(not person and not field.suits_many and not bears),
        "gender": field.gender * max(-3.0, min(3.0, referent.male)),
    }


def _is_council(key: AbstractSet[str]) -> bool:
    """Whether a name is of a council that governs: not the Security Council."""
    return "council" in key and "security" not in key


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
