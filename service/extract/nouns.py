"""The nouns and other words by which sources are told apart, from ``data/sources.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from service.extract.records import SpeakerKind

_LISTS: dict[str, str] = json.loads((Path(__file__).parent / "data" / "sources.json").read_text(encoding="utf-8"))


def _load(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


HONORIFICS: Final = _load("honorifics")  # before a name and no part of it, nor a role
TITLES: Final = _load("titles")  # before a name and no part of it; by themselves a role
POSTS: Final = _load("posts")  # what a person can be, in the singular
LOOSE: Final = _load("loose")  # posts that tell a side or a tie rather than an office
ENDINGS: Final = tuple(_LISTS["endings"].split())  # how other words for a person end
KIN: Final = _load("kin")
COLLECTIVES: Final = _load("collectives")  # several people, where the form does not show it
ORGANIZATIONS: Final = _load("organizations")
METONYMS: Final = _load("metonyms")  # folded names of buildings that stand for who works there
GENERIC: Final = _load("generic")  # organisations whose name need not hold the noun
DOCUMENTS: Final = _load("documents")
OUTPUTS: Final = _load("outputs")  # documents that an organisation's name before them speaks through
STATEMENTS: Final = _load("statements")  # papers, in the singular, that are called by one another's nouns
SURVEYS: Final = _load("surveys")  # the same
STUDIES: Final = _load("studies")  # the same
MADE: Final = _load("made")  # papers, in the singular, whose maker speaks through them
OWNED: Final = _load("owned")  # … and whose owner is their maker
PLAIN: Final = _load("plain")  # what stands before a paper and does not tell it from others
PAPERS: Final = _load("papers")  # documents that have names
EVENTS: Final = _load("events")  # what shows something by being so
SORTS: Final = _load("sorts")  # what may follow an organisation's name and names its sort
DELEGATES: Final = _load("delegates")  # people who speak for others and often stay unnamed
DETERMINERS: Final = _load("determiners")
DEFINITE: Final = _load("definite")  # determiners of something the reader is to know already
MODIFIERS: Final = _load("modifiers")  # what stands before a post and belongs to it
STOPS: Final = _load("stops")  # what is no part of a post or noun phrase that ends here
COPULAS: Final = _load("copulas")
HEADINGS: Final = _load("headings")  # verbs after "who" that state a post
ANONYMOUS: Final = _load("anonymous")  # nouns that withhold a name
MASCULINE: Final = _load("masculine")
FEMININE: Final = _load("feminine")

HE: Final = frozenset({"he", "him", "his", "himself"})
SHE: Final = frozenset({"she", "her", "hers", "herself"})
IT: Final = frozenset({"it", "its", "itself"})
THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
FIRST: Final = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
SECOND: Final = frozenset({"you", "your", "yours", "yourself"})
RELATIVE: Final = frozenset({"who", "which", "that", "whose", "whom"})
PRONOUNS: Final = HE | SHE | IT | THEY | FIRST | SECOND | RELATIVE - {"both"}


def singular(noun: str) -> str:
    """The singular of a regular plural; any other word as it is.

    >>> singular("ministries"), singular("officials"), singular("spokesmen"), singular("boss")
    ('ministry', 'official', 'spokesman', 'boss')
    """
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "news")):
        return noun[:-1]
    return noun


def is_post(word: str) -> bool:
    """Whether *word* (lower case) names what one person can be; the last part of a compound decides.

    >>> [is_post(w) for w in ("mayor", "vice-chair", "ophthalmologist", "report")]
    [True, True, True, False]
    """
    last = word.rsplit("-", 1)[-1]
    return last in POSTS or last.endswith(ENDINGS)


def is_plural(word: str) -> bool:
    """Whether *word* (lower case) names several people or things."""
    return word in COLLECTIVES or (len(word) > 3 and word not in DOCUMENTS and singular(word) != word)


def kind_of_noun(head: str) -> SpeakerKind:
    """The sort of source that a noun in lower case names.

    >>> [kind_of_noun(n).value for n in ("report", "ministry", "officials", "spokeswoman", "polls")]
    ['document', 'organization', 'group', 'unnamed', 'document']
    """
    last = head.rsplit("-", 1)[-1]
    one = singular(last)
    if last in KIN:
        return SpeakerKind.PERSON
    if last in COLLECTIVES or last.isdigit():
        return SpeakerKind.GROUP
    if is_post(one):
        return SpeakerKind.UNNAMED if one == last else SpeakerKind.GROUP
    if one in ORGANIZATIONS:
        return SpeakerKind.ORGANIZATION if one == last else SpeakerKind.GROUP
    if last in DOCUMENTS or one in DOCUMENTS:
        return SpeakerKind.DOCUMENT
    return SpeakerKind.GROUP if one != last else SpeakerKind.UNNAMED
