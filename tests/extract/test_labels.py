"""Labels: how scores and findings become one label, by the annotation guidelines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.labels import Decisions, choose_label, decide_acts, label_sentences, refine_roles
from service.extract.records import Act, Kind, Label, Quantity, Quotation, Role, Sentence, Span, Status
from service.extract.tagged import Attribution, Found

TEXT = "The dam will hold through winter, said the engineer."
SENTENCE = Sentence("s1", 0, len(TEXT), TEXT, 0)
QUOTATION, NUMBER, OPINION, FACT = Label
CLAIM = Quantity("n1", 4, 7, "dam", "count", Decimal(1), sentence="s1")


def quote(end: int, act: Act = Act.STATEMENT, status: Status = Status.ASSERTED) -> Quotation:
    """A quotation of the first *end* characters."""
    content = (Span(0, end, TEXT[:end]),)
    return Quotation("q1", Kind.INDIRECT, content, act=act, status=status, sentences=("s1",))


@pytest.mark.parametrize(
    ("quoted", "labels", "chosen"),
    [
        ("The dam will hold through", (QUOTATION, NUMBER, OPINION), QUOTATION),  # five of nine words
        ("The dam will hold", (QUOTATION, NUMBER, OPINION), OPINION),  # four of nine
        ("The dam will hold", (QUOTATION, NUMBER), NUMBER),
        ("The dam", (QUOTATION,), QUOTATION),
        ("", (NUMBER, OPINION), OPINION),
        ("", (NUMBER,), NUMBER),
        ("", (FACT,), FACT),
        ("", (), FACT),
    ],
)
def test_the_one_label_goes_by_the_share_of_words_and_then_by_rank(
    quoted: str, labels: tuple[Label, ...], chosen: Label
) -> None:
    assert choose_label(SENTENCE, labels, [quote(len(quoted))] if quoted else []) is chosen


@given(labels=st.sets(st.sampled_from(Label)), end=st.integers(0, len(TEXT)))
def test_the_one_label_is_always_one_of_the_labels(labels: set[Label], end: int) -> None:
    assert choose_label(SENTENCE, tuple(labels), [quote(end)]) in (labels or {FACT})


def test_words_attributed_twice_count_once() -> None:
    twice = [quote(17), quote(17)]
    assert choose_label(SENTENCE, (QUOTATION, OPINION), twice) is OPINION


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("said", "the dam would hold.", Act.STATEMENT),
        ("declined to say", "whether the dam would hold.", Act.THOUGHT),
        ("declined", "to comment on the dam.", Act.THOUGHT),
        ("would not say", "when the dam was built.", Act.THOUGHT),
        ("did not say", "that the dam would hold.", Act.STATEMENT),
        ("refused", "to open the dam.", Act.STATEMENT),
    ],
)
def test_who_declines_to_say_says_nothing(cue: str, content: str, act: Act) -> None:
    text = f"Roe {cue} {content}"
    at = 4 + len(cue)
    attribution = Attribution((Found(3, 4, at + 1, len(text), 1.0),), Found(1, 2, 4, at, 1.0), Found(0, 1, 0, 3, 1.0))
    scores = np.array([[0.9, 0.0, 0.0]], np.float32)
    assert decide_acts([attribution], [Sentence("s1", 0, len(text), text, 0)], scores, Decisions()) == [act]


SCORES = st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3)


@given(
    scores=SCORES,
    act=st.sampled_from(Act),
    status=st.sampled_from(Status),
    quoted=st.booleans(),
    counted=st.booleans(),
    claims=st.booleans(),
)
def test_labels_follow_findings(
    scores: list[float], act: Act, status: Status, quoted: bool, counted: bool, claims: bool
) -> None:
    quotations = [quote(25, act, status)] if quoted else []
    quantities = [replace(CLAIM, claims=claims)] if counted else []
    decisions = Decisions(thresholds=(0.5, 0.4, 0.6), lone=0.6)
    (found,) = label_sentences([SENTENCE], np.array([scores], np.float32), quotations, quantities, decisions)
    uttered = quoted and act is Act.STATEMENT and status is not Status.HYPOTHETICAL
    assert (QUOTATION in found.labels) == uttered
    assert (NUMBER in found.labels) == (counted and claims and np.float32(scores[1]) >= 0.4)
    assert (OPINION in found.labels) == (np.float32(scores[2]) >= 0.6)
    assert (found.labels == (FACT,)) == (FACT in found.labels)
    assert found.label in found.labels
    assert (found.quotations, found.quantities) == (("q1",) * quoted, ("n1",) * counted)
    assert set(found.scores) == {"quotation", "numerical_claim", "editorial_assertion"}


def test_a_sentence_alone_in_its_text_has_a_threshold_of_its_own() -> None:
    decisions = Decisions(thresholds=(0.5, 0.5, 0.4), lone=0.7)
    second = replace(SENTENCE, id="s2", start=SENTENCE.end, end=2 * SENTENCE.end)
    heading = replace(second, role=Role.HEADING)
    for sentences, wanted in (([SENTENCE], FACT), ([SENTENCE, heading], FACT), ([SENTENCE, second], OPINION)):
        scores = np.full((len(sentences), 3), 0.5, np.float32)
        assert label_sentences(sentences, scores, [], [], decisions)[0].labels == (wanted,)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BODY])
def test_only_the_body_has_labels_but_findings_are_kept(role: Role) -> None:
    scores = np.ones((1, 3), np.float32)
    (found,) = label_sentences([replace(SENTENCE, role=role)], scores, [quote(25)], [CLAIM], Decisions())
    assert (found.label, found.labels, found.scores) == (None, (), {})
    assert (found.quotations, found.quantities) == (("q1",), ("n1",))


@given(logits=st.lists(st.floats(-20, 20, width=32), min_size=3, max_size=3), slope=st.floats(0.1, 3))
def test_probabilities_rise_with_logits_and_the_threshold_is_met_at_its_logit(
    logits: list[float], slope: float
) -> None:
    decisions = Decisions(slopes=(slope, slope, slope), offsets=(0.5, 0.0, -0.5), thresholds=(0.7, 0.5, 0.5))
    low = decisions.probabilities(np.array([logits], np.float32))
    high = decisions.probabilities(np.array([logits], np.float32) + 1)
    assert ((low >= 0) & (high <= 1) & (low <= high)).all()
    at = np.array([[decisions.decoding().quotation, 0, 0]], np.float32)
    assert decisions.probabilities(at)[0, 0] == pytest.approx(0.7, abs=1e-3)


def test_a_line_that_the_model_is_sure_of_changes_its_role() -> None:
    line = replace(SENTENCE, text="Read more about the dam", end=23)
    caption = replace(SENTENCE, role=Role.CAPTION)
    surely, never = np.array([5.0], np.float32), np.array([-9.0], np.float32)
    assert refine_roles([], surely[:0], Decisions()) == ()
    assert refine_roles([line], surely, Decisions())[0].role is Role.HEADING
    assert refine_roles([SENTENCE], surely, Decisions())[0].role is Role.BOILERPLATE
    assert refine_roles([SENTENCE], never, Decisions())[0].role is Role.BODY
    assert refine_roles([caption], never, Decisions())[0].role is Role.BODY
    assert refine_roles([replace(line, role=Role.CAPTION)], never, Decisions())[0].role is Role.CAPTION


@pytest.mark.parametrize(("logit", "paragraph", "role"), [(1, 0, "body"), (5, 0, "boilerplate"), (1, 1, "boilerplate")])
def test_a_sentence_beside_the_body_of_its_paragraph_is_body(logit: float, paragraph: int, role: str) -> None:
    beside = replace(SENTENCE, id="s2", paragraph=paragraph)
    logits = np.array([logit, -9.0], np.float32)
    assert [str(s.role) for s in refine_roles([SENTENCE, beside], logits, Decisions())] == [role, "body"]
