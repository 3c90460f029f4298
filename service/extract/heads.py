"""What stands at the head of an article: its title, deck, byline and date."""

from __future__ import annotations

from service.extract import signs
from service.extract.records import Role
from service.extract.units import Unit


def mark_head(units: list[Unit], wanted: str | None, *, marked: bool) -> None:
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


def _is_deck(unit: Unit, order: int, count: int, *, seen: bool, ended: bool) -> bool:
    """Whether the block stands under the title and belongs to it, or above it as its kicker."""
    if unit.kind != "paragraph" or not unit.open:
        return False
    return (ended and unit.words <= 45 and order + 1 < count) if seen else unit.words <= 6


def _find_title(head: list[Unit], wanted: str | None, *, marked: bool) -> Unit | None:
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


def _is_title(unit: Unit, order: int, count: int, wanted: str | None, *, marked: bool) -> bool:
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


def _is_headline(unit: Unit) -> bool:
    """Whether most longer words begin with a capital, or a part after a semicolon stands on a line of its own."""
    long = [w.lstrip("\"“‘'(") for w in unit.text.split() if len(w) > 3]
    return (
        sum(w[:1].isupper() for w in long) >= 0.7 * len(long)
        or ";  " in unit.text
        or (len(unit.texts) == 2 and "..." in unit.text)
    )


def _same(text: str, title: str) -> bool:
    return "".join(filter(str.isalnum, text)).casefold() == "".join(filter(str.isalnum, title)).casefold()
