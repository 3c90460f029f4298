"""What a caller sends: an article, as a JSON body or as a text body with query parameters."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

FORMATS = ("text", "markdown", "html")
OFFSET_UNITS = ("codepoint", "utf16", "utf8")
_DATE = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})?)?$"

_ADDRESS = r"https?://[^\x00-\x20\x7f/?#][^\x00-\x20\x7f]*"


def _is_date(value: str) -> None:
    """Refuse what is no date ("2026-11-21") or date and time ("2026-11-21T18:00:00Z") of ISO 8601."""
    if not re.fullmatch(_DATE, value, re.ASCII):
        raise ValidationError("Not a date or date and time of ISO 8601.")
    try:
        date.fromisoformat(value[:10])
        datetime.fromisoformat(value.upper())
    except ValueError:
        raise ValidationError("No such date or time.") from None


def _is_address(value: str) -> None:
    """Refuse what is no http or https address without blanks and control characters."""
    if not re.fullmatch(_ADDRESS, value):
        raise ValidationError("Not an http or https address.")


def _told(description: str, **more: Any) -> dict[str, Any]:
    return {"description": description, **more}


class ArticleFieldsSchema(Schema):
    """What a caller may say about an article beside its text; the same in a JSON body and as query parameters."""

    class Meta:
        unknown = RAISE

    format = fields.String(
        validate=validate.OneOf(FORMATS),
        metadata=_told("How the text is marked up. A text body's own media type decides where this is not given."),
    )
    external_id = fields.String(
        allow_none=True, metadata=_told("The caller's own id, given back unchanged.", example="story-4711")
    )
    title = fields.String(allow_none=True, metadata=_told("The headline, where the text does not hold it."))
    byline = fields.String(allow_none=True, metadata=_told("The byline, where the text does not hold it."))
    publisher = fields.String(allow_none=True, metadata=_told("Who publishes the article."))
    published_at = fields.String(
        allow_none=True,
        validate=_is_date,
        metadata=_told(
            "When it was published: an ISO 8601 date, or date and time.",
            example="2026-11-21T06:30:00Z",
            anyOf=[
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
                {"type": "null"},
            ],
        ),
    )
    url = fields.String(
        allow_none=True,
        validate=_is_address,
        metadata=_told("Where it was published.", example="https://news.example.org/dam", pattern=f"^{_ADDRESS}$"),
    )
    offset_unit = fields.String(
        validate=validate.OneOf(OFFSET_UNITS),
        metadata=_told(
            "What offsets count: Unicode code points (where nothing is said), UTF-16 code units as JavaScript "
            "counts, or UTF-8 bytes."
        ),
    )


class ArticleSchema(ArticleFieldsSchema):
    """One article."""

    text = fields.String(
        required=True,
        metadata=_told("The article. Offsets in the answer refer to it; at most 200,000 characters by default."),
    )
    format = fields.String(
        validate=validate.OneOf(FORMATS), metadata=_told("How the text is marked up; `text` where nothing is said.")
    )


class ArticleQuerySchema(ArticleFieldsSchema):
    """The query parameters of an extraction."""

    profile = fields.String(
        validate=validate.OneOf(("ninjs", "wordpress")),
        metadata=_told(
            "For a JSON body: it is not an `Article` but an IPTC ninjs item (versions 2 and 3, or Superdesk's form "
            "with `body_html`), or a WordPress REST post."
        ),
    )
