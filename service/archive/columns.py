"""The columns of the results: what an archive is searched and counted by, and the whole extraction as JSON."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyarrow as pa

from service.archive.rows import Row
from service.extract.records import Extraction, Label
from service.web.analyzers import Analyzer
from service.web.renderings import Telling, write_json
from service.web.submissions import Submission

_COUNTED = {
    Label.QUOTATION: "quotation_sentences",
    Label.NUMERICAL_CLAIM: "numerical_claim_sentences",
    Label.EDITORIAL_ASSERTION: "editorial_assertion_sentences",
    Label.FACTUAL_STATEMENT: "factual_statement_sentences",
}
SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("position", pa.int64(), nullable=False),
        pa.field("title", pa.string()),
        pa.field("url", pa.string()),
        pa.field("publisher", pa.string()),
        pa.field("published_at", pa.string()),
        pa.field("model", pa.string(), nullable=False),
        pa.field("language", pa.string()),
        pa.field("characters", pa.int32(), nullable=False),
        pa.field("sentences", pa.int32(), nullable=False),
        *(pa.field(name, pa.int32(), nullable=False) for name in _COUNTED.values()),
        pa.field("quotations", pa.int32(), nullable=False),
        pa.field("quantities", pa.int32(), nullable=False),
        pa.field("speakers", pa.list_(pa.string()), nullable=False),
        pa.field("warnings", pa.list_(pa.string()), nullable=False),
        pa.field("extraction", pa.large_string(), nullable=False),
    ]
)


def make_record(row: Row, extraction: Extraction, analyzer: Analyzer, offset_unit: str) -> dict[str, Any]:
    """The values of ``SCHEMA`` for one article.

    The extraction's own id is made of the row's place and the model, so that a row read twice gives the same result.
    """
    article = row.article
    if article is None:
        raise ValueError(row.fault)
    model = f"{analyzer.name} {analyzer.version}"
    own = uuid5(NAMESPACE_URL, f"{row.name}#{row.position} {model}")
    labels = Counter(sentence.label for sentence in extraction.sentences)
    return {
        "id": row.identity,
        "file": row.name,
        "position": row.position,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published_at": article.published_at,
        "model": model,
        "language": extraction.language,
        "characters": len(extraction.text),
        "sentences": len(extraction.sentences),
        **{name: labels[label] for label, name in _COUNTED.items()},
        "quotations": len(extraction.quotations),
        "quantities": len(extraction.quantities),
        "speakers": [speaker.name for speaker in extraction.speakers],
        "warnings": [warning.code for warning in extraction.warnings],
        "extraction": write_json(Telling(str(own), Submission(article, offset_unit), extraction, analyzer)),
    }
