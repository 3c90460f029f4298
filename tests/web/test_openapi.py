"""The API description: it is what the code says, its examples are true, and clients can be made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from flask.testing import FlaskClient

from service.app import write_openapi
from service.web.examples import load_example
from service.web.problems import every_problem
from service.web.schemas.articles import ArticleSchema
from service.web.schemas.extractions import ExtractionSchema
from service.web.schemas.states import ModelSchema
from tests.web.test_extractions import spans

ROOT = Path(__file__).parents[2]
SPEC: dict[str, Any] = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in SPEC["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "delete"}:
                yield path, method, operation


def test_the_file_is_what_the_code_says() -> None:
    assert (ROOT / "openapi.yaml").read_text(encoding="utf-8") == write_openapi(), "run `make openapi`"


def test_every_operation_is_described_and_has_an_example() -> None:
    for path, method, operation in operations():
        assert operation["summary"], path
        assert operation["operationId"], path
        answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
        assert answers, path
        sent = operation["requestBody"]["content"] if "requestBody" in operation else {}
        for media in (*sent.values(), *(each for answer in answers for each in answer.get("content", {}).values())):
            assert "example" in media or "examples" in media, (path, method)


def test_every_route_of_the_contract_is_described_or_is_a_page(app: Flask) -> None:
    for_people = {"documents", "pages"}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.partition(".")[0] not in for_people]
    assert {rule.rule.replace("<", "{").replace(">", "}") for rule in rules} == set(SPEC["paths"])


def test_every_problem_code_is_in_the_description() -> None:
    assert SPEC["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == [p.code() for p in every_problem()]


def test_examples_are_of_the_shape_they_illustrate() -> None:
    assert not ArticleSchema().validate(load_example("article.json"))
    assert not ModelSchema().validate(load_example("model.json"))
    extraction = load_example("extraction.json")
    assert not ExtractionSchema().validate(extraction)
    found = list(spans({name: value for name, value in extraction.items() if name != "text"}))
    assert len(found) > 10
    assert all(extraction["text"][span["start"] : span["end"]] == span["text"] for span in found)
    assert extraction["text"] == load_example("article.json")["text"]


def test_the_description_and_its_page_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    assert client.get("/openapi.json").json == SPEC
    assert yaml.safe_load(client.get("/openapi.yaml").text) == SPEC
    for address in re.findall(r'(?:src|href)="([^"]+)"', client.get("/docs").text):
        assert address.startswith("/")
        with client.get(address) as answer:
            assert answer.status_code == 200


@pytest.mark.parametrize("name", ["swagger-ui.css", "swagger-ui-bundle.js", "docs.js"])
def test_the_files_of_the_page_are_served_with_their_types(client: FlaskClient, name: str) -> None:
    with client.get(f"/docs/{name}") as answer:
        assert answer.mimetype in {"text/css", "text/javascript"}
