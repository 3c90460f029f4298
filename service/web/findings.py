"""Findings of one extraction, counted: one answer holds only so many."""

from __future__ import annotations

from service.extract.records import Extraction
from service.web.problems import TooManyFindings


def check_findings(extraction: Extraction, most: int) -> None:
    """Nothing, where *extraction* holds at most *most* findings.

    :raises TooManyFindings: when it holds more.
    """
    found = count_findings(extraction)
    if found > most:
        raise TooManyFindings(f"The article holds {found} findings; at most {most} are told (MAX_FINDINGS).")


def count_findings(extraction: Extraction) -> int:
    """How many records an answer would hold: sentences, quotations, quantities, mentions, terms in quotation marks."""
    mentions = sum(len(speaker.mentions) for speaker in extraction.speakers)
    lists = (extraction.sentences, extraction.quotations, extraction.quantities, extraction.quoted_terms)
    return mentions + sum(map(len, lists))
