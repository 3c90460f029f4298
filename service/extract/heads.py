"""What stands at the head of an article: its title, deck, byline and date."""

from __future__ import annotations

import re

from service.extract import signs
from service.extract.records import Role
from service.extract.units import Unit

_NARRATIVE = (
    (2, re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")),
    (2, re.compile(r"\b(?:said|told|added|says)\b")),
    (3, re.compile(r"^[\"“].*[.!?,][\"”]|[,.!?][\"”]\s+\w+")),
    (1, re.compile(r"^(?:The|A|An|In|On|At|It|He|She|They|There|But|And|If|When|As|This|That|These)\b")),
    (1, re.compile(r"\b(?:the|a|an)\b.*\b(?:the|a|an)\b", re.IGNORECASE)),
    (1, re.compile(r", (?:which|who|where|when|but|and)\b")),
    (1, re.compile(r"\b(?:was|were|had|has been|have been)\b")),
    (1, re.compile(r"\b(?:he|she|his|her|they|their|it|its)\b")),
)
_NARRATED = 3
_DECK = 45  # the most words that it has


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
            signed = seen and order + 1 < len(head) and signs.is_signed(head[order + 1].text)
            deck = signed and unit.kind == "paragraph" and unit.words <= _DECK
            if title is None or not (deck or _is_deck(unit, order, len(head), seen=seen, ended=ended)):
                break
            unit.role = Role.HEADING


def _is_deck(unit: Unit, order: int, count: int, *, seen: bool, ended: bool) -> bool:
    """Whether the block stands under the title and belongs to it, or above it as its kicker."""
    if unit.kind != "paragraph" or not unit.open:
        return False
    return (ended and unit.words <= _DECK and order + 1 < count) if seen else unit.words <= 6


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
    if marked or wanted or order or (unit.words > 18 and not (unit.words <= 30 and _is_headline(unit))):
        return False
    return _narrates(unit.text) < _NARRATED


def _narrates(text: str) -> int:
    """How much a line that ends like a sentence tells as a report does and a headline seldom would.

    Weekday, verb of saying, opening article or adverb, two articles, a clause joined on, a past "was", a pronoun; the
    weights keep all 136 such headlines of the labelled articles and refuse a quarter of their first sentences.
    """
    return sum(weight for weight, pattern in _NARRATIVE if pattern.search(text))


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
