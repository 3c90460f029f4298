"""Whose figure it is where somebody puts one at an amount. Every sentence and name was made up, as news has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.extract.records import Act, Article, Label

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

BEFORE = "Thousands marched through Halversund on Sunday, and shops along the quay stayed shut."
FIGURES = [
    ("Police put the number of marchers at 3,000.", "police", "the number of marchers at 3,000"),
    ("Organisers put it at 12,000 and called for another march.", "organisers", "it at 12,000"),
    ("Ingrid Aas put the cost of policing at between €80m and €95m.", "Ingrid Aas", "the cost of policing at between €80m and €95m"),  # noqa: E501 a pattern or a case is read best in one line
    ("The traders' union has put the losses at about a third of a week's takings.", "traders' union", "the losses at about a third of a week's takings"),  # noqa: E501
    ("Analysts at Peregrine put the odds of a strike at one in three.", "analysts at Peregrine", "the odds of a strike at one in three"),  # noqa: E501
    ("The ministry puts unemployment in the county at 4.7 percent, the lowest since 1998.", "ministry", "unemployment in the county at 4.7 percent"),  # noqa: E501
    ("The club gave the cost of the new stand as €9m, twice the figure of last year.", "club", "the cost of the new stand as €9m"),  # noqa: E501
    ("By Ingrid Aas's count, 12 of the 40 stalls stayed empty.", "Ingrid Aas", "12 of the 40 stalls stayed empty"),
    ("By his own admission, Tom Lister took 4,000 euros from the till.", "Tom Lister", "Tom Lister took 4,000 euros from the till"),  # noqa: E501
    ("The march cost the city €20,000, by the treasurer's reckoning.", "treasurer", "The march cost the city €20,000"),
]  # fmt: skip
THINGS = [
    "The clerk put the keys at 3.30 p.m. where they belong.",
    "She put the children to bed at 8 and went out.",
    "The captain placed two men at 3 metres from the ball.",
    "He put the boxes in the cellar at 40 Quay Street.",
    "Nobody put the figure at 12.",
    "The storm put 300 homes at risk.",
    "The board gave the club as much as €9m.",
    "By the end of the march, 12 stalls stayed empty.",
]


@pytest.mark.parametrize(("text", "speaker", "content"), FIGURES, ids=[case[0] for case in FIGURES])
def test_who_puts_a_figure_at_an_amount_states_it(trained: Analyzer, text: str, speaker: str, content: str) -> None:
    found = trained.analyze(Article(f"{BEFORE}\n\n{text}"))
    names = {s.id: s.name for s in found.speakers}
    said = [q for q in found.quotations if content in (c.text for c in q.content)]
    assert [(names.get(q.speaker or ""), q.act) for q in said] == [(speaker, Act.STATEMENT)]
    assert {Label.QUOTATION, Label.NUMERICAL_CLAIM} <= set(found.sentences[-1].labels)
    counted = [n for n in found.quantities if n.sentence == found.sentences[-1].id]
    assert said[0].id in {n.quotation for n in counted}


@pytest.mark.parametrize("text", THINGS)
def test_things_put_in_places_are_no_statements(trained: Analyzer, text: str) -> None:
    found = trained.analyze(Article(f"{BEFORE}\n\n{text}"))
    assert [
        q for q in found.quotations if any(c.text.startswith("put") or c.text.startswith("placed") for c in q.cue)
    ] == []
