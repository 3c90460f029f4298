"""A correction as it is kept and told: what changes as plain JSON data, who made it and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from service.extract.corrections import Attribution, Change, Correction, Labelling, Naming, Valuation
from service.extract.labels import HEADS
from service.extract.records import Label, SpeakerKind

FINDINGS = tuple(kind.finding for kind in (Labelling, Attribution, Naming, Valuation))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who corrects: the name of their key, which all keys of that name share, and its id; empty without a key."""

    desk: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class EditRecord:
    """One correction of one text. ``superseded_by`` is the id of the one that holds in its place, if one does.

    ``text_kept`` is whether the text is kept, with this correction or another.
    """

    number: int
    id: str
    desk: str
    text_hash: str
    start: int
    end: int
    change: Change
    created_at: datetime
    superseded_by: str | None = None
    text_kept: bool = False

    @property
    def correction(self) -> Correction:
        """What it does to an extraction."""
        return Correction(self.id, self.start, self.end, self.change)


def write_change(change: Change) -> dict[str, Any]:
    """The members that say what *change* changes, as the API has them.

    >>> write_change(Labelling((Label.QUOTATION, Label.EDITORIAL_ASSERTION), Label.EDITORIAL_ASSERTION))
    {'label': 'editorial_assertion', 'also': ['quotation']}
    """
    if isinstance(change, Labelling):
        label = change.label or change.labels[0]
        return {"label": label.value, "also": [each.value for each in change.labels if each is not label]}
    if isinstance(change, Attribution):
        return {"speaker": change.speaker}
    if isinstance(change, Naming):
        return {"name": change.name, "role": change.role, "kind": change.kind.value if change.kind else None}
    upper = None if change.upper is None else _number(change.upper)
    return {"value": _number(change.value), "upper": upper, "unit": change.unit, "kind": change.kind}


def _number(value: Decimal) -> int | float:
    """*value* as JSON has it: whole where it is, unless it is a number of hundreds of digits."""
    whole = value == value.to_integral_value() and abs(value.adjusted()) < 300
    return int(value) if whole else float(value)


def read_change(finding: str, told: Mapping[str, Any]) -> Change:
    """What :func:`write_change` wrote of a *finding*."""
    if finding == Labelling.finding:
        label, also = Label(told["label"]), {Label(each) for each in told["also"]}
        return Labelling(tuple(each for each in (*HEADS, Label.FACTUAL_STATEMENT) if each in {label, *also}), label)
    if finding == Attribution.finding:
        return Attribution(told["speaker"])
    kind = told.get("kind")
    if finding == Naming.finding:
        return Naming(told["name"], told["role"], SpeakerKind(kind) if kind else None)
    upper = None if told.get("upper") is None else Decimal(str(told["upper"]))
    return Valuation(Decimal(str(told["value"])), upper, told["unit"], kind)
