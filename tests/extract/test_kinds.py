"""Direct, indirect or mixed by the marks, imagined by the words. All texts are ours."""

from __future__ import annotations

import pytest

from service.extract.quotations import find_marks, kind_of, status_of
from service.extract.quoted import find_quoted
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.text import read
from tests.extract.test_speakers import lay, pair, unmark

# The content is set in {braces}; they are taken out before reading.
TABLE = [
    ("“{The dam will hold,}” she said.", "direct"),
    ("She said {the dam will hold}.", "indirect"),
    ("She said {the dam “will hold for now”}.", "mixed"),
    ("She said {that “the dam will hold.”}", "direct"),
    ("They chanted {“Save the dam” and “Mend the weir.”}", "direct"),
    ("She said {he “will mend it.”}", "mixed"),
    ("She praised {the crew of the “Northern Star”}.", "indirect"),
]


@pytest.mark.parametrize(("marked", "kind"), TABLE, ids=[marked for marked, _ in TABLE])
def test_kind_by_the_marks(marked: str, kind: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1
    document = read(Article(marked.replace("{", "").replace("}", "")))
    marks = find_marks(document, find_quoted(document.reading, document.blocks))
    assert kind_of(document.reading, [(start, end)], marks) == kind


STATUSES = [
    ("In Oslo, {s Ms May} {c said}: “{q It sails.}”", "asserted"),
    ("In Oslo, {s May} {c said}: “{q It sails.}”", "asserted"),
    ("By noon {s they} may {c say}: “{q It sails.}”", "hypothetical"),
    ("{s Ms May} never {c said} {q it sails}.", "denied"),
]


@pytest.mark.parametrize(("marked", "status"), STATUSES, ids=[marked for marked, _ in STATUSES])
def test_status_by_the_words_before_the_cue(marked: str, status: str) -> None:
    given = unmark(marked)
    document = read(Article(given.text))
    sentences = split(document)
    (attribution,) = pair(given.spans, lay(given.text, given.entities, [(s.start, s.end) for s in sentences]))
    assert status_of(document, sentences, attribution) == status
