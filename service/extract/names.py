"""Names as words: what is title, what is name, and which of two forms can mean the same bearer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from service.extract.nouns import FEMININE, HONORIFICS, MASCULINE, TITLES, is_post

Key = tuple[str, ...]

WORD = re.compile(r"[^\W_][\w&'’\-]*(?:\.(?=\w)[\w&'’\-]*)*")
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
LETTERS_AFTER = frozenset({"mp", "mep", "msp", "phd", "md", "qc", "kc", "esq", "jd", "obe", "cbe", "mbe"})
SMALL_IN_NAMES = frozenset({"the", "of", "for", "and", "on", "in", "to", "at", "&", "de", "la", "le", "du", "des", "a"})
PEERS = frozenset({"lord", "lady", "baroness", "baron", "duke", "duchess", "earl", "viscount", "marquess", "countess"})
ROYAL = PEERS | {"pope", "king", "queen", "prince", "princess", "sultan", "emir", "emperor", "st", "saint"}
GIVEN = frozenset({"baker", "dean", "guy", "hunter", "porter"})  # posts that are more often first names before a name
NICKNAMES = (
    "bill billy will william", "bob bobby rob robert", "joe joey joseph", "mike michael", "jim jimmy james",
    "tom tommy thomas", "dick rick richard", "tony anthony", "dan danny daniel", "chris christopher christine",
    "ben benjamin", "ted edward ed eddie", "ron ronald", "don donald", "nick nicholas", "sam samuel samantha",
    "matt matthew", "steve steven stephen", "tim timothy", "greg gregory", "jeff jeffrey", "ken kenneth",
    "dave david", "liz beth elizabeth", "kate katie kathy katherine catherine", "sue susan", "meg margaret maggie",
    "alex alexander alexandra", "andy andrew", "charlie chuck charles", "larry lawrence", "pat patrick patricia",
    "pete peter", "phil philip phillip", "ray raymond", "bernie bernard", "al albert alan", "jon jonathan john jack",
)  # fmt: skip
_STOPPED = re.compile(r"(?:[A-Z]\.){2,}")
_DOUBLED = re.compile(r"(.)\1")
_SAME = {name: number for number, line in enumerate(NICKNAMES) for name in line.split()}


def strip_possessive(text: str) -> str:
    """*text* without a possessive ending.

    >>> strip_possessive("Merz's"), strip_possessive("the judges’"), strip_possessive("Alphabet")
    ('Merz', 'the judges', 'Alphabet')
    """
    return POSSESSIVE.sub("", text)


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """*word* as names are compared: lower case, no accents, no full stops, no possessive."""
    bare = strip_possessive(word)
    if bare.isascii():
        return bare.replace(".", "").lower()
    kept = (c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c) and c != ".")
    return "".join(kept).casefold().replace("’", "'")


@lru_cache(maxsize=8192)
def key_of(name: str) -> Key:
    """The folded words of *name*, without letters after it.

    >>> key_of("Ursula von der Leyen’s"), key_of("U.S. Navy"), key_of("Robert Roe, MP")
    (('ursula', 'von', 'der', 'leyen'), ('us', 'navy'), ('robert', 'roe'))
    """
    words = tuple(folded for w in WORD.findall(name) if (folded := fold(w)))
    while len(words) > 1 and words[-1] in LETTERS_AFTER:
        words = words[:-1]
    return words


def count_titles(words: Sequence[str]) -> int:
    """How many of the first *words* of a person's name are titles; the last word never is.

    >>> count_titles(["Rear", "Admiral", "Jo", "Roe"]), count_titles(["Sir", "Keir"]), count_titles(["Rose"])
    (2, 1, 0)
    >>> count_titles(["Guy", "Roe"]), count_titles(["Prof", "Guy", "Roe"]), count_titles(["Guy", "P.", "Roe"])
    (0, 1, 0)
    """
    folded = [fold(w) for w in words]
    titles = 0
    for i, word in enumerate(folded[:-1]):
        if word in GIVEN:
            break
        if word in HONORIFICS or word in TITLES or is_post(word):
            titles = i + 1
        elif not (word in {"of", "rear", "lord", "at", "arms", "the"} and i + 2 < len(folded)):
            break
    return titles


def gender_of(words: Sequence[str]) -> str | None:
    """``"m"`` or ``"f"`` where one of the *words* (titles, posts, kin) says so."""
    folded = {fold(w) for w in words}
    if folded & MASCULINE and not folded & FEMININE:
        return "m"
    if folded & FEMININE and not folded & MASCULINE:
        return "f"
    return None


def base_of(key: Key) -> Key:
    """The key without a mark of generation."""
    return key[:-1] if len(key) > 1 and key[-1] in GENERATIONS else key


def same_given(first: str, second: str) -> bool:
    """Whether two first names can be one person's: equal, initial, short form, a letter doubled or not.

    >>> same_given("joe", "joseph"), same_given("j", "jane"), same_given("jane", "jim")
    (True, True, False)
    """
    if first == second or (first in _SAME and _SAME.get(first) == _SAME.get(second)):
        return True
    if first[:1] != second[:1]:
        return False
    short, long = sorted((first, second), key=len)
    return (len(short) == 1 and long.startswith(short)) or _DOUBLED.sub(r"\1", first) == _DOUBLED.sub(r"\1", second)


def same_person(first: Key, second: Key) -> bool:
    """Whether two forms of at least two words can name one person.

    >>> same_person(("jane", "roe"), ("jane", "q", "roe")), same_person(("jane", "roe"), ("jim", "roe"))
    (True, False)
    >>> same_person(("der", "leyen"), ("ursula", "von", "der", "leyen"))
    True
    """
    if first == second:
        return True
    a, b = base_of(first), base_of(second)
    if (a == first) != (b == second) and a == b:
        return False  # father and son
    short, long = sorted((a, b), key=len)
    if len(short) < 2:
        return False
    if long[-len(short) :] == short:
        return True
    return short[-1] == long[-1] and same_given(short[0], long[0]) and not _have_other_middles(short, long)


def _have_other_middles(first: Key, second: Key) -> bool:
    """Whether as many names stand in the middle of both and are not the same: a father's and his son's."""
    pairs = list(zip(first[1:-1], second[1:-1], strict=False))
    return len(first) == len(second) and any(len(a) > 2 and len(b) > 2 and not same_given(a, b) for a, b in pairs)


def match_short(short: Key, full: Key) -> int:
    """How well the one or more words of *short* can stand for *full*: 0 not at all, 3 as its surname.

    >>> full = ("ursula", "von", "der", "leyen")
    >>> match_short(("leyen",), full), match_short(("ursula",), full), match_short(("roe",), full)
    (3, 2, 0)
    >>> match_short(("marquez",), ("gabriel", "marquez", "lopez"))
    1
    """
    base, short = base_of(full), base_of(short)
    n = len(short)
    if not n or n > len(base):
        return 0
    if base[-n:] == short:
        return 3
    if base[:n] == short or (n == 1 and len(short[0]) > 1 and same_given(short[0], base[0])):
        return 2
    return int(n < len(base) - 1 and any(base[i : i + n] == short for i in range(1, len(base) - n)))


def is_misspelt(first: str, second: str) -> bool:
    """Whether two long surnames differ by one letter, as a slip makes them.

    >>> is_misspelt("kavadarkov", "kavardarkov"), is_misspelt("wilson", "wilton"), is_misspelt("reed", "reid")
    (True, False, False)
    """
    short, long = sorted((first, second), key=len)
    if len(short) < 7 or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


def initials(name: str) -> str:
    """The initials of the words of *name* that count, upper case.

    >>> initials("British Broadcasting Corporation"), initials("Federation of Local Teachers"), initials("U.S. Mint")
    ('BBC', 'FLT', 'USM')
    """
    words = [w for w in re.split(r"[\s\-/]+", name) if w]
    counted = (
        w.replace(".", "") if _STOPPED.fullmatch(w) else w[0] for w in words if w.casefold() not in SMALL_IN_NAMES
    )
    return "".join(counted).upper()


def is_acronym(word: str) -> bool:
    """Whether *word* is written as an acronym: two to seven capitals, perhaps with stops.

    >>> is_acronym("U.N."), is_acronym("RN"), is_acronym("Roe")
    (True, True, False)
    """
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()
