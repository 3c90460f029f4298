"""Lines of plain text, and the paragraphs they make.

A paragraph is a run of lines up to a blank line, unless its own lines are paragraphs. What a page
break tore apart is put together again, over the blank lines and running heads between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from service.extract.boundaries import find_boundaries
from service.extract.values import dataclass, replace
from service.extract.words import AUXILIARIES, DEMONYMS, OFFICES, OPEN

_LINE = re.compile(r"[^\r\n\u2028\u2029\x85]*(?:\r\n|[\r\n\u2028\u2029\x85]|$)")
_HEADING = re.compile(r"\s{0,3}(#{1,6})(?:\s+|(?=[^#\s\d!]))")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_HEADINGS = ("title", "heading")
_RULE = re.compile(r"[\s*_\-=~·•—–.#+]*$")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"\s*(?![-–—].{1,80}[-–—]\W*$)(?:[-*+•◦▪‣·~–—]|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_PAGE = re.compile(r"\s*(?:[-–—]\s*)?(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?(?:\s*[-–—])?\s*$", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…:;。！？][^\w]*$")
_RUNNING = re.compile(r"[\w,%\"”’')\]\u00ad-]\s*$")
_SHORTEST = 15  # characters of a paragraph that can be cut by a page break
_LOOKED_AT, _READ_BACK = 12, 1200  # lines and characters of an unfinished paragraph that tell whether it goes on
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end and without the mark of heading, quote or list before it; ``rule`` is a row of marks."""

    start: int
    end: int
    text: str
    kind: str = "paragraph"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of one block, in order."""

    lines: tuple[Line, ...]
    kind: str

    @property
    def start(self) -> int:
        """Where the first line's own text begins."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where the last line's own text ends."""
        return self.lines[-1].end


def read_lines(reading: str) -> tuple[Line, ...]:
    """The lines of *reading*, marks of heading, quote and list cut off, their trailing space too."""
    lines = []
    for match in _LINE.finditer(reading):
        if match.start() == len(reading):
            break
        lines.append(_line(match.start(), match.group()))
    return tuple(_drop_furniture(_underlined(lines)))


def _underlined(lines: list[Line]) -> list[Line]:
    """A line over a row of equals signs or hyphens is a heading."""
    for i, (above, below) in enumerate(pairwise(lines)):
        if below.kind == "rule" and above.kind == "paragraph" and len(above.text) <= 200:
            mark = _UNDERLINE.fullmatch(below.rule)
            if mark:
                lines[i] = replace(above, kind="title" if mark.group()[0] == "=" else "heading")
    return lines


def _line(start: int, raw: str) -> Line:
    """One line with its kind by its mark."""
    kind, cut = "paragraph", 0
    if mark := _HEADING.match(raw):
        kind, cut = ("title" if mark.group(1) == "#" else "heading"), mark.end()
    elif mark := _QUOTE.match(raw):
        kind, cut = "quote", mark.end()
    elif (mark := _ITEM.match(raw)) and not _RULE.match(raw):
        kind, cut = "item", mark.end()
    own = raw[cut:]
    if _RULE.match(own):
        return Line(start, start, "", "rule", own.strip()) if raw.strip() else Line(start, start, "", "blank")
    begin = start + cut + len(own) - len(own.lstrip())
    stripped = re.sub(r"\s+#+\s*$", "", own).strip() if kind in _HEADINGS else own.strip()
    return Line(begin, begin + len(stripped), stripped, kind)


def _drop_furniture(lines: list[Line]) -> Iterator[Line]:
    """Lines with page numbers and running heads marked ``furniture``."""
    counts = Counter(line.text for line in lines if 3 <= len(line.text) <= 90)
    for i, line in enumerate(lines):
        alone = (i == 0 or not lines[i - 1].text) and (i + 1 == len(lines) or not lines[i + 1].text)
        if line.text and alone and 0 < i < len(lines) - 1 and is_furniture(line.text, counts[line.text]):
            yield replace(line, kind="furniture")
        else:
            yield line


def is_furniture(text: str, count: int) -> bool:
    """Whether a line that occurs *count* times belongs to the page: its number, its running head."""
    return bool(_PAGE.match(text)) or (count >= 3 and 3 <= len(text) <= 90 and not _ENDED.search(text))


def gather(lines: tuple[Line, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs the lines make, page breaks mended, in order of their first line."""
    return tuple(mend(list(_chunks(lines))))


