"""The whole of training on corpora of a few sentences of our own: readers, students, a model folder that answers."""

from __future__ import annotations

import json
from dataclasses import replace
from math import exp
from pathlib import Path
from typing import Any

import pytest
import torch

from service.extract.analyzer import Analyzer
from service.extract.encoder import Encoder, end_pieces, load_tokenizer
from service.extract.outputs import EDITORIAL
from service.extract.records import Article
from service.extract.torches import TorchRuntime, load_reader
from service.learn import corpus, rounds, singles
from service.learn.batches import prepare
from service.learn.recipes import (
    BASES,
    Recipe,
    drop_states,
    further_recipe,
    singles_recipe,
    student_recipe,
    teacher_recipe,
)
from service.learn.rounding import unround_reader
from service.learn.singles import single_example
from service.learn.standoff import join_labels, join_singles
from service.learn.teach import teach
from tests.models import write_tiny_model

SAID = "Ana Ruiz said on Monday that the dam at Carra would hold."
VIEW = "It was a reckless promise."
COUNT = "The dam holds 40 million cubic metres."
TEXT = " ".join((SAID, COUNT, VIEW))
LABELS = (["quotation"], ["numerical_claim"], ["editorial_assertion"])
NAMED = TEXT.index("Ana Ruiz")


def labelled(name: str, text: str = TEXT) -> dict[str, Any]:
    """A row of the house corpus."""
    sentences = []
    for words, labels in zip((SAID, COUNT, VIEW), LABELS, strict=True):
        start = text.index(words)
        sentence = {"start": start, "end": start + len(words), "labels": labels, "speakers": []}
        if "quotation" in labels:
            sentence |= {"kind": "indirect", "speakers": ["Ana Ruiz"]}
        sentences.append(sentence)
    return {"id": name, "text": text, "sentences": sentences}


def attributed(name: str, text: str) -> dict[str, Any]:
    """A row of the attribution corpus."""
    source, cue, content = (text.index(words) for words in ("Ana Ruiz", "said on", "that the dam"))
    attribution = {"source": [[source, source + 8]], "cue": [[cue, cue + 14]], "content": [[content, content + 33]]}
    entities = [[source, source + 8, "PERSON"]]
    return {"id": name, "text": text, "attributions": [attribution], "silver_entities": entities, "silver_coref": []}


