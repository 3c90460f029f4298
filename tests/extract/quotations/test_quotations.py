"""The shipped model on the table of short cases: every quotation with its content, kind, act, status and speaker.

A case passes if each expected quotation is found with the same words (quotation marks and punctuation at
the edges aside) and everything else right, and if nothing is quoted that should not be. What is known to
fail stands in ``known_failures.json`` with what is wrong; a case that begins to pass must leave it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from service.extract.analyzer import Analyzer
from service.extract.records import Act, Article, Extraction, Quotation, Span
from tests.extract.quotations.cases import Case, Expected, load_cases

EDGE = " .,;:!?…\"'“”‘’«»„‚`—–-"
KNOWN: dict[str, str] = json.loads(Path(__file__).with_name("known_failures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def extractions(trained: Analyzer) -> dict[str, Extraction]:
    cases = load_cases()
    read = trained.analyze_many([Article(case.text) for case in cases])
    return {case.id: extraction for case, extraction in zip(cases, read, strict=True)}


def params() -> Iterator[object]:
    for case in load_cases():
        marks = [pytest.mark.xfail(strict=True, reason=KNOWN[case.id])] if case.id in KNOWN else []
        yield pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", list(params()))
def test_case_is_read_right(case: Case, extractions: dict[str, Extraction]) -> None:
    assert list(find_faults(case, extractions[case.id])) == []


def test_the_cue_of_a_title_takes_no_words_of_the_body(trained: Analyzer) -> None:
    title = "Night lights trial cuts falls among older patients, researchers say"
    body = "Falls among patients over 75 dropped by a third after wards switched off ceiling lights at 9 p.m."
    found = trained.analyze(Article(f"{title}\n\n{body}, a study of six hospitals has found.")).quotations
    assert [words(q.content) for q in found if q.content[-1].start > len(title)] == [[body.rstrip(".")]]


def test_known_failures_are_cases() -> None:
    assert set(KNOWN) <= {case.id for case in load_cases()}


def find_faults(case: Case, extraction: Extraction) -> Iterator[str]:
    """What the extraction has wrong, in words; nothing if the case is read right."""
    left = list(extraction.quotations)
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    for expected in case.quotations:
        found = next((q for q in left if words(q.content) == words(expected.content)), None)
        if found is None:
            yield f"content {words(expected.content)} not found"
            continue
        left.remove(found)
        yield from differences(expected, found, names)
    for quotation in left:
        if quotation.act is Act.STATEMENT:
            yield f"content {words(quotation.content)} should not be"


def differences(expected: Expected, found: Quotation, names: dict[str, str]) -> Iterator[str]:
    """Where a quotation that was found is not as expected."""
    for field in ("kind", "act", "status"):
        if getattr(expected, field) is not getattr(found, field):
            yield f"{field} {getattr(found, field)} for {getattr(expected, field)}"
    speaker = names.get(found.speaker or "")
    if speaker != expected.speaker:
        yield f"speaker {speaker} for {expected.speaker}"


def words(spans: Sequence[Span]) -> list[str]:
    """The pieces without marks and punctuation at their edges."""
    return [" ".join(span.text.strip(EDGE).split()) for span in spans]


def rewrite_known_failures(analyzer: Analyzer) -> int:
    """Write what fails today; for use after a new model, with the difference read by a person."""
    cases = load_cases()
    read = analyzer.analyze_many([Article(case.text) for case in cases])
    faults = {c.id: "; ".join(find_faults(c, e)) for c, e in zip(cases, read, strict=True)}
    known = {case: fault for case, fault in faults.items() if fault}
    file = Path(__file__).with_name("known_failures.json")
    file.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(known)
