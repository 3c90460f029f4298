"""Subjects: the words that must be the source of a cue whose source was not tagged. All texts are ours."""

from __future__ import annotations

import pytest

from service.extract.records import Sentence
from service.extract.subjects import absolute_subject, implied_source, is_nobodys, is_shared, main_subject
from service.extract.tagged import Attribution, Found


def find(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def attribution(text: str, cue: str, content: str) -> tuple[Attribution, Sentence]:
    found = [Found(n, n + 1, *find(text, words), 1.0) for n, words in enumerate((content, cue))]
    return Attribution((found[0],), found[1], None), Sentence("s1", 0, len(text), text, 0)


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("Ann Roe said it was late.", "said", "it was late", "Ann Roe"),
        ("“It was late,” said Ann Roe.", "said", "“It was late,”", "Ann Roe"),
        ("Ann Roe was quoted as saying it was late.", "was quoted as saying", "it was late", "Ann Roe"),
        ("Bo Lind is accused by the union of theft.", "is accused", "of theft", "the union"),
        ("Bo Lind is accused of theft.", "is accused of", "theft", None),
        ("He left amid reports he was ill.", "reports", "he was ill", "reports"),
        ("Among many who doubted the plan", "doubted", "the plan", None),
        ("It became known that the quay leaked.", "became known", "that the quay leaked", None),
        ("It turned out that the quay leaked.", "turned out", "that the quay leaked", None),
    ],
)
def test_sources_beside_their_cue(text: str, cue: str, content: str, source: str | None) -> None:
    words = implied_source(text, *attribution(text, cue, content))
    assert (text[slice(*words)] if words else None) == source


@pytest.mark.parametrize(
    ("text", "cue", "content", "shared"),
    [
        ("Roe spoke of locks, adding that they were old.", "adding", "that they were old", True),
        ("Roe slammed the tests and vowed to stay.", "vowed", "to stay", True),
        ("Roe hurt the firm by calling it slow.", "calling", "it slow", True),
        ("Roe came, and Lind vowed to stay.", "vowed", "to stay", False),
        ("Roe came and was told to stay.", "was told", "to stay", False),
    ],
)
def test_cues_that_share_their_subject(text: str, cue: str, content: str, shared: bool) -> None:
    assert is_shared(text, *attribution(text, cue, content)) is shared


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("On Monday, hundreds of protesters were in the square, chanting", "hundreds of protesters"),
        ("The board, under fire for a week, on Thursday proposed", "The board"),
        ("On Monday chanting", None),
    ],
)
def test_the_subject_of_the_main_clause(text: str, subject: str | None) -> None:
    words = main_subject(text, Sentence("s1", 0, len(text), text, 0), len(text))
    assert (text[slice(*words)] if words else None) == subject


@pytest.mark.parametrize(
    ("text", "cue", "subject"),
    [
        ("The crew left, with an officer describing it as slow.", "describing", "an officer"),
        ("The crew left, with Bo Lind saying it was slow.", "saying", "Bo Lind"),
        ("The crew left, with an officer of the port, who said it was slow.", "said", None),
        ("Roe met with officers, saying it was slow.", "saying", None),
    ],
)
def test_participles_after_with_have_a_subject_of_their_own(text: str, cue: str, subject: str | None) -> None:
    words = absolute_subject(text, find(text, cue))
    assert (text[slice(*words)] if words else None) == subject


def test_a_run_of_blanks_before_a_cue_is_passed_in_one_go() -> None:
    blanks = " " * 3000
    text = f"The mayor,{blanks}later{blanks}saying it was late,{blanks}left.{blanks}"
    assert is_shared(text, *attribution(text, "saying", "it was late"))


@pytest.mark.parametrize(
    ("text", "cue", "nobodys"),
    [
        ("It later became known that the quay leaked.", "became known", True),
        ("It is feared that the quay leaks.", "is feared", True),
        ("Roe made it clear that the quay leaks.", "made it clear", False),
        ("The unit emerged to say that the quay leaks.", "say", False),
    ],
)
def test_what_is_passive_or_impersonal_is_nobodys(text: str, cue: str, nobodys: bool) -> None:
    assert is_nobodys(text, *find(text, cue)) == nobodys
