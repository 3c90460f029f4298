"""Which words can be a role, and how much they tell: "a baker from Ulm" can, "flanked by a baker" cannot."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from service.extract.names import fold
from service.extract.nouns import (
    DETERMINERS,
    HEADINGS,
    HONORIFICS,
    KIN,
    LOOSE,
    MODIFIERS,
    STOPS,
    TITLES,
    is_post,
    singular,
)
from service.extract.words import AUXILIARIES

PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "with", "to", "on"})
_BEGIN = DETERMINERS | {"also", "as", "now", "once", "then", "still", "previously", "or", "and"}
_BEGIN |= {"one", "some", "most", "more", "among"}
_FOREIGN = STOPS - (_BEGIN - {"your", "that", "these", "this", "those", "whose"})  # to the beginning of a role
_AS = frozenset({"listed", "known"})


def weigh(text: str) -> int:
    """How much a role tells: kin and a clause ("leads the inquiry") least, a party or a tie no more than one word."""
    words = [fold(w) for w in text.split()]
    head, after = next((pair for pair in itertools.pairwise([*words, "of"]) if pair[1] in PREPOSITIONS), ("", ""))
    if head in KIN or words[0] in HEADINGS:
        return -1 if head in KIN else 0
    return 1 if head in LOOSE and after != "on" else min(3, len(words))


def leads_role(words: Sequence[str]) -> bool:
    """Whether a role can begin so: with no conjunction, with no verb as in "pulling his hair", "flanked by a judge"."""
    first, after = fold(words[0]), fold(words[1]) if len(words) > 1 else ""
    if first in _FOREIGN:
        return False
    if first in MODIFIERS or is_post(first) or words[0][0].isupper():
        return True
    led = after in STOPS or after in HONORIFICS or after in TITLES
    return not first.endswith("ing") and not (first.endswith("ed") and led and words[0] not in _AS)


def tells_post(words: Sequence[str]) -> bool:
    """Whether a phrase beside a name is a post: a noun for a person stands before its first preposition."""
    for word in words:
        folded = fold(word)
        if is_post(folded) or (is_post(singular(folded)) and fold(words[0]) in {"one", "among"}):
            return True
        if folded in AUXILIARIES or (folded in PREPOSITIONS and fold(words[0]) != "one"):
            return False
    return False


def heads_post(words: Sequence[str], owned: bool) -> bool:
    """Whether a phrase set before a name is a post, or kin of somebody named: its head noun names a person."""
    first = next((i for i, word in enumerate(words) if fold(word) in PREPOSITIONS), len(words))
    head = fold(words[first - 1]) if first else ""
    kin = head in KIN and (owned or any(w.endswith(("'s", "’s")) for w in words))
    return is_post(head) or kin or (is_post(singular(head)) and tells_post(words))
