"""Which source a content is linked to where the network is of no opinion. Sentences are ours."""

from __future__ import annotations

import numpy as np
import pytest

from service.extract.contents import found_at
from service.extract.links import Place, link_contents
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.tagged import Found
from service.extract.text import read
from tests.extract.test_speakers import lay, unmark

LINKED = [
    # whoever speaks in the next sentence has not said what this one's cue tells of
    ("Mr Hale called it a farce and {c said} {q he would go}. {s A guard} shook his head.", None),
    ("Mr Hale called it a farce. {s A guard} {c said} {q he would go}.", "A guard"),
    ("{s A guard} shook his head. He {c said} {q he would go}.", "A guard"),
    # one who is named where the cue is may have spoken in the sentence before
    ("“{q He will go}.” So {c said} {s a guard}.", "a guard"),
]


@pytest.mark.parametrize(("marked", "source"), LINKED)
def test_a_source_does_not_stand_in_a_sentence_behind_its_cue(marked: str, source: str | None) -> None:
    given = unmark(marked)
    document = read(Article(given.text))
    tags = lay(given.text, given.entities, [(s.start, s.end) for s in split(document)])
    found: dict[str, list[Found]] = {"content": [], "cue": [], "source": []}
    for start, end, code in sorted(given.spans):
        if mark := found_at(document, tags, start, end):
            found[{"q": "content", "c": "cue", "s": "source"}[code]].append(mark)
    lows = np.array([c.low for c in found["content"]], np.int64)
    place = Place(tags, lows, np.zeros(1, np.int64), np.zeros(len(tags.pieces), np.bool_))
    [(_, _, linked)] = link_contents(document, place, found["content"], found, [])
    assert (given.text[linked.start : linked.end] if linked else None) == source
