"""Webhooks in: what Ghost, WordPress and Superdesk push becomes a job; the answer waits for nothing."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.views import MethodView

from service.web.apis import Blueprint
from service.web.desks import current_desk
from service.web.examples import load_example
from service.web.inbound import GHOST, SUPERDESK, TOKEN_HEADER, WORDPRESS, System, accept
from service.web.problems import Problem
from service.web.schemas.webhooks import InboundSchema

inbound = Blueprint("inbound", __name__, url_prefix="/v1/inbound", description="What content systems push")

_EXAMPLES: dict[str, Any] = load_example("webhooks.json")
_STATUSES = (400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 503)
_ACCEPTED: dict[str, Any] = {"description": "It is taken.", "example": _EXAMPLES["accepted"]}


def _described(system: System, header: str, *, meaning: str, required: bool = True) -> dict[str, Any]:
    media = {"schema": {"type": "object"}, "example": _EXAMPLES[system.name]}
    content = {"application/json": media}
    if system.forms:
        form = {"ID": 4711, "post_title": "Rent strike spreads", "post_content": "<p>About 640 households strike.</p>"}
        content["application/x-www-form-urlencoded"] = {"schema": {"type": "object"}, "example": form}
    parameter = {"in": "header", "name": header, "required": required, "schema": {"type": "string"}}
    return {
        "requestBody": {"required": True, "content": content},
        "parameters": [{**parameter, "description": meaning}],
        "security": [],
    }


_GHOST = _described(
    GHOST,
    "X-Ghost-Signature",
    meaning="`sha256=<hex>, t=<milliseconds>`: the HMAC-SHA256 of body and time together (Ghost 5.87.1 and newer).",
)
_SUPERDESK = _described(
    SUPERDESK, "X-Superdesk-Signature", meaning="`sha1=<hex>` or `sha256=<hex>`: the HMAC of the body."
)
_WORDPRESS = _described(
    WORDPRESS, TOKEN_HEADER, meaning="The token; `Authorization: Bearer` is taken as well.", required=False
)


@inbound.route("/ghost")
class Ghost(MethodView):
    """Events of Ghost."""

    @inbound.describes("push_from_ghost", **_GHOST)
    @inbound.refuses(*_STATUSES)
    @inbound.answers(InboundSchema, status=202, **_ACCEPTED)
    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Take a webhook of Ghost's.

        Events of posts and pages are read; others are answered with `skipped`. The same body is the same job for as
        long as that is kept.
        """
        return _take(GHOST)


@inbound.route("/superdesk")
class Superdesk(MethodView):
    """Items of Superdesk."""

    @inbound.describes("push_from_superdesk", **_SUPERDESK)
    @inbound.refuses(*_STATUSES)
    @inbound.answers(InboundSchema, status=202, **_ACCEPTED)
    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Take an item of Superdesk's HTTP push, format ninjs.

        Texts are read; pictures and packages are answered with `skipped`. The signature names no time, so what keeps a
        copy from being worked on again is that the same body is the same job for as long as that is kept.
        """
        return _take(SUPERDESK)


@inbound.route("/wordpress")
class WordPress(MethodView):
    """Posts of WordPress, the token in a header."""

    @inbound.describes("push_from_wordpress", **_WORDPRESS)
    @inbound.refuses(*_STATUSES)
    @inbound.answers(InboundSchema, status=202, **_ACCEPTED)
    def post(self) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Take a post of WordPress.

        As the REST API gives it (`content.rendered`), or as plugins and WordPress.com push it (`post_content`, also
        under `post`), in JSON or as a form. The same body is the same job for as long as that is kept.
        """
        return _take(WORDPRESS)


@inbound.route("/wordpress/<token>")
class WordPressByPath(MethodView):
    """Posts of WordPress, the token in the path."""

    @inbound.describes(
        "push_from_wordpress_by_path",
        requestBody=_WORDPRESS["requestBody"],
        parameters=[
            {"in": "path", "name": "token", "required": True, "schema": {"type": "string"}, "description": "The token."}
        ],
        security=[],
    )
    @inbound.refuses(*_STATUSES)
    @inbound.answers(InboundSchema, status=202, **_ACCEPTED)
    def post(self, token: str) -> tuple[dict[str, Any], int, dict[str, str]]:
        """Take a post of WordPress, for plugins that can be told an address but no header."""
        return _take(WORDPRESS, token)


def _take(system: System, token: str | None = None) -> tuple[dict[str, Any], int, dict[str, str]]:
    desk = current_desk()
    try:
        accepted = accept(system, request, desk.settings, desk.office, token)
    except Problem as problem:
        desk.metrics.inbound.labels(system.name, problem.code()).inc()
        raise
    desk.metrics.inbound.labels(system.name, "accepted" if accepted.job else "skipped").inc()
    if accepted.job is None:
        return {"job_id": None, "status": None, "skipped": accepted.skipped}, 202, {}
    told = {"job_id": accepted.job.id, "status": accepted.job.state.value, "skipped": None}
    return told, 202, {"Location": f"/v1/jobs/{accepted.job.id}"}
