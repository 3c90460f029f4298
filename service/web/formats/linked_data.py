"""An extraction as schema.org JSON-LD: a ``NewsArticle`` with its ``Quotation`` and ``Claim`` parts.

What the article only imagines, denies or reports as a thought is no ``Quotation`` here, since schema.org cannot say
so; a ``Claim`` is never rated. Offsets have no place in schema.org: see the Web Annotations for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.extract.records import Act, Article, Extraction, Label, Quotation, Sentence, Speaker, SpeakerKind, Status

CONTEXT = "https://schema.org"
_TYPES = {SpeakerKind.PERSON: "Person", SpeakerKind.UNNAMED: "Person"}
Data = dict[str, Any]


def describe_article(extraction: Extraction, article: Article, identity: str) -> Data:
    """The JSON-LD document; *identity* is an IRI for the extraction, such as ``urn:uuid:…``."""
    frame = extraction.frame
    this = article.url or identity
    speakers = {speaker.id: _speaker(speaker, this) for speaker in extraction.speakers}
    title = frame.title.text if frame.title else article.title
    day = frame.published.date if frame.published else None
    return _without_empty(
        {
            "@context": CONTEXT,
            "@type": "NewsArticle",
            "@id": this,
            "identifier": article.external_id,
            "url": article.url,
            "headline": " ".join(title.split()) if title else None,
            "author": [{"@type": "Person", "name": author.name} for author in frame.authors],
            "publisher": {"@type": "Organization", "name": frame.publisher} if frame.publisher else None,
            "datePublished": article.published_at or day,
            "inLanguage": extraction.language,
            "articleBody": extraction.text,
            "hasPart": _parts(extraction, this, speakers),
        }
    )


def _parts(extraction: Extraction, this: str, speakers: dict[str, Data]) -> list[Data]:
    """Every quotation, then every numerical claim."""
    said = [q for q in extraction.quotations if q.act == Act.STATEMENT and q.status == Status.ASSERTED]
    claims = [s for s in extraction.sentences if Label.NUMERICAL_CLAIM in s.labels]
    claimants = {n.sentence: n.speaker for n in extraction.quantities if n.speaker}
    return [_quotation(q, this, speakers) for q in said] + [_claim(s, this, speakers, claimants) for s in claims]


def _quotation(quotation: Quotation, this: str, speakers: dict[str, Data]) -> Data:
    """A quotation; pieces that the article parts are joined by an ellipsis."""
    words = " … ".join(" ".join(piece.text.split()) for piece in quotation.content)
    source = speakers.get(quotation.speaker or "")
    key = "isBasedOn" if source and source["@type"] == "CreativeWork" else "creator"
    return _without_empty(
        {
            "@type": "Quotation",
            "@id": f"{this}#{quotation.id}",
            "text": words,
            key: source,
            "isPartOf": {"@id": this},
        }
    )


def _claim(sentence: Sentence, this: str, speakers: dict[str, Data], claimants: Mapping[str | None, str]) -> Data:
    """A numerical claim, with who makes it where that is not the article itself."""
    source = speakers.get(claimants.get(sentence.id) or "")
    return _without_empty(
        {
            "@type": "Claim",
            "@id": f"{this}#{sentence.id}",
            "text": " ".join(sentence.text.split()),
            "creator": source if source and source["@type"] != "CreativeWork" else None,
            "appearance": {"@id": this},
        }
    )


def _speaker(speaker: Speaker, this: str) -> Data:
    """Whoever is quoted; a document is a work that the quotation is based on."""
    known = "CreativeWork" if speaker.kind == SpeakerKind.DOCUMENT else _TYPES.get(speaker.kind, "Organization")
    found = {"@type": known, "@id": f"{this}#{speaker.id}", "name": speaker.name}
    return found | ({"jobTitle": speaker.role} if speaker.role and known == "Person" else {})


def _without_empty(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, [], "")}
