"""The table of scores in the README, out of the model's manifest and card."""

from __future__ import annotations

import json
from pathlib import Path

MODEL = Path(__file__).parents[2] / "models" / "standard"
_LABELS = ("quotation", "numerical_claim", "editorial_assertion", "factual_statement")
_F1 = tuple(f"{label} F1" for label in _LABELS)
# What is told, of which corpus, by which metrics.
_SPANS = tuple(f"{part} exact span F1" for part in ("source", "cue", "content"))
_NAMED = ("speaker named right",)
_ROWS = (
    ("attribution spans: source / cue / content, exact", "polnear", _SPANS),
    ("labels: quotation / numerical claim / editorial assertion / fact", "house", _F1),
    ("speaker named right, end to end", "house", _NAMED),
    ("labels, as above", "seeds", _F1),
    ("speaker named right, end to end", "seeds", _NAMED),
)
_CORPORA = {
    "polnear": "PolNeAR dev",
    "house": "house dev",
    "seeds": "our seeds, on which nothing was chosen",
}


def read_scores() -> dict[str, float]:
    """The scores that the manifest states, by corpus and metric."""
    scores: dict[str, float] = json.loads((MODEL / "manifest.json").read_text(encoding="utf-8"))["scores"]
    return scores


def count_articles() -> dict[str, int]:
    """How many articles of each corpus the card says were scored."""
    rows = [line.split("|") for line in (MODEL / "card.md").read_text(encoding="utf-8").splitlines()]
    return {row[1].strip(): int(row[2]) for row in rows if len(row) == 6 and row[2].strip().isdigit()}


def write_scores() -> str:
    """The table, as the README has it."""
    scores, articles = read_scores(), count_articles()
    lines = ["| what | on | articles | F1 or % |", "| --- | --- | --- | --- |"]
    for told, corpus, metrics in _ROWS:
        figures = " / ".join(f"{scores[f'{corpus}: {metric}']:.1f}" for metric in metrics)
        lines.append(f"| {told} | {_CORPORA[corpus]} | {articles[corpus]} | {figures} |")
    return "\n".join(lines) + "\n"
