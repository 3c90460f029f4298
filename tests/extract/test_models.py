"""The models that are shipped: each is whole, says what it is, and reads an article on the runtime of the service."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.extract.analyzer import Analyzer
from service.extract.artifacts import load_artifact
from service.extract.records import Act, Article, Label

MODELS = Path(__file__).parents[2] / "models"
TEXT = """Dam repairs to cost more

The repairs to the Carra dam will cost 40 million euros, Ana Ruiz, the water minister, said on Monday.

"We knew it was old," she told reporters. "We did not know how old."

It was a shameful admission from a government that has had ten years to look."""


@pytest.mark.parametrize(("name", "megabytes"), [("standard", 50), ("accurate", 95)])
def test_a_model_is_whole_and_reads_an_article(name: str, megabytes: int) -> None:
    folder = MODELS / name
    assert (folder / "model.safetensors").stat().st_size < megabytes * 10**6
    assert load_artifact(folder).name == f"ascribe-{name}"
    card = (folder / "card.md").read_text(encoding="utf-8")
    assert f"ascribe-{name}" in card
    assert "{" not in card
    found = Analyzer.load(folder).analyze(Article(TEXT))
    names = {speaker.id: speaker.name for speaker in found.speakers}
    said = [
        q for q in found.quotations if q.act is Act.STATEMENT and q.content[0].start > len("Dam repairs to cost more")
    ]
    assert [(names[q.speaker or ""], str(q.kind)) for q in said] == [("Ana Ruiz", "indirect"), ("Ana Ruiz", "direct")]
    assert [sentence.label for sentence in found.sentences[-1:]] == [Label.EDITORIAL_ASSERTION]
    assert [q.text for q in found.quantities if q.unit == "EUR"] == ["40 million euros"]
