"""An article as a document: its reading and its blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from service.extract.html import read_html
from service.extract.leads import mark_led
from service.extract.lines import Line, Paragraph, gather, read_lines
from service.extract.markdown import gather_markdown
from service.extract.marks import SOFT_HYPHEN, mask_marks, mask_unreadable
from service.extract.records import Article, Block, Document
from service.extract.words import COMPOUNDS

_WORDS = re.compile(r"\w+(?:-\w+)*")
_LAST, _FIRST = re.compile(r"\w*$"), re.compile(r"\w{1,60}")
_LINE_END = re.compile(r"[\t\r\n\x85\u2028\u2029]")


def read(article: Article) -> Document:
    """The article as a ``Document``; never fails, whatever characters the text holds."""
    readers = {"html": read_html, "markdown": read_markdown}
    return readers.get(article.format, read_text)(article)


def read_text(article: Article) -> Document:
    """Plain text, with whatever Markdown and PDF-to-text left in it."""
    marked = mask_marks(mask_unreadable(article.text))
    return _document(article, marked, gather(read_lines(marked)))


def read_markdown(article: Article) -> Document:
    """Markdown: the document's text is the submitted source itself, its marks masked in the reading."""
    source = mask_unreadable(article.text)
    marked = mask_marks(source)
    return _document(article, marked, gather_markdown(source, marked))


def _document(article: Article, marked: str, paragraphs: tuple[Paragraph, ...]) -> Document:
    reading = _prose(marked, paragraphs)
    blocks = [Block(p.start, p.end, "boilerplate" if p.kind == "furniture" else p.kind) for p in paragraphs]
    return Document(article.text, reading, mark_led(reading, blocks), article)


def _prose(reading: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """*reading* with the gaps between the lines of each paragraph as spaces, words made whole."""
    pieces: list[str] = []
    done = 0
    joined = any(_joins(reading, above) for p in paragraphs for above, _ in pairwise(p.lines))
    words = frozenset(_WORDS.findall(reading)) if joined else frozenset()
    for paragraph in paragraphs:
        for above, below in pairwise(paragraph.lines):
            cut = _hyphen(reading, above, below, words)
            pieces += [
                reading[done:cut],
                (SOFT_HYPHEN if cut < above.end or _joins(reading, above) else " ") * (below.start - cut),
            ]
            done = below.start
    pieces.append(reading[done:])
    whole = "".join(pieces)
    return _flatten(whole, paragraphs)


def _flatten(reading: str, paragraphs: tuple[Paragraph, ...]) -> str:
    """*reading* with tabs and line ends within paragraphs as spaces."""
    pieces: list[str] = []
    done = 0
    for paragraph in paragraphs:
        pieces += [reading[done : paragraph.start], _LINE_END.sub(" ", reading[paragraph.start : paragraph.end])]
        done = paragraph.end
    pieces.append(reading[done:])
    return "".join(pieces)


def _joins(reading: str, above: Line) -> bool:
    """Whether the line ends with the hyphen of a compound, which the next line goes on with."""
    return above.end - above.start > 1 and reading[above.end - 1] == "-" and reading[above.end - 2].isalpha()


def _hyphen(reading: str, above: Line, below: Line, words: frozenset[str]) -> int:
    """Where the gap after *above* begins: before its last hyphen if that only breaks a word.

    The rest of the text tells: whether it writes the word whole, or with its hyphen; else the first part does.
    """
    if not _joins(reading, above) or not reading[below.start].islower():
        return above.end
    head, tail = _LAST.search(above.text[-80:-1]), _FIRST.match(below.text)
    first, rest = head.group() if head else "", tail.group() if tail else ""
    if first + rest in words:
        return above.end - 1
    compound = f"{first}-{rest}" in words or first.lower() in COMPOUNDS
    return above.end if compound else above.end - 1
