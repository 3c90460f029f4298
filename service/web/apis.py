"""The API description: flask-smorest with our problems in the place of its errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint as SmorestBlueprint

from service import __version__
from service.web.problems import Problem, every_problem
from service.web.refusals import PROBLEM_JSON, describe
from service.web.schemas.states import ProblemSchema

View = TypeVar("View", bound=Callable[..., Any])
_DESCRIPTION = """Who said what in a news article, what it counts, and what is opinion.

Send an article; every sentence comes back labelled, every quotation with its cue and its speaker, every
quantity with its value and unit, all with exact offsets into the text. Errors are RFC 9457 problems whose
`code` is stable; the table of codes is at `/problems`.
"""
_HEADERS = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    429: ("Retry-After", "RateLimit", "RateLimit-Policy"),
    503: ("Retry-After",),
}


class Api(SmorestApi):  # type: ignore[misc]  # flask-smorest is untyped
    """Registers views in the spec; errors are ours alone."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """None of flask-smorest's: ``service.app`` answers every error as a problem."""

    def _register_pagination_header(self) -> None:
        """None: nothing here is paged this way."""

    def _register_responses(self) -> None:
        for status in sorted({problem.status for problem in every_problem()}):
            self.spec.components.response(f"Problem{status}", _document(status), lazy=True)


class Blueprint(SmorestBlueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """A group of operations in the spec."""

    def describes(self, operation_id: str, **members: Any) -> Callable[[View], View]:
        """A decorator that names an operation and gives further members of its description."""
        decorator: Callable[[View], View] = self.doc(operationId=operation_id, **members)
        return decorator

    def answers(self, schema: object = None, *, status: int = 200, **members: Any) -> Callable[[View], View]:
        """A decorator that documents what a view answers, and writes it by *schema* where the view gives data."""
        decorator: Callable[[View], View] = self.response(status, schema, **members)
        return decorator

    def also_answers(self, content_type: str, **members: Any) -> Callable[[View], View]:
        """A decorator that documents a further media type of the answer."""
        decorator: Callable[[View], View] = self.alt_response(200, content_type=content_type, **members)
        return decorator

    def refuses(self, *statuses: int) -> Callable[[View], View]:
        """A decorator that documents the problems of *statuses* for a view."""
        decorator: Callable[[View], View] = self.doc(responses={status: f"Problem{status}" for status in statuses})
        return decorator


def _document(status: int) -> dict[str, Any]:
    """The response component for all problems of *status*."""
    problems = [problem for problem in every_problem() if problem.status == status]
    told = "\n".join(f"- `{problem.code()}`: {problem.title()}" for problem in problems)
    examples = {problem.code(): {"value": _example(problem)} for problem in problems}
    headers = {name: {"schema": {"type": "string"}} for name in ("X-Request-ID", *_HEADERS.get(status, ()))}
    content = {PROBLEM_JSON: {"schema": ProblemSchema, "examples": examples}}
    return {"description": told, "content": content, "headers": headers}


def _example(problem: type[Problem]) -> dict[str, object]:
    return describe(problem(), path="/v1/extractions", request_id="1f6d4c1e0f5b4a0c9a3c2f0d9c1b7e55")


def set_up_api(app: Flask) -> Api:
    """The API of *app*, to register blueprints with."""
    options = {
        "info": {
            "description": _DESCRIPTION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"header": []}, {}],
    }
    api = Api(app, spec_kwargs={"title": "Ascribe", "version": __version__, "openapi_version": "3.1.0", **options})
    api.spec.components.security_scheme(
        "bearer", {"type": "http", "scheme": "bearer", "description": "An API key in the Authorization header."}
    )
    api.spec.components.security_scheme(
        "header", {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "An API key."}
    )
    return api
