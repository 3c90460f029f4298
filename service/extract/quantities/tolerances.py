"""How far a printed number may be from the one that is meant: by its rounding and its hedges."""

from __future__ import annotations

from decimal import Decimal

from service.extract.records import Quantity

HALF, TENTH, TEN = Decimal("0.5"), Decimal("0.1"), Decimal(10)
INFINITY = Decimal("Infinity")


def is_consistent(one: Quantity, other: Quantity) -> bool:
    """Whether some number could be meant by both, each taken as exactly as its digits and hedges say."""
    (low, high), (least, most) = read_bounds(one), read_bounds(other)
    return low <= most and least <= high


def read_bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the most that *quantity* can stand for: "400" may be 350 to 450, "about 40" 35 to 45."""
    low, high = quantity.value, quantity.upper if quantity.upper is not None else quantity.value
    spread = max(_read_rounding(quantity, low), abs(low) * TENTH if quantity.modifier == "about" else Decimal(0))
    low, high = low - spread, high + max(spread, _read_rounding(quantity, high))
    if quantity.modifier in ("more_than", "at_least"):
        return low, INFINITY
    if quantity.modifier in ("less_than", "at_most"):
        return -INFINITY, high
    return low, high


def _read_rounding(quantity: Quantity, value: Decimal) -> Decimal:
    """Half a unit of the last digit that is not zero; nothing for counts below ten, which nobody rounds."""
    plain = value.normalize()
    if quantity.kind == "count" and abs(plain) < TEN:
        return Decimal(0)
    exponent = plain.as_tuple().exponent
    return HALF.scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def read_step(quantity: Quantity) -> Decimal:
    """A unit of the last printed digit: 1 for "45", 0.1 for "45.3"."""
    exponent = quantity.value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
