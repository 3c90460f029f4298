"""Whom a pronoun means: the network's link to the names around it, weighed with where and how they stand.

The weights are those of a conditional logit over the candidates of each pronoun, fitted by
``service.learn.pronouns``; none of them knows a first name's gender: only what the text itself
says ("Mr", "her husband", a pronoun whose link is sure) counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from math import exp, log1p
from operator import attrgetter, mul

import numpy as np
from numpy.typing import NDArray

from service.extract.names import is_acronym
from service.extract.nouns import HE, IT, SHE, THEY
from service.extract.outputs import ANTECEDENT, SPEAKER
from service.extract.records import SpeakerKind
from service.extract.referents import Cast, Referent, Setting
from service.extract.values import dataclass

MAXIMUM = 1 << 60
NOWHERE = Setting(modifies=False, inner=False, dated=False)
REACH = 220  # pieces a link can bridge
TOGETHER = 32  # pronouns whose links are weighed at a time
# How strange it is of "they" to mean one person, and of any pronoun to mean a dateline's place, or whom only later
# sentences name, and less often than they named another before.
SELDOM = 2.5
MISREAD = 0.6  # how much of the links of "he" and "she" makes a person
_HANGS = re.compile(
    r"\b(?:of|to|with|for|by|against|in|about|from|on|at|than|like|and|whose[ ]\w+|his|her|their)[ ](?:the[ ]|\w+[ ]){0,2}$",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\bIn an? [^,.;:\n]{0,40}\b(?:message|letter|statement|note|e-?mail|memo|call|speech|reply|response|text|tweet)"
    r"[^,.;:\n]{0,20} (?:to|with)[ \u00a0](?:the[ \u00a0]|[A-Z]\w{0,12}\.?[ \u00a0]){0,3}$"
)
_OWNS = re.compile(r"['’]s?\b|['’](?=\s)")
_ARTICLE = re.compile(r"\b(?:an?|the)[ \u00a0]$", re.IGNORECASE)
_NOUN_AFTER = re.compile(
    r"[ \u00a0](?!(?:said|says|told|tells|is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|did"
    r"|does|do|also|and|or|but|not|to|in|on|at|of|for|by|with|from|than|that|who|which|as|after|before|when|while)\b)"
    r"[a-z]+(?<!ed)\b"
)
_DATELINE = re.compile(r"[^\n(]{0,40}\([A-Z][\w ]{1,20}\)\s*[-–—]")
_GENDERED = re.compile(r"[HhSs](?<!\w.)(?i:(?<=h)(?:e|im|is|imself|er|ers|erself)|(?<=s)he)\b")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate; every field has its weight in ``WEIGHTS``.

    "Last" is its last mention before the pronoun.
    """

    link: float  # probability of the antecedent link, all its mentions together
    speaker: float  # the same of the speaker link from the content
    same: float  # last stands in the pronoun's own sentence
    one: float  # … one sentence before
    two: float  # … two or three before
    far: float  # … further before
    first: float  # last is the first name in its sentence
    inner: float  # last hangs on a preposition or has a possessive ending
    latest: float  # no other candidate was mentioned since
    spoke: float  # it is the speaker of the attribution before, and mentioned in the sentence before or since
    silent: float  # it is that speaker, mentioned further back, and nobody else begins a sentence since
    passed: float  # it is that speaker, but another begins a sentence since
    spoken: float  # it is the speaker of the attribution before that
    heard: float  # last stands in somebody's quotation
    gender: float  # what the text says of its gender, signed by the pronoun
    known: float  # logarithm of how often it is mentioned
    unnamed: float  # it has no name
    strange: float  # how seldom its kind takes the pronoun


WEIGHTS = Evidence(
    link=0.3, speaker=1.2, same=0.7, one=1.2, two=0.3, far=-0.75, first=0.5, inner=-0.6, latest=0.5, spoke=1.7, silent=1.9, passed=1.1,  # noqa: E501 a pattern or a case is read best in one line
    spoken=0.8, heard=-0.85, gender=0.5, known=0.3, unnamed=-0.6, strange=-0.8,
)  # fmt: skip


_values = attrgetter(*(f.name for f in fields(Evidence)))
_WEIGHED = _values(WEIGHTS)


def weigh(evidence: Evidence) -> float:
    """The sum weighted by ``WEIGHTS``."""
    return float(sum(map(mul, _values(evidence), _WEIGHED)))


