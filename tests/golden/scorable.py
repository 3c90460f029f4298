"""The seeds as JSON lines that an outside scorer reads: ``python -m tests.golden.scorable sentences|attributions``.

``sentences``: ``id``, ``text`` and ``sentences`` with ``start``, ``end``, ``labels``, ``unsure``, ``kind``,
``speakers`` (canonical, in order, ``?`` where the article does not say), ``thought``, ``hypothetical`` and ``primary``.
``attributions``: ``id``, ``text`` and ``attributions`` with ``source``, ``cue`` and ``content`` as lists of
``[start, end]``; thoughts are among them. All offsets are code points into ``text``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from tests.golden.annotations import Gold
from tests.golden.golds import touches
from tests.golden.seeds import Seed, load_seed, seed_names

ORDER = ("quotation", "numerical_claim", "editorial_assertion", "factual_statement")


def sentence_lines(seed: Seed) -> Gold:
    """One article in the manner of the house set."""
    outer = [q for q in seed.gold["quotations"] if not nested(q, seed.gold["quotations"])]
    members = {s["name"]: s["members"] or [s["name"]] for s in seed.gold["speakers"]}
    rows = [sentence_row(s, outer, members) for s in seed.gold["sentences"]]
    return {"id": seed.name, "source": "seeds", "text": seed.text, "sentences": rows}


def sentence_row(sentence: Gold, outer: list[Gold], members: dict[str, list[str]]) -> Gold:
    """Labels, kind and speakers of one sentence; a quotation within a direct quotation adds no speaker."""
    over = [q for q in outer if sentence["labels"] and touches(q, sentence["start"], sentence["end"])]
    row: Gold = {key: sentence[key] for key in ("start", "end", "unsure")}
    row["labels"] = [label for label in ORDER if label in sentence["labels"]]
    row["primary"] = None if sentence["unsure"] else sentence["label"]
    said = [q for q in over if q["act"] == "statement" and q["status"] != "hypothetical"]
    kinds = {q["kind"] for q in said}
    if kinds:
        row["kind"] = kinds.pop() if len(kinds) == 1 else "mixed"
    row["thought"] = any(q["act"] == "thought" for q in over)
    row["hypothetical"] = bool(over) and not said and any(q["status"] == "hypothetical" for q in over)
    names = [name for q in said or over for name in members.get(q["speaker"], ["?"])]
    row["speakers"] = list(dict.fromkeys(names))
    return row


def nested(quotation: Gold, among: list[Gold]) -> bool:
    """Whether the whole quotation stands inside another's direct words."""
    return any(
        other is not quotation and other["kind"] == "direct" and all(inside(p, other) for p in quotation["content"])
        for other in among
    )


def inside(piece: Gold, quotation: Gold) -> bool:
    """Whether the piece lies within a piece of the quotation's content."""
    return any(p["start"] <= piece["start"] and piece["end"] <= p["end"] for p in quotation["content"])


def attribution_lines(seed: Seed) -> Gold:
    """One article in the manner of the attribution corpora."""
    rows = [
        {part: [[p["start"], p["end"]] for p in pieces(q[part])] for part in ("source", "cue", "content")}
        for q in seed.gold["quotations"]
    ]
    return {"id": seed.name, "text": seed.text, "attributions": rows}


def pieces(value: Gold | list[Gold] | None) -> list[Gold]:
    """A span, several or none, as a list."""
    return value if isinstance(value, list) else [value] if value else []


def lines(task: str) -> Iterator[str]:
    """One JSON line an article."""
    make = {"sentences": sentence_lines, "attributions": attribution_lines}[task]
    return (json.dumps(make(load_seed(name)), ensure_ascii=False) for name in seed_names())


if __name__ == "__main__":
    sys.stdout.writelines(line + "\n" for line in lines(sys.argv[1]))
