"""HTML as a reader sees it: the text between the tags, its blocks, and where each character stands.

The page is parsed as a browser parses it (WHATWG HTML, by ``justhtml``), so that broken markup gives
the same tree there and here, and a selector with offsets into ``textContent`` finds the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from justhtml import Element, JustHTML, Text

from service.extract.drafts import NOWHERE, Draft, Run, after, draw
from service.extract.leads import mark_led
from service.extract.marks import mask_unreadable
from service.extract.records import Article, Block, Document, Home, Origin
from service.extract.regions import Content, Region, enter_region, find_main, measure
from service.extract.selectors import Place, Selectors, enclosing, enter

_WHOLE = re.compile(r"<(?:!doctype|html|body|head)\b", re.IGNORECASE)
_SPANNED = 4  # the most elements that a sentence cut by page breaks, numbers and running heads is looked for in
_SEPARATORS = {("item", "item"): "\n"}


def read_html(article: Article) -> Document:
    """The article's readable text, one block a paragraph, list item, cell, caption or heading."""
    root = JustHTML(article.text, sanitize=False).root
    places, runs = _walk(root)
    selectors = Selectors(places, whole=bool(_WHOLE.search(article.text[:5000])))
    return _assemble(article, draw(runs), selectors)


def _walk(root: Content) -> tuple[list[Place], list[Run]]:
    """Every element with its place, and the runs of text that are seen, in order."""
    sizes = measure(root)
    main = find_main(root, sizes)
    places: list[Place] = []
    runs: list[Run] = []
    at = Origin(0, 0, 0)
    stack: list[tuple[Content | None, Place | None, Region]] = [
        (root, None, Region(apart=main is not None, total=sizes[id(root)]))
    ]
    while stack:
        node, parent, region = stack.pop()
        if node is None:
            runs += _edge(region, at, 1)
        elif isinstance(node, Text):
            if not region.silent:
                runs.append(Run(node.data or "", region, at))
            at = after(at, node.data or "")
        elif isinstance(node, Element):
            place = enter(node, parent, at)
            places.append(place)
            region = enter_region(node, region, place, sizes[id(node)], is_main=node is main)
            runs += _edge(region, at, 0)
            stack.append((None, place, region))
            stack += [(child, place, region) for child in reversed(node.children or [])]
        elif not node.name.startswith(("#comment", "!", "?")):
            stack += [(child, parent, region) for child in reversed(node.children or [])]
    return places, runs


def _edge(region: Region, at: Origin, side: int) -> list[Run]:
    """What begins (*side* 0) or ends (1) with an element: a block, a line, a quotation."""
    if region.silent:
        return []
    if region.line:
        return [] if side else [Run(None, region, at, line=True)]
    if region.breaks:
        return [Run(None, region, at)]
    return [Run(region.marks[side], region, NOWHERE)] if region.marks else []


def _assemble(article: Article, blocks: list[list[Draft]], selectors: Selectors) -> Document:
    """The drafts one after the other as a document."""
    text: list[str] = []
    reading: list[str] = []
    origins: list[Origin] = []
    found: list[Block] = []
    homes: list[Home] = []
    above: Region | None = None
    length = 0
    for block in blocks:
        start = length
        places: list[tuple[Place | None, int]] = []
        for draft in block:
            gap = _gap(above, draft.region, torn=bool(places)) if above else ""
            length += len(gap) + len(draft.text)
            start = start if places else start + len(gap)
            text += [gap, draft.text]
            reading += [" " * len(gap) if places else gap, draft.reading]
            origins += [NOWHERE] * len(gap) + draft.origins
            places.append((draft.region.place, length - len(draft.text)))
            above = draft.region
        found.append(Block(start, length, block[0].kind))
        homes += _homes(places, length, selectors)
    whole = mask_unreadable("".join(reading))
    return Document(
        "".join(text),
        whole,
        mark_led(whole, found),
        article,
        tuple(origins),
        tuple(sorted(homes, key=lambda h: (h.start, h.end))),
    )


def _homes(places: list[tuple[Place | None, int]], end: int, selectors: Selectors) -> Iterator[Home]:
    """The elements of a block's parts, then of every run of parts that a sentence may span."""
    ends = [start for _, start in places[1:]] + [end]
    for first, (place, start) in enumerate(places):
        for last in range(first, min(first + _SPANNED, len(places))):
            place = enclosing(place, places[last][0])
            selector = selectors.find(place) if place else None
            if place and selector:
                yield Home(start, ends[last], selector, place.begin)


def _gap(above: Region, below: Region, *, torn: bool) -> str:
    """What stands between two blocks: a tab between the cells of a row, a line end between list items."""
    if above.kind == below.kind == "table" and above.cell is not below.cell and not torn:
        return "\t" if above.row is below.row else "\n"
    return _SEPARATORS.get((above.kind, below.kind), "\n\n")