def _chunks(lines: tuple[Line, ...]) -> Iterator[Paragraph]:
    """Runs of lines that belong together without a blank line between."""
    width = max((len(line.text) for line in lines), default=0)
    run: list[Line] = []
    for line in lines:
        if run and not (line.text and _continues(run[-1], line, width)):
            yield Paragraph(tuple(run), run[0].kind)
            run = []
        if line.text:
            run.append(line)
    if run:
        yield Paragraph(tuple(run), run[0].kind)


def _continues(above: Line, below: Line, width: int) -> bool:
    """Whether *below*, the very next line, goes on with what *above* began."""
    if "furniture" in (above.kind, below.kind) or above.kind in _HEADINGS or below.kind in (*_HEADINGS, "item"):
        return False
    if above.kind == "quote" or below.kind == "quote":
        return above.kind == below.kind
    first = below.text.split(maxsplit=1)[0]
    if len(above.text) + 1 + len(first) > width and 40 <= width <= 140:
        return True
    return follows(above.text, below.text)


def follows(above: str, below: str) -> bool:
    """Whether the line *below* goes on with the sentence of the line *above*, by their own words alone."""
    first = below.split(maxsplit=1)[0] if below.strip() else ""
    if above.endswith((";", ",")) or (first[:1].islower() and not _ENDED.search(above)):
        return True
    return _last_word(above) in OPEN or _hyphenated(above, first or " ")


def _hyphenated(above: str, first: str) -> bool:
    """Whether the line ends within a word."""
    return len(above) > 2 and above[-1] in "-\u00ad" and above[-2].isalpha() and first[0].isalpha()


def _last_word(text: str) -> str:
    words = text.rsplit(maxsplit=1)
    return words[-1].strip("\"“”‘’'(").lower() if words else ""


def mend(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs a page break tore apart joined, over the page furniture between them."""
    held: list[Paragraph] = []
    for paragraph in paragraphs:
        if held and paragraph.kind == "furniture":
            held.append(paragraph)
        elif held and _torn(held[0], paragraph, first=held[0].start == paragraphs[0].start):
            held = [Paragraph(held[0].lines + paragraph.lines, held[0].kind)]
        else:
            yield from held
            held = [paragraph]
    yield from held


def _torn(above: Paragraph, below: Paragraph, *, first: bool) -> bool:
    """Whether the gap between the two falls within a sentence."""
    if above.kind not in ("paragraph", "quote", "item") or below.kind not in ("paragraph", above.kind):
        return False
    return is_torn(" ".join(line.text for line in above.lines[-_LOOKED_AT:]), below.lines[0].text, first=first)


def is_torn(head: str, tail: str, *, first: bool) -> bool:
    """Whether *head* and *tail*, two paragraphs, are one sentence's; *first* where nothing stands before *head*."""
    if (
        len(head) < _SHORTEST
        or not tail
        or _ENDED.search(head, len(head) - 20)
        or not _RUNNING.search(head, len(head) - 20)
    ):
        return False
    if tail[0] in "”’)],.;":
        return True
    head = head[-_READ_BACK:]
    match = _WORD.match(tail[:200].lstrip("\"“‘'([*_"))
    word = match.group() if match else ""
    if word[:1].islower() and not any(c.isupper() for c in word):
        return True
    return not head.endswith(",") and tail[0] not in "\"“‘'" and _unfinished(head, tail, word, first) >= 3


def _unfinished(head: str, tail: str, word: str, first: bool) -> int:
    """How much speaks for a sentence that goes on from *head* with the capital of *tail*.

    A finished sentence earlier in *head*, a word no line ends with, or several lesser signs:
    length, a finite verb, an adjective before an office; a headline has few of them.
    """
    words = head.split()
    last = words[-1].strip("\"“”‘’'(*_").lower()
    strong = 3 * bool(find_boundaries(head)) + 4 * (last in OPEN or _hyphenated(head, word or " "))
    strong += 2 * (tail[0] in "(€$£") + 2 * (_is_adjective(words[-1]) and word.lower() in OFFICES)
    weak = (len(words) >= 15) + ("," in head) + any(w.lower() in AUXILIARIES for w in words)
    return strong and strong + min(2, weak) - 3 * first - 2 * _is_headline_case(words) - (len(words) <= 8)


def _is_adjective(word: str) -> bool:
    """Whether the word looks like an adjective of nationality, or is one that goes before an office."""
    nation = word[:1].isupper() and word.endswith(("ian", "ish", "ese", "can", "ean", "stani"))
    return nation or word.lower() in DEMONYMS


def _is_headline_case(words: list[str]) -> bool:
    long = [w for w in words if len(w) > 3]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.9 * len(long)
