"""Whoever speaks "with Roe stating" within another's report. All of it was made up; spans as in ``test_speakers``."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.extract.absolutes import with_absolute
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.text import read
from tests.extract.test_speakers import lay, pair, unmark

CASES = [
    (
        "{s The Mercury} {c quoted} {q critics such as the baker, with [p Bo Roe] stating: “Nobody asked us}.”",
        [("The Mercury", "quoted", "critics such as the baker"), ("Bo Roe", "stating", "Nobody asked us")],
    ),
    (
        "{s The union} {c called} {q the plan hasty}, with its chair adding, “{q We will go to court}.”",
        [("The union", "called", "the plan hasty"), ("its chair", "adding", "We will go to court")],
    ),
    (
        "{s The union} {c called} {q the plan hasty}, with nobody adding, “{q We will go to court}.”",
        [("The union", "called", "the plan hasty|We will go to court")],
    ),
    (
        "{s The board} {c met} {q “the day after”, with rain adding “weight” to the roof}.",
        [("The board", "met", "“the day after”, with rain adding “weight” to the roof")],
    ),
]


@pytest.mark.parametrize(("marked", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_the_words_in_marks_are_theirs(marked: str, wanted: list[tuple[str, str, str]]) -> None:
    laid = unmark(marked)
    document = read(Article(laid.text))
    tags = lay(laid.text, laid.entities, [(s.start, s.end) for s in split(document)])
    first, *others = pair(laid.spans, tags)
    whole = replace(first, contents=(*first.contents, *(c for a in others for c in a.contents)))
    found = []
    for attribution in with_absolute(document, tags, whole):
        source, cue = (document.reading[s.start : s.end] if s else "" for s in (attribution.source, attribution.cue))
        found.append((source, cue, "|".join(document.reading[c.start : c.end] for c in attribution.contents)))
    assert found == wanted
