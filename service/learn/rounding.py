"""From a trained reader to one whose encoder multiplies whole numbers, and nearly gives the same answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice, product

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from service.extract.encoder import end_pieces
from service.extract.model import Reader
from service.extract.rounded import round_rows, round_states
from service.extract.weights import BELOW, BYTE, KEPT, SIDE, STEPS, WHOLE
from service.learn.batches import Batch, batch_windows, cut_windows, make_batch, prepare
from service.learn.examples import Example

EXAMPLES = 168  # that the steps are fitted on
BATCHES = 10  # of their windows
PIECES = 3072  # in a batch
SAMPLE = 3000  # pieces that two choices of steps are compared on
# How far the steps follow the largest input of each dimension, and the weights for the rest (Xiao et al. 2023); and
# what share of the largest input they reach to.
WORST = 4e-4  # share of its products' squares that rounding may change in a layer; else the layer stays as it is
EVERY = 1.0  # the same of layers that have learnt to round
BALANCES = (0.3, 0.5, 0.7, 0.85, 1.0)
REACHES = (1.0, 0.8, 0.6)
LEAST = 1e-4
ONE_SIDED = -0.17  # GELU's least value is just above


def round_reader(
    reader: Reader, examples: Sequence[Example], tokenizer: Tokenizer, worst: float | None = None
) -> Reader:
    """A reader of the same weights whose encoder rounds; its steps fit what *reader* makes of some of *examples*.

    Layers that rounding would change by more than *worst*, by default ``WORST``, stay as they are.
    """
    worst = WORST if worst is None else worst
    rng = np.random.default_rng(0)
    chosen = examples[:: max(1, len(examples) // EXAMPLES)]
    windows = [w for example in chosen for w in cut_windows(prepare(example, tokenizer), 512, rng)]
    ends = end_pieces(tokenizer)
    batches = (make_batch(together, ends) for together in islice(batch_windows(windows, PIECES, rng), BATCHES))
    fitted = {name: fit for name, fit in fit_steps(reader, batches).items() if fit.wrong <= worst}
    rounded = Reader(replace(reader.shape, rounded=tuple(fitted)))
    steps = {f"encoder.{name}{STEPS}": fit.steps for name, fit in fitted.items()}
    below = {f"encoder.{name}{SIDE}": torch.tensor(float(BELOW if f.one_sided else 0)) for name, f in fitted.items()}
    rounded.load_state_dict(reader.state_dict() | steps | below)
    return rounded


def unround_reader(reader: Reader) -> Reader:
    """A reader of the weights of *reader* that does not round."""
    plain = Reader(replace(reader.shape, rounded=()))
    plain.load_state_dict({name: values for name, values in reader.state_dict().items() if not name.endswith(KEPT)})
    return plain


@dataclass(frozen=True, slots=True)
class Fit:
    """The steps of a layer, *Shape:* (what comes in,), and what share of its products' squares rounding changes."""

    steps: Tensor
    wrong: float
    one_sided: bool


def fit_steps(reader: Reader, batches: Iterator[Batch]) -> dict[str, Fit]:
    """How every linear layer of *reader*'s encoder is best rounded, by the layer's name.

    Layers of the same input share their steps.
    """
    layers = {name: m for name, m in reader.encoder.named_modules() if isinstance(m, nn.Linear)}
    reader.eval()
    fitted: dict[str, Fit] = {}
    with _watching(layers) as seen, torch.no_grad():
        for batch in batches:
            seen.mask = batch.mask
            reader(batch.ids, batch.features, batch.places, batch.mask, batch.membership)
        for names in seen.together():
            inputs, weights = torch.cat(seen.inputs[names[0]]), torch.cat([layers[n].weight for n in names])
            fitted |= dict.fromkeys(names, fit_layer(inputs, weights))
    return fitted


def fit_layer(inputs: Tensor, weights: Tensor) -> Fit:
    """The steps by which rounding changes the products of *inputs* and *weights* least.

    *Shape:* (pieces, what comes in), (what goes out, what comes in)
    """
    one_sided = float(inputs.min()) > ONE_SIDED
    largest = inputs.abs().amax(0).clamp(min=LEAST)
    heaviest = weights.abs().amax(0).clamp(min=LEAST)
    most, floor = (BYTE - BELOW, -ONE_SIDED / BELOW) if one_sided else (WHOLE, 0.0)
    sample = inputs[torch.randperm(len(inputs), generator=torch.Generator().manual_seed(0))[:SAMPLE]]
    exact = sample @ weights.T
    best, least = largest / most, float("inf")
    for balance, reach in product(BALANCES, REACHES):
        even = largest**balance / heaviest ** (1 - balance)
        steps = (even * (largest / even).amax() * reach / most).clamp(min=floor)
        rows, scales = round_rows(weights * steps)
        found = round_states(sample / steps, one_sided=one_sided) @ rows.T * scales
        wrong = float((found - exact).square().mean())
        best, least = (steps, wrong) if wrong < least else (best, least)
    return Fit(best, least / float(exact.square().mean()), one_sided)


class Seen:
    """What came into layers where *mask* is true: the rows, *Shape:* (pieces, what comes in), and the last input."""

    def __init__(self) -> None:
        self.mask: Tensor | None = None
        self.inputs: dict[str, list[Tensor]] = {}
        self.last: dict[str, Tensor] = {}

    def watch(self, name: str, states: Tensor) -> None:
        """Note what comes into the layer *name*; once for several that get the same."""
        known = any(states is other for other in self.last.values())
        self.last[name] = states
        if not known or name in self.inputs:
            self.inputs.setdefault(name, []).append(states[self.mask])

    def together(self) -> list[list[str]]:
        """The names of layers of the same input together, first the one whose input is kept."""
        groups: dict[int, list[str]] = {}
        for name, states in self.last.items():
            groups.setdefault(id(states), []).append(name)
        return [sorted(names, key=lambda n: n not in self.inputs) for names in groups.values()]


@contextmanager
def _watching(layers: Mapping[str, nn.Linear]) -> Iterator[Seen]:
    seen = Seen()

    def watcher(name: str) -> torch.utils.hooks.RemovableHandle:
        return layers[name].register_forward_pre_hook(lambda _, inputs: seen.watch(name, inputs[0]))

    handles = [watcher(name) for name in layers]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()
