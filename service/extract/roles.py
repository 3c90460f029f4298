"""What each sentence is to the article: title, byline, dateline, heading, caption, boilerplate or body.

Decided by form and place together: how a line is built (``signs``), where it stands, and what stands
around it. A wrong "body" costs a label on a headline; a wrong role costs a sentence its label, so
in doubt a sentence is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract import signs
from service.extract.heads import mark_head
from service.extract.records import Document, Role
from service.extract.units import Piece, Unit, gather_units


def assign_roles(document: Document, pieces: Sequence[Piece]) -> list[Role]:
    """One role a piece, in order."""
    units = gather_units(document, pieces)
    wanted = document.article.title if document.article else None
    _mark_blocks(units)
    _mark_sentences(units)
    mark_head(units, wanted, marked=bool(document.origins))
    _mark_captions(units)
    _mark_headings(units)
    _mark_foot(units)
    roles = [Role.BODY] * len(pieces)
    for unit in units:
        for place, number in enumerate(unit.members):
            roles[number] = unit.fixed[place] or unit.role or unit.single.get(place, Role.BODY)
    return roles


_QUOTED = re.compile(r"[\"“”]")
_BY_KIND = {
    "title": Role.HEADING,
    "source": Role.CAPTION,
    "boilerplate": Role.BOILERPLATE,
    "caption": Role.CAPTION,
    "heading": Role.HEADING,
}


def _mark_blocks(units: list[Unit]) -> None:
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


def _role_by_kind(unit: Unit) -> Role | None:
    """What the markup says; a cell of a table is no sentence unless it ends like one."""
    if unit.kind == "byline":
        named = Role.BYLINE if unit.words <= 15 else Role.BOILERPLATE
        return Role.DATELINE if signs.is_date_line(unit.text) else named
    if unit.kind == "date":
        return Role.DATELINE if unit.words <= 15 else None
    if unit.kind == "table":
        return Role.CAPTION if unit.open else None
    return _BY_KIND.get(unit.kind)


def _mark_sentences(units: list[Unit]) -> None:
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


def _mark_captions(units: list[Unit]) -> None:
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


def _is_prose(unit: Unit) -> bool:
    """Whether the block is too much of the article's own text to be a caption."""
    return unit.fixed[0] is not None or len(unit.texts) > 3 or bool(_QUOTED.search(unit.text) and len(unit.texts) > 1)


def _mark_headings(units: list[Unit]) -> None:
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


def _between_prose(units: list[Unit], order: int) -> bool:
    return units[order + 1].words >= 15 and units[order - 1].words >= 15


def _is_run_in(text: str) -> bool:
    """Whether the first sentence of a block looks like the block's own heading: "Poor People."."""
    return len(text.split()) <= 3 and text.endswith((".", ":")) and signs.is_label(text.rstrip(":"))


def _mark_foot(units: list[Unit]) -> None:
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
