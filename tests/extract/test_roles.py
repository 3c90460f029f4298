"""Roles and the article's own data, in plain text: what is no sentence of the body is known by form and place.

The articles are ours, after wire copy, press releases, newspaper sites and PDF-to-text.
"""

from __future__ import annotations

import pytest

from service.extract.frame import find_frame
from service.extract.records import Article, Frame, Role, Sentence
from service.extract.sentences import split
from service.extract.text import read

BODY = (
    "The council voted on Monday to back the new bridge, which has been talked of for twenty years.\n\n"
    "“It is late,” said the mayor, Bo Karr. “But it is a bridge.” Work begins in June and will take two years.\n\n"
    "Nobody spoke against it, though two members left the room before the vote was called."
)


def _read(text: str, **metadata: str) -> tuple[Frame, tuple[Sentence, ...]]:
    document = read(Article(text, **metadata))
    sentences = split(document)
    return find_frame(document, sentences), sentences


def _role(line: str, before: str = BODY, after: str = BODY) -> set[str]:
    """The roles of the sentences of *line*, a block of its own between the two."""
    text = f"{before}\n\n{line}\n\n{after}".strip()
    start = len(before) + 2 if before else 0
    _, sentences = _read(text)
    return {s.role.value for s in sentences if start <= s.start < start + len(line)}


# Lines above the body, with a headline before them.
HEADS = [
    ("By Ann Lee", "byline"),
    ("By our court correspondent", "byline"),
    ("By a staff reporter", "byline"),
    ("By Ann Lee and Bo de Vries in Paris", "byline"),
    ("Ann Lee", "byline"),
    ("ANN LEE, Health editor", "byline"),
    ("Ann Lee | 3 May 2024", "byline"),
    ("3 May 2024", "dateline"),
    ("Friday, May 3, 2024", "dateline"),
    ("Published 10:30 GMT, 3 May 2024", "dateline"),
    ("Last updated: 2024-05-03T10:30:00Z", "dateline"),
    ("5 hours ago", "dateline"),
    ("Two members leave the room as the long debate ends at last", "heading"),
]


@pytest.mark.parametrize(("line", "role"), HEADS)
def test_lines_of_the_head_have_their_roles(line: str, role: str) -> None:
    assert _role(line, before="Bridge gets go-ahead after twenty years") == {role}


# What stands between the title and a byline, whatever it ends with.
DECKS = [
    "Two members leave the room as the debate ends",
    "Two members leave the room as the debate ends.",
    "Two members leave the room. The debate ends at last.",
]


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_hides_no_byline(deck: str) -> None:
    title = "Bridge gets go-ahead after twenty years"
    assert _role(deck, before=title, after=f"By Ann Lee\n\n{BODY}") == {"heading"}
    frame, _ = _read(f"{title}\n\n{deck}\n\nBy Ann Lee\n\n{BODY}")
    assert [author.name for author in frame.authors] == ["Ann Lee"]


# Lines between paragraphs of the body.
LINES = [
    ("What comes next", "heading"),
    ("WHAT COMES NEXT", "heading"),
    ("Red lines.", "heading"),
    ("– Old hands –", "heading"),
    ("FILE PHOTO: The old bridge, May 3, 2024.", "caption"),
    ("The old bridge in spring. Photo: Ann Lee", "caption"),
    ("The mayor (left) and his deputy on the bridge", "caption"),
    ("REUTERS/Ann Lee", "caption"),
    ("Subscribe to our newsletter for more", "boilerplate"),
    ("Read more: Why bridges fall", "boilerplate"),
    ("Follow Ann Lee on Twitter: https://x.example/ann", "boilerplate"),
    ("© 2024 The Quay. All rights reserved.", "boilerplate"),
    ("The Quay Media Group, all rights reserved.", "boilerplate"),
    ("(Text and pictures may not be republished without leave.)", "boilerplate"),
    ("Bo Karr contributed to this report.", "boilerplate"),
    ("If you need to talk, call the Samaritans on 555 0123.", "boilerplate"),
    ("This article was amended on 4 May 2024 to correct a name.", "boilerplate"),
    ("(Reporting by Ann Lee; editing by Bo Karr)", "boilerplate"),
    ("Additional reporting by Bo Karr.", "boilerplate"),
    ("press@quay.example", "boilerplate"),
    ("Anyone with information is asked to call police on 555 0142.", "boilerplate"),
    # What only looks like one of them.
    ("The report was published on Tuesday and says the bridge is safe.", "body"),
    ("Contact tracing began in May, the health office said.", "body"),
    ("Swipe fees cost merchants 100 million dollars last year.", "body"),
    ("Related charges were dropped in June.", "body"),
    ("Sen. John Hale (R) said the bill would pass.", "body"),
    ("Copyright law was not made for this, the court found.", "body"),
    ("She worked for Reuters in Paris.", "body"),
    ("By that logic, Mr. Karr would win again.", "body"),
    ("Bo Karr contributed 40 pounds to the fund.", "body"),
    ("The bridge may not be repaired before May.", "body"),
    ("Pictures of the bridge went round the world.", "body"),
    ("The council denied it.", "body"),
    ("“Never again.”", "body"),
    ("Why?", "body"),
]


