"""Extractions: one article in, one extraction out."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask.views import MethodView

from service.web.apis import Blueprint
from service.web.desks import current_desk, current_watch
from service.web.examples import load_example
from service.web.formats.annotations import PROFILE
from service.web.items import write_line
from service.web.recalls import recall, remember
from service.web.renderings import choose, tell, write_json
from service.web.schemas.articles import ArticleQuerySchema, ArticleSchema
from service.web.schemas.extractions import ExtractionSchema
from service.web.submissions import TEXT_FORMATS, read_submission
from service.web.turns import Deadline

extractions = Blueprint("extractions", __name__, url_prefix="/v1/extractions", description="Reading articles")

_TEXT = {"schema": {"type": "string"}, "example": load_example("article.json")["text"]}
_BODY: dict[str, Any] = {
    "required": True,
    "description": "The article. A text body takes every other field as a query parameter, and those win over a "
    "JSON body's. `Content-Encoding` may be gzip or deflate.",
    "content": {
        "application/json": {"schema": ArticleSchema, "example": load_example("article.json")},
        **dict.fromkeys(TEXT_FORMATS, _TEXT),
    },
}

_PARAMETERS = [
    {"in": "query", "schema": ArticleQuerySchema},
    {
        "in": "header",
        "name": "X-Request-ID",
        "schema": {"type": "string"},
        "description": "An id for this request; up to 128 letters, digits and `._~-` are given back, others replaced.",
    },
]

_ANNOTATIONS = f'application/ld+json; profile="{PROFILE}"'
_LINKED_DATA: dict[str, Any] = {
    "schema": {"type": "object"},
    "description": "What was found.",
    "examples": {
        "schema.org": {
            "summary": "`Accept: application/ld+json`: a NewsArticle with its Quotations and Claims.",
            "value": load_example("linked_data.json"),
        },
        "web annotations": {
            "summary": f"`Accept: {_ANNOTATIONS}`: W3C Web Annotations, offsets in code points.",
            "value": load_example("annotations.json"),
        },
    },
}
_TABLE: dict[str, Any] = {
    "schema": {"type": "string"},
    "description": "What was found.",
    "example": load_example("table.csv"),
}


@extractions.route("")
class Extractions(MethodView):
    """All extractions; none is kept."""

    @extractions.describes("extract", requestBody=_BODY, parameters=_PARAMETERS)
    @extractions.refuses(400, 401, 403, 406, 408, 413, 415, 422, 429, 500, 503)
    @extractions.answers(ExtractionSchema, description="What was found.", example=load_example("extraction.json"))
    @extractions.also_answers("application/ld+json", **_LINKED_DATA)
    @extractions.also_answers("text/csv", **_TABLE)
    def post(self) -> Response:
        """Read one article.

        Answers with every sentence, quotation, speaker and quantity in it. Nothing is stored.
        """
        desk, watch = current_desk(), current_watch()
        deadline = Deadline(desk.settings.request_timeout)
        desk.turns.check()
        rendering = choose(request.accept_mimetypes)
        with watch.stage("receive"):
            submission = read_submission(request, desk.settings, Deadline(desk.settings.read_timeout))
        known = recall(desk, submission) if rendering.write is write_json else None
        if known is not None:
            return Response(write_line(known), content_type=rendering.content_type, headers={"Vary": "Accept"})
        extraction = desk.extract(submission.article, deadline, watch)
        with watch.stage("render"):
            telling = tell(submission, extraction, desk.analyzer)
            body = write_line(remember(desk, telling)) if rendering.write is write_json else rendering.write(telling)
        return Response(body, content_type=rendering.content_type, headers={"Vary": "Accept"})
