"""One extraction made by hand, as the formats get it: an article of ours with every kind of finding."""

from __future__ import annotations

from decimal import Decimal

from service.extract.records import (
    Act,
    Article,
    Author,
    Extraction,
    Frame,
    Kind,
    Label,
    Published,
    Quantity,
    Quotation,
    Role,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Status,
)

TEXT = (
    "Ferry line to close 🛥️\n\nBy Ann Lee\n\n3 May 2025\n\n"
    "The line will close in June, its owner said. “We lost 2.4 million euros,” Bo Karr told reporters, “and we "
    "lost heart.” He lost patience, too. A report by the port authority puts the loss at 3.1 million. "
    "=SUM(losses) was all that one reader wrote. Karr could say: “We never tried.”"
)
ARTICLE = Article(TEXT, external_id="story-7", publisher="The Quay", url="https://quay.example/ferry")
IDENTITY = "urn:uuid:6f2f5a0e-7f0b-4c8a-9d5e-0f6f3a2b1c4d"


def span(words: str, nth: int = 0) -> Span:
    """The place of *words* in the text."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words), words)


def _sentence(
    number: int,
    words: str,
    role: Role = Role.BODY,
    *labels: Label,
    quotations: tuple[str, ...] = (),
    quantities: tuple[str, ...] = (),
) -> Sentence:
    """A sentence of the text with what was found in it."""
    place = span(words)
    return Sentence(
        f"s{number}",
        place.start,
        place.end,
        words,
        number,
        role,
        labels[0] if labels else None,
        labels,
        {Label.QUOTATION.value: 0.75} if role == Role.BODY else {},
        quotations,
        quantities,
    )


SENTENCES = (
    _sentence(1, "Ferry line to close 🛥️", Role.TITLE),
    _sentence(2, "By Ann Lee", Role.BYLINE),
    _sentence(3, "3 May 2025", Role.DATELINE),
    _sentence(4, "The line will close in June, its owner said.", Role.BODY, Label.QUOTATION, quotations=("q1",)),
    _sentence(
        5,
        "“We lost 2.4 million euros,” Bo Karr told reporters, “and we lost heart.”",
        Role.BODY,
        Label.QUOTATION,
        Label.NUMERICAL_CLAIM,
        quotations=("q2",),
        quantities=("n1",),
    ),
    _sentence(6, "He lost patience, too.", Role.BODY, Label.EDITORIAL_ASSERTION),
    _sentence(
        7,
        "A report by the port authority puts the loss at 3.1 million.",
        Role.BODY,
        Label.QUOTATION,
        Label.NUMERICAL_CLAIM,
        quotations=("q3",),
        quantities=("n2",),
    ),
    _sentence(8, "=SUM(losses) was all that one reader wrote.", Role.BODY, Label.QUOTATION),
    _sentence(9, "Karr could say: “We never tried.”", Role.BODY, Label.FACTUAL_STATEMENT, quotations=("q4",)),
)
QUOTATIONS = (
    Quotation("q1", Kind.INDIRECT, (span("The line will close in June"),), source=span("its owner"), speaker="p1"),
    Quotation("q2", Kind.DIRECT, (span("We lost 2.4 million euros,"), span("and we lost heart.")), speaker="p1"),
    Quotation("q3", Kind.INDIRECT, (span("the loss at 3.1 million"),), speaker="p2"),
    Quotation("q4", Kind.DIRECT, (span("We never tried."),), speaker="p1", status=Status.HYPOTHETICAL),
    Quotation("q5", Kind.INDIRECT, (span("lost patience"),), speaker="p1", act=Act.THOUGHT),
)
SPEAKERS = (
    Speaker("p1", "Bo Karr", SpeakerKind.PERSON, "owner", mentions=(span("Bo Karr"), span("Karr", 1))),
    Speaker("p2", "A report by the port authority", SpeakerKind.DOCUMENT),
)
_money, _loss = span("2.4 million euros"), span("3.1 million")
QUANTITIES = (
    Quantity(
        "n1",
        *(_money.start, _money.end, _money.text),
        "money",
        Decimal(2_400_000),
        unit="EUR",
        speaker="p1",
        sentence="s5",
    ),
    Quantity("n2", *(_loss.start, _loss.end, _loss.text), "count", Decimal(3_100_000), speaker="p2", sentence="s7"),
)
_name, _day = span("Ann Lee"), span("3 May 2025")
EXTRACTION = Extraction(
    TEXT,
    frame=Frame(
        span("Ferry line to close 🛥️"),
        (Author("Ann Lee", _name.start, _name.end, _name.text),),
        Published("2025-05-03", _day.start, _day.end, _day.text),
        "The Quay",
    ),
    sentences=SENTENCES,
    quotations=QUOTATIONS,
    speakers=SPEAKERS,
    quantities=QUANTITIES,
)
