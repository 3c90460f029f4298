"""Corrections as stand-off training data: one text a line, offsets and labels, its words only where they were kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Engine, select

from service.edits.records import EditRecord, write_change
from service.edits.stores import record_of
from service.edits.tables import Edit, KeptText
from service.extract.corrections import pick_standing
from service.storage.sessions import reading


def export_corrections(engine: Engine, desk: str | None = None) -> Iterator[dict[str, Any]]:
    """What holds of every corrected text, of one desk or of all: offsets in code points, by the kind of finding.

    ``text`` is the text itself where a request said to keep it, else ``None``: whoever has the article finds it
    by ``text_hash``, the SHA-256 of its text in UTF-8.
    """
    with reading(engine) as session:
        places = select(Edit.desk, Edit.text_hash).distinct().order_by(Edit.desk, Edit.text_hash)
        for at in session.execute(places if desk is None else places.where(Edit.desk == desk)).all():
            here = Edit.desk == at.desk, Edit.text_hash == at.text_hash
            records = [record_of(edit) for edit in session.scalars(select(Edit).where(*here).order_by(Edit.number))]
            text = session.get(KeptText, (at.desk, at.text_hash))
            yield _describe(at.desk, at.text_hash, json.loads(text.text) if text else None, records)


def _describe(desk: str, text_hash: str, text: str | None, records: Sequence[EditRecord]) -> dict[str, Any]:
    told: dict[str, Any] = {"text_hash": text_hash, "desk": desk, "text": text}
    told |= {"sentences": [], "quotations": [], "speakers": [], "quantities": []}
    made = {record.id: record.created_at for record in records}
    for correction in pick_standing(record.correction for record in records):
        finding = correction.change.finding
        place = {"start": correction.start, "end": correction.end}
        corrected = {"corrected_at": made[correction.id].isoformat(timespec="seconds")}
        plural = "quantities" if finding == "quantity" else f"{finding}s"
        told[plural].append(place | write_change(correction.change) | corrected)
    for name in ("sentences", "quotations", "speakers", "quantities"):
        told[name].sort(key=lambda each: each["start"])
    return told
