"""The table of short cases is well made: its words occur, its vocabulary is the contract's, all kinds are there."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from service.extract.records import Act, Kind, Span, SpeakerKind, Status
from tests.extract.quotations.cases import Case, MisstatedCaseError, load_cases, locate

CASE_IDS = [case.id for case in load_cases()]


@pytest.fixture(params=load_cases(), ids=CASE_IDS)
def case(request: pytest.FixtureRequest) -> Case:
    assert isinstance(request.param, Case)
    return request.param


def named_spans(case: Case) -> list[Span]:
    found = list(case.quoted_terms)
    for quotation in case.quotations:
        found += [*quotation.content, *quotation.cue, *[s for s in [quotation.source] if s]]
    return found


def test_every_span_is_its_text(case: Case) -> None:
    for span in named_spans(case):
        assert case.text[span.start : span.end] == span.text
        assert span.text.strip() == span.text


def test_pieces_come_in_order_and_apart_from_cue_and_source(case: Case) -> None:
    for quotation in case.quotations:
        pieces = quotation.content
        assert pieces
        assert all(a.end <= b.start for a, b in pairwise(pieces))
        others = [*quotation.cue, *[s for s in [quotation.source] if s]]
        assert not any(piece.overlaps(other) for piece in pieces for other in others)


def test_a_speaker_has_a_kind_and_one_role(case: Case) -> None:
    for quotation in case.quotations:
        assert (quotation.speaker is None) == (quotation.speaker_kind is None)
        assert quotation.speaker_kind == SpeakerKind.PERSON or quotation.role is None
        same = [other for other in case.quotations if other.speaker == quotation.speaker]
        assert len({(other.role, other.speaker_kind) for other in same}) == 1


def test_every_case_says_where_it_comes_from(case: Case) -> None:
    assert case.guards
    assert case.style
    assert case.group
    assert len(case.text) <= 300


def test_cases_are_many_and_each_stands_once() -> None:
    cases = load_cases()
    assert len(cases) >= 160
    assert max(Counter(CASE_IDS).values()) == 1
    assert max(Counter(case.text for case in cases).values()) == 1


def test_every_kind_act_status_and_speaker_kind_is_there() -> None:
    quotations = [quotation for case in load_cases() for quotation in case.quotations]
    assert {q.kind for q in quotations} == set(Kind)
    assert {q.act for q in quotations} == set(Act)
    assert {q.status for q in quotations} == set(Status)
    assert {q.speaker_kind for q in quotations} == {*SpeakerKind, None}
    assert sum(not case.quotations for case in load_cases()) >= 15


@pytest.mark.parametrize("words", ["say", "said", "said#3"], ids=["only part of a word", "ambiguous", "too few"])
def test_words_that_do_not_occur_are_refused(words: str) -> None:
    with pytest.raises(MisstatedCaseError):
        locate("Ames said so, Ruiz said no.", words)
