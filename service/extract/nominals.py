"""Whom a noun means: "the prime minister" the person the article says that of, "the airline" the one it named.

The choice is among the article's names and the noun itself, by weighted evidence as for pronouns.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.extract.callings import is_called, is_foreign
from service.extract.names import Key, key_of
from service.extract.noun_signs import AGED, PLACES, SOON, Named, read_signs, weigh
from service.extract.nouns import DEFINITE, KIN, is_post
from service.extract.phrases import Phrase
from service.extract.pronouns import choose
from service.extract.records import SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.sorts import FIRMS, NOUNS

BEHIND = 5000  # code points
FORCES = frozenset({"constabulary", "department", "force", "office", "police", "service"})  # how their names end
FORCE_SURE = 0.7
_FOR = frozenset({"for", "of"})
PLACED = frozenset({"central", "federal", "independent", "local", "municipal", "national", "public", "regional", "top"})


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
        and not (is_post(phrase.head) or any(map(AGED.search, words)))
    ):
        return []
    alike = (key_of(r.name) for r in cast.unnamed if r.head == phrase.head)
    owners = {tuple(w for w in key if w not in _FOR | {phrase.head}) for key in alike}  # "a Roe spokesman" is not Roe
    fitting = [r for r in cast.named if r.kind == wanted and r.entity_words not in owners]
    known = any(r.head == phrase.head for r in cast.unnamed)
    about = [r for r in fitting if _can_be(phrase, r, words) and _is_about(phrase, r)]
    return [r for r in about if not _is_another(phrase, r, words, known=known)]


def _is_another(phrase: Phrase, referent: Referent, words: Key, *, known: bool) -> bool:
    """Whether a name that comes only later is another's: no "water regulator" is a "Trade Council".

    The name must say itself what it is; the noun must be *known*, somebody called by it before, or come with *words*
    that are not the name's. Where the name holds the noun these must tell more than where it is: "the environment
    board" is not the "Board of Trade", "the city council" may be "Harby Council".
    """
    key, head = referent.entity_words, phrase.head
    if referent.kind == SpeakerKind.PERSON or referent.last_before(phrase.start) or is_called(head, referent.stated):
        return False
    if not any(word in NOUNS for word in key):
        return False
    rest = set(words) - {head} - DEFINITE - (PLACES | PLACED if head in key else set())
    return known or (bool(rest) and rest.isdisjoint(referent.stated.union(key)))


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