def corpora() -> dict[str, list[dict[str, Any]]]:
    """Every file that training and fitting read, with rows of each corpus's own form."""
    spoken = [{**s, "speech": "quotation" in s["labels"], "roles": ["Main"]} for s in labelled("", TEXT)["sentences"]]
    mention = [NAMED, NAMED + 8, "person", 1]
    return {
        "house/train.jsonl": [labelled("h1"), labelled("h2", f"{VIEW} {COUNT} {SAID}")],
        "house/dev.jsonl": [labelled("h3", f"{COUNT} {SAID} {VIEW}"), labelled("h4", f"{VIEW} {SAID} {COUNT}")],
        "corpora/polnear/train.jsonl": [
            attributed("p1", f"{SAID} {SAID}"),
            {**labelled("p2"), **attributed("p2", TEXT)},
        ],
        "corpora/polnear/dev.jsonl": [attributed("p3", SAID)],
        "corpora/newsdiscourse/train.jsonl": [{"id": "n1", "text": TEXT, "sentences": spoken}],
        "corpora/newsdiscourse/dev.jsonl": [{"id": "n2", "text": TEXT, "sentences": spoken}],
        "corpora/newssd/train.jsonl": [{"id": "s1", "text": VIEW, "subjective": True}],
        "corpora/newssd/dev.jsonl": [
            {"id": "s2", "text": VIEW, "subjective": True},
            {"id": "s3", "text": COUNT, "subjective": False},
        ],
        "corpora/gum/gum.jsonl": [{"id": "g1", "text": f"{TEXT} She laughed.", "mentions": [mention]}],
    }


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of corpora, with stand-off labels of one of its articles."""
    folder, labels = tmp_path / "shared", tmp_path / "labels"
    for name, rows in corpora().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    labels.mkdir()
    own = {"id": "p1", "sentences": [{"start": 0, "end": len(SAID), "labels": ["quotation"], "speakers": ["Ana Ruiz"]}]}
    (labels / "polnear.jsonl").write_text(json.dumps(own) + "\n", encoding="utf-8")
    (labels / "singles").mkdir()
    alone = {"id": "p1", "sentences": [{"start": 0, "end": len(SAID), "subjective": False}]}
    (labels / "singles" / "polnear.jsonl").write_text(json.dumps(alone) + "\n", encoding="utf-8")
    monkeypatch.setattr(corpus, "join_labels", lambda where: join_labels(where, labels))
    monkeypatch.setattr(singles, "join_singles", lambda where: join_singles(where, labels))
    return folder


def brief(recipe: Recipe) -> Recipe:
    """The recipe with windows that fit the tiny reader."""
    return replace(recipe, window=64, pieces=256)


def test_students_learn_from_a_teacher_of_another_kind_and_become_a_model(shared: Path, tmp_path: Path) -> None:
    start = write_tiny_model(tmp_path / "start", seed=1)
    teacher = write_tiny_model(tmp_path / "teacher", seed=2, kind="mpnet")
    recipes = [brief(student_recipe(seed)) for seed in (4, 5)]
    trained = rounds.train_students(shared, tmp_path / "work", start, teacher, recipes)
    students = [load_reader(tmp_path / "work" / f"student-{seed}").state_dict() for seed in (4, 5)]
    before, mean = load_reader(start).state_dict(), load_reader(trained).state_dict()
    moved = [name for name, values in mean.items() if not torch.equal(values, before[name])]
    assert any(name.startswith("encoder.encoder") for name in moved)
    assert not any("word_embeddings" in name for name in moved)
    for name in moved:
        learnt = (students[0][name] + students[1][name]) / 2
        share = recipes[0].soup
        assert torch.allclose(mean[name], share * learnt + (1 - share) * before[name], atol=2e-3), name

    rounds.write_model(trained, tmp_path / "model", shared, recipes[0], 1, "7.0")
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["version"]) == (BASES["bert"].model, "7.0")
    assert min(manifest["decisions"]["thresholds"]) >= 0.15
    model = load_reader(tmp_path / "model")
    kept = model.state_dict()
    assert model.shape.rounded
    for layer in (f"encoder.{name}" for name in model.shape.rounded):
        steps = kept[f"{layer}.steps"]
        half_a_step = (mean[f"{layer}.weight"] * steps).abs().amax(1, keepdim=True) / 254 / steps
        assert torch.all((kept[f"{layer}.weight"] - mean[f"{layer}.weight"]).abs() <= half_a_step * 1.001), layer
    assert Analyzer.load(tmp_path / "model").analyze(Article(TEXT)).sentences

    plain = unround_reader(model)
    assert not plain.shape.rounded
    again = rounds.train_students(shared, tmp_path / "again", tmp_path / "model", teacher, recipes[:1])
    assert not load_reader(again).shape.rounded
    for name, values in plain.state_dict().items():
        assert torch.equal(values, kept[name]), name


def test_a_teacher_of_singles_shows_a_student_what_sentences_say_alone(shared: Path, tmp_path: Path) -> None:
    start = write_tiny_model(tmp_path / "start", seed=1)
    large = write_tiny_model(tmp_path / "large", seed=2, kind="mpnet")
    many = replace(brief(singles_recipe(6)), epochs=60.0, rate=3e-3, head_rate=3e-2, dropout=0.0, average=0.5)
    teacher = rounds.train_singles(shared, tmp_path / "work", large, many)
    assert _views(teacher)[VIEW] > 0.8
    assert _views(teacher)[SAID] < 0.2

    recipe = replace(brief(student_recipe(4)), epochs=60.0, rate=3e-3, head_rate=3e-2, average=0.5, soup=1.0)
    trained = rounds.train_students(shared, tmp_path / "students", start, large, [recipe], teacher)
    assert _views(trained)[VIEW] > _views(trained)[SAID] + 0.3


def _views(folder: Path) -> dict[str, float]:
    """How likely each sentence alone is its author's view by the weights in *folder*."""
    tokenizer = load_tokenizer(folder)
    encoder = Encoder(tokenizer, TorchRuntime(load_reader(folder)), end_pieces(tokenizer))
    shown = [prepare(single_example(words, words, 0.0), tokenizer) for words in (SAID, VIEW)]
    logits = {p.id: float(p.teacher["sentences"][0, EDITORIAL]) for p in teach(encoder, shown)}
    return {words: 1 / (1 + exp(-logit)) for words, logit in logits.items()}


def test_a_teacher_goes_on_and_becomes_a_packed_model(shared: Path, tmp_path: Path) -> None:
    teacher = write_tiny_model(tmp_path / "teacher", seed=3, kind="mpnet")
    recipe = replace(brief(further_recipe(8)), soup=0.5)
    trained = rounds.train_further(shared, tmp_path / "work", teacher, recipe)
    before, after = load_reader(teacher).state_dict(), load_reader(tmp_path / "work" / "further-8").state_dict()
    for name, values in load_reader(trained).state_dict().items():
        assert torch.allclose(values, (before[name] + after[name]) / 2, atol=2e-3), name
    rounds.write_model(trained, tmp_path / "model", shared, recipe, 1, "7.1")
    manifest = json.loads((tmp_path / "model" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["base"]["name"]) == (BASES["mpnet"].model, BASES["mpnet"].name)
    assert manifest["recipe"]["rate"] < teacher_recipe(8).rate
    whole, packed = load_reader(trained).state_dict(), load_reader(tmp_path / "model").state_dict()
    for name, values in whole.items():
        assert torch.allclose(values, packed[name], atol=0.05 * float(values.abs().max()) + 1e-3), name


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_states_are_dropped_in_training_but_attention_is_whole(kind: str, tmp_path: Path) -> None:
    reader = drop_states(load_reader(write_tiny_model(tmp_path, seed=4, kind=kind)), 0.3)
    shares = {name: m.p for name, m in reader.encoder.named_modules() if isinstance(m, torch.nn.Dropout)}
    whole = {name for name, share in shares.items() if share == 0}
    assert whole
    assert all(".attn." in name or ".self." in name for name in whole)
    assert {share for name, share in shares.items() if name not in whole} == {0.3}
