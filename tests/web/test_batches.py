"""Batches: each item answered for itself, all in one pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.web.schemas.jobs import BatchSchema
from service.web.turns import Deadline
from tests.web.stumbles import FATAL, Stumbling

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

DAM = {"text": "The dam will hold, engineer Mara Lindqvist said.", "external_id": "story-1"}
FARES = {"text": "Fares rise by 4.5% in March.", "external_id": "story-2", "offset_unit": "utf16"}


def send(client: FlaskClient, *articles: object) -> list[dict[str, Any]]:
    answer = client.post("/v1/extractions/batch", json={"articles": articles})
    assert answer.status_code == 200
    assert answer.json is not None
    assert not BatchSchema().validate(answer.json)
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def alike(extraction: dict[str, Any]) -> dict[str, Any]:
    return extraction | {"id": ""}


def test_every_article_is_answered_as_if_it_were_alone(client: FlaskClient) -> None:
    items = send(client, DAM, FARES)
    assert [(item["index"], item["external_id"], item["status"]) for item in items] == [
        (0, "story-1", "succeeded"),
        (1, "story-2", "succeeded"),
    ]
    alone = [client.post("/v1/extractions", json=article).json for article in (DAM, FARES)]
    assert [alike(item["extraction"]) for item in items] == [alike(each) for each in alone if each]


def test_a_faulty_item_fails_alone(client: FlaskClient, settings: Settings) -> None:
    long = {"text": "x" * (settings.max_characters + 1), "external_id": "long"}
    items = send(
        client, DAM, {"text": "x", "format": "word", "offset_unit": 5}, "words", long, {"text": "\ud800"}, FARES
    )
    assert [item["status"] for item in items] == ["succeeded", "failed", "failed", "failed", "failed", "succeeded"]
    codes = [item["problem"]["code"] for item in items if item["problem"]]
    assert codes == ["validation_failed", "validation_failed", "article_too_long", "validation_failed"]
    assert {fault["pointer"] for fault in items[1]["problem"]["errors"]} == {"/format", "/offset_unit"}
    assert items[3]["external_id"] == "long"


def test_an_article_that_the_model_fails_at_takes_no_other_along(
    settings: Settings, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    stumbling = Stumbling(analyzer)
    client = create_app(settings, stumbling).test_client()
    items = send(client, DAM, {"text": FATAL, "external_id": "fatal"}, FARES)
    assert [item["status"] for item in items] == ["succeeded", "failed", "succeeded"]
    assert (items[1]["problem"]["code"], items[1]["external_id"]) == ("internal_error", "fatal")
    assert stumbling.passes == [3, 1, 1, 1]
    assert FATAL not in str(items[1])


def test_a_batch_is_read_in_one_turn_and_one_pass(settings: Settings, analyzer: Analyzer) -> None:
    stumbling = Stumbling(analyzer)
    send(create_app(settings, stumbling).test_client(), *[DAM] * 25)
    assert stumbling.passes == [25]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"articles": []}, 422, "validation_failed"),
        ({}, 422, "validation_failed"),
        ([DAM], 422, "validation_failed"),
        ({"articles": [DAM], "callback_url": "https://cms.example.org/"}, 422, "validation_failed"),
        ({"articles": [DAM] * 26}, 413, "too_many_articles"),
    ],
)
def test_what_is_wrong_as_a_whole_is_refused(client: FlaskClient, body: object, status: int, code: str) -> None:
    answer = client.post("/v1/extractions/batch", json=body)
    assert answer.status_code == status
    assert answer.json is not None
    assert answer.json["code"] == code


def test_other_media_types_are_refused(client: FlaskClient) -> None:
    answer = client.post("/v1/extractions/batch", data="words", content_type="text/plain")
    assert answer.status_code == 415
    assert "application/json" in answer.text


def test_a_batch_waits_for_its_turn_like_any_other(app: Flask, settings: Settings) -> None:
    desk = app.extensions["desk"]
    app.extensions["desk"] = replace(desk, settings=replace(settings, request_timeout=0))
    with desk.turns.take(Deadline(5)):
        answer = app.test_client().post("/v1/extractions/batch", json={"articles": [DAM]})
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
