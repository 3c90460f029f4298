"""Whom "by" names behind what is called so. Every sentence and name was made up; spans as in ``test_speakers``."""

from __future__ import annotations

import pytest

from service.extract.by_phrases import with_passive_agent
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.text import read
from tests.extract.test_speakers import lay, pair, unmark

CASES = [
    ("The survey, {c often dismissed as} {q a “stunt” by Liberals}, goes on.", "Liberals", "a “stunt"),
    ("The mayor {c has been accused of} {q dawdling by three women}.", "three women", "dawdling"),
    (
        "It {c is widely seen} {q as the likeliest end by political analysts}.",
        "political analysts",
        "as the likeliest end",
    ),
    ("It {c was reported} {q that the pilot was hit by a prisoner}.", None, "that the pilot was hit by a prisoner"),
    ("He was there and {c criticised} {q the plan drawn up by officials}.", None, "the plan drawn up by officials"),
    ("The pier {c was described as} {q safe by Friday}.", None, "safe by Friday"),
    ("{s Bo Roe} {c was accused of} {q lying by officials}.", "Bo Roe", "lying by officials"),
]


@pytest.mark.parametrize(("marked", "source", "content"), CASES, ids=[c[0] for c in CASES])
def test_who_calls_it_so_is_the_source(marked: str, source: str | None, content: str) -> None:
    laid = unmark(marked)
    document = read(Article(laid.text))
    tags = lay(laid.text, laid.entities, [(s.start, s.end) for s in split(document)])
    (found,) = (with_passive_agent(document, tags, a) for a in pair(laid.spans, tags))
    reading = document.reading
    assert (found.source and reading[found.source.start : found.source.end]) == source
    assert reading[found.contents[-1].start : found.contents[-1].end] == content
