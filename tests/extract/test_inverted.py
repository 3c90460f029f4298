"""Quotations told apart from whose they are by the words behind them. Every sentence and name was made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.extract.records import Act, Article, Kind

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

BEFORE = (
    "The harbour board met in Halversund on Monday to discuss the ferry. "
    "Ingrid Aas, the mayor, and Tom Lister, who runs the port, were both there."
)
CASES = [
    ("“A sieve” was how Lister described the quay.", "Tom Lister", "A sieve"),
    ("“A sieve” is what Aas called the quay.", "Ingrid Aas", "A sieve"),
    ("“Pay up or leave” was Aas's message to the owners.", "Ingrid Aas", "Pay up or leave"),
    ("“Twelve” was Lister's answer.", "Tom Lister", "Twelve"),
    ("“Save our ferry,” read another banner.", "another banner", "Save our ferry,"),
    ("“It will sink us all,” was how Aas put it.", "Ingrid Aas", "It will sink us all,"),
]
OTHERS = [
    "“Rigmor” was the ferry's first name.",
    "“The Long Crossing” is what the museum shows this week.",
    "“Heavy weather” was the title of the talk.",
]


@pytest.mark.parametrize(("text", "speaker", "content"), CASES, ids=[case[0] for case in CASES])
def test_the_words_behind_a_quotation_say_whose_it_is(trained: Analyzer, text: str, speaker: str, content: str) -> None:
    found = trained.analyze(Article(f"{BEFORE}\n\n{text}"))
    names = {s.id: s.name for s in found.speakers}
    last = [q for q in found.quotations if found.sentences[-1].id in q.sentences]
    said = [(names.get(q.speaker or ""), [c.text for c in q.content], q.kind, q.act) for q in last]
    assert said == [(speaker, [content], Kind.DIRECT, Act.STATEMENT)]


@pytest.mark.parametrize("text", OTHERS)
def test_names_and_titles_are_nobodys_words(trained: Analyzer, text: str) -> None:
    found = trained.analyze(Article(f"{BEFORE}\n\n{text}"))
    assert [q for q in found.quotations if found.sentences[-1].id in q.sentences] == []
