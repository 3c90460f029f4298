"""From a trained reader to one whose encoder multiplies whole numbers, which then has to learn to live with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from service.extract.encoder import end_pieces
from service.extract.model import Reader
from service.extract.weights import STEPS, WHOLE
from service.learn.batches import Batch, Prepared, batch_windows, cut_windows, make_batch

SEEN = 16  # batches that the steps are measured on
BALANCE = 0.5  # how much of a large dimension's difficulty goes to the weights (Xiao et al. 2023)
PIECES = 3072


def round_reader(reader: Reader, prepared: Sequence[Prepared], tokenizer: Tokenizer) -> Reader:
    """A reader of the same weights whose encoder rounds; its steps fit what *reader* makes of some of *prepared*."""
    rng = np.random.default_rng(0)
    windows = [w for p in prepared[:: max(1, len(prepared) // 256)] for w in cut_windows(p, 512, rng)]
    ends = end_pieces(tokenizer)
    batches = (make_batch(chosen, ends) for chosen in islice(batch_windows(windows, PIECES, rng), SEEN))
    steps = measure_steps(reader, batches)
    rounded = Reader(replace(reader.shape, rounded=True))
    rounded.load_state_dict(reader.state_dict() | {f"encoder.{name}{STEPS}": step for name, step in steps.items()})
    return rounded


def measure_steps(reader: Reader, batches: Iterator[Batch]) -> dict[str, Tensor]:
    """The steps of every linear layer of *reader*'s encoder, by the layer's name. *Shape:* (what comes in,)

    Layers of the same input share their steps.
    """
    layers = {name: m for name, m in reader.encoder.named_modules() if isinstance(m, nn.Linear)}
    reader.eval()
    with _watching(layers) as seen, torch.inference_mode():
        for batch in batches:
            reader(batch.ids, batch.features, batch.mask, batch.membership)
    return {name: steps for names in seen.together() for name, steps in _share_steps(layers, names, seen).items()}


def _share_steps(layers: dict[str, nn.Linear], names: Sequence[str], seen: Seen) -> dict[str, Tensor]:
    weights = torch.stack([layers[n].weight.detach().abs().amax(0) for n in names]).amax(0).clamp(min=1e-4)
    largest = seen.largest[names[0]].clamp(min=1e-4)
    even = largest**BALANCE / weights ** (1 - BALANCE)
    return dict.fromkeys(names, even * (largest / even).amax() / WHOLE)


class Seen:
    """What came into layers: the largest value of each dimension, and the last input itself."""

    def __init__(self) -> None:
        self.largest: dict[str, Tensor] = {}
        self.last: dict[str, Tensor] = {}

    def watch(self, name: str, states: Tensor) -> None:
        """Note what comes into the layer *name*."""
        most = states.float().abs().flatten(0, -2).amax(0)
        self.largest[name] = torch.maximum(self.largest.get(name, most), most)
        self.last[name] = states

    def together(self) -> list[list[str]]:
        """The names of layers of the same input together."""
        groups: dict[int, list[str]] = {}
        for name, states in self.last.items():
            groups.setdefault(id(states), []).append(name)
        return list(groups.values())


@contextmanager
def _watching(layers: dict[str, nn.Linear]) -> Iterator[Seen]:
    seen = Seen()

    def watcher(name: str) -> torch.utils.hooks.RemovableHandle:
        return layers[name].register_forward_pre_hook(lambda _, inputs: seen.watch(name, inputs[0]))

    handles = [watcher(name) for name in layers]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()
