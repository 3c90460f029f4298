"""Findings joined to each other: quotations to speakers, quantities to sentence, quotation and speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.records import Document, Quantity, Quotation, Sentence, Speaker, sentences_over
from service.extract.speakers import Resolution
from service.extract.values import dataclass, replace


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
    """Every finding with the ids of those it belongs to; speakers that say nothing are left out.

    A quotation whose source was not tagged gets the words that its cue's subject turned out to be, and loses them as
    content.
    """
    said: dict[str | None, list[str]] = {}
    for quotation, who in zip(quotations, resolution.ids, strict=True):
        said.setdefault(who, []).append(quotation.id)
    speakers = [s for s in resolution.speakers if s.id in said]
    ids = {s.id: f"p{n}" for n, s in enumerate(speakers, 1)}
    spoken = tuple(
        replace(
            q,
            content=tuple(c for c in q.content if c != source) or q.content,
            speaker=ids.get(who or ""),
            confidence=round(q.confidence * sure, 4),
            source=q.source or (source if who else None),
        )
        for q, who, sure, source in zip(
            quotations, resolution.ids, resolution.confidences, resolution.sources, strict=True
        )
    )
    return Findings(
        spoken,
        tuple(replace(s, id=ids[s.id], quotations=tuple(said[s.id])) for s in speakers),
        tuple(_place(document, quantities, sentences, spoken)),
    )


def _place(
    document: Document,
    quantities: Sequence[Quantity],
    sentences: Sequence[Sentence],
    quotations: Sequence[Quotation],
) -> Iterator[Quantity]:
    """Every quantity with its sentence, and with the first quotation that holds its beginning and who speaks there."""
    quoted = _find_quoted([quantity.start for quantity in quantities], quotations)
    for number, quantity in enumerate(quantities):
        holder = next((sentences[i] for i in sentences_over(sentences, quantity.start, quantity.start + 1)), None)
        quotation = quoted.get(number)
        yield replace(
            quantity,
            text=document.text[quantity.start : quantity.end],
            sentence=holder.id if holder else None,
            quotation=quotation.id if quotation else None,
            speaker=quotation.speaker if quotation else None,
        )


def _find_quoted(starts: Sequence[int], quotations: Sequence[Quotation]) -> dict[int, Quotation]:
    """The first quotation that holds each of *starts*, which are in order, by its index."""
    quoted: dict[int, Quotation] = {}
    for quotation in quotations:
        for content in quotation.content:
            for index in range(bisect_left(starts, content.start), bisect_left(starts, content.end)):
                quoted.setdefault(index, quotation)
    return quoted
