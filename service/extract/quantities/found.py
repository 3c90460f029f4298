"""What the readers hand on: numbers and quantities in tokens, before the article settles a currency."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import dataclass

from .grammars import Unit

ONE, HUNDRED = Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens *first* to *last* (exclusive).

    ``form`` is "digits", "words", "part" (a fraction) or "vague"; ``scale`` the scale word it ends
    in, 1 for none.
    """

    first: int
    last: int
    value: Decimal
    upper: Decimal | None = None
    form: str = "digits"
    scale: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers read as one; ``form`` is "range", "score" or "share" (the first of the second)."""

    first: Number
    second: Number
    form: str


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity from token *first* up to *last*; reading goes on at *after*.

    ``unit`` is a measure or currency, ``noun`` a counted noun in the singular; ``named`` the tokens
    of either as printed. ``hedged`` is where the words that hedge it begin.
    """

    first: int
    last: int
    after: int
    kind: str
    value: Decimal
    upper: Decimal | None = None
    unit: Unit | None = None
    noun: str | None = None
    named: tuple[int, int] | None = None
    modifier: str = "exactly"
    change: str | None = None
    per: str | None = None
    of: str | None = None
    hedged: int = 0
    form: str = "digits"
    claims: bool = True
