"""Rounds of training: what they need, how the later ones differ, and what is kept of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner

from service.cli import main
from service.extract.artifacts import hash_file, load_artifact
from service.extract.encoder import load_tokenizer
from service.extract.torches import load_reader
from service.learn.artifact import write_manifest, write_weights
from service.learn.recipes import Recipe, later_recipe
from service.learn.rounds import blend, train_rounds
from tests.models import write_tiny_model


def test_no_round_at_all_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one round at least, not 0"):
        train_rounds(Recipe(), tmp_path / "nowhere", tmp_path, rounds=0)


def test_the_command_names_what_it_takes(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["train", "--rounds", "0", "--shared", str(tmp_path)])
    assert told.exit_code == 2
    assert "0 is not in the range x>=1" in told.output


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (("--large", "--further"), "run one after the other"),
        (("--large", "--alone"), "run one after the other"),
        (("--alone", "--start", "--teacher"), "run one after the other"),
        (("--start",), "--start and --teacher go together"),
        (("--singles",), "--singles goes with --start and --teacher"),
    ],
)
def test_trainings_that_exclude_one_another_are_refused(asked: tuple[str, ...], fault: str, tmp_path: Path) -> None:
    folders = [word for option in ("--shared", *asked) for word in (option, str(tmp_path))]
    told = CliRunner().invoke(main, ["train", *folders])
    assert told.exit_code == 2
    assert fault in told.output


def test_later_rounds_take_smaller_steps_in_another_order() -> None:
    first = Recipe()
    later = later_recipe(first, 1)
    assert later.rate < first.rate
    assert later.head_rate < first.head_rate
    assert later.links > first.links
    assert {first.seed, later.seed, later_recipe(first, 2).seed} == {1, 2, 3}
    assert (later.window, later.soup) == (first.window, first.soup)


def test_a_blend_lies_between_two_rounds(tmp_path: Path) -> None:
    earlier = write_tiny_model(tmp_path / "earlier", seed=1)
    later = write_tiny_model(tmp_path / "later", seed=2)
    blended = load_reader(blend(earlier, later, tmp_path / "blend", 0.7)).state_dict()
    first, second = load_reader(earlier).state_dict(), load_reader(later).state_dict()
    for name, values in blended.items():
        wanted = 0.3 * first[name] + 0.7 * second[name]
        assert torch.allclose(values, wanted, atol=1e-2), name


def test_a_manifest_holds_what_is_stated_and_the_hashes_that_loading_checks(model_path: Path, tmp_path: Path) -> None:
    write_weights(load_reader(model_path), load_tokenizer(model_path), tmp_path)
    write_manifest(tmp_path, "trial", "9.9", labels=["quotation"], calibration_errors={"quotation": 0.01})
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]["model.safetensors"] == hash_file(tmp_path / "model.safetensors")
    assert manifest["calibration_errors"] == {"quotation": 0.01}
    artifact = load_artifact(tmp_path)
    assert (artifact.name, artifact.version, artifact.card["labels"]) == ("trial", "9.9", ["quotation"])
