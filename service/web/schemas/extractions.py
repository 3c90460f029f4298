"""What the service finds, field by field as the HTTP contract names them; see ``service.extract.records``."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import Schema, fields, validate

from service.extract.records import Act, Kind, Label, Role, SpeakerKind, Status
from service.web.schemas.articles import OFFSET_UNITS

QUANTITY_KINDS = (
    "money", "percent", "count", "ratio", "duration", "age", "length", "area", "mass", "volume", "speed",
    "temperature", "energy", "power", "data", "score", "rank", "other",
)  # fmt: skip
MODIFIERS = ("exactly", "about", "more_than", "at_least", "less_than", "at_most", "vague")


class Number(fields.Float):
    """A ``Decimal`` as a JSON number: an integer where it is integral and sanely long, else a float."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> int | float | None:  # noqa: ARG002 (marshmallow's signature)
        if not isinstance(value, Decimal):
            return None if value is None else float(value)
        if value == value.to_integral_value() and abs(value.adjusted()) < 300:
            return int(value)
        return float(value)


def _one_of(vocabulary: type[StrEnum], description: str, **more: Any) -> fields.Enum[StrEnum]:
    return fields.Enum(vocabulary, by_value=fields.String, required=True, metadata={"description": description}, **more)


def _string(description: str, **more: Any) -> fields.String:
    return fields.String(required=True, metadata={"description": description}, **more)


def _ids(description: str) -> fields.List[Any]:
    return fields.List(fields.String(), required=True, metadata={"description": description})


class NumberedSchema(Schema):
    """A record that others point to."""

    id = _string("Its id within this extraction, such as `s1`, `q1`, `p1` or `n1`.")


class SpanSchema(Schema):
    """A stretch of the text: `text[start:end]`, counted in `offset_unit`, is the span's `text`."""

    start = fields.Integer(required=True, metadata={"description": "Offset of the first character.", "minimum": 0})
    end = fields.Integer(required=True, metadata={"description": "Offset behind the last character.", "minimum": 0})
    text = _string("The words themselves.")


def _spans(description: str) -> fields.List[Any]:
    return fields.List(fields.Nested(SpanSchema), required=True, metadata={"description": description})


class AuthorSchema(SpanSchema):
    """One author of the article, where the text names them."""

    name = _string("The author's name.")


class PublishedSchema(SpanSchema):
    """When the article says it was published."""

    date = _string("An ISO 8601 date.")


class FrameSchema(Schema):
    """The article's own data as its text states it."""

    title = fields.Nested(SpanSchema, required=True, allow_none=True)
    authors = fields.List(fields.Nested(AuthorSchema), required=True)
    published = fields.Nested(PublishedSchema, required=True, allow_none=True)
    publisher = _string("Who publishes it.", allow_none=True)


class NodeSchema(Schema):
    """Where a sentence stands in the submitted HTML; null where no element of it holds the whole sentence."""

    selector = _string("A CSS selector that finds one element of the submitted markup.")
    start = fields.Integer(required=True, metadata={"description": "Offset into that element's textContent."})
    end = fields.Integer(required=True, metadata={"description": "End offset into that element's textContent."})


class ScoresSchema(Schema):
    """Calibrated probabilities that a label holds; a sentence that is not of the body has none."""

    quotation = fields.Float(metadata={"minimum": 0, "maximum": 1})
    numerical_claim = fields.Float(metadata={"minimum": 0, "maximum": 1})
    editorial_assertion = fields.Float(metadata={"minimum": 0, "maximum": 1})


def _corrections() -> fields.List[Any]:
    return _ids("Ids of the corrections by an editor that it owes what it says to; none where it is as found.")


class SentenceSchema(SpanSchema, NumberedSchema):
    """One sentence. Sentences come in order, do not overlap and cover every letter and digit of the text."""

    paragraph = fields.Integer(required=True, metadata={"description": "Number of its paragraph, from 0."})
    role = _one_of(Role, "What it is to the article; only `body` has labels.")
    label = _one_of(Label, "The one label, where one must stand for the sentence.", allow_none=True)
    labels = fields.List(fields.Enum(Label, by_value=fields.String), required=True)
    scores = fields.Nested(ScoresSchema, required=True)
    speech = fields.Float(
        required=True,
        allow_none=True,
        metadata={
            "minimum": 0,
            "maximum": 1,
            "description": "Calibrated probability that it reports what a person or a group says, not a document, an "
            "office or a poll: narrower than `quotation`. Null outside of the body.",
        },
    )
    quotations = _ids("Ids of the quotations it takes part in.")
    quantities = _ids("Ids of the quantities it holds.")
    evidence = _spans("The words that carry an editorial assertion.")
    node = fields.Nested(NodeSchema, required=True, allow_none=True)
    corrections = _corrections()


