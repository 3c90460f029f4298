"""Evidence: the words that an editorial assertion rests on. The sentences are ours, in the manner of leaders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from service.extract.evidence import MOST, WORD
from service.extract.outputs import EDITORIAL
from service.extract.records import Article, Label, Sentence

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

OPINIONS = (
    "The council has shamefully abandoned the families who trusted it with their homes.",
    "This is a reckless, cynical budget that punishes the poorest towns in the county.",
    "Ministers should be ashamed of the squalid bargain they struck over the port.",
    "Nobody could seriously believe that the new timetable serves the people who travel on it.",
    "The museum's magnificent new wing is a triumph that the city richly deserves.",
    "It is high time that the water companies were made to pay for this disgraceful mess.",
    "The inquiry was a farce from its first hour, and everyone in the room knew it.",
    "What a dismal, joyless way to spend forty million pounds of other people's money.",
    "The mayor's absurd plan deserves nothing better than the contempt it has received.",
    "We must never again allow a lazy regulator to look away while rivers die.",
    "Her stubborn courage puts the timid leaders of both parties to shame.",
    "The film is a lumbering bore that wastes a wonderful cast on a feeble joke.",
)
FIRST = "The committee met in the town hall on Monday evening."


def articles(sentences: list[str]) -> list[Article]:
    """Each sentence in an article of its own, after one plain sentence."""
    return [Article(f"{FIRST}\n\n{sentence}") for sentence in sentences]


def logits(analyzer: Analyzer, sentences: list[str]) -> np.ndarray:
    """The editorial logit of each sentence. *Shape:* (sentences,)"""
    return np.array([analyzer.read_tags(a)[1].sentences[-1, EDITORIAL] for a in articles(sentences)])


def without(sentence: str, dropped: set[int]) -> str:
    """*sentence* without its words of these numbers."""
    kept = [word for number, word in enumerate(WORD.findall(sentence)) if number not in dropped]
    return " ".join(kept) + "."


def test_without_its_evidence_a_sentence_reads_less_like_opinion_than_without_as_many_other_words(
    trained: Analyzer,
) -> None:
    read = [e.sentences[-1] for e in trained.analyze_many(articles(list(OPINIONS)))]
    carried = [s for s in read if s.evidence]
    assert len(carried) >= len(OPINIONS) / 2
    bare, control = [], []
    for sentence in carried:
        count, evidence = number_words(sentence)
        others = [number for number in range(count) if number not in evidence]
        bare.append(without(sentence.text, evidence))
        control.append([without(sentence.text, set(spread(others, len(evidence), turn))) for turn in range(2)])
    other = np.mean([logits(trained, [pair[turn] for pair in control]) for turn in range(2)], axis=0)
    assert logits(trained, bare).mean() < other.mean()


def number_words(sentence: Sentence) -> tuple[int, set[int]]:
    """How many words the sentence has, and the numbers of those that are evidence."""
    starts = [match.start() + sentence.start for match in WORD.finditer(sentence.text)]
    return len(starts), {n for n, at in enumerate(starts) if any(e.start <= at < e.end for e in sentence.evidence)}


def spread(numbers: list[int], count: int, turn: int) -> list[int]:
    """*count* of *numbers*, or all where there are fewer, spread evenly and turned by *turn*."""
    count = min(count, len(numbers))
    return [numbers[(turn + i * len(numbers) // count) % len(numbers)] for i in range(count)]


@pytest.mark.parametrize("name", ["analyzer", "trained"])
def test_evidence_is_whole_words_of_opinions_in_order(name: str, request: pytest.FixtureRequest) -> None:
    text = " ".join(OPINIONS)
    found = request.getfixturevalue(name).analyze(Article(text))
    for sentence in found.sentences:
        assert bool(sentence.evidence) == (Label.EDITORIAL_ASSERTION in sentence.labels)
        assert len(sentence.evidence) <= MOST
        bounds = {at for match in WORD.finditer(text) for at in match.span()}
        last = sentence.start
        for span in sentence.evidence:
            assert text[span.start : span.end] == span.text
            assert {span.start, span.end} <= bounds
            assert last <= span.start < span.end <= sentence.end
            last = span.end
