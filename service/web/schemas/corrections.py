"""What an editor sets right: one schema for each kind of finding, and one for corrections as they are told."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from service.edits.records import FINDINGS
from service.extract.corrections import hash_text
from service.extract.records import Label, SpeakerKind
from service.web.schemas.extractions import QUANTITY_KINDS, Number

HASH = r"^[0-9a-f]{64}$"
_FAR = 2**31 - 1  # what the database counts to
_HASHED = (validate.Length(equal=64), validate.Regexp(HASH, error="Not a SHA-256 in hex."))
_WORDS = (validate.Length(max=500), validate.Regexp(r"^\s*\S", error="Must not be blank."))


class Offset(fields.Integer):
    """A whole number as JSON has it: 7 or 7.0, no string, no boolean."""

    def _validated(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            raise self.make_error("invalid")
        return int(value)


class Amount(Number):
    """A number as JSON has it, no string, no boolean, and finite."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid")
        return super()._validated(value)


def _told(description: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": description, **more}}


def _finding(name: str) -> fields.String:
    return fields.String(required=True, validate=validate.OneOf((name,)), **_told("The kind of finding."))


class PlaceSchema(Schema):
    """Where the finding stands in which text."""

    class Meta:
        unknown = RAISE

    text_hash = fields.String(
        required=True,
        validate=_HASHED,
        **_told("The text: `text_hash` of the extraction, the SHA-256 of its `text` in UTF-8."),
    )
    start = Offset(
        required=True,
        validate=validate.Range(0, _FAR),
        **_told(
            "Offset of the finding in code points. A sentence or quantity is named by its span, a quotation by the "
            "start of its first and the end of its last piece of content, a speaker by any mention or, without one, "
            "by a piece of what they say."
        ),
    )
    end = Offset(required=True, validate=validate.Range(1, _FAR), **_told("Offset behind it, in code points."))
    text = fields.String(
        **_told("The text itself, to be kept and exported with the correction. Left out, only its hash is kept.")
    )

    @validates_schema(skip_on_field_errors=True)
    def check_place(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a place that cannot be, and a text that is another than its hash says."""
        if data["start"] >= data["end"]:
            raise ValidationError("Must be greater than `start`.", "end")
        if "text" not in data:
            return
        if hash_text(data["text"]) != data["text_hash"]:
            raise ValidationError("Its SHA-256 is not `text_hash`.", "text")
        if data["end"] > len(data["text"]):
            raise ValidationError("Lies behind the end of the text.", "end")


class SentenceCorrectionSchema(PlaceSchema):
    """The labels of a sentence, all of them."""

    finding = _finding("sentence")
    label = fields.Enum(
        Label, by_value=fields.String, required=True, **_told("The one label that stands for the sentence.")
    )
    also = fields.List(
        fields.Enum(Label, by_value=fields.String),
        load_default=[],
        validate=validate.Length(max=len(Label)),
        **_told("Labels that hold beside it; a `factual_statement` has none."),
    )

    @validates_schema(skip_on_field_errors=True)
    def check_labels(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a factual statement that is something else besides."""
        labels = {data["label"], *data["also"]}
        if Label.FACTUAL_STATEMENT in labels and len(labels) > 1:
            raise ValidationError("A `factual_statement` has no other label.", "also")


class QuotationCorrectionSchema(PlaceSchema):
    """Whose words a quotation is."""

    finding = _finding("quotation")
    speaker = fields.String(
        required=True, allow_none=True, validate=_WORDS, **_told("The speaker's name; null: the article does not say.")
    )


class SpeakerCorrectionSchema(PlaceSchema):
    """What a speaker is called."""

    finding = _finding("speaker")
    name = fields.String(
        required=True, validate=_WORDS, **_told("The name. That of another speaker makes the two one.")
    )
    role = fields.String(
        required=True, allow_none=True, validate=_WORDS, **_told("The role; null: the article gives none.")
    )
    kind = fields.Enum(
        SpeakerKind,
        by_value=fields.String,
        load_default=None,
        allow_none=True,
        **_told("What sort of source it is; as found where nothing is said."),
    )


class QuantityCorrectionSchema(PlaceSchema):
    """What a quantity amounts to."""

    finding = _finding("quantity")
    value = Amount(required=True, **_told("The value, or the lower bound of a range."))
    upper = Amount(load_default=None, allow_none=True, **_told("The upper bound; null: it is no range."))
    unit = fields.String(
        required=True,
        allow_none=True,
        validate=_WORDS,
        **_told("ISO 4217 code, `percent`, CLDR unit id, or the counted noun in the singular; null: none."),
    )
    kind = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(QUANTITY_KINDS),
        **_told("What is measured; where nothing is said it follows from the unit."),
    )

    @validates_schema(skip_on_field_errors=True)
    def check_range(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a range that ends before it begins."""
        if data["upper"] is not None and data["upper"] < data["value"]:
            raise ValidationError("Must not be less than `value`.", "upper")


SCHEMAS: dict[str, type[PlaceSchema]] = dict(
    zip(
        FINDINGS,
        (SentenceCorrectionSchema, QuotationCorrectionSchema, SpeakerCorrectionSchema, QuantityCorrectionSchema),
        strict=True,
    )
)


class CorrectionSchema(Schema):
    """A correction as it is kept; beside what all have, the members of its kind of finding, as they were sent."""

    id = fields.String(required=True, metadata={"format": "uuid"})
    created_at = fields.DateTime(required=True, format="iso", **_told("When it was made."))
    superseded_by = fields.String(
        required=True, allow_none=True, **_told("Id of the later correction that holds in its place.")
    )
    text_kept = fields.Boolean(required=True, **_told("Whether the text of the article is kept."))
    text_hash = fields.String(required=True, **_told("The text."))
    finding = fields.String(required=True, validate=validate.OneOf(FINDINGS), **_told("The kind of finding."))
    start = fields.Integer(required=True, **_told("Offset of the finding, in code points."))
    end = fields.Integer(required=True, **_told("Offset behind it."))
    label = fields.String(validate=validate.OneOf([label.value for label in Label]))
    also = fields.List(fields.String(validate=validate.OneOf([label.value for label in Label])))
    speaker = fields.String(allow_none=True)
    name = fields.String()
    role = fields.String(allow_none=True)
    kind = fields.String(allow_none=True)
    value = Number()
    upper = Number(allow_none=True)
    unit = fields.String(allow_none=True)


class CorrectionsSchema(Schema):
    """A page of corrections, oldest first."""

    corrections = fields.List(fields.Nested(CorrectionSchema), required=True)
    next_cursor = fields.String(
        required=True, allow_none=True, **_told("`cursor` of the next page; null: this is the last.")
    )


class CorrectionsQuerySchema(Schema):
    """Which corrections are listed."""

    class Meta:
        unknown = RAISE

    text_hash = fields.String(validate=_HASHED, **_told("Those of one text alone."))
    limit = fields.Integer(
        validate=validate.Range(1, 1000), **_told("The most to list at once; 100 where nothing is said.")
    )
    cursor = fields.String(
        validate=validate.Regexp(r"^[0-9]{1,18}$", error="Not a cursor that was given."),
        **_told("Where to go on: `next_cursor` of the page before."),
    )
