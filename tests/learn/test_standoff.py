"""Our own labels: what lies in ``models/labels`` is well formed, and joins with the texts it belongs to."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from service.extract.records import Kind, Label
from service.learn.corpus import house_example
from service.learn.standoff import join_labels, label_files

KNOWN = {label.value for label in Label}
ALLOWED = {"start", "end", "labels", "kind", "speakers", "thought", "hypothetical"}
TEXT = "Carra dam holds\n\nAna Ruiz said the dam would hold. It was a reckless promise."


@pytest.mark.parametrize("corpus", ["newsdiscourse", "polnear"])
def test_labels_are_stand_off_and_by_the_guidelines(corpus: str) -> None:
    rows = [json.loads(line) for line in label_files()[corpus].read_text(encoding="utf-8").splitlines()]
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"id", "sentences"}, "no text of a corpus is kept here"
        assert all(before["end"] <= after["start"] for before, after in pairwise(row["sentences"])), row["id"]
        for sentence in row["sentences"]:
            labels = set(sentence["labels"])
            assert set(sentence) <= ALLOWED
            assert 0 <= sentence["start"] < sentence["end"]
            assert labels <= KNOWN
            assert Label.FACTUAL_STATEMENT not in labels or len(labels) == 1
            assert ("kind" in sentence) == (Label.QUOTATION in labels)
            assert "kind" not in sentence or sentence["kind"] in set(Kind)
            assert bool(sentence["speakers"]) == (Label.QUOTATION in labels or bool(sentence.get("thought")))


def write_corpus(shared: Path, ids: list[str]) -> None:
    folder = shared / "corpora" / "polnear"
    folder.mkdir(parents=True)
    lines = [json.dumps({"id": name, "text": TEXT}) for name in ids]
    (folder / "train.jsonl").write_text("\n".join(lines), encoding="utf-8")


def write_labels(folder: Path) -> Path:
    said = TEXT.index("Ana Ruiz")
    sentences = [
        {"start": 0, "end": 15, "labels": [], "speakers": []},
        {"start": said, "end": said + 33, "labels": ["quotation"], "kind": "indirect", "speakers": ["Ana Ruiz"]},
        {"start": said + 34, "end": len(TEXT), "labels": ["editorial_assertion"], "speakers": []},
    ]
    folder.mkdir()
    row = json.dumps({"id": "one", "sentences": sentences})
    (folder / "polnear.jsonl").write_text(row + "\n", encoding="utf-8")
    return folder


def test_labels_join_their_text_and_make_an_example(tmp_path: Path) -> None:
    write_corpus(tmp_path, ["one", "two"])
    (row,) = join_labels(tmp_path, write_labels(tmp_path / "labels"))
    example = house_example(row)
    assert [example.text[start:end] for start, end in example.sentences] == [
        "Carra dam holds",
        "Ana Ruiz said the dam would hold.",
        "It was a reckless promise.",
    ]
    assert [target[:3] for target in example.targets] == [(0, 0, 0), (1, 0, 0), (0, 0, 1)]
    assert example.links[0].positives == (TEXT.index("Ana"),)


def test_labels_of_an_article_that_is_not_there_are_an_error(tmp_path: Path) -> None:
    write_corpus(tmp_path, ["two"])
    with pytest.raises(ValueError, match="labels one, which is not in the training split of polnear"):
        list(join_labels(tmp_path, write_labels(tmp_path / "labels")))
