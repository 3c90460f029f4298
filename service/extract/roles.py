"""What each sentence is to the article: title, byline, dateline, heading, caption, boilerplate or body.

Decided by form and place together: how a line is built (``signs``), where it stands, and what stands
around it. A wrong "body" costs a label on a headline; a wrong role costs a sentence its label, so
in doubt a sentence is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.extract import signs
from service.extract.records import Document, Role


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to be: its place, the number of its block, its role where already known."""

    start: int
    end: int
    block: int
    role: Role | None = None


@dataclass(slots=True)
class _Unit:
    """One block: its kind, its sentences' numbers and texts, the roles they get; ``running`` heads come again."""

    kind: str
    members: list[int]
    texts: list[str]
    fixed: list[Role | None]
    role: Role | None = None
    single: dict[int, Role] = field(default_factory=dict)
    running: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def open(self) -> bool:
        """Whether the block ends without any closing punctuation."""
        return not signs.is_ended(self.text) and not signs.is_held(self.text)

    @property
    def is_body(self) -> bool:
        """Whether any of it is still taken for body."""
        return self.role is None and len(self.single) < len(self.texts)


def assign_roles(document: Document, pieces: Sequence[Piece]) -> list[Role]:
    """One role a piece, in order."""
    units = _units(document, pieces)
    wanted = document.article.title if document.article else None
    _mark_blocks(units)
    _mark_sentences(units)
    _mark_head(units, wanted, marked=bool(document.origins))
    _mark_captions(units)
    _mark_headings(units)
    _mark_foot(units)
    roles = [Role.BODY] * len(pieces)
    for unit in units:
        for place, number in enumerate(unit.members):
            roles[number] = unit.fixed[place] or unit.role or unit.single.get(place, Role.BODY)
    return roles


def _units(document: Document, pieces: Sequence[Piece]) -> list[_Unit]:
    """The pieces gathered by block."""
    units: dict[int, _Unit] = {}
    for number, piece in enumerate(pieces):
        kind = document.blocks[piece.block].kind if document.blocks else "paragraph"
        unit = units.setdefault(piece.block, _Unit(kind, [], [], []))
        unit.members.append(number)
        unit.texts.append(document.reading[piece.start : piece.end].replace("\u00ad", "").strip())
        unit.fixed.append(piece.role)
    found = list(units.values())
    for unit in found[:1]:
        unit.running = unit.words <= 8 and unit.open and document.text.count(unit.text) >= _REPEATED
    return found


_REPEATED = 3  # a line that stands at the top of so many pages is their running head
_QUOTED = re.compile(r"[\"“”]")
_BY_KIND = {
    "title": Role.HEADING,
    "source": Role.CAPTION,
    "boilerplate": Role.BOILERPLATE,
    "caption": Role.CAPTION,
    "heading": Role.HEADING,
}


def _mark_blocks(units: list[_Unit]) -> None:
    """Roles that the markup, or a line's own form, gives the whole block."""
    for unit in units:
        unit.role = _role_by_kind(unit)
        if unit.role or unit.kind == "quote":
            continue
        if signs.is_stamp(unit.text):
            unit.role = Role.BOILERPLATE
        elif signs.is_credited(unit.text) or (len(unit.texts) <= 2 and signs.is_credit(unit.text)):
            unit.role = Role.CAPTION
        elif signs.is_shouted(unit.text) or signs.is_dashed(unit.text):
            unit.role = Role.HEADING


def _role_by_kind(unit: _Unit) -> Role | None:
    """What the markup says; a cell of a table is no sentence unless it ends like one."""
    if unit.kind == "byline":
        named = Role.BYLINE if unit.words <= 15 else Role.BOILERPLATE
        return Role.DATELINE if signs.is_date_line(unit.text) else named
    if unit.kind == "date":
        return Role.DATELINE if unit.words <= 15 else None
    if unit.kind == "table":
        return Role.CAPTION if unit.open else None
    return _BY_KIND.get(unit.kind)


def _mark_sentences(units: list[_Unit]) -> None:
    """Roles of single sentences by their own words; a block that opens as a notice is one."""
    for order, unit in enumerate(units):
        if unit.role or unit.kind == "quote":
            continue
        for place, text in enumerate(unit.texts):
            if _is_aside(text, order):
                unit.single[place] = Role.BOILERPLATE
            elif signs.is_caption(text) and unit.words <= 60:
                unit.single[place] = Role.CAPTION
        if 0 in unit.single and unit.words <= 60:
            unit.role = unit.single[0]


def _is_aside(text: str, order: int) -> bool:
    """Whether the sentence is about the site or the article; a first line may be a headline that looks so."""
    if signs.is_stamp(text) or (order and signs.is_notice(text)):
        return True
    return signs.has_address(text) and not _QUOTED.search(text)


