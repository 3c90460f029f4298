"""How names and nouns are worded: several as a list, one more fully than another, titles before a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.names import count_titles, key_of
from service.extract.nouns import HONORIFICS, TITLES, is_post


def join_names(names: Sequence[str]) -> str:
    """Names as a list in words; a surname that all share stands once.

    >>> join_names(["Ann Roe", "Bob Doe"]), join_names(["Jim Roe", "Jane Roe"]), join_names(["Ann Roe"])
    ('Ann Roe and Bob Doe', 'Jim and Jane Roe', 'Ann Roe')
    """
    if len(names) < 2:
        return "".join(names)
    lasts = {name.split()[-1] for name in names}
    short = names
    if len(lasts) == 1 and all(len(name.split()) == 2 for name in names):
        short = [*(name.split()[0] for name in names[:-1]), names[-1]]
    return f"{', '.join(short[:-1])} and {short[-1]}"


def is_title(words: str) -> bool:
    """Whether what stands before a name in a phrase is but the bearer's title: "Turkish President"."""
    listed = words.replace(".", "").split()
    last = listed[-1].lower() if listed else ""
    known = last in TITLES or last in HONORIFICS or is_post(last)
    return known and not re.search(r"['’]|\b(?:of|for|to|by|from|with|and|in|on|at)\b", words)


def are_titles(words: str) -> bool:
    """Whether what stands before a name are titles all, or nothing."""
    listed = words.split()
    return count_titles([*listed, "Name"]) == len(listed)


def is_fuller(words: str, name: str) -> bool:
    """Whether *words* name the same noun more fully: with a name in them, or longer to the same end."""
    named, before = (any(w[0].isupper() for w in text.split()[1:]) for text in (words, name))
    same_end = key_of(words)[-1:] == key_of(name)[-1:]
    return (named and not before) or (named == before and same_end and len(words) > len(name))


def are_two(words: str, name: str) -> bool:
    """Whether both hold names, and not the same."""
    first, second = ({w for w in text.split() if w[0].isupper()} for text in (words, name))
    return bool(first and second and not first & second)
