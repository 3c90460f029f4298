"""Jobs: articles in, read later; how far they are, their results, their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Response, request
from flask.views import MethodView

from service.jobs.idempotency import Reservation
from service.jobs.records import JobRecord
from service.web.apis import Blueprint
from service.web.callbacks import make_callback
from service.web.desks import Desk, current_desk, current_watch
from service.web.examples import load_example
from service.web.items import write_line
from service.web.parcels import Parcel, read_job, read_query
from service.web.problems import Fault, NotFound, ResultsErased, ValidationFailed
from service.web.recalls import current_owner
from service.web.schemas.jobs import JobQuerySchema, JobRequestSchema, JobSchema, ResultsQuerySchema

jobs = Blueprint("jobs", __name__, url_prefix="/v1/jobs", description="Reading many articles, later")

_NDJSON = "application/x-ndjson"
_EXAMPLES: dict[str, Any] = load_example("jobs.json")
_LINES = {"schema": {"type": "string", "pattern": r"\S"}, "example": _EXAMPLES["lines"]}
_BODY: dict[str, Any] = {
    "required": True,
    "description": "The articles: up to 1,000 as JSON, or any number as NDJSON, one `Article` a line, up to 32 MiB. "
    "`Content-Encoding` may be gzip or deflate.",
    "content": {
        "application/json": {"schema": JobRequestSchema, "example": _EXAMPLES["request"]},
        _NDJSON: _LINES,
        "application/jsonl": _LINES,
    },
}
_PARAMETERS = [
    {"in": "query", "schema": JobQuerySchema},
    {
        "in": "header",
        "name": "Idempotency-Key",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        "description": "Any name of this request, such as a UUID. The same request sent again under it makes no second "
        "job; another under the same name is refused.",
    },
]
_ID: list[dict[str, Any]] = [
    {"in": "path", "name": "job_id", "required": True, "schema": {"type": "string"}, "description": "The job's id."}
]
_SCHEMA = JobSchema()
_LINES_AT_ONCE = 1000  # of results, where the caller does not say


@jobs.route("")
class Jobs(MethodView):
    """All jobs."""

    @jobs.describes("submit_job", requestBody=_BODY, parameters=_PARAMETERS)
    @jobs.refuses(400, 401, 403, 408, 409, 413, 415, 422, 429, 500, 503)
    @jobs.answers(JobSchema, status=202, description="It is accepted and will be done.", example=_EXAMPLES["accepted"])
    def post(self) -> Response:
        """Have many articles read.

        The job is kept before this answers: from then on it survives a crash of any part of the service. Texts and
        results are kept until it expires, a day after its last article was read, or is deleted.
        """
        desk, watch = current_desk(), current_watch()
        name = _read_key()
        with watch.stage("receive"):
            parcel = read_job(request, desk.settings)
        with watch.stage("keep"):
            job = _submit(desk, parcel) if name is None else _submit_once(desk, parcel, name)
        desk.office.announce(job)
        return Response(
            write_line(_describe(job)), 202, {"Location": f"/v1/jobs/{job.id}"}, content_type="application/json"
        )


@jobs.route("/<job_id>", parameters=_ID)
class Job(MethodView):
    """One job; only the key that made it sees it."""

    @jobs.describes("describe_job")
    @jobs.refuses(400, 401, 403, 404, 429, 500, 503)
    @jobs.answers(JobSchema, description="The job.", example=_EXAMPLES["finished"])
    def get(self, job_id: str) -> Response:
        """Tell how far a job is."""
        job = _find(current_desk(), job_id)
        headers = {} if job.is_final else {"Retry-After": "2"}
        return Response(write_line(_describe(job)), 200, headers, content_type="application/json")

    @jobs.describes("erase_job")
    @jobs.refuses(400, 401, 403, 404, 429, 500, 503)
    @jobs.answers(status=204, description="Its texts and results are gone.")
    def delete(self, job_id: str) -> Response:
        """Cancel what has not started, and erase texts and results.

        The job itself stays known until it expires.
        """
        if not current_desk().office.store.erase(job_id, current_owner()):
            raise NotFound
        return Response(status=204)


@jobs.route("/<job_id>/results", parameters=_ID)
class Results(MethodView):
    """What came of each article."""

    @jobs.describes("read_results", parameters=[{"in": "query", "schema": ResultsQuerySchema}])
    @jobs.refuses(400, 401, 403, 404, 410, 422, 429, 500, 503)
    @jobs.answers(
        {"type": "string"}, content_type=_NDJSON, example=write_line(_EXAMPLES["item"]) + "\n",
        description="One `Item` a line, in the order sent. The `Link` header's `next` leads to those that follow, "
        "or that will: it is there until the last line of the job has been given.",
    )  # fmt: skip
    def get(self, job_id: str) -> Response:
        """Read results, in the order the articles were sent.

        While the job runs, those are given before which nothing is missing.
        """
        desk = current_desk()
        told = read_query(request, ResultsQuerySchema())
        job = _find(desk, job_id)
        if job.erased_at is not None:
            raise ResultsErased
        limit = told.get("limit", _LINES_AT_ONCE)
        page = desk.office.store.read_results(job, told.get("cursor", 0), limit)
        headers = {}
        if not page.complete:
            headers["Link"] = f'</v1/jobs/{job.id}/results?cursor={page.next_position}&limit={limit}>; rel="next"'
            if not job.is_final:
                headers["Retry-After"] = "2"
        return Response(_ended(page.lines), 200, headers, content_type=_NDJSON)


def _find(desk: Desk, job_id: str) -> JobRecord:
    job = desk.office.store.find(job_id, current_owner())
    if job is None:
        raise NotFound
    return job


def _read_key() -> str | None:
    """The Idempotency-Key, which is a string of structured fields ("…") or, as most send it, the bare words."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return None
    name = given.strip()
    if re.fullmatch(r'"[^"\\]*"', name):
        name = name[1:-1]
    if not re.fullmatch(r"[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?", name):
        fault = Fault("/Idempotency-Key", "Not 1 to 200 printable ASCII characters.", "header")
        raise ValidationFailed(faults=(fault,))
    return name


def _submit_once(desk: Desk, parcel: Parcel, name: str) -> JobRecord:
    """The job of *parcel*: the one made before where the same was sent under *name*."""
    reservation = Reservation(desk.office.engine, current_owner(), f"api:{name}", parcel.fingerprint)
    known = reservation.take()
    if known is not None:
        return _find(desk, known)
    try:
        return _submit(desk, parcel, reservation)
    except BaseException:
        reservation.give_back()
        raise


def _submit(desk: Desk, parcel: Parcel, reservation: Reservation | None = None) -> JobRecord:
    owner, office, part = current_owner(), desk.office, parcel.callback_part
    callback = None
    if parcel.callback_url:
        callback = make_callback(parcel.callback_url, owner, desk.settings, office.engine, part=part)
    if reservation is None:
        return office.store.submit(parcel.items, owner=owner, callback=callback)
    return office.store.submit(parcel.items, owner=owner, callback=callback, bind=reservation.keep)


def _describe(job: JobRecord) -> dict[str, Any]:
    told: dict[str, Any] = _SCHEMA.dump(job)
    return told | {"callback_url": job.callback.url if job.callback else None}


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)
