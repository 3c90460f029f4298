"""A trained reader as a model folder: weights, tokenizer, calibration, manifest and card."""

from __future__ import annotations

import json
import subprocess
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from service.extract.analyzer import Analyzer
from service.extract.artifacts import CHECKED, hash_file
from service.extract.labels import HEADS, Decisions
from service.extract.model import Reader, Shape
from service.extract.outputs import SPEECH
from service.extract.records import Article
from service.extract.weights import Floats, write_halves, write_packed, write_whole
from service.learn.calibrate import best_threshold, crossed_error, fit_scaling
from service.learn.corpus import dev_files
from service.learn.examples import Row, read_rows
from service.learn.recipes import BASES, Recipe, later_recipe
from service.learn.standoff import LABELS, label_files

CORPORA = {
    "house": ("house/train.jsonl", "labels by this project's guidelines; texts of several publishers"),
    "polnear": ("corpora/polnear/train.jsonl", "PolNeAR; the corpus states no licence"),
    "newsdiscourse": ("corpora/newsdiscourse/train.jsonl", "NewsDiscourse; the corpus states no licence"),
    "newssd": ("corpora/newssd/train.jsonl", "NewsSD-ENG; CC BY 4.0"),
    "gum": ("corpora/gum/gum.jsonl", "GUM; annotations CC BY 4.0, texts CC BY 2.5 and others"),
}
OWN = "this project's labels of that corpus's articles, stand-off; Apache-2.0"
ALONE = "this project's labels of that corpus's sentences, each read alone, stand-off; Apache-2.0"


def write_weights(reader: Reader, tokenizer: Tokenizer, folder: Path, *, final: bool = False) -> None:
    """Weights, network configuration and tokenizer.

    Weights that are *final*, no more to be trained, take six bits where the reader is large and are whole numbers
    where it rounds; others are of half precision.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: values.float().numpy() for name, values in reader.state_dict().items()}
    write = _writer(reader.shape) if final else write_halves
    write(weights, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    config = json.dumps(reader.shape.as_dict(), indent=1)
    (folder / "config.json").write_text(config + "\n", encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))


def _writer(shape: Shape) -> Callable[[Mapping[str, Floats], Path], None]:
    if shape.rounded:
        return write_whole
    return write_packed if shape.kind == "mpnet" else write_halves


def write_manifest(folder: Path, name: str, version: str, **stated: Any) -> None:
    """``manifest.json``: *stated* things and the hashes of the folder's files."""
    files = {file: hash_file(folder / file) for file in CHECKED}
    manifest = {"name": name, "version": version, "languages": ["en"], **stated, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def describe_training(shared: Path, recipe: Recipe, rounds: int) -> dict[str, Any]:
    """What the manifest says of the training: base model, corpora with hashes, recipe, code commit."""
    base = BASES[recipe.kind]
    return {
        "labels": [label.value for label in HEADS] + ["factual_statement"],
        "license": "Apache-2.0; see the card for the corpora behind the weights",
        "base": {"name": base.name, "sha256": base.sha256, "license": base.license},
        "corpora": {
            name: {"file": file, "sha256": hash_file(shared / file), "note": note}
            for name, (file, note) in CORPORA.items()
        }
        | {
            f"{name} labels": {"file": f"models/labels/{file.name}", "sha256": hash_file(file), "note": OWN}
            for name, file in label_files().items()
        }
        | {
            f"{name} singles": {"file": f"models/labels/singles/{file.name}", "sha256": hash_file(file), "note": ALONE}
            for name, file in label_files(LABELS / "singles").items()
        },
        "recipe": {
            **asdict(recipe),
            "rounds": rounds,
            "later": asdict(later_recipe(recipe, 1)) if rounds > 1 else None,
        },
        "commit": _commit(),
        "torch": torch.__version__,
    }


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False)  # noqa: S607 whichever git there is
    return asked.stdout.strip() or "unknown"


