"""The reading view as tokens: words, numbers and marks with their offsets.

The alternatives of the one regular expression begin with different characters and none of them
backtracks, so its time is linear in the text whatever the text is; the rest runs over whole lists.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import accumulate, compress
from operator import add

from service.extract.values import dataclass

FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
# A break between blocks is an empty token; as many stand before the first token and after the last.
BREAK = ""
PADDING = 16

# Every piece is a token with the blanks after it, so that the pieces make up the text.
_WORDS = rf"[^\W0-9{FRACTIONS}_]+(?:['’][^\W0-9{FRACTIONS}_]+)?|[0-9]+(?:[.,·][0-9]+)*|\S)[^\S\n]*|\s+"
_PIECE = re.compile(rf"(?:{_WORDS}")
_UNLIKE_ENGLISH = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){2}")
_LIKE_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{1,2}")
_PIECE_OR_ADDRESS = re.compile(rf"(?:https?://\S+|www\.\S+|{_WORDS}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document, with breaks before the first and after the last.

    ``words[i]`` is as printed, ``lows[i]`` in lower case; ``reading[starts[i]:ends[i]]`` is
    ``words[i]``. ``hits`` are the indices at which a quantity may begin; ``continental`` is whether
    the text groups thousands with points.
    """

    reading: str
    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    hits: list[int]
    continental: bool = False

    def glued(self, index: int) -> bool:
        """Whether token *index* follows the one before it without a gap."""
        return self.starts[index] == self.ends[index - 1]

    def is_digits(self, index: int) -> bool:
        """Whether token *index* is a number in digits; ":" is the character after "9"."""
        return "0" <= self.words[index] < ":"

    def is_capital(self, index: int) -> bool:
        """Whether token *index* begins with a capital letter."""
        return self.words[index][:1].isupper()

    def is_initial(self, index: int) -> bool:
        """Whether token *index* is a capital with its point: each half of "U.S."."""
        word = self.words[index]
        return len(word) == 1 and word.isupper() and self.words[index + 1] == "." and self.glued(index + 1)

    def text(self, first: int, last: int) -> str:
        """What stands from token *first* up to, not including, token *last*."""
        return self.reading[self.starts[first] : self.ends[last - 1]]


def read_tokens(reading: str, triggers: frozenset[str]) -> Tokens:
    """The tokens of *reading*; a hit is a number in digits or a word among *triggers*."""
    linked = "://" in reading or "www." in reading
    pieces = (_PIECE_OR_ADDRESS if linked else _PIECE).findall(reading)
    words = list(map(str.rstrip, pieces))
    starts = list(accumulate(map(len, pieces), initial=0))
    ends = list(map(add, starts, map(len, words)))
    # Words repeat: each different one is looked at once, and the rest is done without Python's loop.
    lower = {word: word.lower() for word in set(words)}
    lows = list(map(lower.__getitem__, words))
    figures = {word for word in lower if "0" <= word < ":"}
    hitting = figures.union(triggers.intersection(lower.values()))
    hits = list(compress(range(PADDING, PADDING + len(lows)), map(hitting.__contains__, lows)))
    before, after = [BREAK] * PADDING, [BREAK] * PADDING
    edge = [len(reading)] * PADDING
    return Tokens(
        reading,
        before + words + after,
        before + lows + after,
        [0] * PADDING + starts[:-1] + edge,
        [-1] * PADDING + ends + edge,
        hits,
        _is_continental(figures),
    )


def _is_continental(figures: AbstractSet[str]) -> bool:
    """Whether *figures*, a text's, plainly group thousands with points, and nowhere in the English way."""
    return any(map(_UNLIKE_ENGLISH.fullmatch, figures)) and not any(map(_LIKE_ENGLISH.fullmatch, figures))
