"""The shipped model on the articles of ``seeds/``: invariants of every extraction, and how much of the gold it finds.

``found.json`` holds what was found when it was last written, article by article; a test fails if an
article falls below it. ``python -m tests.golden.test_golden`` writes it anew, after a new model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.extract.analyzer import Analyzer
from service.extract.records import Act, Article, Extraction, Label, Role, Status
from tests.golden.seeds import Seed, load_seed, seed_names

FOUND = Path(__file__).with_name("found.json")
EDGE = " .,;:!?…\"'“”‘’«»*>_—–-"


@pytest.fixture(scope="module", params=seed_names())
def read(request: pytest.FixtureRequest, trained: Analyzer) -> tuple[Seed, Extraction]:
    seed = load_seed(request.param)
    return seed, trained.analyze(Article(seed.submitted, seed.format))


def test_every_span_is_its_text(read: tuple[Seed, Extraction]) -> None:
    _, extraction = read
    for span in spans(extraction):
        assert extraction.text[span.start : span.end] == span.text
        assert span.text


def spans(extraction: Extraction) -> Iterator[Any]:
    yield from extraction.sentences
    yield from extraction.quantities
    yield from extraction.quoted_terms
    yield from extraction.frame.authors
    for quotation in extraction.quotations:
        yield from (*quotation.content, *quotation.cue, *filter(None, [quotation.source]))
    for speaker in extraction.speakers:
        yield from (*speaker.mentions, *filter(None, [speaker.role_span]))


def test_sentences_cover_every_letter_and_digit(read: tuple[Seed, Extraction]) -> None:
    _, extraction = read
    covered: set[int] = set()
    for sentence in extraction.sentences:
        places = range(sentence.start, sentence.end)
        assert covered.isdisjoint(places)
        covered.update(places)
    if read[0].format == "text":
        assert all(at in covered for at, char in enumerate(extraction.text) if char.isalnum())


def test_labels_and_findings_agree(read: tuple[Seed, Extraction]) -> None:
    _, extraction = read
    quotations = {q.id: q for q in extraction.quotations}
    quantities = {n.id: n for n in extraction.quantities}
    for sentence in extraction.sentences:
        said = [quotations[q] for q in sentence.quotations]
        uttered = any(q.act is Act.STATEMENT and q.status is not Status.HYPOTHETICAL for q in said)
        if sentence.role is not Role.BODY:
            assert sentence.labels == ()
            continue
        assert (Label.QUOTATION in sentence.labels) == uttered
        if Label.NUMERICAL_CLAIM in sentence.labels:
            assert any(quantities[n].claims for n in sentence.quantities)
        assert sentence.label in sentence.labels


def test_as_much_is_found_as_before(read: tuple[Seed, Extraction]) -> None:
    seed, extraction = read
    before = json.loads(FOUND.read_text(encoding="utf-8"))[seed.name]
    now = count_found(seed, extraction)
    assert {what: now[what][0] for what in before if now[what][0] < before[what][0]} == {}


def count_found(seed: Seed, extraction: Extraction) -> dict[str, list[int]]:
    """How many of the gold's sentences, quotations, speakers and quantities are right, and of how many."""
    labels = {plain(s.text): {str(label) for label in s.labels} for s in extraction.sentences}
    names = {s.id: s.name for s in extraction.speakers}
    said = {plain(" ".join(c.text for c in q.content)): names.get(q.speaker or "") for q in extraction.quotations}
    numbers = [(plain(n.text), float(n.value), n.unit) for n in extraction.quantities]
    gold = seed.gold
    quotations = [(plain(" ".join(c["text"] for c in q["content"])), q["speaker"]) for q in gold["quotations"]]
    values = [(float(n["value"]), plain(n["text"])) for n in gold["quantities"]]
    return {
        "labels": count(labels.get(plain(s["text"])) == set(s["labels"]) for s in gold["sentences"]),
        "quotations": count(words in said for words, _ in quotations),
        "speakers": count(words in said and said[words] == who for words, who in quotations),
        "values": count(
            any(v == value and (text in words or words in text) for words, v, _ in numbers) for value, text in values
        ),
    }


def count(right: Iterator[bool]) -> list[int]:
    """How many are right, and how many there are."""
    all_of_them = list(right)
    return [sum(all_of_them), len(all_of_them)]


def plain(text: str) -> str:
    """The words without marks at the edges, in one line."""
    return " ".join(text.replace("\\", "").replace("*", "").split()).strip(EDGE).lower()


def write_found() -> dict[str, dict[str, list[int]]]:
    """Write what the shipped model finds today."""
    analyzer = Analyzer.load(Path(__file__).parents[2] / "models" / "standard")
    seeds = [load_seed(name) for name in seed_names()]
    read = analyzer.analyze_many([Article(seed.submitted, seed.format) for seed in seeds])
    found = {seed.name: count_found(seed, extraction) for seed, extraction in zip(seeds, read, strict=True)}
    FOUND.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


if __name__ == "__main__":
    write_found()
