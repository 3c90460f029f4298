"""Whom "one", "another" or "most" means: some of those whom the article named just before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from service.extract.noun_phrases import find_subjects
from service.extract.nouns import is_post, singular
from service.extract.phrases import Phrase
from service.extract.records import Sentence, SpeakerKind
from service.extract.referents import Cast, Referent

_PART = re.compile(
    r"(?:one|another|most)(?: of (?:them|those|these))?|(?:some|many|several|all) of (?:them|those|these)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\bone[ \u00a0]+([\w’'-]+(?:[ \u00a0]+[\w’'-]+){0,4})", re.IGNORECASE)
BEFORE = 2  # sentences in which "one …" may stand before "another"


def is_part(words: str) -> bool:
    """Whether *words* are a part of a group that they do not name.

    >>> [is_part(w) for w in ("One", "another", "some of them", "one of the bankers", "some", "One man")]
    [True, True, True, False, False, False]
    """
    return _PART.fullmatch(" ".join(words.split())) is not None


def find_part(cast: Cast, sentences: Sequence[Sentence], start: int, end: int) -> Referent | None:
    """Those whom the part from *start* to *end* means, called by their group: "one of the bankers"."""
    part = " ".join(cast.reading[start:end].split()).lower()
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


def _group_before(cast: Cast, sentences: Sequence[Sentence], at: int) -> Phrase | None:
    """The last several people who lead a clause shortly before, told by their noun alone."""
    groups = [p for p in find_subjects(cast, sentences, at) if p.plural and is_post(singular(p.head))]
    told = [p for p in groups if "’" not in (words := cast.word(p)) and "'" not in words]
    return told[-1] if told else None


def _single_before(cast: Cast, sentences: Sequence[Sentence], at: int) -> tuple[str, str] | None:
    """The noun of "one user wrote", shortly before "another": its words and its head."""
    first = max(0, bisect_right(sentences, at, key=lambda s: s.start) - 1 - BEFORE)
    start = sentences[first].start if sentences else at
    for found in _ONE.finditer(cast.reading, start, at):
        words = found[1].split()
        last = next((i for i, word in enumerate(words) if is_post(word)), None)
        if last is not None:
            return " ".join(words[: last + 1]), words[last]
    return None
