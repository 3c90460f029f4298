"""Webhooks out: endpoints, their secrets, what was delivered to them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, request
from flask.views import MethodView
from marshmallow import Schema, ValidationError

from service.hooks import endpoints
from service.hooks.deliveries import enter_test
from service.hooks.endpoints import Registration
from service.hooks.logs import read_log
from service.web.apis import Blueprint
from service.web.bodies import parse_json, read_body
from service.web.callbacks import check_url
from service.web.desks import current_desk
from service.web.examples import load_example
from service.web.problems import NotFound, UnsupportedMediaType, ValidationFailed
from service.web.recalls import current_owner
from service.web.schemas.webhooks import (
    DeliveriesQuerySchema,
    DeliveriesSchema,
    EndpointRequestSchema,
    EndpointSchema,
    EndpointsSchema,
    EndpointWithSecretSchema,
    SecretSchema,
    TestDeliverySchema,
)
from service.web.submissions import faults_of
from service.web.turns import Deadline

webhooks = Blueprint("webhooks", __name__, url_prefix="/v1/webhooks", description="Where results are delivered to")

_EXAMPLES: dict[str, Any] = load_example("webhooks.json")
_BODY: dict[str, Any] = {
    "required": True,
    "content": {"application/json": {"schema": EndpointRequestSchema, "example": _EXAMPLES["request"]}},
}
_ID: list[dict[str, Any]] = [
    {"in": "path", "name": "webhook_id", "required": True, "schema": {"type": "string"}, "description": "Its id."}
]
_MOST = 50


@webhooks.route("")
class Endpoints(MethodView):
    """All endpoints of the caller."""

    @webhooks.describes("register_webhook", requestBody=_BODY)
    @webhooks.refuses(400, 401, 403, 408, 413, 415, 422, 429, 500, 503)
    @webhooks.answers(
        EndpointWithSecretSchema, status=201, description="It is registered.", example=_EXAMPLES["registered"]
    )
    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Register a URL that takes deliveries.

        Deliveries follow Standard Webhooks: `webhook-id`, `webhook-timestamp` and `webhook-signature` prove each one to
        whoever has the secret. What is not answered with 2xx within the time allowed is tried ten times over about
        sixteen hours; a 410 disables the endpoint. A job's `callback_url` is registered by itself. Registering a URL
        again changes its secret and enables it.
        """
        desk = current_desk()
        asked = _load(EndpointRequestSchema(), _read_json(), "body")
        check_url(asked["url"], desk.settings, pointer="/url")
        kept = endpoints.register(desk.office.engine, current_owner(), asked["url"], asked.get("secret"))
        return asdict(kept), 201, {"Location": f"/v1/webhooks/{kept.id}"}

    @webhooks.describes("list_webhooks")
    @webhooks.refuses(400, 401, 403, 429, 500, 503)
    @webhooks.answers(EndpointsSchema, description="All of them.", example={"webhooks": [_EXAMPLES["endpoint"]]})
    def get(self) -> dict[str, Any]:
        """List the endpoints, those that jobs named too."""
        found = endpoints.list_endpoints(current_desk().office.engine, current_owner())
        return {"webhooks": [asdict(endpoint) for endpoint in found]}


@webhooks.route("/<webhook_id>")
class Endpoint(MethodView):
    """One endpoint."""

    @webhooks.describes("get_webhook", parameters=_ID)
    @webhooks.refuses(400, 401, 403, 404, 429, 500, 503)
    @webhooks.answers(EndpointSchema, description="The endpoint.", example=_EXAMPLES["endpoint"])
    def get(self, webhook_id: str) -> dict[str, Any]:
        """Give one endpoint."""
        return asdict(_find(webhook_id))

    @webhooks.describes("remove_webhook", parameters=_ID)
    @webhooks.refuses(400, 401, 403, 404, 429, 500, 503)
    @webhooks.answers(status=204, description="It is gone, with its log; what was to be delivered to it is not.")
    def delete(self, webhook_id: str) -> Response:
        """Remove an endpoint."""
        if not endpoints.remove(current_desk().office.engine, current_owner(), webhook_id):
            raise NotFound("There is no such webhook.")
        return Response(status=204)


@webhooks.route("/<webhook_id>/secret")
class Secret(MethodView):
    """What an endpoint's deliveries are signed with."""

    @webhooks.describes("get_webhook_secret", parameters=_ID)
    @webhooks.refuses(400, 401, 403, 404, 429, 500, 503)
    @webhooks.answers(SecretSchema, description="The secret.", example={"secret": _EXAMPLES["registered"]["secret"]})
    def get(self, webhook_id: str) -> dict[str, Any]:
        """Tell the secret, of an endpoint that a job named too."""
        return {"secret": _find(webhook_id).secret}


@webhooks.route("/<webhook_id>/deliveries")
class Deliveries(MethodView):
    """What was delivered to an endpoint."""

    @webhooks.describes("list_deliveries", parameters=[*_ID, {"in": "query", "schema": DeliveriesQuerySchema}])
    @webhooks.refuses(400, 401, 403, 404, 422, 429, 500, 503)
    @webhooks.answers(DeliveriesSchema, description="A page of the log.", example=_EXAMPLES["deliveries"])
    def get(self, webhook_id: str) -> dict[str, Any]:
        """List deliveries, newest first, with every try; they are kept for thirty days."""
        asked = _load(DeliveriesQuerySchema(), request.args.to_dict(), "query")
        before, limit = asked.get("cursor"), asked.get("limit", _MOST)
        page = read_log(current_desk().office.engine, current_owner(), webhook_id, before=before, limit=limit)
        if page is None:
            raise NotFound("There is no such webhook.")
        return {"deliveries": [asdict(delivery) for delivery in page.deliveries], "next_cursor": page.cursor}

    @webhooks.describes("test_webhook", parameters=_ID)
    @webhooks.refuses(400, 401, 403, 404, 429, 500, 503)
    @webhooks.answers(TestDeliverySchema, status=202, description="It is on its way.", example=_EXAMPLES["entered"])
    def post(self, webhook_id: str) -> tuple[dict[str, str], int]:
        """Send a message of type `test`, to see whether it arrives and verifies."""
        entered = enter_test(current_desk().office.engine, current_owner(), webhook_id)
        if entered is None:
            raise NotFound("There is no such webhook.")
        return {"id": entered}, 202


def _find(webhook_id: str) -> Registration:
    found = endpoints.find_endpoint(current_desk().office.engine, current_owner(), webhook_id)
    if found is None:
        raise NotFound("There is no such webhook.")
    return found


def _read_json() -> object:
    settings = current_desk().settings
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("Taken: application/json.", headers={"Accept": "application/json"})
    return parse_json(read_body(request, limit=settings.max_body_bytes, deadline=Deadline(settings.read_timeout)))


def _load(schema: Schema, content: object, part: str) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(content)  # type: ignore[arg-type]  # what is no mapping is refused by load
    except ValidationError as error:
        raise ValidationFailed(faults=faults_of(error.messages, part)) from None
    return loaded
