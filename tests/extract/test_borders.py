"""Where an article stands in a long text changes nothing: the same article alone and after 3,000 words of others.

What may differ, and why:

- roles at its head: in the middle of a text nobody can tell a title or byline from a heading;
- what its first two hundred words hold, since the model reads them together with what stands before them;
- a speaker who shares a surname with somebody in the text before, or a pronoun that could mean one of those; the two
  articles here share no name with the others;
- one sentence or quotation in a hundred that stands on an edge, since windows are padded to different lengths and half
  precision rounds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.extract.records import Article, Extraction, Quotation, Role
from tests.golden.seeds import load_seed, seed_names

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

NAMES = ("court", "polling-story")
WORDS_BEFORE = 3000
SETTLED = 200  # words; beyond them no window reaches back over the article's beginning
Pair = tuple[Extraction, Extraction, int, int]


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest, trained: Analyzer) -> Pair:
    """An article read alone and after others, where it begins there, and from where on it is compared."""
    text, before = load_seed(request.param).text, ""
    for name in seed_names():
        seed = load_seed(name)
        if seed.format == "text" and name not in NAMES and len(before.split()) < WORDS_BEFORE:
            before += f"{seed.text}\n\n"
    alone, after = trained.analyze_many([Article(text), Article(before + text)])
    return alone, after, len(before), list(re.finditer(r"\S+", text))[SETTLED].start()


def test_sentences_and_their_labels_are_the_same(pair: Pair) -> None:
    alone, after, begin, settled = pair
    wanted = {(s.start, s.end, s.role, s.labels, s.label) for s in alone.sentences if s.start >= settled}
    found = {(s.start - begin, s.end - begin, s.role, s.labels, s.label) for s in after.sentences}
    assert len(wanted) >= 8
    assert len(wanted - found) <= 1
    assert {(start, end) for start, end, *_ in wanted} <= {(start, end) for start, end, *_ in found}


def test_quotations_and_their_speakers_are_the_same(pair: Pair) -> None:
    alone, after, begin, settled = pair
    wanted = quotations(alone, 0, settled)
    found = quotations(after, begin, settled)
    assert len(wanted) >= 5
    assert len(set(wanted) - set(found)) <= 1
    assert len(set(found) - set(wanted)) <= 1
    named = [(wanted[key], found[key]) for key in wanted.keys() & found.keys() if wanted[key]]
    assert len(named) >= 4
    assert sum(one != other for one, other in named) <= 1


def quotations(extraction: Extraction, begin: int, settled: int) -> dict[object, str | None]:
    """The quotations from *settled* on, in an article that begins at *begin*, each with its speaker's name."""
    names = {speaker.id: speaker.name.lower() for speaker in extraction.speakers}
    return {
        place(q, begin): names.get(q.speaker or "")
        for q in extraction.quotations
        if q.content[0].start - begin >= settled
    }


def place(quotation: Quotation, begin: int) -> object:
    """Everything a quotation says, counted from *begin*."""
    spans = [*quotation.content, *quotation.cue, *([quotation.source] if quotation.source else [])]
    places = tuple((span.start - begin, span.end - begin) for span in spans)
    return places, quotation.kind, quotation.act, quotation.status


def test_the_head_is_one_only_where_the_text_begins(pair: Pair) -> None:
    alone, after, begin, _ = pair
    assert alone.sentences[0].role is Role.TITLE
    assert all(s.role is not Role.TITLE for s in after.sentences if s.start >= begin)
