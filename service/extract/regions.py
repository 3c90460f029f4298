"""What an element makes of the text inside it: a block of some kind, a line, a link, nothing seen."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from justhtml import Element, Node, Text

from service.extract import signs
from service.extract.selectors import Place
from service.extract.values import dataclass, replace

Content = Node | Text

_TABLES: Final = tomllib.loads(Path(__file__).with_name("regions.toml").read_text(encoding="utf-8"))


def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(_TABLES[table][key].split())


def _class_pattern(key: str) -> re.Pattern[str]:
    """What finds any of the words among the names of an element."""
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(sorted(_words('classes', key)))})(?:$|[\s_-])", re.IGNORECASE)


_BLOCKS = {tag: kind for kind in _TABLES["blocks"] for tag in _words("blocks", kind)}
_SILENT, _APART, _STRUCK = _words("tags", "silent"), _words("tags", "apart"), _words("tags", "struck")
_APART_ROLES = _words("roles", "apart")
_APART_CLASS, _CAPTION_CLASS = _class_pattern("apart"), _class_pattern("caption")
_BYLINE_CLASS, _DATE_CLASS = _class_pattern("byline"), _class_pattern("date")
_HIDDEN_CLASSES, _APART_CLASSES = _words("exact", "hidden"), _words("exact", "apart")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BULLET = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NOTE = re.compile(r"\[?\(?[\d*†‡a-z]{1,3}\)?\]?", re.IGNORECASE)
_EXPONENT = re.compile(r"[-−+]?\d{1,3}", re.ASCII)
_QUOTE_MARKS = (("“", "”"), ("‘", "’"))
_SOURCE = re.compile(r"[—–-]{1,2}\s*[A-ZÀ-Þ]")
_SHORT = 80  # the most characters that a name or a date inside a block has
_CELL = 12  # the most words that a cell of figures or names has; more are prose in a table for layout
_LINE = 250  # the most characters that a byline, a date or a short notice has
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Region:
    """What holds for the text at a place in the page.

    ``inline`` is what an element inside the block says the text is, ``place`` the block's own element;
    ``apart`` is what stands beside the article, ``total`` the length of the page's ``textContent``;
    ``masked`` text is seen but not read, ``raised`` text is a number that may be a power; ``marks`` are the quotation
    marks that a browser draws.
    """

    kind: str = "paragraph"
    inline: str = ""
    place: Place | None = None
    row: Place | None = None
    cell: Place | None = None
    breaks: bool = False
    line: bool = False
    total: int = 0
    silent: bool = False
    apart: bool = False
    quoted: bool = False
    masked: bool = False
    raised: bool = False
    inside: bool = False
    link: bool = False
    linked: bool = False
    preserves: bool = False
    depth: int = 0
    marks: tuple[str, str] | None = None

    def block_kind(self, text: str) -> str:
        """The kind of a block with this region and *text*."""
        kind = self.inline or self.kind
        if kind == "table" and (signs.is_ended(text) or len(text.split()) > _CELL):
            kind = "paragraph"
        if kind in ("caption", "byline", "date", "source") and not self.apart:
            return kind
        lonely = self.linked and not (signs.is_byline(text) or signs.is_date_line(text))
        if self.apart or (lonely and kind in ("paragraph", "item", "table") and len(text.split()) <= 25):
            return "boilerplate"
        if self.quoted and kind in ("paragraph", "item"):
            return "source" if _SOURCE.match(text) and len(text.split()) <= 20 else "quote"
        return kind


def measure(root: Content) -> dict[int, int]:
    """The length of the ``textContent`` of every node, by the node's ``id()``."""
    sizes: dict[int, int] = {}
    stack: list[tuple[Content, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if isinstance(node, Text):
            sizes[id(node)] = len(node.data or "")
        elif done or not node.children:
            sizes[id(node)] = sum(sizes[id(child)] for child in node.children or [])
        else:
            stack.append((node, True))
            stack += [(child, False) for child in node.children]
    return sizes


def find_main(root: Content, sizes: dict[int, int]) -> Element | None:
    """The element that holds the article, where the page says so by ``<main>`` or a long ``<article>``."""
    found: list[Element] = []
    stack: list[Content] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Element):
            if node.name == "main" or (node.attrs or {}).get("role") == "main":
                return node
            if node.name == "article":
                found.append(node)
        if not isinstance(node, Text):
            stack += reversed(node.children or [])
    longest = max(found, key=lambda e: sizes[id(e)], default=None)
    return longest if longest is not None and sizes[id(longest)] > 0.4 * sizes[id(root)] else None


def is_silent(element: Element) -> bool:
    """Whether nothing inside the element is seen."""
    attrs = element.attrs or {}
    style = str(attrs.get("style") or "")
    return (
        element.name in _SILENT
        or "hidden" in attrs
        or str(attrs.get("aria-hidden") or "").lower() == "true"
        or bool(_HIDDEN.search(style) or _BULLET.search(style) or _HIDDEN_CLASSES & _classes(element))
    )


def enter_region(element: Element, outer: Region, place: Place, size: int, *, is_main: bool) -> Region:
    """The region inside *element*, which stands in *outer* and holds *size* characters."""
    tag = element.name
    if outer.silent or is_silent(element):
        return replace(outer, silent=True, breaks=False, line=False, marks=None)
    beside = not is_main and ((outer.apart and tag != "h1") or _is_apart(element, outer, size))
    link = outer.link or (tag == "a" and "href" in (element.attrs or {}))
    inner = replace(
        outer, breaks=False, marks=None, line=tag == "br", apart=beside, link=link, inside=outer.inside or is_main
    )
    if tag in _BLOCKS:
        return _enter_block(element, inner, place, size)
    if tag == "q":
        return replace(inner, marks=_QUOTE_MARKS[outer.depth % 2], depth=outer.depth + 1)
    if tag == "sup":
        raised = _inside(element)
        return replace(inner, masked=_is_note(raised), raised=_EXPONENT.fullmatch(raised) is not None)
    if tag in _STRUCK:
        return replace(inner, masked=True)
    return replace(inner, inline=_inline(element, inner, size) or inner.inline)


def _inline(element: Element, inner: Region, size: int) -> str:
    """What an element inside a block says its text is: the names of authors, a date, a credit, a source."""
    names = _names(element)
    if size > _SHORT:
        return ""
    if element.name == "cite" and inner.quoted:
        return "source"
    if element.name == "time" or _DATE_CLASS.search(names):
        return "date"
    return "byline" if _BYLINE_CLASS.search(names) else ""


def _enter_block(element: Element, inner: Region, place: Place, size: int) -> Region:
    """The region inside a block: its kind by its tag, its class, or the block around it."""
    tag, names = element.name, _names(element)
    kind = _BLOCKS[tag]
    if kind in ("paragraph", "heading") and size <= _LINE:
        named = (
            (_CAPTION_CLASS.search(names) and "caption")
            or (_BYLINE_CLASS.search(names) and "byline")
            or (_DATE_CLASS.search(names) and "date")
        )
        kind = str(named or kind)
    if tag == "footer" and inner.quoted:
        kind = "source"
    if (
        kind == "paragraph"
        and inner.kind in ("item", "caption", "table", "byline", "date", "source")
        and tag in ("p", "div")
    ):
        kind = inner.kind
    return replace(
        inner,
        kind="paragraph" if kind == "quote" else kind,
        inline="",
        quoted=inner.quoted or tag == "blockquote",
        place=place,
        row=place if tag == "tr" else inner.row,
        cell=place if tag in ("td", "th") else inner.cell,
        preserves=inner.preserves or tag == "pre",
        breaks=True,
    )


def _classes(element: Element) -> set[str]:
    return set(str((element.attrs or {}).get("class") or "").split())


def _names(element: Element) -> str:
    attrs = element.attrs or {}
    return " ".join(str(attrs.get(key) or "") for key in ("class", "id", "itemprop", "rel"))


def _is_apart(element: Element, outer: Region, size: int) -> bool:
    """Whether the element stands beside the article's text; what holds much of the page does not."""
    if element.name in ("body", "html", "main", "article") or (size > 0.3 * outer.total and size > _LINE):
        return False
    if element.name in _APART and not outer.quoted and not (element.name == "aside" and outer.inside):
        return True
    return str((element.attrs or {}).get("role") or "") in _APART_ROLES or bool(
        _APART_CLASS.search(_names(element)) or _APART_CLASSES & _classes(element)
    )


def _inside(element: Element) -> str:
    """The text of a small element."""
    return element.to_text(separator="", strip=True) if len(element.children or []) <= 3 else ""


def _is_note(inside: str) -> bool:
    """Whether a raised text is the mark of a footnote."""
    return bool(_NOTE.fullmatch(inside)) and inside.lower() not in ("st", "nd", "rd", "th")
