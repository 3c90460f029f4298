"""Every refusal: its status, its code, its shape."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.web.problems import every_problem
from service.web.schemas.states import ProblemSchema

JSON = "application/json"
TEXT = "text/plain"
ARTICLE = {"text": "The dam will hold, the engineer said."}


def post(client: FlaskClient, body: Any = ARTICLE, content_type: str | None = JSON, **more: Any) -> Any:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post("/v1/extractions", data=data, content_type=content_type, **more)


def read(answer: Any) -> dict[str, Any]:
    """The problem that *answer* states."""
    problem: dict[str, Any] = answer.json
    return problem


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code", "pointers"),
    [
        ("", JSON, 400, "invalid_json", []),
        ("{", JSON, 400, "invalid_json", []),
        ('{"text": "a", "text": "b"}', JSON, 400, "invalid_json", []),
        ('{"text": NaN}', JSON, 400, "invalid_json", []),
        ('{"text": ' + "9" * 5000 + "}", JSON, 400, "invalid_json", []),
        ("[" * 100_000, JSON, 400, "invalid_json", []),
        (b'{"text": "\xff"}', JSON, 400, "invalid_encoding", []),
        ("null", JSON, 422, "validation_failed", [""]),
        ("[]", JSON, 422, "validation_failed", [""]),
        ("{}", JSON, 422, "validation_failed", ["/text"]),
        ({"text": None}, JSON, 422, "validation_failed", ["/text"]),
        ({"text": 1}, JSON, 422, "validation_failed", ["/text"]),
        ({"text": ["a"]}, JSON, 422, "validation_failed", ["/text"]),
        ({"text": "a", "format": "pdf"}, JSON, 422, "validation_failed", ["/format"]),
        ({"text": "a", "offset_unit": "byte"}, JSON, 422, "validation_failed", ["/offset_unit"]),
        ({"text": "a", "published_at": "yesterday"}, JSON, 422, "validation_failed", ["/published_at"]),
        ({"text": "a", "published_at": "2026-02-30"}, JSON, 422, "validation_failed", ["/published_at"]),
        ({"text": "a", "url": "ftp://a.example"}, JSON, 422, "validation_failed", ["/url"]),
        ({"text": "a", "colour": 1, "a/b~c": 2}, JSON, 422, "validation_failed", ["/colour", "/a~1b~0c"]),
        (
            {"text": 1, "format": 2, "url": 3, "x": 4},
            JSON,
            422,
            "validation_failed",
            ["/text", "/format", "/url", "/x"],
        ),
        ('{"text": "a\\ud800b"}', JSON, 422, "validation_failed", ["/text"]),
        ('{"text": "a", "\\udfff": 1}', JSON, 422, "validation_failed", ["", "/?"]),
        (b"\xff\xfe\xfd", TEXT, 400, "invalid_encoding", []),
        (b"a", "text/plain; charset=klingon", 415, "unsupported_encoding", []),
        (b"a", "text/plain; charset=rot13", 415, "unsupported_encoding", []),
        (b"{}", "application/json; charset=utf-16", 415, "unsupported_encoding", []),
        (b"a", None, 415, "unsupported_media_type", []),
        (b"a", "application/pdf", 415, "unsupported_media_type", []),
        (b"a=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type", []),
        ({"text": "a" * 200_001}, JSON, 413, "article_too_long", []),
        (b"a" * 200_001, TEXT, 413, "article_too_long", []),
        (b"a" * ((1 << 20) + 1), TEXT, 413, "body_too_large", []),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_by_name(  # the pointers name every fault at once
    client: FlaskClient, body: Any, content_type: str | None, status: int, code: str, pointers: list[str]
) -> None:
    answer = post(client, body, content_type)
    assert (answer.status_code, read(answer)["code"]) == (status, code)
    assert sorted(fault["pointer"] for fault in read(answer)["errors"]) == sorted(pointers)


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "headers"),
    [
        ("GET", "/nothing", 404, "not_found", {}),
        ("GET", "/v1/nothing", 404, "not_found", {}),
        ("POST", "/v1/extractions/", 404, "not_found", {}),
        ("POST", "//v1/extractions", 404, "not_found", {}),
        ("GET", "/v1/../healthz", 404, "not_found", {}),
        ("GET", "/docs/../../app.py", 404, "not_found", {}),
        ("GET", "/docs/%2e%2e/keys.py", 404, "not_found", {}),
        ("GET", "/v1/extractions", 405, "method_not_allowed", {"Allow": "OPTIONS, POST"}),
        ("DELETE", "/v1/model", 405, "method_not_allowed", {"Allow": "GET, HEAD, OPTIONS"}),
        ("BREW", "/healthz", 405, "method_not_allowed", {"Allow": "GET, HEAD, OPTIONS"}),
    ],
)
def test_an_address_or_method_that_is_not_there(
    client: FlaskClient, method: str, path: str, status: int, code: str, headers: dict[str, str]
) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, read(answer)["code"]) == (status, code)
    assert {name: answer.headers[name] for name in headers} == headers


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("format=pdf", ["/format"]),
        ("offset_unit=byte&published_at=x", ["/offset_unit", "/published_at"]),
        ("colour=red", ["/colour"]),
        ("title=a&title=b", ["/title"]),
        ("profile=rss", ["/profile"]),
    ],
)
def test_faulty_query_parameters_are_faults_of_the_query(client: FlaskClient, query: str, pointers: list[str]) -> None:
    answer = client.post(f"/v1/extractions?{query}", data=b"a", content_type=TEXT)
    assert answer.status_code == 422
    found = sorted((fault["in"], fault["pointer"]) for fault in read(answer)["errors"])
    assert found == [("query", pointer) for pointer in pointers]


@pytest.mark.parametrize(
    ("coding", "body", "status", "code"),
    [
        ("br", b"a", 415, "unsupported_encoding"),
        ("gzip, gzip", b"a", 415, "unsupported_encoding"),
        ("gzip", b"no gzip", 400, "invalid_encoding"),
        ("gzip", b"", 400, "invalid_encoding"),
        ("gzip", gzip.compress(b"half a loaf")[:-4], 400, "invalid_encoding"),
        ("gzip", gzip.compress(b"a") + b"rest", 400, "invalid_encoding"),
        ("gzip", gzip.compress(b"a" * (1 << 26)), 413, "body_too_large"),
        ("deflate", b"no deflate", 400, "invalid_encoding"),
    ],
)
def test_a_content_coding_that_is_unknown_broken_or_a_bomb(
    client: FlaskClient, coding: str, body: bytes, status: int, code: str
) -> None:
    answer = post(client, body, TEXT, headers={"Content-Encoding": coding})
    assert (answer.status_code, read(answer)["code"]) == (status, code)


@pytest.mark.parametrize("accept", ["image/png", "application/xml;q=1", "application/json;q=0", "text/*;q=0, a/b"])
def test_media_types_that_are_not_offered(client: FlaskClient, accept: str) -> None:
    answer = post(client, headers={"Accept": accept})
    assert (answer.status_code, read(answer)["code"]) == (406, "not_acceptable")
    assert "application/json" in read(answer)["detail"]


def test_limits_are_named_where_they_are_passed(client: FlaskClient) -> None:
    long = post(client, {"text": "a" * 200_001}).json["detail"]
    large = post(client, b"a" * ((1 << 20) + 1), TEXT).json["detail"]
    assert re.search(r"200001 .* 200000 .*MAX_CHARACTERS", long)
    assert re.search(r"1048577 .* 1048576 .*MAX_BODY_BYTES", large)


def test_what_is_taken_is_named_where_something_else_came(client: FlaskClient) -> None:
    answer = post(client, b"a", "application/pdf")
    for taken in ("application/json", "text/plain", "text/markdown", "text/html"):
        assert taken in read(answer)["detail"]
        assert taken in answer.headers["Accept"]


def test_a_problem_has_the_members_of_rfc_9457_and_ours(client: FlaskClient) -> None:
    answer = post(client, "{", headers={"X-Request-ID": "desk-7"})
    assert answer.content_type == "application/problem+json"
    assert not ProblemSchema().validate(read(answer))
    assert read(answer)["status"] == answer.status_code == 400
    assert read(answer)["instance"] == "/v1/extractions"
    assert read(answer)["request_id"] == answer.headers["X-Request-ID"] == "desk-7"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "ä", "a\tb", '"quoted"'])
def test_an_insane_request_id_is_replaced(client: FlaskClient, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_a_problem_says_where_its_code_is_explained(client: FlaskClient) -> None:
    page = client.get("/problems").text
    for problem in every_problem():
        assert f'id="{problem.code()}"' in page
    kind = read(client.get("/nothing"))["type"]
    assert kind == "/problems#not_found"


def test_what_nobody_foresaw_is_a_problem_that_tells_nothing(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("words of an article")

    answer = client.get("/broken")
    assert (answer.status_code, read(answer)["code"]) == (500, "internal_error")
    assert "words of an article" not in answer.text
    assert "words of an article" not in caplog.text


def test_codes_are_unique_and_stable_names() -> None:
    codes = [problem.code() for problem in every_problem()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
