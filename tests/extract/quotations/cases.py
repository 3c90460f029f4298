"""Short cases of our own for quotations and speakers: ``cases.jsonl``, one a line.

Every sentence was written for this project. ``guards`` says which phenomenon or weakness the case is there for,
``style`` which kind of outlet it is written after, ``group`` where it belongs.
Content, cue, source and quoted terms are given as words of the text; where the same words occur more than once
as whole words, ``#2`` names the second occurrence.
``act`` and ``status`` are those of the HTTP contract, ``speaker`` is ``None`` where the text does not say who speaks.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.extract.records import Act, Kind, Span, SpeakerKind, Status

CASES = Path(__file__).with_name("cases.jsonl")


@dataclass(frozen=True, slots=True)
class Expected:
    """One quotation as the reader found it."""

    kind: Kind
    act: Act
    status: Status
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: Span | None
    speaker: str | None
    speaker_kind: SpeakerKind | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A short text with all of its quotations and quoted terms."""

    id: str
    group: str
    guards: str
    style: str
    text: str
    quotations: tuple[Expected, ...]
    quoted_terms: tuple[Span, ...]


class MisstatedCaseError(ValueError):
    """A case names words that its text does not hold, or holds more than once."""


@cache
def load_cases() -> tuple[Case, ...]:
    """All cases in the order of the file."""
    return tuple(read_case(json.loads(line)) for line in CASES.read_text("utf-8").splitlines())


def read_case(row: dict[str, Any]) -> Case:
    """One line of the file."""
    text = row["text"]
    return Case(
        id=row["id"],
        group=row["group"],
        guards=row["guards"],
        style=row["style"],
        text=text,
        quotations=tuple(read_expected(text, quotation) for quotation in row["quotations"]),
        quoted_terms=tuple(locate(text, words) for words in row["quoted_terms"]),
    )


def read_expected(text: str, row: dict[str, Any]) -> Expected:
    """One quotation with its words found in the text."""
    return Expected(
        kind=Kind(row["kind"]),
        act=Act(row["act"]),
        status=Status(row["status"]),
        content=tuple(locate(text, words) for words in row["content"]),
        cue=tuple(locate(text, words) for words in row["cue"]),
        source=locate(text, row["source"]) if row["source"] else None,
        speaker=row["speaker"],
        speaker_kind=SpeakerKind(row["speaker_kind"]) if row["speaker_kind"] else None,
        role=row["role"],
    )


def locate(text: str, words: str) -> Span:
    """Where *words* stand in *text*; ``said#2`` is the second "said".

    >>> locate("Ames said so, Ruiz said no.", "said#2")
    Span(start=19, end=23, text='said')
    """
    wanted, _, number = words.rpartition("#") if re.search(r"#\d+$", words) else (words, "", "")
    edges = [r"\b" if wanted[i].isalnum() or wanted[i] == "_" else "" for i in (0, -1)]
    found = [match.start() for match in re.finditer(edges[0] + re.escape(wanted) + edges[1], text)]
    if not found or (len(found) > 1 and not number) or int(number or 1) > len(found):
        raise MisstatedCaseError(f"{words!r} occurs {len(found)} times in {text!r}")
    start = found[int(number or 1) - 1]
    return Span(start, start + len(wanted), wanted)
