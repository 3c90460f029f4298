"""What passes between the steps: frozen records, offsets in Unicode code points.

For every record with a span, ``document.text[start:end] == text``. ``None`` means *not found*;
something broken is an exception. The field names are those of the HTTP contract, so that the
web layer only copies them. ``corrections`` holds the ids of the corrections by a human that a
finding owes what it says to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from service.extract.values import END, dataclass


class Role(StrEnum):
    """What a sentence is to the article; only ``body`` is labelled."""

    BODY = "body"
    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class Label(StrEnum):
    """The four labels of a body sentence, in the order of the contract."""

    QUOTATION = "quotation"
    NUMERICAL_CLAIM = "numerical_claim"
    EDITORIAL_ASSERTION = "editorial_assertion"
    FACTUAL_STATEMENT = "factual_statement"


class Kind(StrEnum):
    """How a quotation's words stand in the text."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """Whether the content was uttered or only thought, wished, feared."""

    STATEMENT = "statement"
    THOUGHT = "thought"


class Status(StrEnum):
    """Whether the article says that the quotation was uttered."""

    ASSERTED = "asserted"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class SpeakerKind(StrEnum):
    """What sort of source a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document: ``document.text[start:end] == text``."""

    start: int
    end: int
    text: str

    def covers(self, other: Span) -> bool:
        """Whether *other* lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Node:
    """Where a sentence stands in the submitted HTML.

    ``start`` and ``end`` count code points of the ``textContent`` of the element that
    ``selector`` (a CSS selector, unique in the submitted markup) finds; ``utf16`` and ``utf8``
    are the same two places in UTF-16 code units, as a browser counts, and in UTF-8 bytes.
    """

    selector: str
    start: int
    end: int
    utf16: tuple[int, int] | None = None
    utf8: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a caller sent it, with what the caller says about it."""

    text: str
    format: str = "text"  # "text", "markdown" or "html"
    external_id: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, caption …: what no sentence reaches across.

    ``kind`` is "paragraph", "heading", "quote" (a block quotation), "source" (the line under one
    that says whose it is), "item", "caption", "table", "byline", "date" or "boilerplate", as the
    markup or the layout shows it. A paragraph that a page break cut in two is one block.
    """

    start: int
    end: int
    kind: str = "paragraph"


class Origin(NamedTuple):
    """A place in the text nodes of an HTML page, counted in code points, UTF-16 units and UTF-8 bytes.

    ``code_point`` is -1 for a character that stands in no text node, as the marks of ``<q>``.
    """

    code_point: int
    utf16: int
    utf8: int


@dataclass(frozen=True, slots=True)
class Home:
    """The element that holds ``document.text[start:end]``, and where its ``textContent`` begins."""

    start: int
    end: int
    selector: str
    begin: Origin


@dataclass(frozen=True, slots=True)
class Document:
    """The text all offsets refer to, how to read it, and its blocks in order.

    ``reading`` has exactly the length of ``text``: emphasis marks, escapes, link targets, line
    breaks inside a sentence and the like are spaces there, so that whatever reads it gets plain
    prose and its offsets hold in ``text`` as they are.
    ``origins`` and ``homes`` are set for HTML only: where every character of ``text`` stands in the
    page, and which elements hold it, the smallest of them first.
    """

    text: str
    reading: str
    blocks: tuple[Block, ...] = ()
    article: Article | None = None
    origins: tuple[Origin, ...] = ()
    homes: tuple[Home, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span from *start* to *end* of the text."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Author:
    """One author of the article, where the text names them."""

    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the article says it was published: an ISO 8601 date and its place in the text."""

    date: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The article's own data as its text states it."""

    title: Span | None = None
    authors: tuple[Author, ...] = ()
    published: Published | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the document; sentences come in order and cover every letter and digit."""

    id: str
    start: int
    end: int
    text: str
    paragraph: int
    role: Role = Role.BODY
    label: Label | None = None
    labels: tuple[Label, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)
    quotations: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    node: Node | None = None
    corrections: tuple[str, ...] = ()
    speech: float | None = None


def sentences_over(sentences: Sequence[Sentence], start: int, end: int) -> range:
    """The indices of the sentences, which are in order, that share a character with *start* to *end*."""
    first = last = bisect_right(sentences, start, key=END)
    while last < len(sentences) and sentences[last].start < end:
        last += 1
    return range(first, last)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a source said, wrote or thought, with the words that say so.

    ``content`` holds one span per contiguous piece, quotation marks outside; ``source`` the words
    that name the source here; ``speaker`` the id of whom they stand for.
    """

    id: str
    kind: Kind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: Span | None = None
    speaker: str | None = None
    act: Act = Act.STATEMENT
    status: Status = Status.ASSERTED
    confidence: float = 0.0
    sentences: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source that is quoted: the fullest form of its name, what it is, where it is mentioned."""

    id: str
    name: str
    kind: SpeakerKind
    role: str | None = None
    role_span: Span | None = None
    mentions: tuple[Span, ...] = ()
    quotations: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its value, unit and direction; see the HTTP contract for the vocabulary.

    ``value`` and ``upper`` bound a range (``upper`` is ``None`` for a single value). ``claims`` is
    whether the quantity by itself makes its sentence a numerical claim by the guidelines; it
    decides labels and is not part of the response.
    """

    id: str
    start: int
    end: int
    text: str
    kind: str
    value: Decimal
    upper: Decimal | None = None
    unit: str | None = None
    unit_text: str | None = None
    modifier: str = "exactly"
    change: str | None = None
    per: str | None = None
    of: str | None = None
    sentence: str | None = None
    quotation: str | None = None
    speaker: str | None = None
    claims: bool = True
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 the contract's word
    """Something the caller should know: a stable snake_case code and a sentence."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one article; ``tokens``, how many the model read, is for metrics alone."""

    text: str
    language: str | None = "en"
    frame: Frame = Frame()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    quoted_terms: tuple[Span, ...] = ()
    warnings: tuple[Warning, ...] = ()
    tokens: int = 0
