"""What each sentence is to the article: title, byline, dateline, heading, caption, boilerplate or body.

Decided by form and place together: how a line is built, where it stands, what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.extract.records import Document, Role

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"(?:Mon|Tues?|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?"
_DATE_LINE = re.compile(
    rf"(?:(?:published|posted|updated|last\s+updated|modified|first published)\W*(?:on|at)?\W*)?"
    rf"(?:{_DAY}\W{{1,3}})?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
    rf"(?:,?\s+\d{{4}})?(?:\W+(?:at\s+)?{_CLOCK})?\W*$",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÀ-Þ][\w'’\-]*\.?|de|van|von|der|al|bin|la|le|di|da|dos|del)"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{1,4}}"
_BYLINE = re.compile(
    rf"(?:(?:by|words by|reported by|written by|text by|story by)\s+{_NAME}.{{0,120}}|{_NAMES}(?:(?:,|\s+and|,\s+and|\s+&)\s+{_NAMES}){{0,4}}(?:\s*(?:\||,|in|at)\s+.{{2,60}})?)\W*$"
)
_BY = re.compile(r"(?:by|words by|reported by|written by|text by|story by)\s", re.IGNORECASE)
_CREDIT = re.compile(
    r"\W*(?:(?:image|photo|photograph|picture|video|audio|credit|photo credit|image credit|illustration|source|graphic)s?\s*(?:by|:|©|courtesy)"
    r"|(?:REUTERS|AFP|AP Photo|Xinhua|Getty(?: Images)?|EPA|PA|AP|Courtesy|Handout|Shutterstock|iStock)\b.{0,60}$"
    r"|[\w .'’-]{2,60}/\s?(?:REUTERS|AFP|AP|Getty|Xinhua|EPA|Handout|Shutterstock)"
    r"|.{0,100}(?:Getty Images|Handout via REUTERS|AP Photo|File Photo|Wikimedia Commons|CC[- ]BY)\W*.{0,40}$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\W*(?:(?:file|stock|undated|handout)\s+(?:photo|picture|image|photograph)|pictured|photo taken on|photo shows|image shows)\b", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:\b(?:subscribe|sign up|newsletter|unsubscribe)\b.{0,120}$|^\W*(?:read more|read also|related|see also|more on this|also read|watch|listen|click here|advertisement|share this|follow (?:us|@|.{0,60} on (?:twitter|facebook|instagram|x\b))|contact us|to contact\b|for more information|visit (?:our|us)|download|comments?\s*$|tags?:|topics?:|filed under|most read|trending|recommended)\b"
    r"|©|\(c\) \d{4}|\bcopyright\b|all rights reserved|^\W*(?:reporting|additional reporting|editing|writing|compiled|contributing|contributors?)\b\s*(?:by|:|from)"
    r"|^\W*(?:video player|slideshow|play video|photo gallery|full text|abstract)\b.{0,30}$|[\w.+-]+@[\w-]+\.\w{2,}|^\W*(?:https?://|www\.)\S+\W*$|^\W*[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|news|info|eu|io)(?:/\S*)?\W*$|<tweet)",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?…:;,][\"”’'»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to be: its place, the number of its block, its role where already known."""

    start: int
    end: int
    block: int
    role: Role | None = None

    def until(self, end: int) -> Piece:
        """The piece stretched to *end*."""
        return replace(self, end=end)

    def since(self, start: int) -> Piece:
        """The piece stretched back to *start*."""
        return replace(self, start=start)


def assign_roles(document: Document, pieces: Sequence[Piece]) -> list[Role]:
    """One role a piece."""
    texts = [document.reading[p.start : p.end].strip() for p in pieces]
    roles = [p.role or Role.BODY for p in pieces]
    members: dict[int, list[int]] = {}
    for i, piece in enumerate(pieces):
        members.setdefault(piece.block, []).append(i)
    head = True
    numbers = list(members)
    for order, number in enumerate(numbers):
        inside = members[number]
        role = _block_role(document.blocks[number].kind, [texts[i] for i in inside], order, len(numbers), head)
        for i in inside:
            if roles[i] == Role.BODY:
                roles[i] = role or _line_role(texts[i])
        _captions(inside, texts, roles)
        if role is None or roles[inside[0]] == Role.BODY:
            head = False
    return roles


def _captions(inside: list[int], texts: list[str], roles: list[Role]) -> None:
    """A credit makes captions of the sentences before it in its block."""
    for i in reversed(inside):
        if roles[i] == Role.CAPTION and _CREDIT.match(texts[i]):
            for j in inside[: inside.index(i)]:
                roles[j] = Role.CAPTION
            return


def _block_role(kind: str, texts: list[str], order: int, count: int, head: bool) -> Role | None:
    """The role all sentences of a block have by its form and place; ``None`` to judge each alone."""
    whole = " ".join(texts)
    words = whole.split()
    if kind == "boilerplate":
        return Role.BOILERPLATE
    if kind == "caption":
        return Role.CAPTION
    if kind == "heading":
        return Role.TITLE if order == 0 else Role.HEADING
    if kind in ("quote", "table"):
        return None
    if order == 0 and count > 2 and len(words) <= 30 and len(texts) <= 2 and (not _TERMINAL.search(whole) or len(words) <= 18):
        return Role.TITLE
    if head and order <= 5:
        if _DATE_LINE.match(whole):
            return Role.DATELINE
        if len(words) <= 25 and len(texts) <= 2 and _BYLINE.match(whole) and (_BY.match(whole) or len(words) <= 6 and not _TERMINAL.search(whole)):
            return Role.BYLINE
    if len(texts) == 1 and len(words) <= 12 and not _TERMINAL.search(whole) and kind == "paragraph" and whole[:1].isupper() and order + 1 < count:
        return Role.CAPTION if _CREDIT.match(whole) else Role.HEADING
    return None


def _line_role(text: str) -> Role:
    """The role of a sentence by its own words."""
    if _BOILERPLATE.search(text) and len(text.split()) <= 30:
        return Role.BOILERPLATE
    if _CAPTION.match(text) or (_CREDIT.match(text) and len(text.split()) <= 14):
        return Role.CAPTION
    return Role.BODY
