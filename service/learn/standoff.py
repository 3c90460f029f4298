"""Our own labels of articles of the training corpora, kept apart from their texts.

``models/labels/CORPUS.jsonl`` holds a line an article: its ``id`` in the corpus, and ``sentences`` with ``start``,
``end``, ``labels`` and what else a house article states of a sentence. Offsets are code points of the corpus's text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parents[2] / "models" / "labels"


def label_files(folder: Path = LABELS) -> dict[str, Path]:
    """The files of labels, by the corpus whose articles they label."""
    return {file.stem: file for file in sorted(folder.glob("*.jsonl"))}


def join_labels(shared: Path, folder: Path = LABELS) -> Iterator[dict[str, Any]]:
    """The labelled articles as rows of the house corpus: labels joined with the texts in *shared*.

    :raises ValueError: when labels name an article that its corpus's training split lacks.
    """
    for corpus, file in label_files(folder).items():
        texts = {row["id"]: row["text"] for row in _rows(shared / "corpora" / corpus / "train.jsonl")}
        for row in _rows(file):
            if row["id"] not in texts:
                raise ValueError(f"{file.name} labels {row['id']}, which is not in the training split of {corpus}.")
            yield {**row, "text": texts[row["id"]]}


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
