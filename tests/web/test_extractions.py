"""Extractions over HTTP: what goes in, what comes out, and that both say the same text.

The articles are our own, written for these tests. The model is a tiny untrained one, so nothing here
depends on which labels it gives.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from service.extract.stages import STAGES
from service.web.formats.annotations import PROFILE
from service.web.schemas.extractions import ExtractionSchema

ARTICLE = (
    "Dam will hold, engineer says\n\nBy Ana Ruiz\n\n"
    "The Carra dam 🌊 will hold through the winter, chief engineer Mara Lindqvist said on Friday. "
    "“We measured 4.2 million cubic metres,” she told reporters.\n"
)


def post(client: FlaskClient, body: Any, content_type: str = "application/json", query: str = "", **more: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(f"/v1/extractions{query}", data=data, content_type=content_type, **more)


def spans(found: Any) -> Iterator[dict[str, Any]]:
    """Every record with offsets in an extraction, wherever it stands, nodes of HTML excepted."""
    if isinstance(found, dict):
        if "start" in found and "text" in found:
            yield found
        for name, inner in found.items():
            if name != "node":
                yield from spans(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from spans(inner)


def cut(text: str, unit: str, start: int, end: int) -> str:
    """The words from *start* to *end* of *text*, counted in *unit*."""
    codec, width = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}[unit]
    return text.encode(codec)[start * width : end * width].decode(codec)


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_every_span_is_its_text_in_every_unit(client: FlaskClient, unit: str) -> None:
    found = post(client, {"text": ARTICLE, "offset_unit": unit}).json
    assert found["offset_unit"] == unit
    assert found["text"] == ARTICLE
    assert len(list(spans(found["sentences"]))) >= 4
    for span in spans({name: value for name, value in found.items() if name != "text"}):
        assert cut(ARTICLE, unit, span["start"], span["end"]) == span["text"]


def test_sentences_come_in_order_and_cover_every_letter(client: FlaskClient) -> None:
    found = post(client, {"text": ARTICLE}).json
    ends, covered = 0, ""
    for sentence in found["sentences"]:
        assert ends <= sentence["start"] < sentence["end"]
        covered += sentence["text"]
        ends = sentence["end"]
    assert re.sub(r"[\W_]", "", covered) == re.sub(r"[\W_]", "", ARTICLE)


def test_an_answer_has_the_shape_of_the_contract(client: FlaskClient) -> None:
    answer = post(client, {"text": ARTICLE, "external_id": "story-4711"})
    assert answer.content_type == "application/json"
    assert not ExtractionSchema().validate(answer.json)
    assert answer.json["external_id"] == "story-4711"
    assert answer.json["model"] == {"name": "tiny", "version": "0.0.1"}
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.json["id"])
    assert post(client, {"text": ARTICLE}).json["id"] != answer.json["id"]


def same(answer: Any) -> dict[str, Any]:
    """What an answer says beside the id it was given."""
    assert answer.status_code == 200, answer.text
    return {name: value for name, value in answer.json.items() if name != "id"}


def test_a_text_body_says_the_same_as_json(client: FlaskClient) -> None:
    told = {"external_id": "a b", "publisher": "Courier & Sons", "published_at": "2026-11-21"}
    as_json = post(client, {"text": ARTICLE, **told, "offset_unit": "utf16"})
    query = "?external_id=a%20b&publisher=Courier+%26+Sons&published_at=2026-11-21&offset_unit=utf16"
    as_text = post(client, ARTICLE.encode(), "text/plain", query)
    assert same(as_text) == same(as_json)


@pytest.mark.parametrize("format_", ["markdown", "html"])
def test_the_media_type_says_the_format(client: FlaskClient, format_: str) -> None:
    marked = {"markdown": "# Dam *will* hold\n\nIt will.", "html": "<h1>Dam <em>will</em> hold</h1><p>It will.</p>"}
    as_json = post(client, {"text": marked[format_], "format": format_})
    as_text = post(client, marked[format_].encode(), f"text/{format_}")
    assert same(as_text) == same(as_json)


def test_what_the_query_says_goes_before_what_the_body_says(client: FlaskClient) -> None:
    answer = post(client, {"text": "A.", "external_id": "body"}, query="?external_id=query&offset_unit=utf8")
    assert answer.json["external_id"] == "query"
    assert answer.json["offset_unit"] == "utf8"


@pytest.mark.parametrize(
    ("coding", "charset"),
    [("gzip", "utf-8"), ("deflate", "utf-8"), ("identity", "utf-16"), ("identity", "UTF-8"), ("gzip", "utf-16-le")],
)
def test_codings_and_charsets_do_not_change_the_text(client: FlaskClient, coding: str, charset: str) -> None:
    body = ARTICLE.encode(charset)
    if coding != "identity":
        body = gzip.compress(body) if coding == "gzip" else zlib.compress(body)
    answer = post(client, body, f"text/plain; charset={charset}", headers={"Content-Encoding": coding})
    assert answer.json["text"] == ARTICLE


def test_a_gzip_body_of_several_members_is_one_text(client: FlaskClient) -> None:
    body = b"".join(gzip.compress(line.encode()) for line in ARTICLE.splitlines(keepends=True))
    answer = post(client, body, "text/plain", headers={"Content-Encoding": "gzip"})
    assert answer.json["text"] == ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\t ", "🌊🌊🌊", "a\0b.", "\ufeffOne. Two.", "One.\r\nTwo.\r\n",
        "e\u0301" * 50, "שלום עולם.", "\u202eevil\u202c", "1" * 5000,
    ],
    ids=["empty", "blank", "emoji", "nul", "bom", "crlf", "combining", "hebrew", "override", "digits"],
)  # fmt: skip
def test_odd_texts_get_a_valid_answer_with_the_text_itself(client: FlaskClient, text: str) -> None:
    answer = post(client, {"text": text})
    assert answer.status_code == 200
    assert answer.json["text"] == text
    assert not ExtractionSchema().validate(answer.json)


def test_one_sentence_of_5000_words(client: FlaskClient) -> None:
    text = "The mayor said that " + "the dam and " * 2500 + "the lake would hold."
    answer = post(client, {"text": text})
    assert answer.status_code == 200
    assert "".join(sentence["text"] for sentence in answer.json["sentences"]).count("dam") == 2500


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        (f'application/ld+json; profile="{PROFILE}"', f'application/ld+json; profile="{PROFILE}"'),
        (
            f'application/ld+json;profile="x {PROFILE}";q=0.9, text/csv;q=0.8',
            f'application/ld+json; profile="{PROFILE}"',
        ),
        ("application/ld+json;q=0, application/*", "application/json"),
    ],
)
def test_the_media_type_a_caller_likes_best(client: FlaskClient, accept: str, content_type: str) -> None:
    answer = post(client, {"text": ARTICLE}, headers={"Accept": accept})
    assert answer.content_type == content_type
    assert answer.headers["Vary"] == "Accept"


def test_each_media_type_tells_the_same_extraction(client: FlaskClient) -> None:
    found = post(client, {"text": ARTICLE}).json
    table = post(client, {"text": ARTICLE}, headers={"Accept": "text/csv"}).text
    assert [row.split(",")[:3] for row in table.splitlines()[1:]] == [
        [sentence["id"], str(sentence["start"]), str(sentence["end"])] for sentence in found["sentences"]
    ]
    linked = post(client, {"text": ARTICLE}, headers={"Accept": "application/ld+json"}).json
    assert (linked["@type"], linked["articleBody"]) == ("NewsArticle", ARTICLE)
    accept = f'application/ld+json; profile="{PROFILE}"'
    notes = post(client, {"text": ARTICLE, "offset_unit": "utf16"}, headers={"Accept": accept}).json
    for note in notes["items"]:
        for target in note["target"]:
            quote, place = target["selector"][:2]
            assert ARTICLE[place["start"] : place["end"]] == quote["exact"]


def test_an_item_of_a_content_system_is_read_by_its_profile(client: FlaskClient) -> None:
    post_ = {"id": 7, "title": {"rendered": "Dam &amp; lake"}, "content": {"rendered": "<p>It will hold.</p>"}}
    found = post(client, post_, query="?profile=wordpress&offset_unit=utf16").json
    assert found["external_id"] == "7"
    assert found["article"]["title"]["text"] == "Dam & lake"
    assert "It will hold." in found["text"]
    item = {"uri": "urn:x", "headline": "Dam will hold", "body_html": "<p>It will.</p>", "versioncreated": "2026-11-21"}
    assert post(client, item, query="?profile=ninjs").json["external_id"] == "urn:x"
    wrong = post(client, {"uri": "urn:x", "bodies": [4]}, query="?profile=ninjs")
    assert wrong.status_code == 422
    assert "/bodies/0" in [fault["pointer"] for fault in wrong.json["errors"]]
    assert post(client, [1], query="?profile=ninjs").status_code == 422


def test_the_time_of_each_stage_is_told(client: FlaskClient) -> None:
    timing = post(client, {"text": "A."}).headers["Server-Timing"]
    names = ["receive", "wait", *STAGES, "analyze", "render"]
    assert re.fullmatch(", ".join(rf"{name};dur=[\d.]+" for name in names), timing)


@hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400), unit=st.sampled_from(["codepoint", "utf16", "utf8"]))
def test_any_text_is_answered_and_every_span_is_its_text(client: FlaskClient, text: str, unit: str) -> None:
    answer = post(client, {"text": text, "offset_unit": unit})
    assert answer.status_code == 200
    for span in spans({name: value for name, value in answer.json.items() if name != "text"}):
        assert cut(answer.json["text"], unit, span["start"], span["end"]) == span["text"]


@hypothesis_settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["text", "format", "url", "x"]) | st.text(), inner),
))  # fmt: skip
def test_any_json_is_answered_or_refused_with_every_fault(client: FlaskClient, body: Any) -> None:
    answer = post(client, body)
    assert answer.status_code in {200, 400, 422}
    if answer.status_code == 422:
        assert answer.json["errors"]
