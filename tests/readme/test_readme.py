"""Every snippet of the README runs as it stands and prints what the README shows, on the model that is shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples import FOLDER, make_examples, open_client, same_shape
from tests.readme.parts import EXAMPLE, SCORES, make_example, run
from tests.readme.scores import read_scores, write_scores
from tests.readme.snippets import COMMANDS, README, ROOT, SETUP, Snippet, alike, find_command, read_snippets
from tests.servers import RunningServer, run_server

TEXT = README.read_text(encoding="utf-8")
SNIPPETS = list(read_snippets(TEXT))
RUN = [pytest.param(snippet, id=snippet.name) for snippet in SNIPPETS if snippet.runs]
AGAIN = "run `make docs`"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service keeps its files."""
    return tmp_path_factory.mktemp("readme")


@pytest.fixture(scope="module")
def shipped(folder: Path) -> Iterator[RunningServer]:
    """The service as ``make serve`` runs it."""
    with run_server(folder, MODEL_PATH=ROOT / "models" / "standard", WORKERS=1) as running:
        yield running


@pytest.mark.parametrize("snippet", RUN)
def test_a_snippet_runs_and_prints_what_is_shown(shipped: RunningServer, folder: Path, snippet: Snippet) -> None:
    if not find_command(snippet):
        pytest.skip(f"{COMMANDS[snippet.language][0]} is not installed: its snippets are not run.")
    printed = run(snippet, shipped, folder)
    assert snippet.output is None or alike(snippet.output, printed), f"line {snippet.line}, {AGAIN}:\n{printed}"


def test_there_is_a_snippet_for_each_way_to_call_the_service() -> None:
    assert {snippet.language for snippet in SNIPPETS if snippet.runs} == set(COMMANDS)
    assert any(snippet.code.startswith("curl") for snippet in SNIPPETS)


def test_what_is_not_run_is_a_target_of_make_or_said_to_be_set_up() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for snippet in SNIPPETS:
        if SETUP in snippet.words:
            named = re.findall(r"^make (\w+)", snippet.code, re.MULTILINE)
            assert set(named) <= targets, snippet.code


def test_the_annotated_example_is_what_the_model_finds(shipped: RunningServer) -> None:
    (shown,) = EXAMPLE.findall(TEXT)
    made = make_example(shipped)
    assert alike(shown, made), f"{AGAIN}:\n{made}"


def test_the_table_of_scores_is_the_manifests() -> None:
    (shown,) = SCORES.findall(TEXT)
    assert shown == write_scores(), AGAIN


def test_the_cards_scores_are_the_manifests() -> None:
    card = (ROOT / "models" / "standard" / "card.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w-]+) \| \d+ \| ([^|]+) \| ([\d.]+) \|$", card, re.MULTILINE)
    assert {f"{corpus}: {metric}": float(score) for corpus, metric, score in rows} == read_scores()


def test_the_examples_of_the_description_are_what_the_model_finds(tmp_path: Path) -> None:
    import json

    for name, made in make_examples(open_client(tmp_path)).items():
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            shown = file.read()
        same = same_shape(json.loads(shown), json.loads(made)) if name.endswith("json") else alike(shown, made)
        assert same, f"{name}, {AGAIN}"
