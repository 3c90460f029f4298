"""Corrections: where in a text, and what holds there instead.

A correction names its finding by its kind and its place, never by an id or by words: ids change
with the model, and what is stored of an article is its hash and offsets in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import ClassVar

from service.extract.records import Label, SpeakerKind
from service.extract.values import dataclass

# Two stretches are the same finding, read twice, where they share at least half of what both cover.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of a sentence, all of them; ``label``, the one, is chosen by the guidelines where it is ``None``."""

    finding: ClassVar[str] = "sentence"
    labels: tuple[Label, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """The name of whoever is quoted; ``None`` where the article does not say."""

    finding: ClassVar[str] = "quotation"
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Naming:
    """Name and role of a speaker, the whole of both; ``kind`` stays as it was where it is ``None``."""

    finding: ClassVar[str] = "speaker"
    name: str
    role: str | None
    kind: SpeakerKind | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """Value and unit of a quantity, the whole of both; ``kind`` follows from the unit where it is ``None``."""

    finding: ClassVar[str] = "quantity"
    value: Decimal
    upper: Decimal | None
    unit: str | None
    kind: str | None = None


Change = Labelling | Attribution | Naming | Valuation


@dataclass(frozen=True, slots=True)
class Correction:
    """One change to the finding at *start* to *end*, in code points of the text.

    A sentence's place is its span, a quantity's too; a quotation's reaches from its first piece of
    content to its last; a speaker's is any of its mentions, or a piece of anything it says.
    """

    id: str
    start: int
    end: int
    change: Change

    @property
    def target(self) -> tuple[str, int, int]:
        """What is corrected; of several corrections of one target the latest holds."""
        return self.change.finding, self.start, self.end


def hash_text(text: str) -> str:
    """The name of an article among corrections: the SHA-256 of its text in UTF-8, in hex.

    >>> hash_text("The dam will hold.")[:16]
    '0ea5ceb8b3ba6c17'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def find_nearest(places: Iterable[tuple[int, int]], start: int, end: int) -> int | None:
    """The index of the place that is *start* to *end*, or nearest to being it; ``None`` where none comes near.

    >>> find_nearest([(0, 10), (11, 30)], 12, 30), find_nearest([(0, 10), (11, 30)], 5, 30)
    (1, 1)
    >>> find_nearest([(0, 10), (11, 30)], 40, 50) is None
    True
    """
    likeness = [(_share(place, (start, end)), -index) for index, place in enumerate(places)]
    share, index = max(likeness, default=(0.0, 0))
    return -index if share >= SAME else None


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / max(1, max(one[1], other[1]) - min(one[0], other[0]))
