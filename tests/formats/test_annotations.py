"""Web Annotations: a reference implementation anchors every one back to its words."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from service.extract.records import Node
from service.web.formats.annotations import annotate
from tests.formats.extractions import ARTICLE, EXTRACTION, IDENTITY, TEXT

FOLDER = Path(__file__).parent
PAGE = annotate(EXTRACTION, ARTICLE, IDENTITY)
TARGETS: list[dict[str, Any]] = [target for item in PAGE["items"] for target in item["target"]]


@pytest.fixture(scope="module")
def node() -> str:
    """Node.js with Apache Annotator and jsdom, installed from the lock file beside this test."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        pytest.skip("Node.js is not installed: annotations are not anchored by the reference implementation.")
    if not (FOLDER / "node_modules" / "@apache-annotator").exists():
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, check=True)
    return found


def test_the_page_and_its_annotations_have_the_models_keys() -> None:
    assert (PAGE["@context"], PAGE["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    for item in PAGE["items"]:
        assert set(item) == {"id", "type", "motivation", "body", "target"}
        assert item["type"] == "Annotation"
    assert len({item["id"] for item in PAGE["items"]}) == len(PAGE["items"])


def test_positions_count_code_points() -> None:
    for target in TARGETS:
        quote, place = target["selector"][:2]
        assert TEXT[place["start"] : place["end"]] == quote["exact"]


@pytest.mark.node
def test_apache_annotator_anchors_every_target_to_its_words(node: str) -> None:
    pairs = [target["selector"][:2] for target in TARGETS]
    question = json.dumps({"text": TEXT, "selectors": pairs})
    answer = subprocess.run(
        [node, str(FOLDER / "anchor.mjs")], input=question, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    found = json.loads(answer.stdout)
    assert found == [{"quote": [quote["exact"]], "position": [quote["exact"]]} for quote, _ in pairs]


def test_a_word_that_comes_often_is_quoted_with_enough_around_it() -> None:
    from service.extract.records import Extraction, Label, Sentence

    text = ("No. " * 40 + "He went on. ") * 3
    start = text.rindex("No.")
    sentence = Sentence("s1", start, start + 3, "No.", 0, labels=(Label.QUOTATION,))
    (item,) = annotate(Extraction(text, sentences=(sentence,)), ARTICLE, IDENTITY)["items"]
    quote = item["target"][0]["selector"][0]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.count(around) == 1


def test_a_sentence_of_html_has_its_element_too() -> None:
    from dataclasses import replace

    sentence = replace(EXTRACTION.sentences[3], node=Node("p:nth-of-type(1)", 0, 44))
    page = annotate(replace(EXTRACTION, sentences=(sentence,), quotations=(), quantities=()), ARTICLE, IDENTITY)
    assert page["items"][0]["target"][0]["selector"][2] == {
        "type": "CssSelector",
        "value": "p:nth-of-type(1)",
        "refinedBy": {"type": "TextPositionSelector", "start": 0, "end": 44},
    }
