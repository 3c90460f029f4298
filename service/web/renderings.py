"""How an extraction is told: the media types on offer, which of them a caller wants, and the writing of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_options_header

from service.extract.records import Extraction
from service.web.analyzers import Analyzer
from service.web.problems import NotAcceptable
from service.web.schemas.extractions import ExtractionSchema
from service.web.submissions import Submission

_SCHEMA = ExtractionSchema()


@dataclass(frozen=True, slots=True)
class Telling:
    """An extraction with everything its answer states beside it; offsets are in the unit asked for."""

    id: str
    submission: Submission
    extraction: Extraction
    analyzer: Analyzer


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
    """*extraction* with its offsets in the unit that *submission* asks for, under a new id."""
    return Telling(str(uuid4()), submission, extraction, analyzer)


def describe(telling: Telling) -> dict[str, Any]:
    """The extraction as plain JSON data, as the contract names its fields."""
    found = telling.extraction
    told: dict[str, Any] = {
        "id": telling.id,
        "external_id": telling.submission.article.external_id,
        "model": {"name": telling.analyzer.name, "version": telling.analyzer.version},
        "language": found.language,
        "offset_unit": telling.submission.offset_unit,
        "text": found.text,
        "article": found.frame,
        "sentences": found.sentences,
        "quotations": found.quotations,
        "speakers": found.speakers,
        "quantities": found.quantities,
        "quoted_terms": found.quoted_terms,
        "warnings": found.warnings,
    }
    return _SCHEMA.dump(told)


def write_json(telling: Telling) -> str:
    """The extraction as the contract's JSON."""
    return json.dumps(describe(telling), ensure_ascii=False, allow_nan=False)


RENDERINGS = (Rendering("application/json", None, write_json),)


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
    ranges = {"*/*": 0, f"{kind}/*": 1, rendering.media_type: 2}
    return ranges.get(media_range, -1)
