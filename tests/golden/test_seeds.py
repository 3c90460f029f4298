"""The gold of ``seeds/`` keeps its own rules: offsets, order, coverage, vocabularies, labels that agree with findings.

Nothing here runs a model; the articles were written and labelled for this project by reading.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from service.extract.records import Act, Kind, Label, Role, SpeakerKind, Status
from tests.golden.annotations import AnnotationError, Gold, read_lines
from tests.golden.golds import read_annotated, spoken, touches
from tests.golden.scorable import lines
from tests.golden.seeds import SEEDS, Seed, gold_file, load_seed, seed_names

MEASURES = {"length", "area", "mass", "volume", "speed", "temperature", "energy", "power", "data"}
QUANTITY_KINDS = MEASURES | {"money", "percent", "count", "ratio", "duration", "age", "score", "rank", "other"}
MODIFIERS = {"exactly", "about", "more_than", "at_least", "less_than", "at_most", "vague"}


@pytest.fixture(params=seed_names())
def seed(request: pytest.FixtureRequest) -> Seed:
    return load_seed(request.param)


def spans(gold: Any) -> list[Gold]:
    """Every span of the gold, wherever it stands."""
    if isinstance(gold, dict):
        return [gold] * ("start" in gold) + [span for value in gold.values() for span in spans(value)]
    return [span for value in gold for span in spans(value)] if isinstance(gold, list) else []


def test_articles_are_of_a_readable_length(seed: Seed) -> None:
    assert 250 <= len(seed.text.split()) <= 900


def test_gold_is_what_the_annotated_article_says(seed: Seed) -> None:
    gold = read_annotated(SEEDS / "annotated" / f"{seed.name}.ann")
    assert gold["text"] == seed.text
    stored = (SEEDS / f"{seed.name}.json").read_text("utf-8")
    assert stored == gold_file(gold, with_text=seed.format == "html")


def test_every_span_is_its_text(seed: Seed) -> None:
    found = spans(seed.gold)
    assert found
    for span in found:
        assert seed.text[span["start"] : span["end"]] == span["text"]
        assert span["text"] == span["text"].strip() != ""


def test_sentences_come_in_order_and_cover_every_letter_and_digit(seed: Seed) -> None:
    sentences = seed.gold["sentences"]
    assert all(a["end"] <= b["start"] and a["paragraph"] <= b["paragraph"] for a, b in pairwise(sentences))
    covered = {i for s in sentences for i in range(s["start"], s["end"])}
    assert [c for i, c in enumerate(seed.text) if c.isalnum() and i not in covered] == []


def test_vocabularies(seed: Seed) -> None:
    assert {s["role"] for s in seed.gold["sentences"]} <= set(Role)
    assert {label for s in seed.gold["sentences"] for label in s["labels"] + s["unsure"]} <= set(Label)
    assert {q["kind"] for q in seed.gold["quotations"]} <= set(Kind)
    assert {q["act"] for q in seed.gold["quotations"]} <= set(Act)
    assert {q["status"] for q in seed.gold["quotations"]} <= set(Status)
    assert {s["kind"] for s in seed.gold["speakers"]} <= set(SpeakerKind)
    assert {n["kind"] for n in seed.gold["quantities"]} <= QUANTITY_KINDS
    assert {n["modifier"] for n in seed.gold["quantities"]} <= MODIFIERS
    assert {n["change"] for n in seed.gold["quantities"]} <= {None, "increase", "decrease"}


def test_only_the_body_is_labelled_and_a_fact_is_nothing_else(seed: Seed) -> None:
    for sentence in seed.gold["sentences"]:
        labels = sentence["labels"]
        assert bool(labels) == (sentence["role"] == "body")
        assert len(labels) == 1 or "factual_statement" not in labels
        assert len(labels) == len(set(labels))


def test_a_quotation_label_has_a_quotation_behind_it(seed: Seed) -> None:
    for sentence in seed.gold["sentences"]:
        if sentence["role"] == "body":
            inside = [q for q in seed.gold["quotations"] if touches(q, sentence["start"], sentence["end"])]
            assert sentence["quotations"] == [q["id"] for q in inside]
            assert ("quotation" in sentence["labels"]) == any(map(spoken, inside)), sentence


def test_a_numerical_claim_has_a_quantity_behind_it(seed: Seed) -> None:
    for sentence in seed.gold["sentences"]:
        counts = [
            n for n in seed.gold["quantities"] if sentence["start"] <= n["start"] < sentence["end"] and n["claims"]
        ]
        if sentence["role"] == "body":
            assert ("numerical_claim" in sentence["labels"]) == bool(counts), sentence


def test_the_one_label_is_one_of_the_labels(seed: Seed) -> None:
    """An opinion that is not mostly attributed words outranks a number (annotation guidelines, the one label)."""
    for sentence in seed.gold["sentences"]:
        labels = sentence["labels"]
        assert sentence["label"] in labels if labels else sentence["label"] is None
        if len(labels) > 1 and sentence["label"] == "numerical_claim":
            assert "editorial_assertion" not in labels


def test_marks_that_hold_a_whole_piece_stand_outside_it(seed: Seed) -> None:
    for quotation in seed.gold["quotations"]:
        for piece in quotation["content"]:
            assert not re.fullmatch(r"[“\"][^“”\"]*[”\"]", piece["text"]), piece


def test_every_speaker_speaks_and_every_quantity_knows_its_quotation(seed: Seed) -> None:
    quotations = {q["id"]: q for q in seed.gold["quotations"]}
    names = Counter(s["name"] for s in seed.gold["speakers"])
    assert set(names.values()) <= {1}
    for speaker in seed.gold["speakers"]:
        assert speaker["quotations"]
        assert {quotations[i]["speaker"] for i in speaker["quotations"]} == {speaker["name"]}
    for quantity in seed.gold["quantities"]:
        if quantity["quotation"]:
            assert quantity["speaker"] == quotations[quantity["quotation"]]["speaker"]


def test_values_are_numbers_and_ranges_rise(seed: Seed) -> None:
    for quantity in seed.gold["quantities"]:
        assert quantity["value"] >= 0
        if quantity["upper"] is not None and quantity["kind"] != "score":
            assert quantity["upper"] > quantity["value"]
        if quantity["kind"] == "money":
            assert re.fullmatch("[A-Z]{3}", quantity["unit"])


def test_html_reads_as_the_gold_text() -> None:
    seed = load_seed("science")
    article = re.search(r"<article>(.*)</article>", seed.submitted, re.DOTALL)
    assert article
    words = html.unescape(re.sub(r"<[^>]+>", "", article[1]))
    assert words.split() == seed.text.split()


def test_the_set_holds_what_news_is_hard_for() -> None:
    gold = [load_seed(name).gold for name in seed_names()]
    assert len(gold) >= 14
    quotations = [q for g in gold for q in g["quotations"]]
    assert {q["status"] for q in quotations} == set(Status)
    assert {q["act"] for q in quotations} == set(Act)
    assert {s["kind"] for g in gold for s in g["speakers"]} == set(SpeakerKind)
    assert {label for g in gold for s in g["sentences"] for label in s["labels"]} == set(Label)
    assert {s["role"] for g in gold for s in g["sentences"]} == set(Role)


@pytest.mark.parametrize("task", ["sentences", "attributions"])
def test_the_scorer_can_read_them(task: str) -> None:
    rows = [json.loads(line) for line in lines(task)]
    assert [row["id"] for row in rows] == seed_names()
    assert all(0 <= s["start"] < s["end"] <= len(r["text"]) for r in rows for s in r.get("sentences", []))
    pieces = [
        r["text"][start:end]
        for r in rows
        for a in r.get("attributions", [])
        for part in a.values()
        for start, end in part
    ]
    assert all(piece.strip() for piece in pieces)


@pytest.mark.parametrize(
    "broken",
    ["no code", "Q|{1x|open", "Q|too}many"],
    ids=["a line without a code", "an open brace", "a stray brace"],
)
def test_a_broken_annotation_is_refused(broken: str) -> None:
    with pytest.raises((AnnotationError, IndexError)):
        read_lines(broken)
