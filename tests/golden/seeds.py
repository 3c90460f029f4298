"""The articles of ``seeds/`` with their gold, and how to write that gold anew from the annotated articles.

``python -m tests.golden.seeds`` compiles ``seeds/annotated/*.ann`` into the articles and their gold files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from tests.golden.annotations import Gold
from tests.golden.golds import read_annotated

SEEDS = Path(__file__).parents[2] / "seeds"
FORMATS = {"txt": "text", "md": "markdown", "html": "html"}


@dataclass(frozen=True, slots=True)
class Seed:
    """One article: what a caller submits, the text all offsets refer to, and what is to be found in it."""

    name: str
    format: str
    submitted: str
    text: str
    gold: Gold


def seed_names() -> list[str]:
    """The names of all articles, in order."""
    return sorted(path.stem for path in (SEEDS / "annotated").glob("*.ann"))


def article_path(name: str) -> Path:
    """Where the article's submitted form stands."""
    return next(path for suffix in FORMATS for path in [SEEDS / f"{name}.{suffix}"] if path.exists())


def load_seed(name: str) -> Seed:
    """One article with its gold. For HTML ``text`` is the readable text, stored in the gold file."""
    path = article_path(name)
    submitted = path.read_text("utf-8")
    gold: Gold = json.loads((SEEDS / f"{name}.json").read_text("utf-8"))
    return Seed(name, FORMATS[path.suffix[1:]], submitted, gold.get("text", submitted), gold)


def gold_file(gold: Gold, *, with_text: bool) -> str:
    """The gold as its file says it: one record a line, so that a changed label is a changed line."""
    lines = [f'"id": {json.dumps(gold["id"])}']
    lines += [f'"text": {json.dumps(gold["text"], ensure_ascii=False)}'] * with_text
    lines.append(f'"frame": {json.dumps(gold["frame"], ensure_ascii=False)}')
    for field in ("sentences", "quotations", "speakers", "quantities", "quoted_terms"):
        records = ",\n".join("  " + json.dumps(record, ensure_ascii=False) for record in gold[field])
        lines.append(f'"{field}": [\n{records}\n ]' if records else f'"{field}": []')
    return "{" + ",\n ".join(lines) + "}\n"


def write_seed(name: str) -> None:
    """Write article and gold from the annotated article; an HTML article is written by hand and left alone."""
    gold = read_annotated(SEEDS / "annotated" / f"{name}.ann")
    path = article_path(name)
    if path.suffix != ".html":
        path.write_text(gold["text"], "utf-8")
    (SEEDS / f"{name}.json").write_text(gold_file(gold, with_text=path.suffix == ".html"), "utf-8")


if __name__ == "__main__":
    for seed in seed_names():
        write_seed(seed)
