"""Our own labels of articles of the training corpora, kept apart from their texts.

``models/labels/CORPUS.jsonl`` holds a line an article: its ``id`` in the corpus, and ``sentences`` with ``start``,
``end``, ``labels`` and what else a house article states of a sentence. ``models/labels/singles/CORPUS.jsonl`` holds
sentences that were read alone, with ``subjective``, by the convention of NewsSD-ENG. Offsets are code points of the
corpus's text.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.learn.examples import Row, read_rows

LABELS = Path(__file__).parents[2] / "models" / "labels"


def label_files(folder: Path = LABELS) -> dict[str, Path]:
    """The files of labels, by the corpus whose articles they label."""
    return {file.stem: file for file in sorted(folder.glob("*.jsonl"))}


def join_labels(shared: Path, folder: Path = LABELS) -> Iterator[Row]:
    """The labelled articles as rows of the house corpus: labels joined with the texts in *shared*.

    :raises ValueError: when labels name an article that its corpus's training split lacks.
    """
    for corpus, file in label_files(folder).items():
        folders = shared if corpus == "house" else shared / "corpora"
        texts = {row["id"]: row["text"] for row in read_rows(folders / corpus / "train.jsonl")}
        for row in read_rows(file):
            if row["id"] not in texts:
                raise ValueError(f"{file.name} labels {row['id']}, which is not in the training split of {corpus}.")
            yield {**row, "text": texts[row["id"]]}


def join_singles(shared: Path, folder: Path = LABELS) -> Iterator[Row]:
    """The sentences that were read alone, as rows of NewsSD-ENG: ``id``, ``text`` and ``subjective``.

    :raises ValueError: as ``join_labels`` does.
    """
    for row in join_labels(shared, folder / "singles"):
        for sentence in row["sentences"]:
            start, end = sentence["start"], sentence["end"]
            name = f"{row['id']}@{start}"
            yield {"id": name, "text": row["text"][start:end].strip(), "subjective": sentence["subjective"]}
