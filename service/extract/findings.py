"""Findings joined to each other: quotations to speakers, quantities to sentence, quotation and speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.extract.records import Document, Quantity, Quotation, Sentence, Speaker, sentences_over
from service.extract.speakers import Resolution


@dataclass(frozen=True, slots=True)
class Findings:
    """Quotations, speakers and quantities that name each other by id."""

    quotations: tuple[Quotation, ...]
    speakers: tuple[Speaker, ...]
    quantities: tuple[Quantity, ...]


def join_findings(
    document: Document,
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
    resolution: Resolution,
    quantities: Sequence[Quantity],
) -> Findings:
    """Every finding with the ids of those it belongs to; speakers that say nothing are left out."""
    spoken = tuple(
        replace(q, speaker=who, confidence=round(q.confidence * sure, 4))
        for q, who, sure in zip(quotations, resolution.ids, resolution.confidences, strict=True)
    )
    said = {s.id: tuple(q.id for q in spoken if q.speaker == s.id) for s in resolution.speakers}
    speakers = [replace(s, quotations=said[s.id]) for s in resolution.speakers if said[s.id]]
    ids = {s.id: f"p{n}" for n, s in enumerate(speakers, 1)}
    spoken = tuple(replace(q, speaker=ids.get(q.speaker or "")) for q in spoken)
    return Findings(
        spoken,
        tuple(replace(s, id=ids[s.id]) for s in speakers),
        tuple(_place(document, n, sentences, spoken) for n in quantities),
    )


def _place(
    document: Document, quantity: Quantity, sentences: Sequence[Sentence], quotations: Sequence[Quotation]
) -> Quantity:
    holder = next((sentences[i] for i in sentences_over(sentences, quantity.start, quantity.start + 1)), None)
    quotation = next((q for q in quotations if any(c.start <= quantity.start < c.end for c in q.content)), None)
    return replace(
        quantity,
        text=document.text[quantity.start : quantity.end],
        sentence=holder.id if holder else None,
        quotation=quotation.id if quotation else None,
        speaker=quotation.speaker if quotation else None,
    )
