"""Names in the text: where a person, an organisation, a place or a people is called by name.

Found by the network's entity tags, mended by what stands in the text: whole words, no possessive,
no title inside the name, one type for one name throughout the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

import numpy as np

from service.extract.called import SURNAMES, find_called
from service.extract.decode import best_path, legal_transitions, spans_of
from service.extract.encoder import Tags
from service.extract.institutions import lengthen_institutions
from service.extract.mention_kinds import all_or_none, mend_kind, with_stated
from service.extract.name_spans import (
    HYPHENATED,
    cut_after_countries,
    cut_at_brackets,
    cut_at_versus,
    cut_by_sentence,
    join_parts,
    lengthen,
    widen,
    without_overlaps,
    without_trades,
)
from service.extract.names import LETTERS_AFTER, PEERS, POSSESSIVE, WORD, Key, count_titles, fold, is_acronym, key_of
from service.extract.nouns import FIRST, HONORIFICS, METONYMS, PRONOUNS, TITLES
from service.extract.sorts import companies
from service.extract.values import START, dataclass, replace

KINDS = ("person", "organization", "place", "group")
SAID_SO, MENDED = 0.1, 2.0  # weights of the kind that the tagger's best path gave, and of one that the words show
ENTITY_NAMES = tuple(["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"])
_TRANSITIONS = legal_transitions(ENTITY_NAMES)
_TITULAR = (HONORIFICS | TITLES) - {"the"}
_NAMELESS = TITLES | HONORIFICS | PRONOUNS
PARTICLE = 5  # letters that a particle of a name has at most: "della"
_TERRITORY = re.compile(r"[ \u00a0]of[ \u00a0][A-Z][\w'’-]+")
_NAME_BEFORE = re.compile(
    r"(?<![.!?:\n\"“”'‘’(—])[ \u00a0](?!Mr|Mrs|Ms|Dr|Sen|Rep|Gov|President|Senator|Judge|Prof|Sir)[A-Z][\w'’-]+[ \u00a0]$"  # noqa: E501 a pattern or a case is read best in one line
)
_NAME_AFTER = re.compile(r"[ \u00a0][A-Z][a-z]")
_IN_WORD, _ON_IN_WORD = re.compile(r"[\w@#.&-]"), re.compile(r"[\w-]")  # before and after what is no whole word
_MR = re.compile(r"\b(?:Mr|Mrs|Ms)\.?[ \u00a0]$")
_CAPITALIZED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: code points *start* to *end*, titles and possessive outside.

    ``kind`` is "person", "organization", "place" or "group" (a people, party or faith); ``titles``
    are the words of the title that stood before it, in order; ``piece`` is its first word piece;
    ``key`` its words as names are compared.
    """

    start: int
    end: int
    text: str
    kind: str
    piece: int = -1
    titles: tuple[str, ...] = ()
    key: Key = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", key_of(self.text))  # asked for again and again

    @property
    def adjectival(self) -> bool:
        """Whether it is the adjective of a people, party or faith rather than a name for its members."""
        named = self.text.endswith(("s", "ese", "ish", "ch", "men")) or is_acronym(self.text)
        return self.kind == "group" and not named


