"""Webhooks: endpoints that take deliveries, the log of what was delivered, and what content systems push."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from service.hooks.deliveries import Outcome
from service.jobs.records import State
from service.settings import is_webhook_secret


def _told(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description, **more}}


def _is_secret(value: str) -> None:
    if not is_webhook_secret(value):
        raise ValidationError("Not whsec_ and 24 to 64 bytes in base64.")


class EndpointRequestSchema(Schema):
    """A URL that is to take deliveries."""

    class Meta:
        unknown = RAISE

    url = fields.String(
        required=True,
        validate=validate.Length(max=2000),
        **_told(
            "An https address on a public network; where `WEBHOOK_ALLOW_PRIVATE` is set, also a private one.",
            example="https://cms.example.org/hooks/ascribe",
        ),
    )
    secret = fields.String(
        validate=_is_secret,
        **_told(
            "The secret to sign with, `whsec_` and 24 to 64 bytes in base64; left out, a new one is made.",
            pattern="^whsec_[A-Za-z0-9+/]{32,86}={0,2}$",
        ),
    )


class EndpointSchema(Schema):
    """A URL that takes deliveries."""

    id = fields.String(required=True)
    url = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    disabled_at = fields.AwareDateTime(
        required=True, allow_none=True, **_told("When it answered 410; it gets nothing more since then.")
    )


class SecretSchema(Schema):
    """What an endpoint's deliveries are signed with."""

    secret = fields.String(
        required=True, allow_none=True, **_told("null: the service's own, which its operator knows (WEBHOOK_SECRET).")
    )


class EndpointWithSecretSchema(EndpointSchema, SecretSchema):
    """A URL that takes deliveries, and what they are signed with."""


class EndpointsSchema(Schema):
    """All endpoints of the caller."""

    webhooks = fields.List(fields.Nested(EndpointSchema), required=True)


class TrySchema(Schema):
    """One try of a delivery."""

    at = fields.AwareDateTime(required=True)
    milliseconds = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True, **_told("What the receiver answered."))
    error = fields.String(
        required=True,
        allow_none=True,
        **_told(
            "What kept it from answering: `address_refused`, `name_unknown`, `connection_failed`, `tls_failed`, "
            "`certificate_invalid`, `timeout` or `answer_invalid`."
        ),
    )


class DeliverySchema(Schema):
    """One message to an endpoint."""

    id = fields.String(required=True, **_told("The `webhook-id`, the same at every try."))
    event = fields.String(
        required=True, **_told("`job.succeeded`, `job.partly_failed`, `job.failed` or `test`: the payload's `type`.")
    )
    job_id = fields.String(required=True, allow_none=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf([outcome.value for outcome in Outcome]),
        **_told(
            "`failed`: given up after the last try, or a 410. `abandoned`: the endpoint is disabled, or the job erased."
        ),
    )
    created_at = fields.AwareDateTime(required=True)
    next_try_at = fields.AwareDateTime(required=True, allow_none=True)
    tries = fields.List(fields.Nested(TrySchema), required=True)


class DeliveriesSchema(Schema):
    """A page of an endpoint's log, newest first."""

    deliveries = fields.List(fields.Nested(DeliverySchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True, **_told("Gives the next older page; null: no more."))


class DeliveriesQuerySchema(Schema):
    """Which page of the log."""

    class Meta:
        unknown = RAISE

    cursor = fields.String(validate=validate.Length(max=40), **_told("`next_cursor` of the page before."))
    limit = fields.Integer(validate=validate.Range(1, 100), **_told("Most deliveries of a page; 50 where not said."))


class TestDeliverySchema(Schema):
    """A delivery that was just entered."""

    id = fields.String(required=True)


class InboundSchema(Schema):
    """What becomes of what a content system pushed."""

    job_id = fields.String(required=True, allow_none=True, **_told("The job; null where there is nothing to read."))
    status = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([None, *(state.value for state in State)])
    )
    skipped = fields.String(required=True, allow_none=True, **_told("Why there is nothing to read."))
