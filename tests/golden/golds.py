"""The gold of an annotated article: its marks as sentences, quotations, speakers and quantities of the contract."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from tests.golden.annotations import AnnotationError, Gold, Mark, Reading, pick, read_lines, span, trim

ROLES = {"T": "title", "Y": "byline", "D": "dateline", "H": "heading", "C": "caption", "X": "boilerplate"}
LABELS = {"Q": "quotation", "N": "numerical_claim", "E": "editorial_assertion", "F": "factual_statement"}
PARTS = {"x": "content", "c": "cue", "s": "source"}
MODIFIERS = ("about", "more_than", "at_least", "less_than", "at_most", "vague")
CHANGES = {"+": "increase", "-": "decrease"}


def read_annotated(path: Path) -> Gold:
    """The gold of one annotated article: ``text``, ``sentences``, ``quotations``, ``speakers`` …"""
    body, _, tables = path.read_text("utf-8").partition("\n== quotations\n")
    quotations, _, speakers = tables.partition("\n== speakers\n")
    try:
        reading = read_lines(body)
        return compile_gold(path.stem, reading, quotations, speakers)
    except (AnnotationError, IndexError, KeyError, ValueError, ArithmeticError) as problem:
        raise AnnotationError(f"{path.name}: {problem!r}") from problem


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