def link_shares(cast: Cast, link: int, query: int, among: Collection[Referent] | None = None) -> dict[Referent, float]:
    """The probability that the link from piece *query* goes to each referent, or to each of those *among* them."""
    near = [(p, r) for p, r in cast.between(query - REACH, query + REACH) if among is None or r in among]
    if query < 0 or not near:
        return {}
    scores = cast.tags.link_scores(link, np.array([query]), np.array([p for p, _ in near]))[0].tolist()
    highest, shares = max(scores), dict.fromkeys((r for _, r in near), 0.0)
    weights = [exp(score - highest) for score in scores]  # too few for arrays to pay
    total = sum(weights)
    for (_, referent), weight in zip(near, weights, strict=False):  # the last goes to nothing
        shares[referent] += weight / total
    return shares


def _share_links(
    cast: Cast, link: int, queries: Sequence[int], among: Collection[Referent] | None = None
) -> tuple[list[Referent], NDArray[np.float64]]:
    """The referents around *queries* with the same for each query, the link's scores softly maximised over them.

    *Shape:* (queries, referents)
    """
    near = cast.between(min(queries) - REACH, max(queries) + REACH)
    owners = [(p, r) for p, r in near if among is None or r in among]
    at, pieces = np.array(queries, np.int64), np.array([p for p, _ in owners], np.int64)
    scores = cast.tags.link_scores(link, at, pieces).astype(np.float64)
    scores[:, :-1][np.abs(pieces - at[:, None]) > REACH] = -np.inf
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    columns = {r: i for i, r in enumerate(dict.fromkeys(r for _, r in owners))}
    owned = np.zeros((len(owners), len(columns)))
    owned[np.arange(len(owners)), [columns[r] for _, r in owners]] = 1.0
    return list(columns), shares[:, :-1] @ owned


def fits_pronoun(pronoun: str, referent: Referent) -> bool:
    """Whether the referent's kind allows the pronoun."""
    if referent.adjectival:
        return False
    if pronoun in HE or pronoun in SHE:
        return referent.single
    return pronoun not in IT or referent.post is None  # a thing that the tagger takes for a person has no post


def is_addressed(reading: str, place: tuple[int, int], at: int) -> bool:
    """Whether the name at *place* only says to whom the subject at *at* speaks: "In a letter to Ms Roe, she said"."""
    beside = reading[place[1] : at] == ", "
    return beside and _ADDRESSED.search(reading, max(0, place[0] - 100), place[0]) is not None


Gendered = tuple[list[str], list[int]]  # words and their pieces


def learn_genders(cast: Cast, gendered: Sequence[Gendered]) -> None:
    """Count for every person the pronouns that surely mean them; the article's own evidence."""
    people = {r for r in cast.named if r.kind == SpeakerKind.PERSON}
    if not people:
        return
    for words, pieces in gendered:
        referents, shares = _share_links(cast, ANTECEDENT, pieces, people)
        for i, j in np.argwhere(shares > 0.5).tolist():
            referents[j].male += (1.0 if words[i] in HE else -1.0) * float(shares[i, j] - 0.3)


def find_gendered(reading: str, cast: Cast) -> Iterator[Gendered]:
    """The words and pieces of all that mean "he" or "she", some at a time."""
    matches = list(_GENDERED.finditer(reading))
    pieces = cast.tags.pieces.starts.searchsorted([m.start() for m in matches], side="right") - 1
    found = [(m.group().lower(), piece) for m, piece in zip(matches, pieces.tolist(), strict=True) if piece >= 0]
    for i in range(0, len(found), TOGETHER):
        yield [word for word, _ in found[i : i + TOGETHER]], [piece for _, piece in found[i : i + TOGETHER]]


def mend_kinds(cast: Cast, gendered: Sequence[Gendered]) -> None:
    """Make people of the one-word organisations that "he" or "she" keeps meaning: the tagger mistook them."""
    held = {r: 0.0 for r in cast.named if _may_be_person(r)}
    for _, pieces in gendered if held else ():
        referents, shares = _share_links(cast, ANTECEDENT, pieces)
        for referent, total in zip(referents, np.maximum(shares - 0.3, 0.0).sum(axis=0).tolist(), strict=True):
            if referent in held:
                held[referent] += total
    for referent, total in held.items():
        if total > MISREAD:
            referent.kind = SpeakerKind.PERSON


def _may_be_person(referent: Referent) -> bool:
    entity = referent.entity
    one_word = entity is not None and entity.kind == "organization" and len(entity.key) == 1
    return one_word and not is_acronym(referent.name)


@dataclass(frozen=True, slots=True)
class Asked:
    """A pronoun to be resolved: its lower-case form, its place, the word piece that begins the content.

    ``before`` are the speakers so far, the latest last; ``heard`` the contents of all attributions, in order;
    ``starts`` where the sentences begin, ``firsts`` where each first names someone (``Cast.first_named``).
    """

    pronoun: str
    at: int
    content: int
    before: Sequence[Referent]
    heard: Sequence[tuple[int, int]]
    starts: Sequence[int]
    firsts: Mapping[int, int]


