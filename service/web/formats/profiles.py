"""What the profiles share: fields read with clear errors, and an article put together from its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape

from service.extract.records import Article
from service.extract.selectors import FRAME
from service.extract.text import read

_TAGS = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_HEAD, _LINE = 4000, 200  # characters: how far in a body's own headline may stand, and how long it may be


class FieldErrors(ValueError):
    """Fields of an item that are missing or not what they must be: JSON pointers with messages."""

    def __init__(self, errors: tuple[tuple[str, str], ...]) -> None:
        super().__init__("; ".join(f"{pointer or 'The item'}: {message}" for pointer, message in errors))
        self.errors = errors


@dataclass(slots=True)
class Item:
    """An item of a content system; reading a field notes what is wrong with it.

    Names are matched whatever their case, since ninjs 2 writes ``versioncreated`` and ninjs 3 ``versionCreated``.
    """

    fields: Mapping[str, object]
    pointer: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)

    def find(self, *names: str) -> tuple[str, object]:
        """The pointer and the value of the first of *names* that is there and not null; ``("", None)`` if none is."""
        known = {key.lower(): key for key in self.fields}
        for name in names:
            key = known.get(name.lower())
            if key is not None and self.fields[key] is not None:
                return f"{self.pointer}/{key.replace('~', '~0').replace('/', '~1')}", self.fields[key]
        return "", None

    def text(self, *names: str) -> str | None:
        """The first of the fields as text; a number counts as its digits."""
        pointer, value = self.find(*names)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is not None and not isinstance(value, str):
            self.errors.append((pointer, "Not a string."))
            return None
        return value

    def items(self, *names: str) -> list[Item]:
        """The first of the fields as a list of objects."""
        pointer, value = self.find(*names)
        if value is None:
            return []
        if not isinstance(value, list):
            self.errors.append((pointer, "Not an array."))
            return []
        found = []
        for number, each in enumerate(value):
            if isinstance(each, Mapping):
                found.append(Item(each, f"{pointer}/{number}", self.errors))
            else:
                self.errors.append((f"{pointer}/{number}", "Not an object."))
        return found

    def item(self, *names: str) -> Item | None:
        """The first of the fields as an object."""
        pointer, value = self.find(*names)
        if isinstance(value, Mapping):
            return Item(value, pointer, self.errors)
        if value is not None:
            self.errors.append((pointer, "Not an object."))
        return None

    def check(self) -> None:
        """Raises ``FieldErrors`` if any field read so far was wrong."""
        if self.errors:
            raise FieldErrors(tuple(self.errors))


@dataclass(frozen=True, slots=True)
class Parts:
    """An article in parts: ``body`` is HTML where ``markup`` says so, the rest plain text."""

    body: str
    markup: bool
    headline: str | None = None
    byline: str | None = None
    published: str | None = None


def plain(text: str | None) -> str | None:
    """*text* without tags and entities, as ``title.rendered`` has them; ``None`` for nothing."""
    if text is None:
        return None
    return _SPACE.sub(" ", unescape(_TAGS.sub("", text))).strip() or None


def join(parts: Parts, **more: str | None) -> Article:
    """One article of the parts, so that title, authors and date have a place in its text.

    In HTML they stand in an element of their own that is not in the submitted body: its sentences
    have no node, and the nodes of all others hold in the body as it was sent.
    """
    day = _day(parts.published)
    by = parts.byline if not parts.byline or parts.byline.lower().startswith("by ") else f"By {parts.byline}"
    there = _first_lines(parts.body, markup=parts.markup)
    head = [part for part in (parts.headline, by, day) if part and not _stands_in(part, there, parts.headline)]
    if parts.markup:
        tags = ["h1" if part == parts.headline else "p" for part in head]
        lines = "".join(f"<{tag}>{escape(part)}</{tag}>" for tag, part in zip(tags, head, strict=True))
        text = f"<{FRAME}>{lines}</{FRAME}>{parts.body}" if head else parts.body
    else:
        text = "\n\n".join([*head, parts.body])
    return Article(
        text=text,
        format="html" if parts.markup else "text",
        title=parts.headline,
        byline=parts.byline,
        published_at=parts.published,
        **more,
    )


def _first_lines(body: str, *, markup: bool) -> list[str]:
    """The short blocks that the body begins with."""
    document = read(Article(body[:_HEAD], format="html" if markup else "text"))
    lines = [document.text[block.start : block.end].casefold() for block in document.blocks[:5]]
    return [line for line in lines if len(line) <= _LINE]


def _stands_in(part: str, lines: list[str], headline: str | None) -> bool:
    """Whether the body says the part already: the headline as a line of its own, the others within one."""
    plain_part = part.casefold().removeprefix("by ")
    return any(plain_part == line if part == headline else plain_part in line for line in lines)


def _day(stamp: str | None) -> str | None:
    """The date of an ISO 8601 stamp as a date line, "3 May 2024"; ``None`` if it is none."""
    try:
        day = datetime.fromisoformat(stamp or "")
    except ValueError:
        return None
    return f"{day.day} {day:%B} {day.year}"