def find_mentions(reading: str, tags: Tags) -> tuple[Mention, ...]:
    """All names the tagger sees in *reading*, in order."""
    if not len(tags.pieces):
        return ()
    path = best_path(tags.entities, _TRANSITIONS)
    spans = []
    for low, high, kind in cut_by_sentence(spans_of(path, ENTITY_NAMES), tags):
        start, end = int(tags.pieces.starts[low]), int(tags.pieces.ends[high - 1])
        if _CAPITALIZED.search(reading[start:end]):
            spans.append((start, end, kind))
    apart = cut_at_versus(reading, without_trades(reading, cut_at_brackets(reading, spans)))
    whole = sorted(cut_after_countries(reading, apart))
    spans = lengthen_institutions(reading, lengthen(reading, join_parts(reading, whole)))
    grown = without_overlaps((*widen(reading, start, end), kind) for start, end, kind in spans)
    made = (make_mention(reading, *span, tags) for span in grown)
    tagged = _without_overlaps_of(m for m in made if m is not None)
    mended = all_or_none([mend_kind(reading, m) for m in tagged], reading)
    sure = {new.start for old, new in zip(tagged, mended, strict=True) if new.kind != old.kind}
    mended = _completed(reading, mended, tags)
    found = [*mended, *_repeats(reading, mended, tags)]
    spoken = (make_mention(reading, *s, tags) for s in find_called(reading, [(m.start, m.end) for m in found]))
    every = sorted([*found, *(m for m in spoken if m is not None)], key=START)
    weights = zip(every, _weigh_kinds(every, tags), strict=True)
    stated = [with_stated(reading, m, w, MENDED if m.start in sure else SAID_SO) for m, w in weights]
    return companies(agree(every, stated))


def _completed(reading: str, mentions: Sequence[Mention], tags: Tags) -> list[Mention]:
    """The mentions with the beginning of an organisation's name grown to all of it where all of it stands there."""
    forms = {m.text for m in mentions if m.kind == "organization" and len(m.key) > 1}
    found: list[Mention] = []
    for mention in mentions:
        if found and mention.start < found[-1].end:
            continue
        longer = [f for f in forms if len(f) > len(mention.text) and reading.startswith(f, mention.start)]
        end = mention.start + max(map(len, longer), default=0)
        whole = end > mention.end and not reading[end : end + 1].isalnum()
        made = make_mention(reading, mention.start, end, "organization", tags) if whole else None
        found.append(made or mention)
    return found


def _weigh_kinds(mentions: Sequence[Mention], tags: Tags) -> list[dict[str, float]]:
    """How likely each mention is of each kind, by the entity logits of its pieces."""
    logits = tags.entities.astype(np.float64)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    low = np.array([max(0, m.piece) for m in mentions], np.int64)
    high = np.maximum(tags.pieces.starts.searchsorted([m.end for m in mentions]), low + 1)
    sums = np.zeros((len(shares) + 1, len(KINDS)))
    np.cumsum(shares[:, 1::2] + shares[:, 2::2], axis=0, out=sums[1:])
    means = (sums[high] - sums[low]) / (high - low)[:, None]
    return [dict(zip(KINDS, mean, strict=True)) for mean in means.tolist()]


def _repeats(reading: str, mentions: Sequence[Mention], tags: Tags) -> Iterator[Mention]:
    """The names found once, where they stand again and the tagger missed them: not as part of a longer name."""
    forms: dict[str, str] = {}
    for mention in mentions:
        if mention.kind in {"person", "organization"}:
            whole = mention.text if len(mention.text) > 2 else ""
            last = mention.text.split()[-1] if mention.kind == "person" and len(mention.key[-1]) > 3 else whole
            forms.update({form: mention.kind for form in (whole, last) if form[:1].isupper()})
    taken = [(m.start, m.end) for m in mentions]
    for start, end in _places_of(forms, reading):
        kind = forms[reading[start:end]]
        at = bisect_right(taken, (start, len(reading)))
        if not all(last <= start or end <= first for first, last in taken[max(0, at - 1) : at + 1]):
            continue
        more = HYPHENATED.match(reading, end) if kind == "person" else None
        named = _NAME_BEFORE.search(reading, max(0, start - 25), start) or _NAME_AFTER.match(reading, end)
        if more is not None or not named:
            made = make_mention(reading, start, more.end() if more else end, kind, tags)
            yield from [made] if made else []


def _places_of(forms: Iterable[str], reading: str) -> Iterator[tuple[int, int]]:
    """Where the *forms* stand as whole words, in order; of two that overlap the first, or the longer at one place."""
    places: list[tuple[int, int]] = []
    for form in forms:
        at = reading.find(form)
        while at >= 0:
            end = at + len(form)
            if not _IN_WORD.match(reading[at - 1 : at]) and not _ON_IN_WORD.match(reading[end : end + 1]):
                places.append((at, end))
            at = reading.find(form, at + 1)
    last = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= last:
            yield start, end
            last = end


