"""What people say, not papers, offices or polls. The articles are ours, in the manner of local news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.labels import Decisions
from service.extract.records import Article, Label, Role, Sentence
from service.extract.speeches import add_speech

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

BEFORE = "The ferry to Skerra will make its last crossing in October, after 61 years."
PEOPLE = (
    "“We will not leave the island without a boat,” the harbour master, Ina Moe, told residents on Monday.",
    "Ms Moe said that nobody had asked her.",
    "Fishermen said they would block the quay if the boat stopped.",
    "“It was a bad winter,” he said.",
    "The minister told reporters that the crossing would be paid for until 2031.",
)
PAPERS = (
    "The contract says that the company may withdraw at three months' notice.",
    "A poll by Harrow found that 61 percent of islanders would move away.",
    "The timetable, which was published on Friday, states that the last boat leaves at six.",
    "The law requires a service all year round, according to the ministry's website.",
    "A report by the county says that four in ten sailings were cancelled last winter.",
)
PLAIN = (
    "The boat was built in 1987 and carries 40 cars.",
    "The crossing takes fifty minutes in fair weather.",
    "Two bakeries and a school closed on the island last year.",
)


def read(analyzer: Analyzer, text: str) -> Sentence:
    """The last sentence of an article that ends with *text*."""
    return analyzer.analyze(Article(f"{BEFORE}\n\n{text}")).sentences[-1]


@pytest.mark.parametrize("text", PEOPLE)
def test_what_people_say_counts_as_speech_and_quotation(trained: Analyzer, text: str) -> None:
    sentence = read(trained, text)
    assert sentence.speech is not None
    assert sentence.speech >= trained.speech_threshold
    assert Label.QUOTATION in sentence.labels


@pytest.mark.parametrize("text", PAPERS)
def test_what_papers_and_polls_say_is_a_quotation_but_less_surely_speech_than_what_people_say(
    trained: Analyzer, text: str
) -> None:
    sentence, people = read(trained, text), [read(trained, each).speech for each in PEOPLE]
    assert sentence.speech is not None
    assert sentence.speech < min(s for s in people if s is not None)
    assert Label.QUOTATION in sentence.labels


@pytest.mark.parametrize("text", PLAIN)
def test_plain_facts_are_no_speech(trained: Analyzer, text: str) -> None:
    sentence = read(trained, text)
    assert sentence.speech is not None
    assert sentence.speech < trained.speech_threshold


@given(logits=st.lists(st.floats(-1e3, 1e3, width=32), min_size=2, max_size=6), slope=st.floats(0.1, 3))
def test_it_is_a_probability_that_rises_with_the_logit_and_only_the_body_has_one(
    logits: list[float], slope: float
) -> None:
    roles = [Role.BODY, *[Role.CAPTION if i % 2 else Role.BODY for i in range(len(logits) - 1)]]
    sentences = [Sentence(f"s{i}", i, i + 1, "A", 0, role) for i, role in enumerate(roles)]
    found = add_speech(sentences, np.array(logits, np.float32), Decisions(speech=(slope, 0.25, 0.5)))
    assert [s.speech is None for s in found] == [role is not Role.BODY for role in roles]
    spoken = sorted((logit, s.speech) for logit, s in zip(logits, found, strict=True) if s.speech is not None)
    assert all(0 <= speech <= 1 for _, speech in spoken)
    assert [speech for _, speech in spoken] == sorted(speech for _, speech in spoken)
