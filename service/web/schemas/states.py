"""What the service says of itself: problems, its model, its health."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.web.problems import every_problem


class FaultSchema(Schema):
    """One thing wrong with a request."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer to the field; empty: the whole."})
    message = fields.String(required=True, metadata={"description": "What is wrong with it."})
    in_ = fields.String(
        required=True,
        data_key="in",
        attribute="in",
        validate=validate.OneOf(("body", "query", "header")),
        metadata={"description": "The part of the request that the pointer points into."},
    )


class ProblemSchema(Schema):
    """An RFC 9457 problem."""

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True, metadata={"description": "The same for every occurrence."})
    status = fields.Integer(required=True, metadata={"minimum": 400, "maximum": 599})
    detail = fields.String(required=True, metadata={"description": "What is wrong this time."})
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    code = fields.String(
        required=True,
        validate=validate.OneOf([problem.code() for problem in every_problem()]),
        metadata={"description": "A stable name to act upon."},
    )
    errors = fields.List(fields.Nested(FaultSchema), required=True)
    request_id = fields.String(required=True, metadata={"description": "The same as the X-Request-ID header."})


class LimitsSchema(Schema):
    """What the service takes, as it is set here."""

    max_body_bytes = fields.Integer(required=True)
    max_characters = fields.Integer(required=True)
    max_batch_articles = fields.Integer(required=True)
    max_job_articles = fields.Integer(required=True)
    max_job_bytes = fields.Integer(required=True)
    request_timeout_seconds = fields.Integer(required=True)
    rate_limit = fields.String(required=True)


class ModelSchema(Schema):
    """The model in service."""

    name = fields.String(required=True)
    version = fields.String(required=True)
    labels = fields.List(fields.String(), required=True)
    languages = fields.List(fields.String(), required=True)
    limits = fields.Nested(LimitsSchema, required=True)
    scores = fields.Dict(required=True, metadata={"description": "The scores that the model card states."})


class HealthSchema(Schema):
    """How the service is."""

    status = fields.String(required=True, validate=validate.OneOf(("ok",)))
