"""Corrections: an editor sets a finding right, and every later extraction of the same text has it so."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.views import MethodView
from marshmallow import ValidationError

from service.web.apis import Blueprint
from service.web.corrections import describe_correction, read_correction
from service.web.desks import current_caller, current_desk
from service.web.examples import load_example
from service.web.problems import NotFound, ValidationFailed
from service.web.schemas.corrections import SCHEMAS, CorrectionSchema, CorrectionsQuerySchema, CorrectionsSchema
from service.web.submissions import faults_of
from service.web.turns import Deadline

corrections = Blueprint(
    "corrections", __name__, url_prefix="/v1/corrections", description="What editors set right in the findings"
)

_EXAMPLES: dict[str, Any] = {name: {"value": asked} for name, asked in load_example("corrections.json").items()}
_BODY: dict[str, Any] = {
    "required": True,
    "description": "The whole of what is right for one finding, named by its kind and its place.",
    "content": {
        "application/json": {
            "schema": {"oneOf": list(SCHEMAS.values())},
            "examples": _EXAMPLES,
        }
    },
}
_TOLD = load_example("correction.json")
_ID = [
    {"in": "path", "name": "correction_id", "required": True, "schema": {"type": "string"}, "description": "Its id."}
]
_MOST = 100


@corrections.route("")
class Corrections(MethodView):
    """All corrections of the caller's desk."""

    @corrections.describes("correct", requestBody=_BODY)
    @corrections.refuses(400, 401, 403, 408, 413, 415, 422, 429, 500, 503)
    @corrections.answers(CorrectionSchema, status=201, description="It is kept.", example=_TOLD)
    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Set a finding right.

        Every later extraction of the same text, also in batches and jobs, has it so: labels and findings are
        brought into agreement, and `corrections` of each finding names what it owes to whom. Of several corrections
        of one finding the latest holds. Kept are the hash of the text, offsets and what is sent here; the text
        itself only where it is sent too. A desk, that is all keys of one name, has its corrections to itself.
        """
        desk, caller = current_desk(), current_caller()
        asked = read_correction(request, desk.settings, Deadline(desk.settings.read_timeout))
        record = desk.edits.add(caller, asked.place, asked.change, text=asked.text)
        desk.metrics.corrections.labels(asked.change.finding, "made").inc()
        return describe_correction(record), 201, {"Location": f"/v1/corrections/{record.id}"}

    @corrections.describes("list_corrections", parameters=[{"in": "query", "schema": CorrectionsQuerySchema}])
    @corrections.refuses(400, 401, 403, 422, 429, 500, 503)
    @corrections.answers(
        CorrectionsSchema, description="A page of them.", example={"corrections": [_TOLD], "next_cursor": None}
    )
    def get(self) -> dict[str, Any]:
        """List corrections, oldest first, those that later ones supersede too."""
        desk, caller = current_desk(), current_caller()
        asked = _read_query()
        most = asked.get("limit", _MOST)
        page = desk.edits.read_page(
            caller, text_hash=asked.get("text_hash"), after=int(asked.get("cursor", 0)), most=most + 1
        )
        shown = page[:most]
        told = [describe_correction(record) for record in shown]
        return {"corrections": told, "next_cursor": str(shown[-1].number) if len(page) > most else None}


@corrections.route("/<correction_id>")
class Correction(MethodView):
    """One correction."""

    @corrections.describes("get_correction", parameters=_ID)
    @corrections.refuses(400, 401, 403, 404, 429, 500, 503)
    @corrections.answers(CorrectionSchema, description="The correction.", example=_TOLD)
    def get(self, correction_id: str) -> dict[str, Any]:
        """Give one correction."""
        record = current_desk().edits.find(current_caller(), correction_id)
        if record is None:
            raise NotFound("There is no such correction.")
        return describe_correction(record)

    @corrections.describes("take_back_correction", parameters=_ID)
    @corrections.refuses(400, 401, 403, 404, 429, 500, 503)
    @corrections.answers(status=204, description="It is gone; what it superseded holds again.")
    def delete(self, correction_id: str) -> Response:
        """Take a correction back.

        It is erased, and the text kept with it once the text has no correction left.
        """
        desk, caller = current_desk(), current_caller()
        record = desk.edits.find(caller, correction_id)
        if record is None or not desk.edits.remove(caller, correction_id):
            raise NotFound("There is no such correction.")
        desk.metrics.corrections.labels(record.change.finding, "taken_back").inc()
        return Response(status=204)


def _read_query() -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = CorrectionsQuerySchema().load(request.args.to_dict())
    except ValidationError as error:
        raise ValidationFailed(faults=faults_of(error.messages, "query")) from None
    return loaded
