"""The store of corrections: made, looked up, listed, taken back. A desk sees its own alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from service.edits.records import Caller, EditRecord, read_change, write_change
from service.edits.tables import Edit, KeptText
from service.extract.corrections import Change, Correction
from service.storage.sessions import purge_log, read_clock, reading, writing

_ID = re.compile(r"[0-9a-f-]{36}")
_LOOK_UP = (  # made once: it is asked about every article
    select(Edit).where(Edit.desk == bindparam("desk"), Edit.text_hash == bindparam("text_hash")).order_by(Edit.number)
)


@dataclass(frozen=True, slots=True)
class Place:
    """What of which text a correction is about, in code points."""

    text_hash: str
    start: int
    end: int


class EditStore:
    """Corrections in the database of *engine*."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, caller: Caller, place: Place, change: Change, *, text: str | None = None) -> EditRecord:
        """The correction, kept; the text of the article with it only where it is given."""
        with writing(self.engine) as session:
            edit = Edit(
                id=str(uuid4()),
                desk=caller.desk,
                key=caller.key,
                text_hash=place.text_hash,
                finding=change.finding,
                start=place.start,
                end=place.end,
                change=json.dumps(write_change(change)),
                created_at=read_clock(session),
            )
            session.add(edit)
            if text is not None:
                session.merge(KeptText(desk=caller.desk, text_hash=place.text_hash, text=json.dumps(text)))
            session.flush()
            return next(_dated(session, [edit]))

    def find(self, caller: Caller, edit_id: str) -> EditRecord | None:
        """The caller's correction *edit_id*; ``None`` where their desk has none such."""
        if not _ID.fullmatch(edit_id):
            return None
        with reading(self.engine) as session:
            edit = session.scalar(select(Edit).where(Edit.id == edit_id, Edit.desk == caller.desk))
            return next(_dated(session, [edit]), None) if edit else None

    def read_page(self, caller: Caller, *, text_hash: str | None, after: int, most: int) -> Sequence[EditRecord]:
        """At most *most* corrections of the caller's desk, of one text or of all, oldest first, from *after* on."""
        query = _of(caller.desk, text_hash).where(Edit.number > after).order_by(Edit.number).limit(most)
        with reading(self.engine) as session:
            return list(_dated(session, session.scalars(query).all()))

    def look_up(self, caller: Caller, text_hash: str) -> Sequence[Correction]:
        """Every correction of one text that the caller's desk made, oldest first."""
        with reading(self.engine) as session:
            edits = session.scalars(_LOOK_UP, {"desk": caller.desk, "text_hash": text_hash}).all()
            return [record_of(edit).correction for edit in edits]

    def remove(self, caller: Caller, edit_id: str) -> bool:
        """Whether the caller's desk had such a correction; it is gone, and with the last of a text the text."""
        with writing(self.engine) as session:
            edit = session.scalar(select(Edit).where(Edit.id == edit_id, Edit.desk == caller.desk))
            if edit is None:
                return False
            session.delete(edit)
            session.flush()
            if session.scalar(_of(edit.desk, edit.text_hash).limit(1)) is None:
                session.execute(_text(edit.desk, edit.text_hash, delete(KeptText)))
        purge_log(self.engine)
        return True

    def read_stamp(self, caller: Caller) -> str:
        """What changes whenever a correction of the caller's desk is made or taken back, and never comes back."""
        with reading(self.engine) as session:
            query = select(func.count(), func.max(Edit.number)).where(Edit.desk == caller.desk)
            count, last = session.execute(query).one()
        return f"{count}:{last or 0}"


def _of(desk: str, text_hash: str | None) -> Select[Edit]:
    query = select(Edit).where(Edit.desk == desk)
    return query if text_hash is None else query.where(Edit.text_hash == text_hash)


def _text(desk: str, text_hash: str, statement: Any) -> Any:  # a select or a delete
    return statement.where(KeptText.desk == desk, KeptText.text_hash == text_hash)


def record_of(edit: Edit) -> EditRecord:
    """*edit* as a plain record."""
    return EditRecord(
        number=edit.number,
        id=edit.id,
        desk=edit.desk,
        text_hash=edit.text_hash,
        start=edit.start,
        end=edit.end,
        change=read_change(edit.finding, json.loads(edit.change)),
        created_at=edit.created_at,
    )


def _dated(session: Session, edits: Iterable[Edit]) -> Iterator[EditRecord]:
    """The records of *edits*, with the ones that hold in their places where later ones do."""
    edits = list(edits)
    texts = {edit.text_hash for edit in edits}
    desks = {edit.desk for edit in edits}
    query = select(Edit).where(Edit.desk.in_(desks), Edit.text_hash.in_(texts)).order_by(Edit.number)
    latest = {_target(edit): edit.id for edit in session.scalars(query)}
    known = session.execute(select(KeptText.desk, KeptText.text_hash).where(KeptText.text_hash.in_(texts)))
    kept = {(row.desk, row.text_hash) for row in known}
    for edit in edits:
        holds = latest.get(_target(edit), edit.id)
        text_kept = (edit.desk, edit.text_hash) in kept
        yield replace(record_of(edit), superseded_by=None if holds == edit.id else holds, text_kept=text_kept)


def _target(edit: Edit) -> tuple[str, str, str, int, int]:
    return edit.desk, edit.text_hash, edit.finding, edit.start, edit.end
