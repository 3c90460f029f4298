"""Figures that disagree: the headline against the body, parts against the total a sentence states."""

from __future__ import annotations

import pytest

from service.extract.quantities import disagreements, find_quantities
from service.extract.records import Role, Sentence, Warning  # noqa: A004 the contract's word


def warn(title: str, *body: str) -> tuple[Warning, ...]:
    text, sentences = f"{title}\n\n" + " ".join(body), []
    for number, part in enumerate((title, *body)):
        start = text.index(part)
        role = Role.BODY if number else Role.TITLE
        sentences.append(Sentence(f"s{number}", start, start + len(part), part, min(number, 1), role))
    return disagreements(find_quantities(text), sentences)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Storm kills 400 people in valley", "The storm has killed about 40 people, officials said."),
        ("Storm killed 400 in northern valley", "The storm that hit the northern valley killed about 40 people."),
        ("Bank to cut 1,200 jobs", "The bank will cut 2,100 jobs by June."),
        ("City to spend €3bn on tunnel", "The city will spend €3 million on the tunnel."),
        ("Fire destroys 43 homes", "The fire destroyed 45 homes in two hours."),
    ],
)
def test_headline_and_body_disagree(title: str, body: str) -> None:
    (warning,) = warn(title, body)
    assert warning.code == "figures_disagree"
    found = find_quantities(f"{title}\n\n{body}")
    for each in (found[0], found[1]):
        assert f"'{each.text}' ({each.start}-{each.end})" in warning.detail


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Storm kills 400 people in valley", "The storm has killed 397 people, officials said."),
        ("Storm kills hundreds of people", "The storm has killed 397 people, officials said."),
        ("Storm kills 400 people", "The storm has killed more than 380 people."),
        ("Bank to cut 1,200 jobs", "The bank will cut 700 jobs in Leeds. It will cut 500 jobs in York."),
        ("Bank to cut 1,200 jobs", "A rival hired 40 people last year."),
        ("Prices rise 4 percent", "Prices rose 4.2 percent in May."),
        ("Two men held over 1998 fire", "The two men were held on Monday over the fire."),
        ("Mine sold for $2bn", "The mine was sold for $2.1 billion."),
        ("Storm kills 400", "It was the first storm since 2012."),
    ],
)
def test_headline_and_body_agree_or_cannot_be_compared(title: str, body: str) -> None:
    assert warn(title, *(f"{part}." for part in body.rstrip(".").split(". "))) == ()


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Coal gives 45 percent, gas 30 percent and wind 20 percent, together 90 percent.", 1),
        ("Coal gives 45 percent, gas 30 percent and wind 20 percent, together 95 percent.", 0),
        ("Coal gives 45.4 percent, gas 30.3 percent and wind 20.1 percent, together 96 percent.", 0),
        ("Coal gives 45 percent, gas 30 percent and wind 20 percent.", 0),
        ("The two parties won 31 percent and 28 percent, a total of 63 percent.", 1),
    ],
)
def test_parts_and_their_total(sentence: str, count: int) -> None:
    assert len(warn("The mix", sentence)) == count
