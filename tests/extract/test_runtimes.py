"""The runtimes compute the same: OpenVINO, which serves, against torch, the reference, on this project's articles.

Tolerances: in single precision the two differ by rounding alone, which is much where a network rounds to whole
numbers itself: a half goes up here and down there, and a logit moves by a hundredth. In bfloat16, whose mantissa has
eight bits, it moves by a few, which may change a finding in a hundred sentences.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from service.extract.analyzer import Analyzer
from service.extract.artifacts import Artifact, load_artifact
from service.extract.encoder import Encoder, Runtime, Tags, end_pieces, load_tokenizer
from service.extract.errands import Errand
from service.extract.graphs import build_graph
from service.extract.layers import GraphError
from service.extract.openvinos import load_openvino, write_compiled
from service.extract.records import Article, Extraction, Span
from service.extract.torches import TorchRuntime, load_reader
from service.learn.artifact import write_weights
from service.learn.rounding import unround_reader
from tests.golden.seeds import load_seed, seed_names
from tests.models import write_tiny_model

ROOT = Path(__file__).parents[2]
STANDARD = ROOT / "models" / "standard"
ARRAYS = [f.name for f in fields(Tags) if f.name != "pieces"]
SAYS = "The dam will hold, the engineer said. “It always did,” she added on Friday.\n\nHe called it 'brave'."


def analyzers(folder: Path, *runtimes: Runtime) -> list[Analyzer]:
    """The analyzer of a model folder on each runtime."""
    artifact, tokenizer = load_artifact(folder), load_tokenizer(folder)
    return [Analyzer(artifact, Encoder(tokenizer, runtime, end_pieces(tokenizer))) for runtime in runtimes]


def reference(folder: Path) -> TorchRuntime:
    """The network in PyTorch, in single precision."""
    return TorchRuntime(load_reader(folder), "cpu", half=False)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return [Article(seed.submitted, seed.format) for seed in map(load_seed, seed_names())]


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("kind", ["bert", "mpnet"])
def test_every_kind_of_encoder_gives_the_reference_s_numbers(
    kind: str, rounded: bool, tmp_path: Path, articles: Sequence[Article]
) -> None:
    folder = write_tiny_model(tmp_path, kind=kind, rounded=rounded)
    ours, theirs = analyzers(folder, load_openvino(folder, 1, half=False), reference(folder))
    for article in articles[:3]:
        found, expected = ours.read_tags(article)[1], theirs.read_tags(article)[1]
        for name in ARRAYS:
            apart = np.abs(getattr(found, name) - getattr(expected, name))
            assert np.mean(apart > 1e-4) <= (0.005 if rounded else 0), name  # halves may be rounded up here, down there
            assert np.max(apart, initial=0) < 0.02, name


def test_the_shipped_weights_unrounded_find_the_same_in_either(tmp_path: Path, articles: Sequence[Article]) -> None:
    write_weights(unround_reader(load_reader(STANDARD)), load_tokenizer(STANDARD), tmp_path)
    ours, theirs = analyzers(STANDARD, load_openvino(tmp_path, 1, half=False), reference(tmp_path))
    labels, quotations = agreement(ours, theirs, articles)
    assert labels >= 0.999
    assert quotations >= 0.995


def test_the_shipped_model_finds_what_the_reference_does(articles: Sequence[Article]) -> None:
    ours, theirs = analyzers(STANDARD, load_openvino(STANDARD, 1, half=False), reference(STANDARD))
    found, expected = ours.read_tags(articles[0])[1], theirs.read_tags(articles[0])[1]
    for name in ARRAYS:
        assert np.mean(np.abs(getattr(found, name) - getattr(expected, name))) < 0.05, name
    labels, quotations = agreement(ours, theirs, articles)
    assert labels >= 0.995
    assert quotations >= 0.985


def test_a_network_compiled_by_another_process_gives_the_same_numbers(articles: Sequence[Article]) -> None:
    compiled = Errand(partial(write_compiled, STANDARD, 1)).wait()
    assert compiled is not None
    with compiled:
        mapped = load_openvino(STANDARD, 1, compiled=compiled)
    ours, theirs = analyzers(STANDARD, mapped, load_openvino(STANDARD, 1))
    found, expected = ours.read_tags(articles[0])[1], theirs.read_tags(articles[0])[1]
    assert all(np.array_equal(getattr(found, name), getattr(expected, name)) for name in ARRAYS)


def test_nothing_comes_of_an_errand_that_fails(tmp_path: Path) -> None:
    assert Errand(partial(write_compiled, tmp_path / "no model", 1)).wait() is None


def test_half_precision_finds_the_same(articles: Sequence[Article]) -> None:
    half, single = analyzers(STANDARD, *(load_openvino(STANDARD, 1, half=half) for half in (True, False)))
    labels, quotations = agreement(half, single, articles)
    assert labels >= 0.99
    assert quotations >= 0.97


def agreement(ours: Analyzer, theirs: Analyzer, articles: Sequence[Article]) -> tuple[float, float]:
    """The shares of sentences of the same labels, and of these with the same quotations, cues and sources as well."""
    pairs = list(zip(ours.analyze_many(articles), theirs.analyze_many(articles), strict=True))
    whole = [(said(a, i), said(b, i)) for a, b in pairs for i in range(len(b.sentences))]
    return sum(a[0] == b[0] for a, b in whole) / len(whole), sum(a == b for a, b in whole) / len(whole)


def said(extraction: Extraction, index: int) -> tuple[object, ...]:
    """What is said of one sentence: its labels, and the place of everything of the quotations in it."""
    sentence = extraction.sentences[index]
    held = [q for q in extraction.quotations if q.id in sentence.quotations]
    return (
        (sentence.start, sentence.end, sentence.role, sentence.labels, sentence.label),
        [(q.kind, q.act, places(q.content), places(q.cue), places([q.source] if q.source else [])) for q in held],
    )


def places(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Where each begins and ends."""
    return [(span.start, span.end) for span in spans]


