"""What becomes of an extraction when an editor sets something right; the article and its findings are our own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.extract.corrections import (
    Attribution,
    Change,
    Correction,
    Labelling,
    Naming,
    Valuation,
    apply_corrections,
    pick_standing,
)
from service.extract.corrections.labellings import is_uttered
from service.extract.records import (
    Act,
    Article,
    Extraction,
    Kind,
    Label,
    Quantity,
    Quotation,
    Role,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
)

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

TEXT = (
    "The dam will hold, engineer Mara Lindqvist said. “It is safe. We checked twice,” she told reporters. "
    "Repairs took dozens of days. Critics call it a folly."
)
SENTENCES = ((0, 48), (49, 100), (101, 129), (130, 153))


def span(words: str) -> Span:
    """Where TEXT says *words*."""
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def sentence(number: int, label: Label, *quotations: str, quantities: tuple[str, ...] = ()) -> Sentence:
    start, end = SENTENCES[number - 1]
    scores = {"quotation": 0.9, "numerical_claim": 0.1, "editorial_assertion": 0.1}
    words = TEXT[start:end]
    return Sentence(
        f"s{number}", start, end, words, 0, Role.BODY, label, (label,), scores, quotations, quantities=quantities
    )


FOUND = Extraction(
    TEXT,
    sentences=(
        sentence(1, Label.QUOTATION, "q1"),
        sentence(2, Label.QUOTATION, "q2"),
        sentence(3, Label.FACTUAL_STATEMENT, quantities=("n1",)),
        sentence(4, Label.FACTUAL_STATEMENT, "q3"),
    ),
    quotations=(
        Quotation("q1", Kind.INDIRECT, (span("The dam will hold"),), speaker="p1", confidence=0.8, sentences=("s1",)),
        Quotation(
            "q2", Kind.DIRECT, (span("It is safe. We checked twice,"),), speaker="p1", confidence=0.6, sentences=("s2",)
        ),
        Quotation("q3", Kind.INDIRECT, (span("a folly"),), speaker="p2", act=Act.THOUGHT, sentences=("s4",)),
    ),
    speakers=(
        Speaker("p1", "Mara Lindqvist", SpeakerKind.PERSON, "engineer", span("engineer"), (span("Mara Lindqvist"),)),
        Speaker("p2", "Critics", SpeakerKind.GROUP, mentions=(span("Critics"),), quotations=("q3",)),
    ),
    quantities=(
        Quantity(
            "n1", 114, 128, "dozens of days", "duration", Decimal(24), Decimal(99), "day", "days", "vague",
            sentence="s3",
        ),
    ),
)  # fmt: skip


def correct(*changes: tuple[tuple[int, int], Change], found: Extraction = FOUND) -> Extraction:
    """*found* with *changes* made one after the other, as corrections c1, c2, …"""
    return apply_corrections(found, [Correction(f"c{n}", *place, what) for n, (place, what) in enumerate(changes, 1)])


def check(found: Extraction) -> None:
    """Everything that must hold of any extraction: spans, ids, and labels that agree with findings."""
    records: list[Sentence | Quantity | Span] = [*found.sentences, *found.quantities, *found.quoted_terms]
    for record in records:
        assert found.text[record.start : record.end] == record.text
    for span_ in (c for q in found.quotations for c in q.content):
        assert found.text[span_.start : span_.end] == span_.text
        assert span_.text.strip() == span_.text != ""
    quotations = {q.id: q for q in found.quotations}
    assert len(quotations) == len(found.quotations)
    for one in found.sentences:
        assert all(one.id in quotations[q].sentences for q in one.quotations)
        uttered = any(is_uttered(q) for q in found.quotations if one.id in q.sentences)
        if one.role is Role.BODY:
            assert (Label.QUOTATION in one.labels) == uttered
            assert one.label in one.labels
            assert Label.FACTUAL_STATEMENT not in one.labels or len(one.labels) == 1
    speakers = {s.id: s for s in found.speakers}
    assert {q.speaker for q in found.quotations} - {None} == set(speakers)
    assert len({s.name.casefold() for s in found.speakers}) == len(speakers)
    for speaker in found.speakers:
        assert speaker.quotations == tuple(q.id for q in found.quotations if q.speaker == speaker.id)
    for quantity in found.quantities:
        assert quantity.speaker == (quotations[quantity.quotation].speaker if quantity.quotation else None)


def test_the_article_itself_is_in_order() -> None:
    check(correct(((114, 128), Valuation(Decimal(24), None, "day"))))
    assert apply_corrections(FOUND, []) is FOUND


def test_a_sentence_made_opinion_loses_its_quotation_and_a_speaker_left_with_none_goes() -> None:
    found = correct((SENTENCES[0], Labelling((Label.EDITORIAL_ASSERTION,))))
    check(found)
    first = found.sentences[0]
    assert (first.label, first.labels) == (Label.EDITORIAL_ASSERTION, (Label.EDITORIAL_ASSERTION,))
    assert (first.quotations, first.corrections) == ((), ("c1",))
    assert first.scores == {"quotation": 0.0, "numerical_claim": 0.0, "editorial_assertion": 1.0}
    assert first.speech == 0
    assert [q.id for q in found.quotations] == ["q2", "q3"]
    found = correct(
        (SENTENCES[0], Labelling((Label.FACTUAL_STATEMENT,))), (SENTENCES[1], Labelling((Label.FACTUAL_STATEMENT,)))
    )
    check(found)
    assert [s.name for s in found.speakers] == ["Critics"]
    assert [t.text for t in found.quoted_terms] == ["It is safe. We checked twice,"]  # in marks, quoting nobody


def test_a_sentence_may_be_opinion_and_keep_its_quotation() -> None:
    found = correct((SENTENCES[0], Labelling((Label.QUOTATION, Label.EDITORIAL_ASSERTION), Label.EDITORIAL_ASSERTION)))
    check(found)
    assert (found.sentences[0].label, found.quotations) == (Label.EDITORIAL_ASSERTION, FOUND.quotations)


def test_of_a_quotation_over_two_sentences_only_the_part_in_the_corrected_one_goes() -> None:
    long = Quotation("q1", Kind.MIXED, (Span(19, 60, TEXT[19:60]),), speaker="p1", sentences=("s1", "s2"))
    two = replace(
        FOUND,
        quotations=(long, FOUND.quotations[2]),
        sentences=(
            FOUND.sentences[0],
            sentence(2, Label.QUOTATION, "q1"),
            *FOUND.sentences[2:],
        ),
    )
    found = correct((SENTENCES[0], Labelling((Label.FACTUAL_STATEMENT,))), found=two)
    check(found)
    assert [c.text for c in found.quotations[0].content] == ["“It is safe"]
    assert found.quotations[0].sentences == ("s2",)


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("Repairs took weeks.", Kind.INDIRECT, "Repairs took weeks"),
        ("“It is safe.”", Kind.DIRECT, "It is safe."),
        ("The “dam” is safe.", Kind.MIXED, "The “dam” is safe"),
        ("Really?", Kind.INDIRECT, "Really?"),
        ("12", Kind.INDIRECT, "12"),
    ],
)
def test_a_sentence_made_a_quotation_gets_one_of_nobody_named(text: str, kind: Kind, content: str) -> None:
    plain = Extraction(text, sentences=(Sentence("s1", 0, len(text), text, 0, Role.BODY, Label.FACTUAL_STATEMENT),))
    found = correct(((0, len(text)), Labelling((Label.QUOTATION,))), found=plain)
    check(found)
    (made,) = found.quotations
    assert (made.kind, made.content[0].text, made.speaker, made.corrections) == (kind, content, None, ("c1",))


def test_what_was_only_thought_is_uttered_where_the_editor_says_so() -> None:
    found = correct((SENTENCES[3], Labelling((Label.QUOTATION,))))
    check(found)
    assert [(q.id, q.act) for q in found.quotations][2] == ("q3", Act.STATEMENT)
    assert found.sentences[3].label is Label.QUOTATION


def test_a_heading_that_an_editor_labels_is_part_of_the_body() -> None:
    heading = replace(FOUND.sentences[3], role=Role.HEADING, label=None, labels=(), scores={})
    article = replace(FOUND, sentences=(*FOUND.sentences[:3], heading))
    found = correct((SENTENCES[3], Labelling((Label.EDITORIAL_ASSERTION,))), found=article)
    assert (found.sentences[3].role, found.sentences[3].label) == (Role.BODY, Label.EDITORIAL_ASSERTION)


def test_a_quotation_goes_to_another_speaker_to_a_new_one_or_to_nobody() -> None:
    place = (FOUND.quotations[1].content[0].start, FOUND.quotations[1].content[0].end)
    found = correct((place, Attribution("critics")))
    check(found)
    assert (found.quotations[1].speaker, found.quotations[1].confidence) == ("p2", 1.0)
    found = correct((place, Attribution("Repairs")))
    check(found)
    assert [s.name for s in found.speakers] == ["Mara Lindqvist", "Critics", "Repairs"]
    assert [m.text for m in found.speakers[2].mentions] == ["Repairs"]
    found = correct((place, Attribution(None)))
    check(found)
    assert found.quotations[1].speaker is None


def test_a_speaker_is_renamed_and_one_who_gets_anothers_name_is_that_other() -> None:
    mention = (span("Mara Lindqvist").start, span("Mara Lindqvist").end)
    found = correct((mention, Naming("Mara Lind", "Critics", SpeakerKind.ORGANIZATION)))
    check(found)
    named = found.speakers[0]
    assert (named.name, named.kind, named.corrections) == ("Mara Lind", SpeakerKind.ORGANIZATION, ("c1",))
    assert (named.role, named.role_span) == ("Critics", span("Critics"))
    found = correct(((span("Critics").start, span("Critics").end), Naming("Mara  lindqvist", None)))
    check(found)
    assert [(s.id, s.name, len(s.mentions), s.role_span) for s in found.speakers] == [
        ("p1", "Mara  lindqvist", 2, None)
    ]


def test_who_is_mentioned_nowhere_is_found_by_what_they_say() -> None:
    place = (span("It is safe.").start, span("It is safe.").end)
    found = correct((place, Attribution(None)))
    assert [w.code for w in found.warnings] == ["correction_not_applied"]  # less than half of the quotation
    quiet = replace(FOUND, speakers=(replace(FOUND.speakers[0], mentions=()), FOUND.speakers[1]))
    found = correct((place, Naming("M. Lindqvist", "engineer")), found=quiet)
    assert (found.speakers[0].name, found.speakers[0].role_span) == ("M. Lindqvist", span("engineer"))


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (Valuation(Decimal(30), Decimal(40), "day"), "duration"),
        (Valuation(Decimal(30), None, "EUR"), "money"),
        (Valuation(Decimal(30), None, "percent"), "percent"),
        (Valuation(Decimal(30), None, "kilometer", "length"), "length"),
        (Valuation(Decimal(30), None, None), "duration"),
    ],
)
def test_a_quantity_takes_value_unit_and_the_kind_that_goes_with_it(change: Valuation, kind: str) -> None:
    found = correct(((114, 128), change))
    check(found)
    (quantity,) = found.quantities
    assert (quantity.value, quantity.upper, quantity.unit) == (change.value, change.upper, change.unit)
    assert (quantity.kind, quantity.modifier, quantity.text) == (kind, "exactly", "dozens of days")


def test_money_counted_in_boats_is_a_count() -> None:
    money = replace(FOUND, quantities=(replace(FOUND.quantities[0], kind="money", unit="EUR"),))
    assert correct(((114, 128), Valuation(Decimal(30), None, "boat")), found=money).quantities[0].kind == "count"


def test_figures_that_disagree_are_told_by_the_corrected_values() -> None:
    text = "Flood kills 40 people\n\nThe flood killed 14 people in the valley on Monday."
    title = Sentence("s1", 0, 21, text[:21], 0, Role.TITLE)
    body = Sentence("s2", 23, len(text), text[23:], 1, Role.BODY, Label.FACTUAL_STATEMENT, (Label.FACTUAL_STATEMENT,))
    forty = Quantity("n1", 12, 21, "40 people", "count", Decimal(40), unit="person", sentence="s1")
    fourteen = Quantity("n2", 40, 49, "14 people", "count", Decimal(14), unit="person", sentence="s2")
    found = Extraction(text, sentences=(title, body), quantities=(forty, fourteen))
    agreed = ((40, 49), Valuation(Decimal(40), None, "person"))
    other = ((40, 49), Valuation(Decimal(15), None, "person"))
    assert [w.code for w in correct(other, found=found).warnings] == ["figures_disagree"]
    assert correct(agreed, found=found).warnings == ()


def test_of_two_corrections_the_later_holds_and_what_the_first_took_away_is_back() -> None:
    found = correct(
        (SENTENCES[0], Labelling((Label.FACTUAL_STATEMENT,))), (SENTENCES[0], Labelling((Label.QUOTATION,)))
    )
    check(found)
    assert found.quotations[0] == FOUND.quotations[0]
    assert found.sentences[0].corrections == ("c2",)


def test_what_builds_on_a_correction_stands_when_that_is_corrected_again() -> None:
    place = (101, 128)  # the quotation that the first correction makes of the third sentence
    found = correct(
        (SENTENCES[2], Labelling((Label.QUOTATION,))),
        (place, Attribution("Ana Ruiz")),
        (SENTENCES[2], Labelling((Label.QUOTATION, Label.NUMERICAL_CLAIM))),
    )
    check(found)
    assert found.warnings == ()
    assert found.speakers[-1].name == "Ana Ruiz"
    assert found.quantities[0].speaker == found.speakers[-1].id


def test_a_correction_whose_finding_is_gone_is_told() -> None:
    found = correct(((7, 12), Valuation(Decimal(1), None, None)), ((90, 152), Labelling((Label.QUOTATION,))))
    assert [w.detail for w in found.warnings] == [
        "Correction c1 finds no quantity at 7-12.",
        "Correction c2 finds no sentence at 90-152.",
    ]
    assert found.sentences == FOUND.sentences


LABELS = [
    *((label,) for label in Label),
    (Label.QUOTATION, Label.NUMERICAL_CLAIM),
    (Label.QUOTATION, Label.NUMERICAL_CLAIM, Label.EDITORIAL_ASSERTION),
]
WORDS = st.text(alphabet=st.sampled_from("aé😀 12.“”'\"\n,S"), min_size=0, max_size=120)


@given(data=st.data(), text=WORDS)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_corrected_labels_and_findings_agree(analyzer: Analyzer, data: st.DataObject, text: str) -> None:
    found = analyzer.analyze(Article(f"“{text}” she said. He said that it was 3 boats. {text}"))
    places = [(s.start, s.end) for s in found.sentences]
    places += [(c.start, c.end) for q in found.quotations for c in q.content]
    places += [(m.start, m.end) for s in found.speakers for m in s.mentions]
    places += [(n.start, n.end) for n in found.quantities]
    name = st.sampled_from(["Ana", "a", *[s.name for s in found.speakers]])
    change = st.one_of(
        st.builds(Labelling, st.sampled_from(LABELS)),
        st.builds(Attribution, st.none() | name),
        st.builds(Naming, name, st.none() | st.sampled_from(["a", "S"])),
        st.builds(Valuation, st.decimals(-9, 9), st.none(), st.sampled_from([None, "EUR", "boat"])),
    )
    changes = data.draw(st.lists(st.tuples(st.sampled_from(places), change), max_size=6))
    corrected = correct(*changes, found=found)
    before = {s.name.casefold() for s in found.speakers}
    if len(before) == len(found.speakers):
        check(corrected)
    standing = pick_standing([Correction(f"c{n}", *place, what) for n, (place, what) in enumerate(changes, 1)])
    missed = [w for w in corrected.warnings if w.code == "correction_not_applied"]
    assert len(missed) <= len(standing)
    assert apply_corrections(found, []) == found