class QuotationSchema(NumberedSchema):
    """What a source said, wrote or thought, with the words that say so."""

    kind = _one_of(Kind, "How the words stand in the text.")
    act = _one_of(Act, "Whether it was uttered or only thought.")
    status = _one_of(Status, "Whether the article says that it was uttered.")
    content = _spans("What was said: one span for each contiguous piece, quotation marks outside.")
    cue = _spans("The words that say that it was said.")
    source = fields.Nested(
        SpanSchema, required=True, allow_none=True, metadata={"description": "The words that name the source here."}
    )
    speaker = _string("Id of the speaker whom the source stands for.", allow_none=True)
    confidence = fields.Float(required=True, metadata={"minimum": 0, "maximum": 1})
    sentences = _ids("Ids of the sentences it reaches over.")
    corrections = _corrections()


class SpeakerSchema(NumberedSchema):
    """A source that is quoted."""

    name = _string("The fullest form of the name in the article, without titles.")
    kind = _one_of(SpeakerKind, "What sort of source it is.")
    role = _string("The role the article gives, such as `NATO Secretary-General`.", allow_none=True)
    role_span = fields.Nested(SpanSchema, required=True, allow_none=True)
    mentions = _spans("Where the article mentions it.")
    quotations = _ids("Ids of its quotations.")
    corrections = _corrections()


class QuantitySchema(SpanSchema, NumberedSchema):
    """An amount with its value, unit and direction."""

    kind = _string("What is measured.", validate=validate.OneOf(QUANTITY_KINDS))
    value = Number(required=True, metadata={"description": "The value, or the lower bound of a range."})
    upper = Number(required=True, allow_none=True, metadata={"description": "The upper bound of a range."})
    unit = _string("ISO 4217 code, `percent`, CLDR unit id, or the counted noun in the singular.", allow_none=True)
    unit_text = _string("The unit as the text writes it.", allow_none=True)
    modifier = _string("How exact the value is.", validate=validate.OneOf(MODIFIERS))
    change = fields.String(required=True, allow_none=True, validate=validate.OneOf(("increase", "decrease")))
    per = _string("What the value is reckoned for, such as `month`.", allow_none=True)
    of = _string("What the number is about.", allow_none=True)
    sentence = _string("Id of its sentence.", allow_none=True)
    quotation = _string("Id of the quotation it stands in.", allow_none=True)
    speaker = _string("Id of the speaker who states it.", allow_none=True)
    corrections = _corrections()


class WarningSchema(Schema):
    """Something the caller should know."""

    code = _string("A stable name, such as `language_not_supported`.")
    detail = _string("The warning in a sentence.")


class ModelNameSchema(Schema):
    """The model that found all this."""

    name = _string("Its name.")
    version = _string("Its version.")


class ExtractionSchema(Schema):
    """Everything found in one article."""

    id = fields.String(required=True, metadata={"description": "This extraction's id.", "format": "uuid"})
    external_id = _string("The caller's own id.", allow_none=True)
    model = fields.Nested(ModelNameSchema, required=True)
    language = _string("ISO 639-1 code of the text's language, null where it is too short to tell.", allow_none=True)
    offset_unit = fields.String(required=True, validate=validate.OneOf(OFFSET_UNITS))
    text = _string("What all offsets refer to: the submitted text, or for HTML and profiles its readable text.")
    text_hash = _string("The SHA-256 of `text` in UTF-8, in hex: its name among corrections.")
    article = fields.Nested(FrameSchema, required=True)
    sentences = fields.List(fields.Nested(SentenceSchema), required=True)
    quotations = fields.List(fields.Nested(QuotationSchema), required=True)
    speakers = fields.List(fields.Nested(SpeakerSchema), required=True)
    quantities = fields.List(fields.Nested(QuantitySchema), required=True)
    quoted_terms = _spans("Words in quotation marks that quote nobody: scare quotes, nicknames, titles.")
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