def fit_decisions(analyzer: Analyzer, shared: Path) -> tuple[Decisions, dict[str, float]]:
    """Calibration and thresholds fitted on the development splits, and the crossed calibration errors.

    A numerical claim is judged as it will be: only where a quantity claims.
    """
    files = dev_files(shared)
    rows = read_rows(files["house"])
    logits, right, groups = gold_logits(analyzer, rows)
    scalings = [fit_scaling(logits[:, k], right[:, k]) for k in range(len(HEADS))]
    scaled = np.stack([scaling(logits[:, k]) for k, scaling in enumerate(scalings)], axis=1)
    scaled[:, 1] *= gold_claims(analyzer, rows)
    begins = [best_threshold(scaled[:, k], right[:, k]) for k in range(len(HEADS))]
    errors = {h.value: round(crossed_error(logits[:, k], right[:, k], groups), 4) for k, h in enumerate(HEADS)}
    alone, subjective = lone_logits(analyzer, read_rows(files["newssd"]))
    speech, errors["speech"] = fit_speech(analyzer, read_rows(files["newsdiscourse"]))
    fitted = Decisions(
        slopes=_three([s.slope for s in scalings]),
        offsets=_three([s.offset for s in scalings]),
        thresholds=_three(begins),
        lone=best_threshold(scalings[2](alone), subjective, macro=True),
        speech=speech,
    )
    return fitted, errors


def fit_speech(analyzer: Analyzer, rows: Sequence[Row]) -> tuple[tuple[float, float, float], float]:
    """Slope, offset and threshold of what people say, and the crossed calibration error."""
    logits, right, groups = speech_logits(analyzer, rows)
    scaling = fit_scaling(logits, right)
    fitted = _three([scaling.slope, scaling.offset, best_threshold(scaling(logits), right)])
    return fitted, round(crossed_error(logits, right, groups), 4)


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    first, second, third = (round(value, 4) for value in values)
    return first, second, third


def gold_logits(analyzer: Analyzer, rows: Sequence[Row]) -> tuple[Any, Any, list[str]]:
    """Raw logits and gold labels of the body sentences of *rows*, each with its article's id."""
    logits, right, groups = [], [], []
    for row in rows:
        sentences, tags = analyzer.read_tags(Article(row["text"]))
        starts = np.array([s.start for s in sentences])
        for gold in row["sentences"]:
            at = int(np.searchsorted(starts, (gold["start"] + gold["end"]) // 2, side="right")) - 1
            if gold["labels"] and at >= 0:
                logits.append(tags.sentences[at, :3])
                right.append([label.value in gold["labels"] for label in HEADS])
                groups.append(row["id"])
    return np.array(logits), np.array(right), groups


def gold_claims(analyzer: Analyzer, rows: Sequence[Row]) -> Any:
    """Whether a quantity that claims stands in each of the body sentences of *rows*, as ``gold_logits`` lists them."""
    claims = []
    for row in rows:
        found = analyzer.analyze(Article(row["text"]))
        counted = {q.sentence for q in found.quantities if q.claims}
        for gold in row["sentences"]:
            middle = (gold["start"] + gold["end"]) // 2
            before = [s for s in found.sentences if s.start <= middle]
            if gold["labels"] and before:
                claims.append(before[-1].id in counted)
    return np.array(claims)


def speech_logits(analyzer: Analyzer, rows: Sequence[Row]) -> tuple[Any, Any, list[str]]:
    """Raw speech logits of the sentences of *rows*, whether people speak in them, and their articles' ids."""
    logits, right, groups = [], [], []
    for row in rows:
        sentences, tags = analyzer.read_tags(Article(row["text"]))
        starts = [s.start for s in sentences]
        for gold in row["sentences"]:
            at = bisect_right(starts, (gold["start"] + gold["end"]) // 2) - 1
            if at >= 0:
                logits.append(float(tags.sentences[at, SPEECH]))
                right.append(bool(gold["speech"]))
                groups.append(row["id"])
    return np.array(logits), np.array(right), groups


def lone_logits(analyzer: Analyzer, rows: Sequence[Row]) -> tuple[Any, Any]:
    """Raw editorial logits of *rows* that are a sentence each, and whether it is the author's view."""
    logits = [float(analyzer.read_tags(Article(row["text"]))[1].sentences[:, 2].max()) for row in rows]
    return np.array(logits), np.array([bool(row["subjective"]) for row in rows])