def _titles_before(reading: str, start: int) -> tuple[str, ...]:
    """The titles that stand right before code point *start*: "Mrs", "Rear Admiral"."""
    found: list[str] = []
    apart = start and not (reading[start - 1].isalnum() or reading[start - 1] in " \u00a0.&'’-_")
    words = [] if apart else list(WORD.finditer(reading, max(0, start - 40), start))
    for word in reversed(words):
        gap = reading[word.end() : start].strip(" \u00a0")
        known = word.group()[0].isupper() and fold(word.group()) in _TITULAR
        if not known or gap not in ("", ".") or (gap and len(word.group()) > 5):
            break
        found.insert(0, word.group())
        start = word.start()
    return tuple(found)


def _without_overlaps_of(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def make_mention(reading: str, start: int, end: int, kind: str, tags: Tags | None = None) -> Mention | None:
    """A mention from a rough span: without possessive and, for a person, without titles."""
    words = list(WORD.finditer(reading, start, end))
    if not words or all(_is_nameless(w.group(), kind) for w in words):
        surname = (
            len(words) == 1 and fold(words[0].group()) in SURNAMES and _MR.search(reading, max(0, start - 5), start)
        )
        if not surname:
            return None
    titles: tuple[str, ...] = ()
    if kind == "person":
        skip = count_titles([w.group() for w in words])
        titles = (*_titles_before(reading, words[0].start()), *(w.group() for w in words[:skip]))
        words = _without_letters(_from_name(words[skip:]))
        if not words:
            return None
    elif words[0].group().casefold() == "the" and len(words) > 1:
        words = words[1:]
    start, end = words[0].start(), words[-1].end()
    end = start + len(POSSESSIVE.sub("", reading[start:end]).rstrip("'’-"))
    territory = _TERRITORY.match(reading, end) if titles and fold(titles[-1]) in PEERS else None
    end = territory.end() if territory else end
    if reading[end : end + 1] == "." and re.search(r"\.\w$|\b(?:Jr|Sr|Inc|Corp|Co|Ltd)$", reading[start:end]):
        end += 1
    piece = -1 if tags is None else int(tags.pieces.starts.searchsorted(start, side="right")) - 1
    return Mention(start, end, reading[start:end], kind, piece, titles)


def _from_name(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """A person's words from the first that is no adjective: "ever-cautious Roe"; particles are short."""
    first = next((i for i, w in enumerate(words) if not w.group().islower() or len(w.group()) <= PARTICLE), len(words))
    return words[first:]


def _without_letters(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """A person's words without the letters after a name: "Marian Roe KC"."""
    last = len(words)
    while last > 1 and words[last - 1].group()[-1].isupper() and fold(words[last - 1].group()) in LETTERS_AFTER:
        last -= 1
    return words[:last]


def _is_nameless(word: str, kind: str) -> bool:
    """Whether a word is a title or a pronoun; the organisation "WHO" is none."""
    return fold(word) in _NAMELESS and (kind != "organization" or not word.isupper() or fold(word) in FIRST)


def agree(mentions: Sequence[Mention], weights: Sequence[Mapping[str, float]] | None = None) -> tuple[Mention, ...]:
    """The mentions, each of the kind that its name has most often, or by *weights* most surely, in the article."""
    votes: dict[Key, dict[str, float]] = {}
    for i, mention in enumerate(mentions):
        given = {mention.kind: 1.0} if weights is None else weights[i]
        held = votes.setdefault(mention.key, {})
        for kind, weight in given.items():
            held[kind] = held.get(kind, 0.0) + weight
    winners = {key: max(counts, key=lambda kind: (counts[kind], kind == "person")) for key, counts in votes.items()}
    winners |= {key: "organization" for key in winners if len(key) == 1 and key[0] in METONYMS}
    return tuple(m if m.kind == winners[m.key] else replace(m, kind=winners[m.key]) for m in mentions)
