"""Articles made to be slow or to fill an answer: each is answered, or refused with a code that says why; none fails.

Every text is as long as an article may be. The time limit is short, so that what is slow is refused soon.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

LENGTH = Settings().max_characters
REFUSALS = {413: "too_many_findings", 503: "deadline_exceeded"}
UNITS = {
    "numbers": "1 ",
    "opening marks": "“",
    "brackets": "(",
    "one letter a line": "a\n",
    "tags": "<b>",
    "dashes": "- ",
    "cues": "he said ",
    "one word": "w",
    "emoji": "🌊",
    "combining marks": "e\u0301\u0302",
    "quotations": "“We won,” Ann Lee said. ",
    "turns": "ANN: yes\n",
    "ellipses": "... ",
    "one name": "Velm fell. ",
    "adverbs": "Police said she repeatedly repeatedly ",
}


@pytest.fixture
def hurried(settings: Settings, analyzer: Analyzer) -> FlaskClient:
    """A caller of an application that gives up on an article after five seconds."""
    return create_app(replace(settings, request_timeout=5), analyzer).test_client()


@pytest.mark.parametrize("format_", ["markdown", "html"])
@pytest.mark.parametrize("name", ["tags", "dashes", "brackets"])
def test_marks_without_end_are_answered_in_every_other_format(hurried: FlaskClient, name: str, format_: str) -> None:
    check(hurried, UNITS[name], format_)


@pytest.mark.parametrize("name", UNITS)
def test_what_repeats_without_end_is_answered_or_refused_by_name(hurried: FlaskClient, name: str) -> None:
    check(hurried, UNITS[name], "text")


def check(client: FlaskClient, unit: str, format_: str) -> None:
    """The longest article of *unit* over and over gets an answer with its text or a refusal, and the next is read."""
    text = (unit * LENGTH)[:LENGTH]
    answer: Any = client.post(f"/v1/extractions?format={format_}", data=text.encode(), content_type="text/plain")
    if answer.status_code == 200:
        assert format_ == "html" or answer.json["text"] == text
    else:
        assert answer.json["code"] == REFUSALS.get(answer.status_code), answer.text
    assert client.post("/v1/extractions", json={"text": "The dam will hold."}).status_code == 200


def test_more_findings_than_one_answer_holds_are_refused_with_the_limit(settings: Settings, analyzer: Analyzer) -> None:
    text = "The dam cost 40 million euros, 12% more than in 2019. It holds 310 million cubic metres. "
    client = create_app(replace(settings, max_findings=100), analyzer).test_client()
    answer: Any = client.post("/v1/extractions", json={"text": text * 40})
    assert (answer.status_code, answer.json["code"]) == (413, "too_many_findings")
    assert "at most 100 are told (MAX_FINDINGS)" in answer.json["detail"]
    assert client.post("/v1/extractions", json={"text": text}).status_code == 200
