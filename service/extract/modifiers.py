"""What stands before a post and belongs to it: "former Dutch finance", word by word to the left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.names import fold, is_acronym
from service.extract.nouns import HONORIFICS, MODIFIERS, STOPS, TITLES, is_post

_GAP = re.compile(r"[ \u00a0]*(?:\.[ \u00a0]+)?")
_BEFORE_VERBS = frozenset(
    {"will", "would", "can", "could", "may", "might", "must", "should", "not", "never", "i", "we", "you", "they", "who"}
)  # what stands before a verb and never before a post


def are_adjacent(reading: str, words: Sequence[re.Match[str]], at: int, before: int) -> bool:
    """Whether nothing but space stands between a word and the next word or the name, or a firm's "&"."""
    nxt = words[at + 1].start() if at + 1 < len(words) else before
    gap = reading[words[at].end() : nxt]
    if at + 1 < len(words) and gap.strip(" \u00a0") == "&":
        return words[at].group()[0].isupper() and words[at + 1].group()[0].isupper()  # "Roe & Lind analyst"
    return ("\n" not in gap and not gap.strip()) or (_GAP.fullmatch(gap) is not None and _takes_stop(words[at].group()))


def _takes_stop(word: str) -> bool:
    """Whether a full stop after *word* is that of an abbreviation."""
    folded = fold(word)
    return "." in word or len(word) == 1 or (len(word) < 6 and (folded in TITLES or folded in HONORIFICS))


def extend_left(reading: str, words: Sequence[re.Match[str]], last: int) -> int:
    """The index of the first word of the phrase that *words* [last] ends."""
    first, unknown = last, 0
    another = is_post(end := fold(words[last].group())) and end in TITLES  # than whose spokesman stands before it
    while first > 0 and are_adjacent(reading, words, first - 1, 0):
        word = words[first - 1].group()
        folded = fold(word)
        if folded in {"and", "of", "for", "&"} and first > 1:
            before = fold(words[first - 2].group())
            if not (is_post(before) or (folded == "of" and before in TITLES)) or (folded != "and" and another):
                break
        elif folded == "the" and first > 2 and fold(words[first - 2].group()) in {"of", "for"}:
            pass
        elif _is_verb(words, first - 1) or not (
            _belongs(word, folded) or (first > 1 and _is_plural_modifier(words, first - 1))
        ):
            break
        else:
            unknown = unknown + 1 if _is_unknown(word, folded) else 0
            if unknown > 2:
                break
        first -= 1
    return first


def _is_plural_modifier(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word in -s stands between an adjective and a post: "former customs minister"."""
    return (
        words[at].group().endswith("s")
        and fold(words[at].group()) not in STOPS
        and fold(words[at - 1].group()) in MODIFIERS
    )


def _is_verb(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word must be a verb by the one before it: "will face challenger Roe", "to unseat Senator Roe"."""
    word = words[at].group()
    if not at or not _is_unknown(word, fold(word)):
        return False
    before = fold(words[at - 1].group())
    return before in _BEFORE_VERBS or (before == "to" and words[at + 1].group()[0].isupper())


def _is_unknown(word: str, folded: str) -> bool:
    return word[0].islower() and not (folded in MODIFIERS or is_post(folded) or folded in TITLES)


def _belongs(word: str, folded: str) -> bool:
    """Whether a word can stand inside a post: a name, a known modifier, or no verb or function word by its form."""
    if (folded in STOPS and not is_acronym(word)) or word.endswith("-"):
        return False
    if word[0].isupper() or word[0].isdigit() or folded in MODIFIERS or is_post(folded) or folded in TITLES:
        return True
    if word.endswith(("'s", "’s", "s'", "s’")):
        return True
    return not folded.endswith(("ed", "ing", "ly", "s")) or folded.endswith(("ics", "ss"))