def test_articles_read_together_are_read_as_alone(trained: Analyzer, articles: Sequence[Article]) -> None:
    together = trained.analyze_many(articles[:4])
    assert [e.quotations for e in together] == [trained.analyze(article).quotations for article in articles[:4]]


READ_ONE = """
import json, sys
calls = []
sys.addaudithook(lambda event, args: calls.append(event) if event.startswith(("socket.", "urllib.")) else None)
from pathlib import Path
from service.extract.analyzer import Analyzer
from service.extract.records import Article
found = Analyzer.load(Path(sys.argv[1]), threads=1).analyze(Article(sys.argv[2]))
print(json.dumps([len(found.sentences), calls, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def test_an_article_is_read_without_torch_and_without_a_connection(model_path: Path) -> None:
    command = [sys.executable, "-c", READ_ONE, str(model_path), SAYS]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    sentences, calls, modules = json.loads(told.stdout)
    assert sentences == 3
    assert calls == []
    assert not {"torch", "transformers", "openvino_telemetry"} & set(modules)


WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
from pathlib import Path
from service.extract.artifacts import ArtifactError, load_artifact
try:
    load_artifact(Path(sys.argv[1])).make_encoder("torch")
except ArtifactError as error:
    print(error)
"""


def test_where_torch_is_not_installed_the_extra_is_named(model_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_TORCH, str(model_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    assert "pip install 'ascribe[torch]'" in told.stdout


def test_a_network_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(GraphError, match="kind 'roberta'"):
        build_graph({"encoder": {}, "kind": "roberta"}, {})


def test_both_runtimes_are_to_be_had_by_name(model_path: Path) -> None:
    artifact: Artifact = load_artifact(model_path)
    for name in ("openvino", "torch"):
        assert Analyzer(artifact, artifact.make_encoder(name, 1)).analyze(Article(SAYS)).text == SAYS
