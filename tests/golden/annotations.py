"""An annotated article (``seeds/annotated/*.ann``) as its plain text and its gold.

The reader writes the article once, one sentence a line, with marks in braces; this module takes the marks out
again and keeps where they stood. ``seeds/README.md`` describes the notation. Whatever is malformed raises
:class:`AnnotationError` with the article's name and the place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

ROLES = {"T": "title", "Y": "byline", "D": "dateline", "H": "heading", "C": "caption", "X": "boilerplate"}
LABELS = {"Q": "quotation", "N": "numerical_claim", "E": "editorial_assertion", "F": "factual_statement"}
PARTS = {"x": "content", "c": "cue", "s": "source"}
MODIFIERS = ("about", "more_than", "at_least", "less_than", "at_most", "vague")
CHANGES = {"+": "increase", "-": "decrease"}
CONTROLS = str.maketrans({"⏎": "\n", "␌": "\f"})
LINE = re.compile(r"(⏎?)([A-Za-z]+)\|(.*)", re.DOTALL)

Gold = dict[str, Any]


class AnnotationError(ValueError):
    """The annotated article breaks the notation."""


@dataclass(slots=True)
class Mark:
    """A pair of braces: its header and the stretch of plain text between."""

    header: str
    start: int
    end: int = -1


@dataclass(slots=True)
class Reading:
    """The plain text so far, the marks, the sentences (start, end, code, paragraph)."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    stack: list[Mark] = field(default_factory=list)
    sentences: list[tuple[int, int, str, int]] = field(default_factory=list)

    def add(self, marked: str) -> None:
        """Append *marked* without its braces, noting each pair."""
        for piece in re.split(r"(\{[^|{}]*\||\})", marked.translate(CONTROLS)):
            if piece.startswith("{"):
                self.stack.append(Mark(piece[1:-1], len(self.text)))
            elif piece == "}":
                mark = self.stack.pop()
                mark.end = len(self.text)
                self.marks.append(mark)
            else:
                self.text += piece


def read_annotated(path: Path) -> Gold:
    """The gold of one annotated article: ``text``, ``sentences``, ``quotations``, ``speakers`` …"""
    body, _, tables = path.read_text("utf-8").partition("\n== quotations\n")
    quotations, _, speakers = tables.partition("\n== speakers\n")
    try:
        reading = read_lines(body)
        return compile_gold(path.stem, reading, quotations, speakers)
    except (AnnotationError, IndexError, KeyError, ValueError, ArithmeticError) as problem:
        raise AnnotationError(f"{path.name}: {problem!r}") from problem


def read_lines(body: str) -> Reading:
    """The sentences of *body*: lines of a paragraph joined by a space, paragraphs by as many breaks as there are."""
    reading, blanks, paragraph = Reading(), 0, 0
    for line in body.strip("\n").split("\n"):
        if not line.strip():
            blanks += 1
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise AnnotationError(f"no code before the bar: {line[:60]!r}")
        paragraph += bool(blanks and reading.text)
        if reading.text:
            reading.text += "\n" * (blanks + 1) if blanks else ("\n" if match[1] else " ")
        blanks, start = 0, len(reading.text)
        reading.add(match[3])
        reading.sentences.append((start, len(reading.text), match[2], paragraph))
    if reading.stack:
        raise AnnotationError(f"open brace: {reading.stack[-1]}")
    reading.text += "\n"
    return reading


def compile_gold(name: str, reading: Reading, quotations: str, speakers: str) -> Gold:
    """Everything of one article in the field names of the HTTP contract, offsets in code points."""
    found = compile_quotations(reading, quotations)
    return {
        "id": name,
        "text": reading.text,
        "frame": compile_frame(reading),
        "sentences": compile_sentences(reading, found),
        "quotations": found,
        "speakers": compile_speakers(reading, speakers, found),
        "quantities": compile_quantities(reading, found),
        "quoted_terms": [span(reading, m) for m in pick(reading, "t")],
    }


def pick(reading: Reading, head: str) -> list[Mark]:
    """The marks whose header's first word is *head*, in the order of the text."""
    return sorted((m for m in reading.marks if m.header.split(" ")[0] == head), key=lambda m: (m.start, m.end))


def span(reading: Reading, mark: Mark) -> Gold:
    """A span of the contract."""
    return {"start": mark.start, "end": mark.end, "text": reading.text[mark.start : mark.end]}


def compile_frame(reading: Reading) -> Gold:
    """Title, authors and date of publication, where the text has them."""
    titles = [s for s in reading.sentences if s[2] == "T"]
    dates = pick(reading, "d")
    title = trim(reading, *titles[0][:2]) if titles else None
    return {
        "title": span(reading, Mark("", *title)) if title else None,
        "authors": [{"name": reading.text[m.start : m.end], **span(reading, m)} for m in pick(reading, "a")],
        "published": {"date": dates[0].header.split()[1], **span(reading, dates[0])} if dates else None,
    }


