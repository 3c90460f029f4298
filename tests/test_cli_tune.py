"""``service tune``: a row for each division of the cores, and the settings to set, with the tiny real model."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli_tune import tune
from service.settings import Settings
from service.tunes import WORDS, Division, choose, divide, free_memory, measure, write_articles

SEEDS = Path(__file__).parents[1] / "seeds"


def test_every_division_gets_a_row_and_the_best_is_named(model_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_PATH", str(model_path))
    monkeypatch.setattr("service.tunes.WORDS", (30, 60))  # an untrained model finds so much that longer ones take long
    told = CliRunner().invoke(tune, ["--cores", "2", "--seconds", "0", "--articles", str(SEEDS)])
    assert told.exit_code == 0, told.output
    rows = [line.split() for line in told.stdout.splitlines()[1:3]]
    assert [row[:2] for row in rows] == [["1", "2"], ["2", "1"]]
    assert all(float(value) > 0 for row in rows for value in row[2:])
    assert told.stdout.splitlines()[-1].startswith("Most articles a second: WORKERS=")


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    told = CliRunner().invoke(tune, ["--articles", str(tmp_path)])
    assert (told.exit_code, told.stderr) == (1, f"Error: {tmp_path} holds no texts (*.txt).\n")


def test_articles_have_the_lengths_they_are_to_have() -> None:
    for words, article in zip(WORDS, write_articles(SEEDS), strict=True):
        assert words <= len(article.split()) < words + 200


@pytest.mark.parametrize("cores", [1, 2, 3, 8, 64])
def test_divisions_never_take_more_than_the_cores(cores: int) -> None:
    assert all(1 <= each.workers * each.threads <= cores for each in divide(cores))
    assert {(cores, 1), (1, cores)} <= {(each.workers, each.threads) for each in divide(cores)}


def test_what_memory_has_no_room_for_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.tunes.free_memory", lambda: 1000.0)
    monkeypatch.setattr("service.tunes._measure", lambda _s, division, _a, _n: Division(*_sizes(division), memory=300))
    assert [_sizes(each) for each in measure(Settings(), [], 4, 0)] == [(1, 4), (2, 2)]


def _sizes(division: Division) -> tuple[int, int]:
    return division.workers, division.threads


def test_of_those_about_as_fast_the_one_of_fewest_workers_is_chosen() -> None:
    assert choose([Division(1, 4, 7.9), Division(2, 2, 7.8), Division(4, 1, 8.0)]).workers == 1
    assert choose([Division(1, 4, 5.0), Division(4, 1, 8.0)]).workers == 4


def test_there_is_some_memory() -> None:
    assert free_memory() > 0
