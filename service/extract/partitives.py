"""Whom "one", "another", "most", "the duo" or "the latter" means: some or both of those named just before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from service.extract.noun_phrases import find_subjects
from service.extract.nouns import is_post, singular
from service.extract.phrases import Phrase
from service.extract.records import Sentence, SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.values import START
from service.extract.wordings import join_names

_PART = re.compile(
    r"(?:one|another|most)(?: of (?:them|those|these))?|(?:some|many|several|all) of (?:them|those|these)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bone[ \u00a0]+([\w’'-]+(?:[ \u00a0]+[\w’'-]+){0,4})", re.IGNORECASE)
_PAIR = re.compile(r"the (?:duo|pair|two)|(?:the two|both) (?:men|women)", re.IGNORECASE)
BEFORE = 2  # sentences in which "one …" may stand before "another", or two people before "the duo"


def is_part(words: str) -> bool:
    """Whether *words* are a part of a group that they do not name, or two people together.

    >>> [is_part(w) for w in ("One", "another", "some of them", "one of the bankers", "some", "One man", "The duo")]
    [True, True, True, False, False, False, True]
    """
    plain = " ".join(words.split())
    return _PART.fullmatch(plain) is not None or _PAIR.fullmatch(plain) is not None


def find_part(cast: Cast, sentences: Sequence[Sentence], start: int, end: int) -> Referent | None:
    """Those whom the part from *start* to *end* means, called by their group: "one of the bankers"."""
    part = " ".join(cast.reading[start:end].split()).lower()
    if _PAIR.fullmatch(part):
        return _pair_before(cast, sentences, start, end)
    single = _single_before(cast, sentences, start) if part == "another" else None
    if single is not None:
        return cast.add_part(f"another {single[0]}", SpeakerKind.UNNAMED, single[1], start, end)
    group = _group_before(cast, sentences, start)
    if group is None:
        return None
    words = cast.word(group)
    if part.startswith("one"):
        return cast.add_part(f"one of the {words}", SpeakerKind.UNNAMED, singular(group.head), start, end)
    if part.startswith("another"):
        one = " ".join([*words.split()[:-1], singular(words.split()[-1])])
        return cast.add_part(f"another {one}", SpeakerKind.UNNAMED, singular(group.head), start, end)
    return cast.add_part(f"{part.split()[0]} {words}", SpeakerKind.GROUP, group.head, start, end)


def _pair_before(cast: Cast, sentences: Sequence[Sentence], start: int, end: int) -> Referent | None:
    """The two people whom the article joined last, or the only two that it named shortly before."""
    joined = [(last, i) for i, r in enumerate(cast.unnamed) if _is_pair(r) and (last := r.last_before(start))]
    if joined:
        pair = cast.unnamed[max(joined)[1]]
        pair.add(start, end, -1)
        return pair
    first = max(0, bisect_right(sentences, start, key=START) - 1 - BEFORE)
    people = [r for r in cast.named if r.kind == SpeakerKind.PERSON]
    lasts = sorted((last, i) for i, r in enumerate(people) if (last := r.last_before(start)))
    near = [people[i] for (at, _), i in lasts if at >= sentences[first].start]
    near = near if len(near) == 2 else [r for r in near if r.post]
    if len(near) != 2:
        return None
    return cast.add_part(join_names([r.name for r in near]), SpeakerKind.GROUP, "people", start, end)


def find_of_two(cast: Cast, phrase: Phrase) -> Referent | None:
    """Whom "the latter" or "the former" means: one of the last two people named before."""
    people = [(r.last_before(phrase.start), r) for r in cast.named if r.kind == SpeakerKind.PERSON]
    named = sorted(((last, i) for i, (last, _) in enumerate(people) if last), reverse=True)[:2]
    return people[named[0 if phrase.head == "latter" else 1][1]][1] if len(named) == 2 else None


def _is_pair(referent: Referent) -> bool:
    """Whether a group is two people under their names."""
    halves = referent.name.split(" and ") if referent.head == "people" else []
    return len(halves) == 2 and all(w[0].isupper() and not w.endswith(",") for h in halves for w in h.split())


def _group_before(cast: Cast, sentences: Sequence[Sentence], at: int) -> Phrase | None:
    """The last several people who lead a clause shortly before, told by their noun alone."""
    groups = [p for p in find_subjects(cast, sentences, at) if p.plural and is_post(singular(p.head))]
    told = [p for p in groups if "’" not in (words := cast.word(p)) and "'" not in words]
    return told[-1] if told else None


def _single_before(cast: Cast, sentences: Sequence[Sentence], at: int) -> tuple[str, str] | None:
    """The noun of "one user wrote", shortly before "another": its words and its head."""
    first = max(0, bisect_right(sentences, at, key=START) - 1 - BEFORE)
    start = sentences[first].start if sentences else at
    for found in _ONE.finditer(cast.reading, start, at):
        words = found[1].split()
        last = next((i for i, word in enumerate(words) if is_post(word)), None)
        if last is not None:
            return " ".join(words[: last + 1]), words[last]
    return None
