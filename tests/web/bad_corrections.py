"""Corrections that cannot be: what is sent, and the member that is at fault."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

TEXT = "The Carra dam 🌊 will hold, Mara Lindqvist said. It holds 4.2 million litres. Nobody asked the council."
HASH = sha256(TEXT.encode()).hexdigest()
LAST = TEXT.index("Nobody"), len(TEXT)
LITRES = TEXT.index("4.2"), TEXT.index(". Nobody")


def label(name: str, also: tuple[str, ...] = (), place: tuple[int, int] = LAST, **more: Any) -> dict[str, Any]:
    """What is sent to label the sentence at *place*."""
    told = {"text_hash": HASH, "finding": "sentence", "start": place[0], "end": place[1]}
    return told | {"label": name, "also": list(also)} | more


def value(amount: float, unit: str | None) -> dict[str, Any]:
    """What is sent to set the quantity right."""
    told = {"text_hash": HASH, "finding": "quantity", "start": LITRES[0], "end": LITRES[1]}
    return told | {"value": amount, "unit": unit}


def without(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """*body* without the member *name*."""
    return {key: each for key, each in body.items() if key != name}


BAD_CORRECTIONS: list[tuple[str, Any, str]] = [
    ("an array", [], ""),
    ("nothing said", {}, "/finding"),
    ("no such finding", label("quotation", finding="mood"), "/finding"),
    ("a finding that is a list", label("quotation", finding=["sentence"]), "/finding"),
    ("no hash", without("text_hash", label("quotation")), "/text_hash"),
    ("half a hash", label("quotation", text_hash="ab" * 16), "/text_hash"),
    ("a hash in capitals", label("quotation", text_hash=HASH.upper()), "/text_hash"),
    ("a hash and a line end", label("quotation", text_hash=HASH[:-1] + "\n"), "/text_hash"),
    ("a place that ends before it begins", label("quotation", start=9, end=9), "/end"),
    ("a negative place", label("quotation", start=-1), "/start"),
    ("a place beyond all texts", label("quotation", end=2**31), "/end"),
    ("a place in halves", label("quotation", start=0.5), "/start"),
    ("a place in words", label("quotation", start="0"), "/start"),
    ("a place that is true", label("quotation", start=True), "/start"),
    ("a place at infinity", '{"finding": "sentence", "end": 1e999}', "/end"),
    ("the text of another", label("quotation", text="The dam will hold."), "/text"),
    ("a place behind the text", label("quotation", text=TEXT, end=len(TEXT) + 1), "/end"),
    ("no such label", label("rumour"), "/label"),
    ("no label", without("label", label("quotation")), "/label"),
    ("a fact that is opinion", label("factual_statement", ("editorial_assertion",)), "/also"),
    ("opinion that is fact", label("editorial_assertion", ("factual_statement",)), "/also"),
    ("labels of a list", label("quotation") | {"also": "quotation"}, "/also"),
    ("an unknown member", label("quotation", because="it is"), "/because"),
    ("a value of another finding", label("quotation", value=3), "/value"),
    ("a value in words", value(1, None) | {"value": "4.2"}, "/value"),
    ("a value that is true", value(1, None) | {"value": True}, "/value"),
    ("a value at infinity", json.dumps(value(1, None)).replace('"value": 1', '"value": -1e999'), "/value"),
    ("a range that ends before it begins", value(4, None) | {"upper": 3}, "/upper"),
    ("a unit that is blank", value(4, " \t"), "/unit"),
    ("a unit of 501 letters", value(4, "a" * 501), "/unit"),
    ("no unit said", without("unit", value(4, None)), "/unit"),
    ("no such kind", value(4, None) | {"kind": "mood"}, "/kind"),
    ("a speaker without a name", label("quotation", finding="speaker", role=None), "/name"),
    ("half a surrogate", json.dumps(value(4, "a")).replace('"a"', '"\\ud83c"'), "/unit"),
]
