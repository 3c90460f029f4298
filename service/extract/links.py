"""Which cue and which source each content has: the link heads' scores, and what the layout says against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from service.extract.decode import Floats
from service.extract.encoder import Tags
from service.extract.features import Ints
from service.extract.nouns import PRONOUNS
from service.extract.outputs import CUE, SOURCE
from service.extract.quoted import Quoted
from service.extract.records import Document
from service.extract.tagged import Found
from service.extract.values import dataclass

RELUCTANCE = {SOURCE: 5.0, CUE: 0.0}  # off the score of having none; fitted on the development split of PolNeAR
BETWEEN = 2.0  # off the score of a cue or source for each other content that stands between
BESIDE, NEXT_TO = 2.0, 3  # onto the score of a source within so many pieces of the cue
BEHIND = 10.0  # off the score of a source in a later sentence than the cue
LATER = 2.0  # off the score of a cue or source in a later paragraph than the content
BREAKS = ("\n", "\n\n")
REACH = 220  # pieces between a content and its cue or source, at most: what a window can show
TOGETHER = 64  # contents whose links are weighed at a time
NOWHERE = -(1 << 30)  # the place of a cue that is not there

_YET = re.compile(r"\byet to\b")
Linked = tuple[Found, Found | None, Found | None]  # a content, its cue and its source


@dataclass(frozen=True, slots=True)
class Place:
    """What links are weighed by: the tags, first pieces of all contents, starts of paragraphs, pieces in titles."""

    tags: Tags
    lows: Ints
    paragraphs: Ints
    titles: NDArray[np.bool_]


def link_contents(
    document: Document, place: Place, contents: Sequence[Found], found: dict[str, list[Found]], quoted: Sequence[Quoted]
) -> list[Linked]:
    """The contents with their cues and their sources, for which standing beside the cue speaks."""
    cues = best_linked(place, CUE, contents, found["cue"])
    sources = best_linked(place, SOURCE, contents, found["source"], cues)
    linked = [
        (content, None, None) if cue and _is_unsaid(document.reading, content, cue) else (content, cue, source)
        for content, cue, source in zip(contents, cues, sources, strict=True)
    ]
    return _kept(document.reading, _carried(document.reading, linked, quoted))


def _is_unsaid(reading: str, content: Found, cue: Found) -> bool:
    """Whether a cue behind a content says of what follows it that it is not said yet: "have yet to announce"."""
    return content.end <= cue.start and _YET.search(reading, cue.start, cue.end) is not None


def _carried(reading: str, linked: Sequence[Linked], quoted: Sequence[Quoted]) -> list[Linked]:
    """With the cue and source of the paragraph before, where a quotation is left open and opened again."""
    reopened = {
        q.start: (before.start, before.end)
        for before, q in pairwise(q for q in quoted if q.double)
        if not before.closed and reading[before.end : q.start].strip(" \u00a0\"“'‘") in BREAKS
    }
    found: list[Linked] = []
    for content, cue, source in linked:
        at = next((a for start, a in reopened.items() if start <= content.start <= start + 2), None)
        before = next((f for f in reversed(found) if at and f[0].start < at[1] and at[0] < f[0].end), None)
        here = cue is not None and "\n" not in reading[min(content.end, cue.end) : max(content.start, cue.start)]
        found.append((content, *before[1:]) if before and not here else (content, cue, source))
    return found


def _kept(reading: str, linked: Sequence[Linked]) -> list[Linked]:
    """The same, but that what follows one's words in their paragraph is not said by whom a later paragraph names."""
    found: list[Linked] = []
    for content, cue, source in linked:
        first, told, by = found[-1] if found else (content, None, None)
        begun = min(first.start, told.start) if told else content.start
        led = told is not None and "\n" not in reading[begun : content.start]
        later = cue is not None and "\n" in reading[content.end : cue.start]
        apart = led and later and by and source and _are_others(_names(reading, by), _names(reading, source))
        found.append((content, None, None) if apart else (content, cue, source))
    return found