@pytest.mark.parametrize(("line", "role"), LINES)
def test_lines_between_paragraphs_have_their_roles(line: str, role: str) -> None:
    assert _role(line) == {role}


def test_what_stands_before_a_credit_is_its_caption() -> None:
    line = "People cross the old bridge in the rain, May 3, 2024.\n\nREUTERS/Ann Lee"
    assert _role(line) == {"caption"}


def test_the_foot_holds_the_authors_life_and_loose_lines() -> None:
    _, sentences = _read(
        f"Bridge gets go-ahead\n\n{BODY}\n\nAnn Lee is the transport correspondent of The Quay.\n\nQuay.example"
    )
    assert [s.role for s in sentences][-2:] == [Role.BOILERPLATE, Role.BOILERPLATE]


# Last paragraphs that are about a person and yet the article's own.
@pytest.mark.parametrize(
    "line",
    [
        "“That is late,” said Bo Karr, a longtime consultant.",
        "The Harbour Times is expected to endorse the editor's candidate this week.",
        "Bo Karr is the Labour candidate for mayor in June.",
        "Ann Lee was cleared by the court last year.",
    ],
)
def test_a_last_paragraph_about_a_person_is_body(line: str) -> None:
    assert _role(line, after="") == {"body"}


@pytest.mark.parametrize("text", [BODY, BODY.split("\n\n")[0], "One short sentence.", "“Why?” she asked."])
def test_a_text_without_a_head_is_all_body(text: str) -> None:
    assert {s.role for s in _read(text)[1]} == {Role.BODY}


def test_a_title_that_the_sender_states_is_found_in_the_text() -> None:
    frame, sentences = _read(f"“It is late.”\n\n{BODY}", title="It is late")
    assert frame.title is not None
    assert (frame.title.text, sentences[0].role) == ("“It is late.”", Role.TITLE)


# Datelines of wires and papers; none where a sentence only begins with a place.
DATELINES = [
    ("PARIS (Reuters) - ", True),
    ("PARIS — ", True),
    ("NEW YORK, Oct. 6 (Xinhua) -- ", True),
    ("SAN FRANCISCO/LONDON (AP) — ", True),
    ("Evansville, Indiana, United States (Wire) — ", True),
    ("(Reuters) - ", True),
    ("LONDON, 3 May 2024: ", True),
    ("Paris was quiet – ", False),
    ("NATO said – ", False),
    ("HE HAS BEEN TOLD SO — ", False),
]


@pytest.mark.parametrize(("lead", "dateline"), DATELINES)
def test_datelines_are_cut_off(lead: str, dateline: bool) -> None:
    _, sentences = _read(f"{lead}the ministers met on Monday and left again in the evening.\n\n{BODY}")
    assert (sentences[0].role == Role.DATELINE) == dateline
    if dateline:
        assert sentences[0].text == lead.strip()


# The article's own data: text, authors, date.
FRAMES = [
    ("By Ann Lee\n\n3 May 2024", ["Ann Lee"], "2024-05-03"),
    ("By Ann Lee, Bo de Vries and Mía Ruiz in Paris", ["Ann Lee", "Bo de Vries", "Mía Ruiz"], None),
    ("By Ann Lee, Staff Writer", ["Ann Lee"], None),
    ("By ANN LEE and BO KARR | May 3, 2024", ["ANN LEE", "BO KARR"], "2024-05-03"),
    ("Ann Lee\nUpdated 10:30, 3 May 2024", ["Ann Lee"], "2024-05-03"),
    ("2024-05-03", [], "2024-05-03"),
]


@pytest.mark.parametrize(("head", "authors", "day"), FRAMES)
def test_the_frame_states_authors_and_date_with_their_places(head: str, authors: list[str], day: str | None) -> None:
    text = f"Bridge gets go-ahead\n\n{head}\n\n{BODY}"
    frame, _ = _read(text, publisher="The Quay")
    assert frame.title is not None
    assert (frame.title.text, frame.publisher) == ("Bridge gets go-ahead", "The Quay")
    assert [a.name for a in frame.authors] == authors
    assert (frame.published.date if frame.published else None) == day
    places = [(a.start, a.end, a.text) for a in frame.authors]
    places += [(frame.published.start, frame.published.end, frame.published.text)] if frame.published else []
    assert all(text[start:end] == words for start, end, words in places)


def test_what_only_the_sender_says_has_the_empty_span() -> None:
    frame, _ = _read(BODY, byline="By Ann Lee and Bo Karr", published_at="2024-05-03T10:30:00Z")
    assert [(a.name, a.start, a.end, a.text) for a in frame.authors] == [("Ann Lee", 0, 0, ""), ("Bo Karr", 0, 0, "")]
    assert frame.published is not None
    assert (frame.published.date, frame.published.text) == ("2024-05-03", "")
