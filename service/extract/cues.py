"""Cues that by themselves say that something was uttered: "said", "threatened", "according to"."""

from __future__ import annotations

import re

from service.extract.names import WORD, fold
from service.extract.nouns import DOCUMENTS, EVENTS, PRONOUNS

_SPOKEN = (
    r"sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|announc\w+|declar\w+|stat(?:es|ed|ing)|repl(?:y|ies|ied)|respond\w+"
    r"|add(?:s|ed|ing)|promis\w+|threaten\w+|vow\w*|pledg\w+|urg(?:es|ed|ing)|propos\w+|admit\w*|den(?:y|ies|ied|ying)"
    r"|observ(?:es|ed)|warn\w*|argu(?:es|ed|ing)|claim(?:s|ed|ing)|insist\w*|accus\w+|describ\w+"
    r"|call(?:s|ed|ing) (?:for|on)"
    r"|according to|blam\w+|signal\w+|denounc\w+|suggest(?:s|ed)|acknowledg\w+|explain\w*|recall\w*|remark\w*"
    r"|not(?:es|ed|ing)|testif\w+|joked?|quipped|confirm\w+"
)
_WRITTEN = r"report(?:s|ed)|reads?|wrote|writes|tweet\w*|show(?:s|ed)?|found"
_SHOUTED = r"chant\w+|shout\w+|yell\w+|scream\w+|whisper\w+"
_UTTERING = re.compile(rf"\b(?:{_SPOKEN}|{_WRITTEN}|{_SHOUTED})$", re.IGNORECASE)
_UNSAID = re.compile(r"(?:\bnot|n['’]t|\bnever|\bwithout|\b(?:declin|refus|fail)\w+)\b", re.IGNORECASE)

_SHOWING = re.compile(r"\b(?:prove[sdn]?|show(?:s|ed|n)?)$")
_PERCEIVING = re.compile(r"\b(?:notic(?:e|es|ed|ing)|reali[sz](?:e|es|ed|ing)|spott(?:ed|ing)|kn(?:ew|ow|ows|own))$")
_BESIDE_NAMES = frozenset({"and", "both", "of", "the"})


def is_deed(cue: str, source: str) -> bool:
    """Whether it is what *source* does that *cue* says shows something: neither a paper nor a picture, which states it.

    >>> is_deed("showed", "The vote"), is_deed("both showed", "Spain and Italy"), is_deed("shows", "Another slide")
    (True, True, False)
    """
    words = WORD.findall(source)
    if not words or not _SHOWING.search(cue):
        return False
    named = all(word[0].isupper() or word in _BESIDE_NAMES for word in words) and not DOCUMENTS & set(map(fold, words))
    return (named and fold(words[0]) not in PRONOUNS) or fold(words[-1]) in EVENTS


def is_perceiving(cue: str) -> bool:
    """Whether a cue says that something came to somebody's mind, which by itself is never uttered.

    >>> is_perceiving("noticed"), is_perceiving("had realised"), is_perceiving("told")
    (True, True, False)
    """
    return _PERCEIVING.search(cue) is not None


def is_uttering(cue: str) -> bool:
    """Whether the last word of a cue says that its content was spoken or written, or shown by a document.

    >>> is_uttering("has threatened"), is_uttering("according to"), is_uttering("fears"), is_uttering("would not say")
    (True, True, False, False)
    """
    words = " ".join(cue.split())
    return _UTTERING.search(words) is not None and _UNSAID.search(words) is None
