"""How an extraction is told: the media types on offer, which of them a caller wants, and the writing of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header

from service.extract.corrections import hash_text
from service.extract.offsets import convert
from service.extract.records import Extraction
from service.web.analyzers import Analyzer
from service.web.formats.annotations import PROFILE, annotate
from service.web.formats.linked_data import describe_article
from service.web.formats.tables import tabulate
from service.web.problems import NotAcceptable
from service.web.schemas.dumps import make_writer
from service.web.schemas.extractions import ExtractionSchema
from service.web.submissions import Submission

_write_extraction = make_writer(ExtractionSchema())


@dataclass(frozen=True, slots=True)
class Telling:
    """An extraction with everything its answer states beside it; its offsets count code points."""

    id: str
    submission: Submission
    extraction: Extraction
    analyzer: Analyzer

    @property
    def converted(self) -> Extraction:
        """The extraction with its offsets in the unit that was asked for."""
        return convert(self.extraction, self.submission.offset_unit)

    @property
    def identity(self) -> str:
        """An IRI for the extraction."""
        return f"urn:uuid:{self.id}"


@dataclass(frozen=True, slots=True)
class Rendering:
    """One media type on offer: its type, the profile that sets it apart, and its writer."""

    media_type: str
    profile: str | None
    write: Callable[[Telling], str]

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        if self.profile:
            return f'{self.media_type}; profile="{self.profile}"'
        return self.media_type if "json" in self.media_type else f"{self.media_type}; charset=utf-8"


def tell(submission: Submission, extraction: Extraction, analyzer: Analyzer) -> Telling:
    """*extraction* as the answer to *submission*, under a new id."""
    return Telling(str(uuid4()), submission, extraction, analyzer)


def describe(telling: Telling) -> dict[str, Any]:
    """The extraction as plain JSON data, as the contract names its fields."""
    found = telling.converted
    told: dict[str, Any] = {
        "id": telling.id,
        "external_id": telling.submission.article.external_id,
        "model": {"name": telling.analyzer.name, "version": telling.analyzer.version},
        "language": found.language,
        "offset_unit": telling.submission.offset_unit,
        "text": found.text,
        "text_hash": hash_text(found.text),
        "article": found.frame,
        "sentences": found.sentences,
        "quotations": found.quotations,
        "speakers": found.speakers,
        "quantities": found.quantities,
        "quoted_terms": found.quoted_terms,
        "warnings": found.warnings,
    }
    dumped: dict[str, Any] = _write_extraction(told)
    return dumped


def write_json(telling: Telling) -> str:
    """The extraction as the contract's JSON."""
    return _write(describe(telling))


def write_linked_data(telling: Telling) -> str:
    """The extraction as schema.org JSON-LD."""
    return _write(describe_article(telling.extraction, telling.submission.article, telling.identity))


def write_annotations(telling: Telling) -> str:
    """The extraction as W3C Web Annotations, whose offsets always count code points."""
    return _write(annotate(telling.extraction, telling.submission.article, telling.identity))


def write_table(telling: Telling) -> str:
    """The extraction as CSV, one row a sentence."""
    return tabulate(telling.converted)


def _write(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


LINKED_DATA = "application/ld+json"
RENDERINGS = (
    Rendering("application/json", None, write_json),
    Rendering(LINKED_DATA, None, write_linked_data),
    Rendering(LINKED_DATA, PROFILE, write_annotations),
    Rendering("text/csv", None, write_table),
)


def choose(accept: MIMEAccept) -> Rendering:
    """The rendering that *accept* (the Accept header) likes best; the first of equals, JSON before all.

    :raises NotAcceptable: when it takes none of them.
    """
    if not accept:
        return RENDERINGS[0]
    liked = [(_quality(rendering, accept), -index) for index, rendering in enumerate(RENDERINGS)]
    quality, index = max(liked)
    if quality <= 0:
        offered = ", ".join(rendering.content_type for rendering in RENDERINGS)
        raise NotAcceptable(f"Offered: {offered}.")
    return RENDERINGS[-index]


def _quality(rendering: Rendering, accept: MIMEAccept) -> float:
    """The quality that the most specific range of *accept* that matches gives *rendering* (RFC 9110, 12.5.1)."""
    best = (-1, 0.0)
    for given, quality in accept:
        best = max(best, (_specificity(rendering, given), quality), key=lambda pair: pair[0])
    return best[1] if best[0] >= 0 else 0.0


def _specificity(rendering: Rendering, given: str) -> int:
    """How closely the media range *given* names *rendering*: 0 for ``*/*`` to 3 with its profile; -1: not at all."""
    media_range, options = parse_options_header(given)
    kind = rendering.media_type.partition("/")[0]
    profiles = options.get("profile", "").split()
    if profiles:
        return 3 if media_range == rendering.media_type and rendering.profile in profiles else -1
    if rendering.profile and media_range == rendering.media_type:
        return -1  # the plain type asks for the rendering without a profile
    ranges = {"*/*": 0, f"{kind}/*": 1, rendering.media_type: 2}
    return ranges.get(media_range, -1)
