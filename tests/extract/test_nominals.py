"""Organisations meant by a noun: "the company" is the one that shows itself to be a company. All texts are ours."""

from __future__ import annotations

import pytest

from service.extract.mentions import make_mention
from service.extract.sorts import shown_sorts
from tests.extract.test_speakers import solve

HOLDERS = [
    ("{s [o Roe Holdings]} {c said} {q no}. {s The company} {c added} {q more}.", ["Roe Holdings"] * 2),
    # the sort that a name shows decides, not who was named last
    (
        "[o Roe Holdings] grew. [o Roe Holdings] met the [o Reed Commission]. {s The company} {c said} {q no}.",
        ["Roe Holdings"],
    ),
    ("[o Harbour] ([o ROE.L]) fell, as did the [o Moor Trust]. {s The company} {c said} {q no}.", ["Harbour"]),
    ("{s The Leeds-based company} {c said} {q no}. [o Roe & Doe] makes nets.", ["Leeds-based company"]),
    # "the source" is whoever spoke before without a name
    (
        "{s A harbour officer} {c said} {q no}, asking not to be named. It rained. {s The source} {c added} {q more}.",
        ["harbour officer"] * 2,
    ),
    # the organisation that the article is about is "the airline" though nothing shows its sort
    ("[o Tarnwing] fell as {s the airline} {c said} {q no}. [o Penn Gale] sold.", ["Tarnwing"]),
    (
        "[o Tarnwing] cut jobs. [o Tarnwing] fell. {s The Fen-based carrier} {c blamed} {q fuel}. [o Northing] rose.",
        ["Tarnwing"],
    ),
    ("[o Tarnwing] cut jobs. [o Tarnwing] fell. {s The bank} {c said} {q no}.", ["Tarnwing"]),
    ("[o Tarnwing] cut jobs. [o Tarnwing] fell. {s The charity} {c said} {q no}.", ["Tarnwing"]),
    ("[o Tarnwing] lost again. [o Tarnwing] fell. {s The club} {c said} {q no}.", ["Tarnwing"]),
    ("[p Ann Roe] left. [o Tarnwing] cut jobs. [o Tarnwing] fell. {s The lender} {c said} {q no}.", ["Tarnwing"]),
    # … for good, but somebody's unit is not
    (
        "[o Tarnwing] cut jobs. [o Tarnwing] fell. It rained. It froze. [o Penn Gale] sold. {s The airline} {c said} {q no}.",  # noqa: E501 a pattern or a case is read best in one line
        ["Tarnwing"],
    ),
    (
        "[o Tarnwing] cut jobs. [o Tarnwing] fell. {s [o Penn Gale]’s research unit} {c said} {q no}.",
        ["Penn Gale’s research unit"],
    ),
    # "police" are the department named last; not those of elsewhere
    ("[p Ann Roe] called the [o Harby Police Department]. {s Police} {c said} {q no}.", ["Harby Police Department"]),
    ("The [o Harby Police Department] met. It rained as {s Fen police} {c said} {q no}.", ["Fen police"]),
    ("[p Ann Roe] called the [o Fen Police Museum]. {s Police} {c said} {q no}.", ["police"]),
    # nobody is their own lawyer
    ("The lawyer [p Ann Roe] left. {s Her lawyer} {c said} {q no}.", ["Ann Roe's lawyer"]),
    # who is a country's is named as soon as others are
    (
        "[p Bo Dell] left. {s The country’s second most senior treasurer} {c said} {q no}. Later, treasurer [p Ann Roe] came.",  # noqa: E501 a pattern or a case is read best in one line
        ["Ann Roe"],
    ),
    # a company whose name is a possessive and such words as end companies' names
    (
        "[p Harby]’s [o International Inc] fell. {s The company} {c said} {q no}. {s [p Harby]’s} {c added} {q more}.",
        ["Harby’s International Inc"] * 2,
    ),
    # … but not whoever spoke last, of whom nobody says so
    (
        "{s [p Ann Roe]} {c said} {q no}. It rained. It froze. {s [l Norway]’s new young envoy} {c said} {q yes}.",
        ["Ann Roe", "Norway’s new young envoy"],
    ),
    # two people together
    ("[p Ann Roe] and [p Bo Dell] came. [p Jo Fell] left. {s The duo} {c said} {q no}.", ["Ann Roe and Bo Dell"]),
    ("[p Ann Roe] came. [p Bo Dell] did, too. {s The pair} {c said} {q no}.", ["Ann Roe and Bo Dell"]),
    (
        "[p Ann Roe] came. [p Bo Dell] and [p Jo Fell], too. It froze. {s The two men} {c said} {q no}.",
        ["Bo Dell and Jo Fell"],
    ),
    ("[p Ann Roe] came. {s The duo} {c said} {q no}.", ["duo"]),
    # who is said to be a judge is the judge, rather than whoever spoke last
    (
        "Judge [p Ann Roe] came. It rained. It froze. It snowed. {s [p Bo Dell]} {c said} {q no}. {s The judge} {c said} {q yes}.",  # noqa: E501 a pattern or a case is read best in one line
        ["Bo Dell", "Ann Roe"],
    ),
    # … also where only her title is short, and though another was mentioned since
    (
        "{s [p Bo Dell]} {c said} {q no}. Bo Dell pressed Sen. [p Ann Roe], but {s the senator} {c said} {q yes}.",
        ["Bo Dell", "Ann Roe"],
    ),
    # who is something else, of another party or of another country is not meant
    (
        "{s President [p Ann Roe]} {c said} {q no}. It rained. It froze. {s The oil minister} {c said} {q yes}.",
        ["Ann Roe", "oil minister"],
    ),
    (
        "Democratic governor [p Ann Roe] came. It rained. It froze. {s The Republican governor} {c said} {q no}.",
        ["Republican governor"],
    ),
    (
        "[l Harby]’s government fell. [l Harby] froze. {s The Norwegian government} {c said} {q no}.",
        ["Norwegian government"],
    ),
    # nor who is spoken to
    (
        "Officer [p Ann Roe] came. {s The officer} {c told} [p Ann Roe] that {q it rains}.",
        ["officer"],
    ),
    # nor whoever wants no name
    (
        "{s The driver, a father of two who asked not to be named,} {c said} {q no}. {s Driver [p Ann Roe]} {c left} {q it}.",  # noqa: E501 a pattern or a case is read best in one line
        ["driver", "Ann Roe"],
    ),
    # the agency of a dateline is not what the article is about
    (
        "HARBY ([o Tarnwing]) - [o Tarnwing] saw it. It rained. It froze. It snowed. {s The airline} {c said} {q no}.",
        ["airline"],
    ),
    # "the company" is the one just named in its sentence, whatever the article is about
    (
        "[o Tarnwing Ltd] cut jobs. [o Tarnwing Ltd] fell. [o Roe Holdings] rose as {s the company} {c said} {q no}.",
        ["Roe Holdings"],
    ),
    # "whose" is its owner's
    ("It met [p Ann Roe], {s whose lawyers} {c said} {q no}.", ["Ann Roe's lawyers"]),
    # a town is the place that is named most
    ("[l Harby] froze. [o Tarnwing] said [l Harby] fell. {s The town} {c said} {q no}.", ["Harby"]),
    # a council is an authority
    ("[o Tarn Town Council] met. It rained. {s The authority} {c said} {q no}.", ["Tarn Town Council"]),
    ("[o Tarn Town Council] met. It rained. {s The local authority} {c said} {q no}.", ["Tarn Town Council"]),
    ("[o Tarn Town Council] met. It rained. {s The port authority} {c said} {q no}.", ["port authority"]),
    # a name that says itself what it is, and only later, is not meant by a noun told by other words or before
    (
        "{s The port authority} {c said} {q no}. It rained. {s The authority} {c added} {q more}. It froze. {s The [o Road Council]} {c said} {q yes}.",  # noqa: E501 a pattern or a case is read best in one line
        ["port authority", "port authority", "Road Council"],
    ),
    (
        "{s The water regulator} {c said} {q no}. {s The [o National Consumer Council]} {c said} {q yes}.",
        ["water regulator", "National Consumer Council"],
    ),
    (
        "{s The city council} {c urged} {q calm}. {s The [o Office of Harbour Statistics]} {c said} {q yes}.",
        ["city council", "Office of Harbour Statistics"],
    ),
    (
        "{s The town’s environment board} {c said} {q no}. {s The [o Board of Farming]} {c said} {q yes}.",
        ["town’s environment board", "Board of Farming"],
    ),
    # … but by one that only tells where it is
    ("{s The city council} {c urged} {q calm}. {s [o Harby Council]} {c said} {q yes}.", ["Harby Council"] * 2),
    # … and by one whose words it shares
    (
        "{s The competition watchdog} {c said} {q no}. {s The [o Competition Authority]} {c said} {q yes}.",
        ["Competition Authority"] * 2,
    ),
    # where it has its seat is not who it is
    ("[o Tarn Foods Inc.] fell. {s The [l Tarnwing], [l Narvia]-based firm} {c said} {q no}.", ["Tarn Foods Inc."]),
    # the same words mean the same one for all that they are the source of
    ("{s A magistrate} {c said} {q no}, {c adding} {q yes}. Magistrate [p Ann Roe] came.", ["Ann Roe"] * 2),
    # "the treasurer, who" is whoever is called so; "a treasurer, who" may be any
    ("Treasurer [p Ann Roe] came. It rained. They heard the treasurer, {s who} {c said} {q no}.", ["Ann Roe"]),
    (
        "{s [p Bo Dell]} {c told} {q it} to a treasurer, {s who} {c said} {q no}. Treasurer [p Ann Roe] left.",
        ["Bo Dell", "treasurer"],
    ),
    # her own words are not spoken to her
    ("Judge [p Ann Roe] came. {s The judge} {c said} {q her term was over}.", ["Ann Roe"]),
    # what is called so is not who speaks
    ("{s [l Harby], which has a suburb called [l Fenton],} {c said} {q no}.", ["Harby"]),
    ("{s A bearded man called [p Bo]} {c said} {q no}.", ["Bo"]),
    # a campaign is seldom the one that runs it
    ("[o Tarnwing] cut jobs. [o Tarnwing] fell. {s The ad campaign} {c said} {q no}.", ["ad campaign"]),
    # what was tagged as a person is a company by its last word, or by its shares
    (
        "The [o Fen Audit Court] met. The contractor, [p Roe Tunnelling], left. {s The company} {c said} {q no}.",
        ["Roe Tunnelling"],
    ),
    ("Shares in [p Tarnwing] fell after {s the airline} {c said} {q no}.", ["Tarnwing"]),
    ("The manufacturer, [p Velm], was late. {s The company} {c said} {q no}.", ["Velm"]),
    ("The manufacturer, [p Ann Roe], was late. {s The company} {c said} {q no}.", ["company"]),
    ("Shares in [p Ann Roe]'s bakery fell after {s the airline} {c said} {q no}.", ["airline"]),
    ("{s The union representing porters, [o PWU],} {c said} {q no}.", ["PWU"]),
    ("{s The charity founded by sailors, the [o Fen Fund],} {c said} {q no}.", ["Fen Fund"]),
    ("{s The union representing staff at [o Tarnwing]} {c said} {q no}.", ["union representing staff at Tarnwing"]),
    ("Readers of The [o Harbinger] wept. It rained. {s The newspaper} {c said} {q no}.", ["Harbinger"]),
]
SHOWN = [
    ("Roe Holdings fell.", "Roe Holdings", {"company"}),
    ("Harbour (ROE.L) fell.", "Harbour", {"company"}),
    ("Roe & Doe fell.", "Roe & Doe", {"company"}),
    ("Read it in The Harbinger.", "Harbinger", {"press"}),
    ("The Harbinger sank.", "Harbinger", set()),
    ("The Fen Police came.", "Fen Police", {"force"}),
]


@pytest.mark.parametrize(("marked", "expected"), HOLDERS, ids=[m[:50] for m, _ in HOLDERS])
def test_holders(marked: str, expected: list[str]) -> None:
    resolution, _ = solve(marked)
    names = {s.id: s.name for s in resolution.speakers}
    assert [names.get(i or "") for i in resolution.ids] == expected


@pytest.mark.parametrize(("text", "name", "sorts"), SHOWN, ids=[t for t, _, _ in SHOWN])
def test_shown_sorts(text: str, name: str, sorts: set[str]) -> None:
    at = text.index(name)
    mention = make_mention(text, at, at + len(name), "organization")
    assert mention is not None
    assert set(shown_sorts(text, mention)) == sorts
