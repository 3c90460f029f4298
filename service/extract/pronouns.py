"""Whom a pronoun means: the network's link to the names around it, weighed with where and how they stand.

The weights are those of a conditional logit over the candidates of each pronoun, fitted by
``service.learn.pronouns``; none of them knows a first name's gender: only what the text itself
says ("Mr", "her husband", a pronoun whose link is sure) counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from service.extract.encoder import Tags
from service.extract.model import LINKS
from service.extract.nouns import HE, IT, SHE
from service.extract.records import Sentence, SpeakerKind
from service.extract.referents import Cast, Referent

ANTECEDENT, SPEAKER = LINKS.index("antecedent"), LINKS.index("speaker")
REACH = 220  # pieces a link can bridge
FLOOR = -7.0  # log probability of a link that is out of reach
FAR = 6  # sentences
_GENDERED = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one candidate; every field has its weight in ``WEIGHTS``."""

    link: float  # log probability of the antecedent link, all its mentions together
    speaker: float  # the same of the speaker link from the content
    near: float  # 1 in the same sentence before, less for every sentence back
    subject: float  # its last mention begins its sentence
    latest: float  # no other candidate was mentioned since
    spoke: float  # it is the speaker of the attribution before
    heard: float  # its last mention stands in somebody's quotation
    gender: float  # what the text says of its gender, signed by the pronoun
    known: float  # logarithm of how often it is mentioned
    later: float  # it is not mentioned before the pronoun at all


WEIGHTS = Evidence(link=0.7, speaker=0.3, near=1.5, subject=0.6, latest=0.5, spoke=0.8, heard=-0.8, gender=1.0, known=0.2, later=-2.5)


def weigh(evidence: Evidence, weights: Evidence = WEIGHTS) -> float:
    """The weighted sum."""
    return sum(getattr(evidence, f.name) * getattr(weights, f.name) for f in fields(Evidence))


def link_shares(tags: Tags, link: int, query: int, referents: Iterable[Referent]) -> dict[Referent, float]:
    """The probability that the link from piece *query* goes to each referent; the rest goes to nothing."""
    owners = [(p, r) for r in referents for p in r.pieces if p >= 0 and abs(p - query) <= REACH]
    if not owners or query < 0:
        return {}
    scores = tags.link_scores(link, query, [p for p, _ in owners]).astype(np.float64)
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    found: dict[Referent, float] = {}
    for (_, referent), share in zip(owners, shares, strict=False):
        found[referent] = found.get(referent, 0.0) + float(share)
    return found


def fits_pronoun(pronoun: str, referent: Referent) -> bool:
    """Whether the referent's kind allows the pronoun."""
    if pronoun in HE or pronoun in SHE:
        return referent.single
    if pronoun in IT:
        return not referent.single and referent.kind != SpeakerKind.GROUP
    return True


def learn_genders(reading: str, cast: Cast) -> None:
    """Count for every person the pronouns that surely mean them; the article's own evidence."""
    people = [r for r in cast.named if r.kind == SpeakerKind.PERSON]
    if not people or not len(cast.tags.pieces):
        return
    for found in _GENDERED.finditer(reading):
        sign = 1.0 if found.group().lower() in HE else -1.0
        for person, share in link_shares(cast.tags, ANTECEDENT, cast.piece_at(found.start()), people).items():
            if share > 0.5:
                person.male += sign * (share - 0.3)


def gather_evidence(
    pronoun: str,
    at: int,
    content: int,
    cast: Cast,
    candidates: Sequence[Referent],
    sentences: Sequence[Sentence],
    previous: Referent | None,
    heard: Sequence[tuple[int, int]],
) -> list[Evidence]:
    """The evidence for each of *candidates* that the pronoun at code point *at* means it.

    *content* is the word piece that begins the attribution's content; *heard* are the contents.
    """
    links = link_shares(cast.tags, ANTECEDENT, cast.piece_at(at), cast)
    speakers = link_shares(cast.tags, SPEAKER, content, cast)
    starts = [s.start for s in sentences]
    here = bisect_right(starts, at) - 1
    before = [r.last_before(at) for r in candidates]
    latest = max((b[0] for b in before if b), default=-1)
    found = []
    for referent, last in zip(candidates, before, strict=True):
        back = here - (bisect_right(starts, last[0]) - 1) if last else FAR
        sign = 1.0 if pronoun in HE else -1.0 if pronoun in SHE else 0.0
        found.append(
            Evidence(
                link=max(FLOOR, float(np.log(links.get(referent, 0.0) + 1e-9))),
                speaker=max(FLOOR, float(np.log(speakers.get(referent, 0.0) + 1e-9))),
                near=1 - min(back, FAR) / FAR,
                subject=float(bool(last) and last[0] - starts[max(0, bisect_right(starts, last[0]) - 1)] < 40),
                latest=float(bool(last) and last[0] == latest),
                spoke=float(referent is previous),
                heard=float(bool(last) and any(s <= last[0] < e for s, e in heard)),
                gender=sign * max(-3.0, min(3.0, referent.male)),
                known=float(np.log1p(len(referent.places))),
                later=float(last is None),
            )
        )
    return found


def choose(scores: Sequence[float]) -> tuple[int, float]:
    """The index of the best score and its share of all, by softmax; -1 where there are none."""
    if not scores:
        return -1, 0.0
    values = np.exp(np.array(scores) - max(scores))
    best = int(values.argmax())
    return best, float(values[best] / values.sum())
