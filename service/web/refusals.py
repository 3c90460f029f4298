"""Problems as responses: RFC 9457 ``application/problem+json``, one shape for every error."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote
from uuid import uuid4

from flask_limiter.errors import RateLimitExceeded
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as WerkzeugMethodNotAllowed
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from service.web.problems import (
    BodyTooLarge,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    Problem,
    RateLimited,
    RequestTimeout,
)

PROBLEM_JSON = "application/problem+json"
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._~-]{1,128}")
_BY_STATUS: Mapping[int, type[Problem]] = {404: NotFound, 408: RequestTimeout, 413: BodyTooLarge}


def pick_request_id(given: str | None) -> str:
    """The caller's own request id where it is sane, else a new one."""
    if given and _SANE_REQUEST_ID.fullmatch(given):
        return given
    return uuid4().hex


def describe(problem: Problem, *, path: str, request_id: str) -> dict[str, object]:
    """The members of the problem document for one occurrence of *problem*."""
    return {
        "type": f"/problems#{problem.code()}",
        "title": problem.title(),
        "status": problem.status,
        "detail": problem.detail,
        "instance": quote(path, safe="/:@!$&'()*+,;=~"),
        "code": problem.code(),
        "errors": [{"pointer": fault.pointer, "message": fault.message, "in": fault.part} for fault in problem.faults],
        "request_id": request_id,
    }


def refuse(problem: Problem, *, path: str, request_id: str) -> Response:
    """The response that says *problem*."""
    body = json.dumps(describe(problem, path=path, request_id=request_id))
    response = Response(body, problem.status, problem.headers, content_type=PROBLEM_JSON)
    response.headers["X-Request-ID"] = request_id
    return response


def problem_of(error: Exception) -> Problem:
    """The problem that *error* amounts to; what nobody foresaw is an ``InternalError`` that tells nothing."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, WerkzeugMethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return MethodNotAllowed(f"Allowed: {allowed}.", headers={"Allow": allowed})
    if isinstance(error, RateLimitExceeded):
        return RateLimited(f"Allowed: {error.limit.limit}.")
    if isinstance(error, HTTPException) and error.code is not None and error.code < 500:
        known = _BY_STATUS.get(error.code)
        return known() if known else InvalidRequest(HTTP_STATUS_CODES.get(error.code, "Bad Request"))
    return InternalError()