def _names(reading: str, source: Found) -> set[str] | None:
    """The words of a source by which it can be known again; ``None`` of a pronoun."""
    words = reading[source.start : source.end].split()
    return None if len(words) == 1 and words[0].lower() in PRONOUNS else {w for w in words if w[0].isupper()}


def _are_others(one: set[str] | None, other: set[str] | None) -> bool:
    """Whether two sources, neither of them a pronoun, share no name."""
    return one is not None and other is not None and not one & other


def best_linked(
    place: Place,
    link: int,
    contents: Sequence[Found],
    candidates: Sequence[Found],
    cues: Sequence[Found | None] = (),
) -> list[Found | None]:
    """The best candidate for each content, if any is better than none; weighed for some contents at a time."""
    best: list[Found | None] = []
    for i in range(0, len(contents), TOGETHER):
        some = contents[i : i + TOGETHER]
        low, high = min(c.low for c in some) - REACH, max(c.low for c in some) + REACH
        near = [c for c in candidates if low <= c.low <= high]
        chosen = _weigh(place, link, some, near, cues[i : i + TOGETHER]).argmax(axis=1)
        best += [near[at] if at < len(near) else None for at in chosen.tolist()]
    return best


def _weigh(
    place: Place, link: int, contents: Sequence[Found], near: Sequence[Found], cues: Sequence[Found | None]
) -> Floats:
    """How well each candidate suits each content and, last, none does. *Shape:* (contents, candidates + 1)"""
    begins, at = np.array([c.low for c in contents], np.int64), np.array([c.low for c in near], np.int64)
    scores = place.tags.link_scores(link, begins, at, np.array([c.high - 1 for c in contents], np.int64))
    scores[:, -1] -= RELUCTANCE[link]
    named = scores[:, :-1]
    named -= BETWEEN * _passed(begins, at, place.lows)
    home = place.paragraphs.searchsorted([c.end for c in contents], side="right")[:, None]
    named -= LATER * (place.paragraphs.searchsorted([c.start for c in near], side="right") > home)
    if cues:
        named += BESIDE * _are_beside(place.tags.pieces.sentence, near, cues)
        named -= BEHIND * _are_behind(place.tags.pieces.sentence, near, cues)
    named[np.abs(at - begins[:, None]) > REACH] = -np.inf
    if link == CUE:
        named[place.titles[at] != place.titles[begins][:, None]] = -np.inf
    return scores


def _passed(begins: Ints, at: Ints, lows: Ints) -> Ints:
    """How many other contents, whose first pieces are *lows*, stand between each content and each candidate."""
    own, other = lows.searchsorted(begins)[:, None], lows.searchsorted(at)
    return np.asarray(np.where(other <= own, own - other, other - own - 1), np.int64)


def _are_behind(sentence: Ints, near: Sequence[Found], cues: Sequence[Found | None]) -> NDArray[np.bool_]:
    """Whether each candidate stands in a later sentence than the cue of each content."""
    at = np.array([c.low for c in near], np.int64)
    told = np.array([sentence[c.low] if c else len(sentence) for c in cues], np.int64)[:, None]
    return np.asarray(sentence[at] > told)


def _are_beside(sentence: Ints, near: Sequence[Found], cues: Sequence[Found | None]) -> NDArray[np.bool_]:
    """Whether each candidate stands beside the cue of each content, in its sentence."""
    low, high = (np.array([getattr(c, edge) for c in near], np.int64) for edge in ("low", "high"))
    first = np.array([c.low if c else NOWHERE for c in cues], np.int64)[:, None]
    last = np.array([c.high if c else NOWHERE for c in cues], np.int64)[:, None]
    same = sentence[low] == sentence[np.maximum(first, 0)]
    return np.asarray(same & (low - last <= NEXT_TO) & (first - high <= NEXT_TO))
