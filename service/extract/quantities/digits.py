"""Numbers in digits, by the separators of the country they were printed in."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from .tokens import FRACTIONS, Tokens

# A number of more digits than this is no amount of anything.
LONGEST = 24
SPACES = (" ", "\u00a0", "\u2009", "\u202f")

_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:[.·][0-9]+)?|[0-9]+(?:[.·][0-9]+)?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_CONTINENTAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]+,[0-9]{1,2}")
_THOUSANDS = re.compile(r"[0-9]{1,3}\.[0-9]{3}")


def read_digits(tokens: Tokens, index: int) -> tuple[Decimal, int] | None:
    """The number token *index* begins and the index after it; ``None`` for what is no number (1.2.3)."""
    word = tokens.words[index]
    if len(word) > LONGEST:
        return None
    if not word.isdecimal():
        value = read_separated(word, continental=tokens.continental)
        return None if value is None else (value, index + 1)
    last = index + 1
    if len(word) <= 3 and word[0] != "0":
        while last < index + 6 and _is_group(tokens, last):
            last += 1
    if last == index + 1:
        return Decimal(word), last
    digits = "".join(tokens.words[i] for i in range(index, last))
    value = Decimal(digits.replace("·", "."))
    return value, last


def read_separated(word: str, *, continental: bool = False) -> Decimal | None:
    """The value of digits with points and commas in the English, Indian or continental manner."""
    if continental and _THOUSANDS.fullmatch(word):
        return Decimal(word.replace(".", ""))
    if _ENGLISH.fullmatch(word) or _INDIAN.fullmatch(word):
        return Decimal(word.replace(",", "").replace("·", "."))
    if _CONTINENTAL.fullmatch(word):
        return Decimal(word.replace(".", "").replace(",", "."))
    return None


def _is_group(tokens: Tokens, index: int) -> bool:
    """Whether token *index* is three digits set off by one space ("816 000"), perhaps with decimals."""
    word = tokens.words[index]
    if not (word[:3].isdecimal() and len(word[:3]) == 3 and "0" <= word[0] <= "9"):
        return False
    if len(word) > 3 and (word[3] not in ".·" or not word[4:].isdecimal()):
        return False
    return (
        tokens.reading[tokens.ends[index - 1] : tokens.starts[index]] in SPACES and tokens.words[index - 1].isdecimal()
    )


def read_sign(character: str) -> Decimal | None:
    """The value of a fraction in one character (½)."""
    return Decimal(str(unicodedata.numeric(character))) if character in "¼½¾⅛⅜⅝⅞" else read_part(character)


def read_part(character: str) -> Decimal | None:
    """The value of a fraction sign whose decimals do not end (⅓), to the context's precision."""
    if character not in FRACTIONS:
        return None
    part = Fraction(unicodedata.numeric(character)).limit_denominator(12)
    return Decimal(part.numerator) / Decimal(part.denominator)
