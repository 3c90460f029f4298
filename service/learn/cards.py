"""The model card: what the model is for, where it fails, what it was made from, and how it scores."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from service.learn.evaluate import Score
from service.learn.risks import Risk

TEXT = Path(__file__).with_name("card.md")
NOTES = Path(__file__).with_name("cards.toml")  # what each model's card says of that model alone


def write_card(folder: Path, scores: Sequence[Score], risks: Sequence[Risk] = ()) -> None:
    """``card.md`` of a model folder, and the scores and risks in its manifest."""
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["scores"] = {f"{s.corpus}: {s.metric}": s.value for s in scores}
    manifest["risks"] = [[r.threshold, round(r.coverage, 1), round(r.accuracy, 1)] for r in risks]
    file.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    text = TEXT.read_text(encoding="utf-8")
    parts = {"name": manifest["name"], "version": manifest["version"]}
    parts |= {"scores": "\n".join(_score_rows(scores)), "corpora": "\n".join(_corpus_rows(manifest))}
    parts |= {"speech": f"{manifest['decisions']['speech'][2]:.2f}"}
    parts |= {"calibration": "\n".join(f"| {k} | {v} |" for k, v in manifest["calibration_errors"].items())}
    parts |= {"risks": "\n".join(_risk_rows(risks)), "base": manifest["base"]["name"]}
    parts |= {k: v.strip() for k, v in tomllib.loads(NOTES.read_text(encoding="utf-8"))[manifest["name"]].items()}
    for name, value in parts.items():
        text = text.replace(f"{{{name}}}", value)
    (folder / "card.md").write_text(text, encoding="utf-8")


def _score_rows(scores: Sequence[Score]) -> Iterator[str]:
    for s in scores:
        yield f"| {s.corpus} | {s.articles} | {s.metric} | {s.value:.1f} |"


def _risk_rows(risks: Sequence[Risk]) -> Iterator[str]:
    for r in risks:
        yield f"| {r.threshold:.2f} | {r.kept} of {r.found} | {r.coverage:.1f} | {r.accuracy:.1f} |"


def _corpus_rows(manifest: dict[str, Any]) -> Iterator[str]:
    for name, corpus in manifest["corpora"].items():
        yield f"| {name} | {corpus['note']} | `{corpus['sha256'][:12]}…` |"
