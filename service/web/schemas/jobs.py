"""Batches and jobs: what a caller sends, and what each item is answered with."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from service.jobs.records import State
from service.web.schemas.extractions import ExtractionSchema
from service.web.schemas.states import ProblemSchema

_URL = {
    "description": "Where to deliver word of the job when it has finished.",
    "example": "https://cms.example.org/hooks/ascribe",
}
# Anything may stand in the place of an article: what is none is answered as a faulty item, not as a faulty request.
_ELSE = {"title": "Faulty", "description": "Anything else is answered by a problem of its own."}
_ITEM = {"description": "An `Article`.", "anyOf": [{"$ref": "#/components/schemas/Article"}, _ELSE]}


class BatchRequestSchema(Schema):
    """Articles to be read together."""

    class Meta:
        unknown = RAISE

    articles = fields.List(
        fields.Raw(metadata=_ITEM),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": "The articles; at most 25 by default. One that is faulty fails alone."},
    )


class JobRequestSchema(BatchRequestSchema):
    """Articles to be read later."""

    articles = fields.List(
        fields.Raw(metadata=_ITEM),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": "The articles; at most 1,000 by default. One that is faulty fails alone."},
    )
    callback_url = fields.String(allow_none=True, validate=validate.Length(min=1, max=2000), metadata=_URL)


class JobQuerySchema(Schema):
    """The query parameters of a job."""

    class Meta:
        unknown = RAISE

    callback_url = fields.String(validate=validate.Length(min=1, max=2000), metadata=_URL)


class ResultsQuerySchema(Schema):
    """Which results to give."""

    class Meta:
        unknown = RAISE

    cursor = fields.Integer(
        validate=validate.Range(min=0, max=2**31 - 1),
        metadata={"description": "Where to begin: the `cursor` of the `Link` header's `next`, 0 for the first."},
    )
    limit = fields.Integer(
        validate=validate.Range(min=1, max=10_000), metadata={"description": "Most lines to give; 1,000 by default."}
    )


class ItemProblemSchema(ProblemSchema):
    """Why one item has no extraction."""

    class Meta:
        exclude = ("instance", "request_id")


class ItemSchema(Schema):
    """What came of one article."""

    index = fields.Integer(required=True, metadata={"description": "Its place among those sent, from 0."})
    external_id = fields.String(required=True, allow_none=True, metadata={"description": "The caller's own id."})
    status = fields.String(required=True, validate=validate.OneOf(("succeeded", "failed")))
    extraction = fields.Nested(ExtractionSchema, required=True, allow_none=True)
    problem = fields.Nested(ItemProblemSchema, required=True, allow_none=True)


class BatchSchema(Schema):
    """What came of a batch."""

    items = fields.List(
        fields.Nested(ItemSchema), required=True, metadata={"description": "One for each article, in their order."}
    )


class JobSchema(Schema):
    """How far a job is."""

    id = fields.String(required=True, metadata={"format": "uuid"})
    status = fields.String(required=True, attribute="state", validate=validate.OneOf([state.value for state in State]))
    origin = fields.String(required=True, metadata={"description": "`api`, or the system that sent it in."})
    done = fields.Integer(required=True, metadata={"description": "Articles that have an extraction."})
    failed = fields.Integer(required=True, metadata={"description": "Articles that can have none."})
    total = fields.Integer(required=True)
    created_at = fields.AwareDateTime(required=True)
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    expires_at = fields.AwareDateTime(
        required=True, metadata={"description": "When its texts and results are erased and nothing is known of it."}
    )
    erased_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "When its texts and results were erased."}
    )
    callback_url = fields.String(required=True, allow_none=True)
