"""Jobs over HTTP: taken in, worked off, told, erased; who may see them; the same request sent twice; the cache."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from service.app import create_app
from service.jobs.idempotency import Reservation
from service.jobs.tables import CachedResult
from service.jobs.workers import JobWorker
from service.settings import Settings
from service.storage.sessions import reading
from service.telemetry.metrics import Metrics
from service.web.keys import Keys
from service.web.schemas.jobs import ItemSchema, JobSchema
from tests.web.stumbles import FATAL, Stumbling

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

NDJSON = "application/x-ndjson"
Work = Callable[[], None]


def article(number: int) -> dict[str, Any]:
    return {"text": f"Xylocopa bridge {number} will hold, Mara Lindqvist said.", "external_id": f"story-{number}"}


def job_of(*items: object) -> dict[str, Any]:
    return {"articles": items}


@pytest.fixture
def work(settings: Settings, analyzer: Analyzer) -> Iterator[Work]:
    """Does what a worker does, until the queue is empty."""
    worker = JobWorker(settings, lambda: analyzer, Metrics())

    def do() -> None:
        while worker.office.queue.take():
            pass

    yield do
    worker.office.close()


def results(client: FlaskClient, address: str, **headers: str) -> list[dict[str, Any]]:
    answer = client.get(f"{address}/results", headers=headers)
    assert answer.status_code == 200
    assert answer.mimetype == NDJSON
    items = [json.loads(line) for line in answer.text.splitlines()]
    assert not any(ItemSchema().validate(item) for item in items)
    return items


def test_a_job_is_accepted_worked_off_and_told_in_order(client: FlaskClient, work: Work) -> None:
    answer = client.post("/v1/jobs", json=job_of(*map(article, range(10)), {"text": "x", "format": "word"}))
    assert answer.status_code == 202
    assert answer.json is not None
    assert not JobSchema().validate(answer.json)
    address = answer.headers["Location"]
    assert address == f"/v1/jobs/{answer.json['id']}"
    assert (answer.json["status"], answer.json["total"], answer.json["failed"]) == ("queued", 11, 1)
    work()
    told = client.get(address).json
    assert told is not None
    assert (told["status"], told["done"], told["failed"]) == ("partly_failed", 10, 1)
    items = results(client, address)
    assert [item["index"] for item in items] == list(range(11))
    assert [item["external_id"] for item in items] == [*(f"story-{number}" for number in range(10)), None]
    alone = client.post("/v1/extractions", json=article(3)).json
    assert alone is not None
    assert items[3]["extraction"] | {"id": ""} == alone | {"id": ""}
    assert items[10]["problem"]["errors"][0]["pointer"] == "/format"


def test_ndjson_is_taken_line_by_line(client: FlaskClient, work: Work) -> None:
    body = b"\n".join(
        [json.dumps(article(0)).encode(), b"", b'{"text": ', b'{"text": "\xff"}', json.dumps(article(1)).encode()]
    )
    answer = client.post(
        "/v1/jobs", data=gzip.compress(body), content_type=NDJSON, headers={"Content-Encoding": "gzip"}
    )
    assert answer.status_code == 202
    work()
    items = results(client, answer.headers["Location"])
    assert [item["problem"] and item["problem"]["code"] for item in items] == [
        None,
        "invalid_json",
        "invalid_encoding",
        None,
    ]


def test_results_come_in_pages_that_link_to_each_other(client: FlaskClient, work: Work) -> None:
    address = client.post("/v1/jobs", json=job_of(*map(article, range(5)))).headers["Location"]
    first = client.get(f"{address}/results?limit=2")
    assert (first.text, first.headers["Link"]) == ("", f'<{address}/results?cursor=0&limit=2>; rel="next"')
    work()
    seen, page = [], f"{address}/results?limit=2"
    while page:
        answer = client.get(page)
        seen.append([json.loads(line)["index"] for line in answer.text.splitlines()])
        page = answer.headers.get("Link", "").partition(">")[0].lstrip("<")
    assert seen == [[0, 1], [2, 3], [4]]
    for wrong in ("limit=0", "cursor=-1", "cursor=x", "page=2", "limit=1&limit=2"):
        assert client.get(f"{address}/results?{wrong}").status_code == 422


def test_an_article_that_the_model_fails_at_fails_alone_after_its_attempts(
    settings: Settings, analyzer: Analyzer, client: FlaskClient
) -> None:
    worker = JobWorker(replace(settings, job_attempts=1), lambda: Stumbling(analyzer), Metrics())
    answer = client.post("/v1/jobs", json=job_of(article(0), {"text": FATAL}, article(2)))
    while worker.office.queue.take():
        pass
    items = results(client, answer.headers["Location"])
    assert [item["status"] for item in items] == ["succeeded", "failed", "succeeded"]
    assert items[1]["problem"]["code"] == "article_failed"
    worker.office.close()


def test_deleting_cancels_and_erases(client: FlaskClient, work: Work, settings: Settings) -> None:
    address = client.post("/v1/jobs", json=job_of(*map(article, range(20)))).headers["Location"]
    finished = client.post("/v1/jobs", json=job_of(article(0))).headers["Location"]
    assert client.delete(address).status_code == 204
    work()
    assert client.delete(address).status_code == 204
    assert client.delete(finished).status_code == 204
    assert [client.get(each).json["status"] for each in (address, finished)] == ["cancelled", "succeeded"]  # type: ignore[index]  # they are there
    answer = client.get(f"{address}/results")
    assert (answer.status_code, answer.json and answer.json["code"]) == (410, "results_erased")
    assert not any(b"Xylocopa" in file.read_bytes() for file in settings.data_path.iterdir())


def test_a_job_belongs_to_the_key_that_made_it(client: FlaskClient, settings: Settings, work: Work) -> None:
    keys = Keys(settings.keys_path)
    mine, other = ({"X-API-Key": keys.create(name)} for name in ("mine", "other"))
    once = {"Idempotency-Key": "k"}
    address = client.post("/v1/jobs", json=job_of(article(0)), headers=mine | once).headers["Location"]
    work()
    for path, method in ((address, "get"), (f"{address}/results", "get"), (address, "delete")):
        assert getattr(client, method)(path, headers=other).status_code == 404
        assert getattr(client, method)(path).status_code == 401
    again = client.post("/v1/jobs", json=job_of(article(0)), headers=other | once)
    assert again.headers["Location"] != address
    assert client.get(address, headers=mine).status_code == 200


def test_the_same_request_makes_one_job(client: FlaskClient) -> None:
    once = {"Idempotency-Key": '"monday-1"'}
    first = client.post("/v1/jobs", json=job_of(article(0)), headers=once)
    again = client.post("/v1/jobs", json=job_of(article(0)), headers={"Idempotency-Key": "monday-1"})
    other = client.post("/v1/jobs", json=job_of(article(1)), headers=once)
    assert [first.status_code, again.status_code, other.status_code] == [202, 202, 422]
    assert again.headers["Location"] == first.headers["Location"]
    assert other.json is not None
    assert other.json["code"] == "idempotency_key_reused"
    assert client.post("/v1/jobs", json=job_of(article(0)), headers={"Idempotency-Key": "ü"}).status_code == 422


def test_a_request_that_is_being_worked_on_is_told_so_and_one_refused_may_come_again(
    client: FlaskClient, settings: Settings
) -> None:
    once = {"Idempotency-Key": "monday-2"}
    refused = client.post("/v1/jobs?callback_url=http://10.0.0.1/", json=job_of(article(0)), headers=once)
    assert refused.status_code == 422
    assert client.post("/v1/jobs", json=job_of(article(0)), headers=once).status_code == 202
    desk = client.application.extensions["desk"]
    body = json.dumps(job_of(article(0))).encode()
    fingerprint = fingerprint_of(client, body)
    assert Reservation(desk.office.engine, "", "api:monday-3", fingerprint).take() is None
    answer = client.post(
        "/v1/jobs", data=body, content_type="application/json", headers={"Idempotency-Key": "monday-3"}
    )
    assert (answer.status_code, answer.json and answer.json["code"]) == (409, "request_in_progress")


def fingerprint_of(client: FlaskClient, body: bytes) -> str:
    from flask import request

    from service.web.parcels import read_job

    with client.application.test_request_context("/v1/jobs", method="POST", data=body, content_type="application/json"):
        return read_job(request, Settings()).fingerprint


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", NDJSON, 422),
        (b"{", "application/json", 400),
        (b"{}", "application/json", 422),
        (b'{"articles": [{"text": "a"}], "callback": 1}', "application/json", 422),
        (b'{"articles": [{"text": "a"}], "callback_url": "ftp://a/"}', "application/json", 422),
        (b"words", "text/plain", 415),
        (b'{"articles": [' + b'{"text": "a"},' * 1000 + b'{"text": "a"}]}', "application/json", 413),
    ],
)
def test_what_is_wrong_as_a_whole_is_refused(client: FlaskClient, body: bytes, kind: str, status: int) -> None:
    assert client.post("/v1/jobs", data=body, content_type=kind).status_code == status


def test_a_body_over_the_limit_of_jobs_is_refused(settings: Settings, analyzer: Analyzer) -> None:
    client = create_app(replace(settings, max_job_bytes=100), analyzer).test_client()
    answer = client.post("/v1/jobs", json=job_of(*map(article, range(5))))
    assert answer.status_code == 413
    assert "MAX_JOB_BYTES" in answer.text


def test_metrics_tell_of_jobs(client: FlaskClient) -> None:
    client.post("/v1/jobs", json=job_of(*map(article, range(7))))
    assert "ascribe_job_articles_waiting 7.0" in client.get("/metrics").text


def count_cached(client: FlaskClient) -> int:
    with reading(client.application.extensions["desk"].office.engine) as session:
        return session.scalar(select(func.count()).select_from(CachedResult)) or 0


def test_the_cache_answers_the_same_article_once_read(settings: Settings, analyzer: Analyzer) -> None:
    cached = replace(settings, cache_bytes=1_000_000)
    stumbling = Stumbling(analyzer)
    client = create_app(cached, stumbling).test_client()
    first = client.post("/v1/extractions", json=article(0)).json
    again = client.post("/v1/extractions", json=article(0) | {"external_id": "other"}).json
    assert first is not None
    assert again is not None
    assert again["id"] != first["id"]
    assert again == first | {"id": again["id"], "external_id": "other"}
    client.post("/v1/extractions", json=article(0) | {"offset_unit": "utf8"})
    client.post("/v1/extractions/batch", json=job_of(article(0), article(1)))
    assert stumbling.passes == [1, 1, 1]
    worker = JobWorker(cached, lambda: stumbling, Metrics())
    address = client.post("/v1/jobs", json=job_of(article(0), article(1), article(2))).headers["Location"]
    while worker.office.queue.take():
        pass
    worker.office.close()
    assert len(results(client, address)) == 3
    assert stumbling.passes == [1, 1, 1, 1]
    assert count_cached(client) == 4
    client.delete(address)
    assert count_cached(client) == 1  # the one in UTF-8, which is not the job's


def test_the_cache_stays_within_its_size_and_is_off_by_default(settings: Settings, analyzer: Analyzer) -> None:
    client = create_app(replace(settings, cache_bytes=3000), analyzer).test_client()
    for number in range(6):
        client.post("/v1/extractions", json=article(number))
    with reading(client.application.extensions["desk"].office.engine) as session:
        assert 0 < (session.scalar(select(func.sum(CachedResult.size))) or 0) <= 3000
    plain = create_app(settings, analyzer).test_client()
    before = count_cached(plain)
    plain.post("/v1/extractions", json=article(9))
    assert count_cached(plain) == before
