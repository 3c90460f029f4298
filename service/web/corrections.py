"""Corrections at the edge: out of a request's body, into an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Request
from marshmallow import ValidationError

from service.edits.records import FINDINGS, EditRecord, read_change, write_change
from service.edits.stores import Place
from service.extract.corrections import Change
from service.settings import Settings
from service.web.bodies import parse_json, read_body
from service.web.problems import ArticleTooLong, Fault, UnsupportedEncoding, UnsupportedMediaType, ValidationFailed
from service.web.schemas.corrections import SCHEMAS, PlaceSchema
from service.web.submissions import JSON, faults_of, find_surrogates
from service.web.turns import Deadline

_MEMBERS = ("text_hash", "start", "end", "text", "finding")


@dataclass(frozen=True, slots=True)
class AskedCorrection:
    """A correction that a caller asks for, and the text it wants kept with it, if any."""

    place: Place
    change: Change
    text: str | None = None


def read_correction(request: Request, settings: Settings, deadline: Deadline) -> AskedCorrection:
    """The correction that *request* carries.

    :raises Problem: any of those for bodies, media types, and every faulty field at once.
    """
    if request.mimetype != JSON:
        given = request.mimetype or "no Content-Type"
        raise UnsupportedMediaType(f"{given} is not taken. Taken: {JSON}.", headers={"Accept": JSON})
    if (request.mimetype_params.get("charset") or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedEncoding("JSON is taken in UTF-8 only.")
    content = parse_json(read_body(request, limit=settings.max_body_bytes, deadline=deadline))
    broken = tuple(find_surrogates(content))
    loaded, faults = _load(content)
    if broken or faults:
        raise ValidationFailed(faults=(*broken, *faults))
    text: str | None = loaded.get("text")
    if text is not None and len(text) > settings.max_characters:
        raise ArticleTooLong(f"The text has {len(text)} characters; at most {settings.max_characters} are taken.")
    told = {name: _tidy(value) for name, value in loaded.items() if name not in _MEMBERS}
    place = Place(loaded["text_hash"], loaded["start"], loaded["end"])
    return AskedCorrection(place, read_change(loaded["finding"], told), text)


def _load(content: object) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    if not isinstance(content, dict):
        return {}, (Fault("", "Not an object."),)
    finding = content.get("finding")
    schema = SCHEMAS.get(finding) if isinstance(finding, str) else None
    messages: Any = {} if schema else {"finding": [f"Must be one of: {', '.join(FINDINGS)}."]}
    try:
        loaded: dict[str, Any] = schema().load(content) if schema else PlaceSchema(unknown="exclude").load(content)
    except ValidationError as error:
        return {}, faults_of({**messages, **dict(error.messages_dict)}, "body")
    return loaded, faults_of(messages, "body")


def _tidy(value: Any) -> Any:  # a member of a change
    """*value*, words of it with single blanks and none around."""
    return " ".join(value.split()) if isinstance(value, str) and not hasattr(value, "value") else value


def describe_correction(record: EditRecord) -> dict[str, Any]:
    """What the API tells of a correction."""
    change = write_change(record.change)
    return {
        "id": record.id,
        "created_at": record.created_at,
        "superseded_by": record.superseded_by,
        "text_kept": record.text_kept,
        "text_hash": record.text_hash,
        "finding": record.change.finding,
        "start": record.start,
        "end": record.end,
        **change,
    }
