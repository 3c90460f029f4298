"""Corrections laid over an extraction, in the order in which an editor saw them take hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from service.extract.corrections.changes import Attribution, Correction, Labelling, Naming
from service.extract.corrections.labellings import set_labels
from service.extract.corrections.namings import set_name, set_speaker
from service.extract.corrections.valuations import set_value
from service.extract.quantities.disagreements import CODE, disagreements
from service.extract.records import Extraction, Quantity, Quotation, Speaker, Warning  # noqa: A004 the contract's word
from service.extract.values import replace

UNAPPLIED = "correction_not_applied"


def pick_standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Of *corrections*, oldest first, those that hold: the latest of each target, in the place of its first.

    What was corrected after a first try was corrected with something there; a second try takes its place.
    """
    latest: dict[tuple[str, int, int], Correction] = {}
    for correction in corrections:
        latest[correction.target] = correction
    return list(latest.values())


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Extraction:
    """*extraction* as *corrections* of its text, oldest first, leave it; labels and findings agree as before.

    A correction that finds nothing in its place is told in the warnings.
    """
    missed = []
    for correction in pick_standing(corrections):
        changed = _apply(extraction, correction)
        extraction = changed or extraction
        missed += [] if changed else [correction]
    return _join(extraction, missed) if corrections else extraction


def _apply(extraction: Extraction, correction: Correction) -> Extraction | None:
    start, end, change, by = correction.start, correction.end, correction.change, correction.id
    if isinstance(change, Labelling):
        return set_labels(extraction, start, end, change, by)
    if isinstance(change, Attribution):
        return set_speaker(extraction, start, end, change, by)
    if isinstance(change, Naming):
        return set_name(extraction, start, end, change, by)
    return set_value(extraction, start, end, change, by)


def _join(extraction: Extraction, missed: Sequence[Correction]) -> Extraction:
    """*extraction* with every id in it pointing to what is there; a speaker who says nothing is left out."""
    quotations = extraction.quotations
    held: dict[str, list[str]] = {}
    for quotation in quotations:
        for sentence in quotation.sentences:
            held.setdefault(sentence, []).append(quotation.id)
    quantities = tuple(_place(n, quotations) for n in extraction.quantities)
    sentences = tuple(replace(s, quotations=tuple(held.get(s.id, ()))) for s in extraction.sentences)
    told = [w for w in extraction.warnings if w.code != CODE]
    told += [*disagreements(quantities, sentences), *map(_warn, missed)]
    return replace(
        extraction,
        sentences=sentences,
        quantities=quantities,
        speakers=_speaking(extraction.speakers, quotations),
        warnings=tuple(told),
    )


def _place(quantity: Quantity, quotations: Sequence[Quotation]) -> Quantity:
    said = next((q for q in quotations if any(c.start <= quantity.start < c.end for c in q.content)), None)
    return replace(quantity, quotation=said.id if said else None, speaker=said.speaker if said else None)


def _speaking(speakers: Sequence[Speaker], quotations: Sequence[Quotation]) -> tuple[Speaker, ...]:
    spoken = Counter(q.speaker for q in quotations)
    return tuple(
        replace(s, quotations=tuple(q.id for q in quotations if q.speaker == s.id)) for s in speakers if spoken[s.id]
    )


def _warn(correction: Correction) -> Warning:
    finding, start, end = correction.target
    return Warning(UNAPPLIED, f"Correction {correction.id} finds no {finding} at {start}-{end}.")
