"""What a person is by the nouns that are said of him: of one sort, and so not of another."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from service.extract.nouns import is_post
from service.extract.words import DEMONYMS

_TABLES: Final = tomllib.loads(Path(__file__).with_name("callings.toml").read_text(encoding="utf-8"))
_TELLING: Final = frozenset(_TABLES["telling"]["sorts"].split())
_SORTS: Final = {noun: sort for sort, nouns in _TABLES["sorts"].items() for noun in nouns.split()}
_SHORT: Final = {
    full: frozenset(short for short, nouns in _TABLES["abbreviations"].items() if full in nouns.split())
    for nouns in _TABLES["abbreviations"].values()
    for full in nouns.split()
}
_PARTIES: Final = {word: party for party, words in _TABLES["opposed"].items() for word in words.split()}
_SAME: Final = {"us": "american", "u.s": "american", "u.s.": "american", "uk": "british", "u.k": "british"}
_STEM = 3  # letters that a place and its adjective share
_NATIONAL: Final = ("ian", "ese", "ish", "ean", "ican")  # how adjectives of nationality end
_PLAIN: Final = frozenset(_TABLES["nations"]["none"].split())
_ADJECTIVES: Final = DEMONYMS - _PLAIN


def is_called(noun: str, stated: AbstractSet[str]) -> bool:
    """Whether a noun is among the words *stated* of someone, in full or as a title.

    >>> is_called("senator", {"sen"}), is_called("senator", {"senate"})
    (True, False)
    """
    return noun in stated or not stated.isdisjoint(_SHORT.get(noun, ()))


def is_barred(noun: str, stated: AbstractSet[str]) -> bool:
    """Whether what is *stated* of someone is of another sort than a noun that tells its own.

    >>> is_barred("judge", {"fen", "president"}), is_barred("judge", {"rapper"}), is_barred("official", {"president"})
    (True, False, False)
    """
    sort = _SORTS.get(noun)
    known = {_SORTS[word] for word in stated if word in _SORTS}
    return sort in _TELLING and bool(known) and sort not in known


def is_opposed(words: AbstractSet[str], stated: AbstractSet[str]) -> bool:
    """Whether the party or nation among *words* is another than that among the words *stated* of someone.

    >>> is_opposed({"republican"}, {"democratic"}), is_opposed({"us"}, {"russian", "envoy"}), is_opposed({"us"}, set())
    (True, True, False)
    >>> is_opposed({"american"}, {"republican"}), is_opposed({"british"}, {"historian"})
    (False, False)
    """
    return _differ(_parties(words), _parties(stated)) or _differ(_nations(words), _nations(stated))


def is_foreign(words: Iterable[str], name: Iterable[str]) -> bool:
    """Whether *words* hold an adjective of nationality that no word of a place's *name* begins like.

    >>> is_foreign(("indian", "government"), ("kerala",)), is_foreign(("norwegian", "government"), ("norway",))
    (True, False)
    """
    nations = _nations(set(words))
    return bool(nations) and not any(nation[:_STEM] == word[:_STEM] for nation in nations for word in name)


def _differ(some: AbstractSet[str], others: AbstractSet[str]) -> bool:
    return bool(some and others) and some.isdisjoint(others)


def _parties(words: AbstractSet[str]) -> set[str]:
    return {_PARTIES[word] for word in words if word in _PARTIES}


def _nations(words: AbstractSet[str]) -> set[str]:
    return {_SAME.get(word, word) for word in words if _is_nation(word)}


def _is_nation(word: str) -> bool:
    """Whether a word is an adjective of nationality, and no noun for a person ("historian") nor a party's."""
    if word in _ADJECTIVES:
        return True
    return word.endswith(_NATIONAL) and word not in _PLAIN and word not in _PARTIES and not is_post(word)
