"""The whole of training: rounds of self-training, then calibration, manifest and card."""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path

import torch

from service.extract.analyzer import Analyzer
from service.extract.encoder import Encoder, end_pieces, load_tokenizer
from service.extract.torches import TorchRuntime, load_reader
from service.learn.artifact import describe_training, fit_decisions, write_manifest, write_weights
from service.learn.batches import Prepared, prepare
from service.learn.corpus import training_examples
from service.learn.recipes import Recipe, find_base, later_recipe, load_base
from service.learn.teach import teach
from service.learn.train import train

NAME = "ascribe-standard"
log = logging.getLogger(__name__)


def train_rounds(recipe: Recipe, shared: Path, work: Path, rounds: int, taught_by: Path | None = None) -> Path:
    """Train in rounds: the first from the base, each later one from the weights before it and taught by them.

    After every epoch the weights lie in ``work/round-N``; the last one's folder is returned. *taught_by* is a
    folder that stands for a round trained earlier. Later rounds follow ``later_recipe``.

    :raises ValueError: when there is to be no round at all.
    """
    if rounds < 1:
        raise ValueError(f"Training takes one round at least, not {rounds}.")
    base = find_base()
    tokenizer = load_tokenizer(base)
    prepared = [prepare(example, tokenizer) for example in training_examples(shared)]
    log.info("%d examples, %d pieces", len(prepared), sum(len(p.pieces) for p in prepared))
    for number in range(rounds):
        reader, followed = load_base(base, recipe), recipe
        if taught_by is not None:
            followed = later_recipe(recipe, max(1, number))
            prepared = _taught(prepared, taught_by)
            reader.load_state_dict(load_reader(taught_by).state_dict())
        before, folder = taught_by, work / f"round-{number + 1}"
        taught_by = folder
        for average in train(followed, prepared, reader, tokenizer):
            write_weights(average, tokenizer, folder)
    return blend(before, folder, work / "blend", recipe.soup) if before else folder


def blend(earlier: Path, later: Path, folder: Path, share: float) -> Path:
    """The weighted mean of two rounds' weights, *share* of it the later one's, in *folder*."""
    first, second = load_reader(earlier).state_dict(), load_reader(later)
    second.load_state_dict({k: torch.lerp(first[k], v, share) for k, v in second.state_dict().items()})
    write_weights(second, load_tokenizer(later), folder)
    return folder


def _taught(prepared: list[Prepared], folder: Path) -> list[Prepared]:
    tokenizer = load_tokenizer(folder)
    encoder = Encoder(tokenizer, TorchRuntime(load_reader(folder)), end_pieces(tokenizer))
    return list(teach(encoder, prepared))


def write_model(trained: Path, folder: Path, shared: Path, recipe: Recipe, rounds: int, version: str) -> None:
    """A model folder of trained weights, with calibration fitted and the hashes of everything stated."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("model.safetensors", "config.json", "tokenizer.json"):
        (folder / name).write_bytes((trained / name).read_bytes())
    training = describe_training(shared, recipe, rounds)
    write_manifest(folder, NAME, version, **training)
    decisions, errors = fit_decisions(Analyzer.load(folder), shared)
    write_manifest(folder, NAME, version, decisions=asdict(decisions), calibration_errors=errors, **training)
