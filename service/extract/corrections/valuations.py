"""Quantities set right: value and unit, and the kind that goes with the unit."""

from __future__ import annotations

import re

from service.extract.corrections.changes import Valuation, find_nearest
from service.extract.records import Extraction, Quantity
from service.extract.values import replace

_CURRENCY = re.compile(r"[A-Z]{3}")
_PERCENT = ("percent", "percentage_point")


def set_value(extraction: Extraction, start: int, end: int, change: Valuation, by: str) -> Extraction | None:
    """*extraction* with the quantity at the place as *change* says; ``None`` where none is there.

    A value that an editor states is no vague one any more.
    """
    at = find_nearest([(n.start, n.end) for n in extraction.quantities], start, end)
    if at is None:
        return None
    quantity = extraction.quantities[at]
    stated = replace(
        quantity,
        value=change.value,
        upper=change.upper,
        unit=change.unit,
        kind=change.kind or choose_kind(quantity, change.unit),
        modifier="exactly" if quantity.modifier == "vague" else quantity.modifier,
        corrections=(*quantity.corrections, by),
    )
    return replace(extraction, quantities=(*extraction.quantities[:at], stated, *extraction.quantities[at + 1 :]))


def choose_kind(quantity: Quantity, unit: str | None) -> str:
    """The kind that goes with *unit*: money with a currency, percent with percent, else what it was or a count."""
    if unit == quantity.unit:
        return quantity.kind
    if unit in _PERCENT:
        return "percent"
    if unit and _CURRENCY.fullmatch(unit):
        return "money"
    return "count" if quantity.kind in ("money", "percent") else quantity.kind
