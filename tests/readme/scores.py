"""The table of scores in the README, out of the models' manifests and cards."""

from __future__ import annotations

import json
from pathlib import Path

MODELS = Path(__file__).parents[2] / "models"
NAMES = ("standard", "accurate")
_LABELS = ("quotation", "numerical_claim", "editorial_assertion", "factual_statement")
_F1 = tuple(f"{label} F1" for label in _LABELS)
# What is told, of which corpus, by which metrics.
_SPANS = tuple(f"{part} exact span F1" for part in ("source", "cue", "content"))
_NAMED = ("speaker named right",)
_ROWS = (
    ("attribution spans: source / cue / content, exact", "polnear", _SPANS),
    ("labels: quotation / numerical claim / editorial assertion / fact", "house", _F1),
    ("speaker named right, end to end", "house", _NAMED),
    ("people's words by a sentence's `speech`", "newsdiscourse", ("speech F1",)),
    ("labels, as above", "seeds", _F1),
    ("speaker named right, end to end", "seeds", _NAMED),
)
_CORPORA = {
    "polnear": "PolNeAR dev",
    "house": "house dev",
    "newsdiscourse": "NewsDiscourse dev",
    "seeds": "our seeds, on which nothing was fitted",
}


def read_scores(name: str = "standard") -> dict[str, float]:
    """The scores that the manifest of the model called *name* states, by corpus and metric."""
    manifest = json.loads((MODELS / name / "manifest.json").read_text(encoding="utf-8"))
    scores: dict[str, float] = manifest["scores"]
    return scores


def count_articles() -> dict[str, int]:
    """How many articles of each corpus the card says were scored."""
    rows = [line.split("|") for line in (MODELS / "standard" / "card.md").read_text(encoding="utf-8").splitlines()]
    return {row[1].strip(): int(row[2]) for row in rows if len(row) == 6 and row[2].strip().isdigit()}


def write_scores() -> str:
    """The table, as the README has it: a column a model."""
    scores, articles = [read_scores(name) for name in NAMES], count_articles()
    head = ["F1 or %", "on", "articles", *(f"`{name}`" for name in NAMES)]
    lines = [f"| {' | '.join(head)} |", "| --- " * len(head) + "|"]
    for told, corpus, metrics in _ROWS:
        figures = [" / ".join(f"{each[f'{corpus}: {metric}']:.1f}" for metric in metrics) for each in scores]
        lines.append(f"| {told} | {_CORPORA[corpus]} | {articles[corpus]} | {' | '.join(figures)} |")
    return "\n".join(lines) + "\n"