def trim(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """The sentence without what stands in ``{_|…}`` at its edges and without outer space."""
    for mark in pick(reading, "_"):
        if mark.start == start:
            start = mark.end
        if mark.end == end:
            end = mark.start
    inside = reading.text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def compile_sentences(reading: Reading, quotations: list[Gold]) -> list[Gold]:
    """Sentences with role, labels and the one label of the guidelines."""
    out = []
    for number, (lo, hi, code, paragraph) in enumerate(reading.sentences, 1):
        start, end = trim(reading, lo, hi)
        labels = [] if code in ROLES else [LABELS[letter] for letter in code if letter.isupper()]
        unsure = [LABELS[letter.upper()] for letter in code if letter.islower()]
        out.append(
            {
                "id": f"s{number}",
                **span(reading, Mark("", start, end)),
                "paragraph": paragraph,
                "role": ROLES.get(code, "body"),
                "label": primary(reading.text, start, end, labels, quotations),
                "labels": labels,
                "unsure": unsure + ["factual_statement"] * bool(unsure and "factual_statement" in labels),
                "quotations": [q["id"] for q in quotations if touches(q, start, end)],
            }
        )
    return out


def touches(quotation: Gold, start: int, end: int) -> bool:
    """Whether a piece of the content reaches into the stretch."""
    return any(p["start"] < end and start < p["end"] for p in quotation["content"])


def spoken(quotation: Gold) -> bool:
    """Whether the quotation makes its sentence a *quotation*."""
    return bool(quotation["act"] == "statement" and quotation["status"] != "hypothetical")


def primary(text: str, start: int, end: int, labels: list[str], quotations: list[Gold]) -> str | None:
    """The one label: quotation if half of the words or more are content, else the first of the order below."""
    if not labels:
        return None
    covered = {i for q in quotations if spoken(q) for p in q["content"] for i in range(p["start"], p["end"])}
    words = list(re.finditer(r"\w+", text[start:end]))
    quoted = sum(start + word.start() in covered for word in words)
    if "quotation" in labels and 2 * quoted >= len(words):
        return "quotation"
    order = ("editorial_assertion", "numerical_claim", "quotation", "factual_statement")
    return next(label for label in order if label in labels)


def compile_quotations(reading: Reading, table: str) -> list[Gold]:
    """Quotations in the order of their first piece; the table gives kind, speaker, act and status."""
    rows = {}
    for line in filter(None, map(str.strip, table.split("\n"))):
        number, kind, rest = line.split(" ", 2)
        speaker, *marks = (cell.strip() for cell in rest.split("|"))
        rows[number] = (kind, None if speaker == "?" else speaker, marks)
    parts: dict[str, dict[str, list[Gold]]] = {number: {"content": [], "cue": [], "source": []} for number in rows}
    for mark in sorted(reading.marks, key=lambda m: m.start):
        if match := re.fullmatch(r"(\d+)([xcs])", mark.header):
            parts[match[1]][PARTS[match[2]]].append(span(reading, mark))
    out = [compile_quotation(rows[number], parts[number]) for number in rows]
    out.sort(key=lambda q: (q["content"][0]["start"], -q["content"][-1]["end"]))
    return [{"id": f"q{i}", **q} for i, q in enumerate(out, 1)]


def compile_quotation(row: tuple[str, str | None, list[str]], parts: dict[str, list[Gold]]) -> Gold:
    """One quotation of the contract."""
    kind, speaker, marks = row
    if not parts["content"] or len(parts["source"]) > 1:
        raise AnnotationError(f"a quotation needs content and at most one source: {row} {parts}")
    return {
        "kind": kind,
        "act": "thought" if "thought" in marks else "statement",
        "status": next((m for m in ("hypothetical", "denied") if m in marks), "asserted"),
        "content": parts["content"],
        "cue": parts["cue"],
        "source": parts["source"][0] if parts["source"] else None,
        "speaker": speaker,
    }


def compile_speakers(reading: Reading, table: str, quotations: list[Gold]) -> list[Gold]:
    """An entry for every source that is quoted; the role is where ``{r Name|…}`` marks it."""
    roles = {m.header.split(" ", 1)[1]: span(reading, m) for m in reversed(pick(reading, "r"))}
    out = []
    for line in filter(None, map(str.strip, table.split("\n"))):
        name, kind, *members = (cell.strip() for cell in line.split("|"))
        role = roles.pop(name, None)
        out.append(
            {
                "name": name,
                "kind": kind,
                "members": re.split(", *", members[0]) if members else [],
                "role": role and role["text"],
                "role_span": role,
                "quotations": [q["id"] for q in quotations if q["speaker"] == name],
            }
        )
    unknown = {q["speaker"] for q in quotations} - {None} - {s["name"] for s in out}
    if unknown or roles:
        raise AnnotationError(f"not among the speakers: {unknown or roles}")
    return out


def compile_quantities(reading: Reading, quotations: list[Gold]) -> list[Gold]:
    """Quantities with value and unit, and the innermost quotation that holds each."""
    out = []
    for number, mark in enumerate(pick(reading, "n"), 1):
        _, kind, value, unit, *marks = mark.header.split()
        low, _, high = value.partition("..")
        unknown = [m for m in marks if m not in (*MODIFIERS, *CHANGES, "idle") and not m.startswith("/")]
        if unknown:
            raise AnnotationError(f"unknown mark of a quantity: {mark.header}")
        inside = [q for q in quotations if any(p["start"] <= mark.start < p["end"] for p in q["content"])]
        holder = min(inside, key=lambda q: sum(p["end"] - p["start"] for p in q["content"]), default=None)
        out.append(
            {
                "id": f"n{number}",
                **span(reading, mark),
                "kind": kind,
                "value": number_of(low),
                "upper": number_of(high) if high else None,
                "unit": None if unit == "~" else unit.replace("_", " "),
                "modifier": next((m for m in marks if m in MODIFIERS), "exactly"),
                "change": next((CHANGES[m] for m in marks if m in CHANGES), None),
                "per": next((m[1:] for m in marks if m.startswith("/")), None),
                "claims": "idle" not in marks,
                "quotation": holder and holder["id"],
                "speaker": holder and holder["speaker"],
            }
        )
    return out


def number_of(digits: str) -> int | float:
    """The value as JSON writes it: an integer where it is one."""
    if "/" in digits:
        top, _, bottom = digits.partition("/")
        return round(int(top) / int(bottom), 6)
    value = Decimal(digits)
    return int(value) if value == value.to_integral_value() else float(value)