def _mark_head(units: list[_Unit], wanted: str | None, *, marked: bool) -> None:
    """Title, deck, byline and date line: what stands before the first block of body."""
    prose = [u for u in units[len(units) // 3 :] if u.words >= 8 and u.kind == "paragraph"]
    ended = sum(not u.open for u in prose) >= 0.6 * len(prose)
    head = [u for u in units if u.role != Role.BOILERPLATE][:12]
    title = _find_title(head, wanted, marked=marked)
    if title is not None:
        title.role = Role.TITLE
    seen = title is None
    for order, unit in enumerate(head):
        seen = seen or unit is title
        if unit.role not in (None, Role.HEADING):
            continue
        if signs.is_date_line(unit.text):
            unit.role = Role.DATELINE
        elif signs.is_signed(unit.text) or (unit.role is None and (title or wanted) and signs.is_byline(unit.text)):
            unit.role = Role.BYLINE
        elif unit.role is None:
            if not _is_deck(unit, order, len(head), seen=seen, ended=ended) or title is None:
                break
            unit.role = Role.HEADING


def _is_deck(unit: _Unit, order: int, count: int, *, seen: bool, ended: bool) -> bool:
    """Whether the block stands under the title and belongs to it, or above it as its kicker."""
    if unit.kind != "paragraph" or not unit.open:
        return False
    return (ended and unit.words <= 45 and order + 1 < count) if seen else unit.words <= 6


def _find_title(head: list[_Unit], wanted: str | None, *, marked: bool) -> _Unit | None:
    """The article's title: what the caller names, what the markup names, or the first line that could be one."""
    for unit in head:
        if wanted and _same(unit.text, wanted):
            return unit
    named = next((u for u in head if u.kind == "title"), None)
    for order, unit in enumerate(head):
        following = head[order + 1] if order + 1 < len(head) else None
        if unit.running and following and _is_title(following, order, len(head), wanted, marked=marked):
            unit.role = Role.BOILERPLATE
            continue
        if unit is named or (named is None and _is_title(unit, order, len(head), wanted, marked=marked)):
            return unit
        if unit.is_body and not unit.open and unit.words >= 8:
            return None
    return None


def _is_title(unit: _Unit, order: int, count: int, wanted: str | None, *, marked: bool) -> bool:
    """Whether the block is the article's title, as it looks."""
    if unit.role == Role.HEADING:
        return order <= 2 or (unit.kind == "heading" and order <= 5)
    if unit.role or order > 3 or count < 3 or unit.kind != "paragraph" or unit.fixed[0] or len(unit.texts) > 3:
        return False
    if unit.single or signs.is_date_line(unit.text) or signs.is_signed(unit.text) or signs.is_held(unit.text):
        return False
    if unit.open:
        return unit.words <= 40
    return not marked and not wanted and order == 0 and (unit.words <= 18 or (unit.words <= 30 and _is_headline(unit)))


def _is_headline(unit: _Unit) -> bool:
    """Whether most longer words begin with a capital, or a part after a semicolon stands on a line of its own."""
    long = [w.lstrip("\"“‘'(") for w in unit.text.split() if len(w) > 3]
    return (
        sum(w[:1].isupper() for w in long) >= 0.7 * len(long)
        or ";  " in unit.text
        or (len(unit.texts) == 2 and "..." in unit.text)
    )


def _same(text: str, title: str) -> bool:
    return "".join(filter(str.isalnum, text)).casefold() == "".join(filter(str.isalnum, title)).casefold()


def _mark_captions(units: list[_Unit]) -> None:
    """What stands before a credit of its own is its caption."""
    for order, unit in enumerate(units):
        if unit.role != Role.CAPTION or not signs.is_credit(unit.text):
            continue
        if order == len(units) - 1:
            unit.role = Role.BOILERPLATE
            continue
        head = [u for u in units[:order] if u.is_body]
        if order <= 6 and 0 < len(head) <= 3 and head[0] is not units[0] and not any(_is_prose(u) for u in head):
            for other in head:
                other.role = Role.CAPTION
        elif order and units[order - 1].is_body and not _is_prose(units[order - 1]):
            units[order - 1].role = Role.CAPTION
            if order > 2 and signs.is_description(units[order - 2].text) and not _is_prose(units[order - 2]):
                units[order - 2].role = units[order - 2].role or Role.CAPTION


def _is_prose(unit: _Unit) -> bool:
    """Whether the block is too much of the article's own text to be a caption."""
    return unit.fixed[0] is not None or len(unit.texts) > 3 or bool(_QUOTED.search(unit.text) and len(unit.texts) > 1)


def _mark_headings(units: list[_Unit]) -> None:
    """Short lines of their own without the form of a sentence, before something they head."""
    run_in = [u for u in units if u.role is None and len(u.texts) > 2 and _is_run_in(u.texts[0])]
    for unit in run_in if len(run_in) >= 3 else []:
        unit.single[0] = Role.HEADING
    for order, unit in enumerate(units[1:-1], 1):
        if unit.role or unit.kind != "paragraph" or len(unit.texts) > 1 or unit.fixed[0]:
            continue
        if (
            (unit.open and unit.words <= 12 and unit.text[:1].isupper())
            or signs.is_signature(unit.text)
            or (signs.is_label(unit.text) and _between_prose(units, order))
        ):
            unit.role = Role.HEADING


def _between_prose(units: list[_Unit], order: int) -> bool:
    return units[order + 1].words >= 15 and units[order - 1].words >= 15


def _is_run_in(text: str) -> bool:
    """Whether the first sentence of a block looks like the block's own heading: "Poor People."."""
    return len(text.split()) <= 3 and text.endswith((".", ":")) and signs.is_label(text.rstrip(":"))


def _mark_foot(units: list[_Unit]) -> None:
    """From the end up: authors' lives, notices, loose lines."""
    for back, unit in enumerate(reversed(units[1:])):
        if unit.role in (Role.BOILERPLATE, Role.CAPTION):
            continue
        if (unit.role is None and back < 6 and signs.is_biography(unit.texts[0]) and unit.words <= 120) or (
            unit.open and unit.words <= 8 and unit.role in (None, Role.HEADING) and unit.kind == "paragraph"
        ):
            unit.role = Role.BOILERPLATE
        else:
            break
