"""Passages: block quotations and the turns of a transcript, known by layout alone. All texts are ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.passages import Passage, find_answers, find_passages
from service.extract.records import Article, Document
from service.extract.sentences import split
from service.extract.text import read


def passages(text: str, form: str = "text") -> tuple[Document, tuple[Passage, ...]]:
    document = read(Article(text, form))
    return document, find_passages(document, split(document))


def words(document: Document, span: tuple[int, int] | None) -> str | None:
    return document.text[span[0] : span[1]] if span else None


def test_a_block_quotation_is_led_in_by_the_sentence_before_it() -> None:
    page = (
        "<p>The inquiry met in May. Its report is blunt:</p><blockquote><p>Nobody read the gauge.</p>"
        "<p>Nobody was asked to.</p></blockquote><p>The board accepts it.</p>"
    )
    document, (passage,) = passages(page, "html")
    assert [words(document, piece) for piece in passage.pieces] == ["Nobody read the gauge.", "Nobody was asked to."]
    assert words(document, passage.lead) == "Its report is blunt:"
    assert passage.label is None


def test_block_quotations_apart_are_two_passages() -> None:
    markdown = "> Nobody read the gauge.\n\nThe board accepts it.\n\n> Nobody was asked to.\n"
    document, found = passages(markdown, "markdown")
    assert [words(document, passage.pieces[0]) for passage in found] == [
        "Nobody read the gauge.",
        "Nobody was asked to.",
    ]
    assert found[0].lead is None
    assert words(document, found[1].lead) == "The board accepts it."


def test_turns_of_a_transcript_belong_to_their_labels() -> None:
    text = "RUIZ: The dam will hold.\n\nMARSH: Says who?\n\nRUIZ: The gauge. I read it daily.\n"
    document, found = passages(text)
    assert [(words(document, p.label), words(document, p.pieces[0])) for p in found] == [
        ("RUIZ", "The dam will hold."),
        ("MARSH", "Says who?"),
        ("RUIZ", "The gauge. I read it daily."),
    ]


def test_a_mark_may_stand_before_each_label_of_a_transcript() -> None:
    document, found = passages("A transcript:\n\n“RUIZ: The dam will hold.\n\n“MARSH: Says who?”\n")
    assert [words(document, p.label) for p in found] == ["RUIZ", "MARSH"]


def test_captions_hold_no_turns() -> None:
    shown = "FILE PHOTO: The dam is seen in {}, in this picture taken May 2, 2031. REUTERS/Bo Lind"
    assert passages(f"The dam held.\n\n{shown.format('Ulm')}\n\nIt rained.\n\n{shown.format('Bern')}\n")[1] == ()


def test_a_lone_label_is_no_turn() -> None:
    assert passages("The dam was built in 1961.\n\nCost: 40 million euros.\n\nIt will hold.\n")[1] == ()


def answers(text: str) -> list[str]:
    """What is found to answer where every sentence scores as a quotation."""
    document = read(Article(text, "text"))
    sentences = split(document)
    return [document.text[slice(*p.pieces[0])] for p in find_answers(document, sentences, [1.0] * len(sentences))]


INTERVIEW = (
    "The Harbour Post interviewed Ann Ruiz, who kept the lock for years.\n\nWhat is a lock for?\n\n{answer}\n\n"
    "Who pays?\n\nWe all do. I do, you do, and my children will when I am gone.\n\nAnn Ruiz. Image: Harbour Post.\n"
)


def test_answers_may_end_with_a_question_of_their_own_and_a_credit_is_no_label() -> None:
    own = "I lift boats. I lower them too. My father did it before me. We never closed. Why would we close it?"
    assert own in answers(INTERVIEW.format(answer=own))
    assert "What is a lock for?" not in answers(INTERVIEW.format(answer=own))


def test_short_answers_and_questions_do_not_hide_an_interview() -> None:
    own = "I lift boats with it, and I lower them, and my father before me did so every day that our town had ships."
    text = INTERVIEW.format(answer=own).replace("Who pays?", "Really?\n\nYes.\n\nGo on.\n\nWhy?\n\nNo.\n\nWho pays?")
    assert own in answers(text)


@pytest.mark.parametrize(
    ("lead", "question", "answered"),
    [
        ("The Harbour Post interviewed Ann Ruiz, who kept the lock.", "What do you think of it?", True),
        ("The Harbour Post wrote about the lock, an interview later.", "What do you think of it?", False),
        ("The Harbour Post interviewed Ann Ruiz, who kept the lock.", "What does it cost?", False),
    ],
)
def test_all_that_follows_questions_to_you_is_said_by_whoever_is_interviewed(
    lead: str, question: str, answered: bool
) -> None:
    told = "The lock lifts boats and lowers them. It has done so for a hundred years."
    text = f"{lead}\n\nWhy do you lift boats?\n\n{told}\n\n{question}\n\nThe town pays.\n"
    assert answers(text) == ([told, "The town pays."] if answered else [])


def test_what_follows_a_question_answers_it_however_unlike_speech_it_looks() -> None:
    turns = [
        "An interview.",
        "The lock is closed.",
        "What is it?",
        "I lift boats with it, and we lower them; my father did so before me, and all of his people too.",
        "Who owns it?",
        "The Lock Museum.",
    ]
    document = read(Article("\n\n".join(turns), "text"))
    sentences = split(document)
    found = find_answers(document, sentences, [-1.0 if "Museum" in s.text else 1.0 for s in sentences])
    assert [document.text[slice(*p.pieces[0])] for p in found] == [turns[3], turns[5]]


@given(
    text=st.text(alphabet=st.sampled_from("AB:. \n>abQ-“”"), max_size=120), form=st.sampled_from(["text", "markdown"])
)
def test_passages_of_any_text_are_ordered_and_within_it(text: str, form: str) -> None:
    document, found = passages(text, form)
    starts = [passage.pieces[0][0] for passage in found]
    assert starts == sorted(starts)
    for passage in found:
        for start, end in [*passage.pieces, *filter(None, (passage.label, passage.lead))]:
            assert 0 <= start <= end <= len(document.text)
