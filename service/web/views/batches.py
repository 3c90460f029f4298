"""Batches: a few articles in, each answered for itself."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Response, g, request
from flask.views import MethodView

from service.extract.records import Extraction
from service.web.desks import Desk, current_desk, current_watch
from service.web.examples import load_example
from service.web.items import Item, Refusal, describe_failure, describe_success, write_line
from service.web.parcels import read_batch
from service.web.problems import InternalError, Problem
from service.web.recalls import recall, remember
from service.web.renderings import tell
from service.web.schemas.jobs import BatchRequestSchema, BatchSchema
from service.web.submissions import Submission
from service.web.turns import Deadline
from service.web.views.extractions import extractions

_log = structlog.get_logger("ascribe")
_EXAMPLES = load_example("jobs.json")
_EXAMPLE = {"items": [describe_success(0, load_example("extraction.json")), _EXAMPLES["item"]]}
_BODY: dict[str, Any] = {
    "required": True,
    "description": "The articles. `Content-Encoding` may be gzip or deflate.",
    "content": {"application/json": {"schema": BatchRequestSchema, "example": _EXAMPLES["batch"]}},
}


@extractions.route("/batch")
class Batches(MethodView):
    """A few articles at once."""

    @extractions.describes("extract_batch", requestBody=_BODY)
    @extractions.refuses(400, 401, 403, 408, 413, 415, 422, 429, 500, 503)
    @extractions.answers(BatchSchema, description="What came of each.", example=_EXAMPLE)
    def post(self) -> Response:
        """Read up to 25 articles together.

        They share the model's passes, and each is answered with its extraction or its own problem: one that is
        faulty fails alone. Nothing is stored.
        """
        desk, watch = current_desk(), current_watch()
        deadline = Deadline(desk.settings.request_timeout)
        desk.turns.check()
        with watch.stage("receive"):
            items = read_batch(request, desk.settings)
        told = {at: recall(desk, item) for at, item in enumerate(items) if isinstance(item, Submission)}
        waiting = {at: item for at, item in enumerate(items) if isinstance(item, Submission) and told[at] is None}
        found = desk.extract_each([each.article for each in waiting.values()], deadline, watch) if waiting else []
        with watch.stage("render"):
            lines = [_describe(at, item, told.get(at)) for at, item in enumerate(items) if at not in waiting]
            for (at, submission), each in zip(waiting.items(), found, strict=True):
                lines.append(_tell(desk, at, submission, each))
            lines.sort(key=lambda line: int(line["index"]))
            body = write_line({"items": lines})
        return Response(body, content_type="application/json")


def _describe(at: int, item: Item, told: dict[str, Any] | None) -> dict[str, Any]:
    """What an item is answered with that need not be read: one that cannot be, or was before."""
    if isinstance(item, Refusal):
        return describe_failure(at, item)
    return describe_success(at, told or {})


def _tell(desk: Desk, at: int, submission: Submission, found: Extraction | Exception) -> dict[str, Any]:
    if isinstance(found, Extraction):
        return describe_success(at, remember(desk, tell(submission, found, desk.analyzer)))
    if not isinstance(found, Problem):
        _log.error("article_not_read", request_id=g.request_id, index=at, exc_info=found)
    problem = found if isinstance(found, Problem) else InternalError()
    return describe_failure(at, Refusal(problem, submission.article.external_id))
