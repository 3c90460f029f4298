"""The blocks of a document with their sentences, as roles are assigned to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from service.extract import signs
from service.extract.records import Document, Role
from service.extract.values import dataclass

_REPEATED = 3  # a line that stands at the top of so many pages is their running head


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to be: its place, the number of its block, its role where already known."""

    start: int
    end: int
    block: int
    role: Role | None = None


@dataclass(slots=True)
class Unit:
    """One block: its kind, its sentences' numbers and texts, the roles they get; ``running`` heads come again."""

    kind: str
    members: list[int]
    texts: list[str]
    fixed: list[Role | None]
    role: Role | None = None
    single: dict[int, Role] = field(default_factory=dict)
    running: bool = False
    text: str = ""
    words: int = 0

    @property
    def open(self) -> bool:
        """Whether the block ends without any closing punctuation."""
        return not signs.is_ended(self.text) and not signs.is_held(self.text)

    @property
    def is_body(self) -> bool:
        """Whether any of it is still taken for body."""
        return self.role is None and len(self.single) < len(self.texts)


def gather_units(document: Document, pieces: Sequence[Piece]) -> list[Unit]:
    """The pieces gathered by block."""
    units: dict[int, Unit] = {}
    for number, piece in enumerate(pieces):
        kind = document.blocks[piece.block].kind if document.blocks else "paragraph"
        unit = units.setdefault(piece.block, Unit(kind, [], [], []))
        unit.members.append(number)
        unit.texts.append(document.reading[piece.start : piece.end].replace("\u00ad", "").strip())
        unit.fixed.append(piece.role)
    found = list(units.values())
    for unit in found:
        unit.text = " ".join(unit.texts)
        unit.words = len(unit.text.split())
    for unit in found[:1]:
        unit.running = unit.words <= 8 and unit.open and document.text.count(unit.text) >= _REPEATED
    return found
