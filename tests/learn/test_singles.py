"""Single sentences: our labels of them, which of them are shown alone, and what a teacher's view makes of a label."""

from __future__ import annotations

import json
from itertools import pairwise
from math import log
from pathlib import Path

import pytest

from service.extract.outputs import EDITORIAL
from service.learn import singles
from service.learn.examples import Example
from service.learn.singles import SURE, labelled_singles, single_texts, taught_singles
from service.learn.standoff import LABELS, join_labels, join_singles, label_files

SAID = "Ana Ruiz said on Monday that the dam would hold."
COUNT = "The dam holds 40 million cubic metres."
VIEW = "It was a reckless promise, and a vain one."
TEXT = f"Carra dam holds\n\n{SAID} {COUNT} {VIEW}"


def place(words: str, **stated: object) -> dict[str, object]:
    """A sentence of the text as a corpus states it."""
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words), **stated}


ARTICLE = {
    "id": "h1",
    "text": TEXT,
    "sentences": [
        place("Carra dam holds", labels=[]),
        place(SAID, labels=["quotation"]),
        place(COUNT, labels=["numerical_claim"]),
        place(VIEW, labels=["editorial_assertion"]),
    ],
}


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Corpora of one article and one sentence; of the article, one sentence has our label of it alone."""
    rows = {"house/train.jsonl": ARTICLE, "corpora/newssd/train.jsonl": {"id": "s1", "text": VIEW, "subjective": True}}
    for name, row in rows.items():
        file = tmp_path / "shared" / name
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    labels = tmp_path / "labels"
    (labels / "singles").mkdir(parents=True)
    own = {"id": "h1", "sentences": [place(COUNT, subjective=False)]}
    (labels / "singles" / "house.jsonl").write_text(json.dumps(own) + "\n", encoding="utf-8")
    monkeypatch.setattr(singles, "join_singles", lambda where: join_singles(where, labels))
    return tmp_path / "shared"


def views(examples: list[Example]) -> dict[str, float]:
    """The author's view in each example, which is all that it says."""
    assert all(sum(e.weights[0]) == e.weights[0][EDITORIAL] == 1 for e in examples)
    return {e.text: e.targets[0][EDITORIAL] for e in examples}


def test_a_teacher_of_singles_learns_from_both_kinds_of_labels(shared: Path) -> None:
    assert views(labelled_singles(shared)) == {VIEW: 1.0, COUNT: 1 - SURE}


def test_what_is_shown_alone_comes_once_and_is_of_the_body(shared: Path) -> None:
    texts = single_texts(shared, [ARTICLE])
    assert sorted(texts.values()) in ([VIEW, COUNT], sorted([VIEW, COUNT, SAID]))
    assert [name for name, words in texts.items() if words == COUNT] == [f"h1@{TEXT.index(COUNT)}"]


def test_a_label_of_ours_counts_more_than_a_teachers_view(shared: Path) -> None:
    texts = single_texts(shared, [ARTICLE])
    taught = list(taught_singles(shared, dict.fromkeys(texts, log(9)), texts))
    found = views(taught)
    assert found[VIEW] == pytest.approx(0.9)
    assert found[COUNT] == pytest.approx(0.6 * (1 - SURE) + 0.4 * 0.9)
    assert {e.text: e.repeats for e in taught}[COUNT] == 2


@pytest.mark.parametrize("corpus", ["house", "newsdiscourse", "polnear"])
def test_our_labels_are_stand_off(corpus: str) -> None:
    rows = [json.loads(line) for line in label_files(LABELS / "singles")[corpus].read_text("utf-8").splitlines()]
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"id", "sentences"}, "no text of a corpus is kept here"
        assert all(before["end"] <= after["start"] for before, after in pairwise(row["sentences"])), row["id"]
        for sentence in row["sentences"]:
            assert set(sentence) == {"start", "end", "subjective"}
            assert 0 <= sentence["start"] < sentence["end"]
            assert isinstance(sentence["subjective"], bool)


def test_labels_of_a_sentence_of_no_article_are_an_error(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "house.jsonl").write_text('{"id": "h9", "sentences": []}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="labels h9, which is not in the training split of house"):
        list(join_labels(shared, tmp_path / "more"))