def gather_evidence(asked: Asked, cast: Cast, candidates: Sequence[Referent]) -> list[Evidence]:
    """The evidence for each of *candidates* that the pronoun means it."""
    among = set(candidates)
    links = link_shares(cast, ANTECEDENT, cast.piece_at(asked.at), among)
    speakers = link_shares(cast, SPEAKER, asked.content, among)
    starts, firsts = asked.starts, asked.firsts
    lasts = [r.last_before(asked.at) for r in candidates]
    settings = [_setting(cast, last) if last else NOWHERE for last in lasts]
    latest = max((last[0] for last, s in zip(lasts, settings, strict=True) if last and not s.modifies), default=-1)
    here = bisect_right(starts, asked.at)
    over = starts[here] if here < len(starts) else MAXIMUM
    met = max((bisect_left(r.places, (asked.at, 0)) for r in candidates if r.entity is not None), default=0)
    leading = [
        last[0]
        for last in lasts
        if last and firsts.get(bisect_right(starts, last[0])) == last[0] and not _is_within(last[0], asked.heard)
    ]
    found = []
    for referent, last, setting in zip(candidates, lasts, settings, strict=True):
        home = bisect_right(starts, last[0]) if last else -1
        back = here - home if last else -1
        spoke = bool(asked.before) and asked.before[-1] is referent
        unmet = last is None and 0 < len(referent.places) < met and referent.places[0][0] >= over
        sign = 1.0 if asked.pronoun in HE else -1.0 if asked.pronoun in SHE else 0.0
        found.append(
            Evidence(
                link=links.get(referent, 0.0),
                speaker=speakers.get(referent, 0.0),
                same=float(back == 0),
                one=float(back == 1),
                two=float(back in (2, 3)),
                far=float(back > 3),
                first=float(last is not None and firsts.get(home) == last[0]),
                inner=float(setting.inner),
                latest=float(last is not None and last[0] == latest),
                spoke=float(spoke and 0 <= back <= 1),
                silent=float(spoke and back > 1 and not any(at > last[0] for at in leading if last)),
                passed=float(spoke and back > 1 and any(at > last[0] for at in leading if last)),
                spoken=float(not spoke and len(asked.before) > 1 and asked.before[-2] is referent),
                heard=float(last is not None and _is_within(last[0], asked.heard)),
                gender=sign * max(-3.0, min(3.0, referent.male)),
                known=log1p(len(referent.places)),
                unnamed=float(referent.entity is None),
                strange=SELDOM if setting.dated or unmet else _strangeness(asked.pronoun, referent),
            )
        )
    return found


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether *at* lies in one of the *spans*, which come in order."""
    i = bisect_right(spans, (at, MAXIMUM)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]


def _setting(cast: Cast, place: tuple[int, int]) -> Setting:
    """What the words beside a mention say of it; every pronoun that may mean it asks."""
    known = cast.settings.get(place)
    if known is None:
        reading, (start, end) = cast.reading, place
        modifies = _is_modifier(reading, place)
        hangs = modifies or _HANGS.search(reading, max(0, start - 30), start) or _OWNS.match(reading, end)
        known = Setting(modifies, bool(hangs), _DATELINE.match(reading, end) is not None)
        cast.settings[place] = known
    return known


def _is_modifier(reading: str, place: tuple[int, int]) -> bool:
    """Whether a name only tells what the next noun is of: "a Roe supporter"."""
    named = reading[place[0] : place[0] + 1].isupper()
    article = _ARTICLE.search(reading, max(0, place[0] - 6), place[0]) if named else None
    return article is not None and _NOUN_AFTER.match(reading, place[1]) is not None


def _strangeness(pronoun: str, referent: Referent) -> float:
    """How seldom such a one takes the pronoun; a lone name whose gender is unknown may be misread as a person's."""
    if pronoun in THEY:
        placed = referent.entity is not None and referent.entity.kind == "place"
        paper = referent.kind == SpeakerKind.DOCUMENT
        return SELDOM if referent.single or placed or paper else 0.0
    if pronoun in IT:
        known = referent.single and (referent.male != 0 or len(referent.name.split()) > 1)
        return SELDOM if known else float(referent.single or referent.kind == SpeakerKind.GROUP)
    return 0.0


def choose(scores: Sequence[float]) -> tuple[int, float]:
    """The index of the best score and its share of all, by softmax; -1 where there are none."""
    if not scores:
        return -1, 0.0
    highest = max(scores)
    return scores.index(highest), 1 / sum(exp(score - highest) for score in scores)
