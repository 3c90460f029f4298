"""Layers that round: steps that fit what comes in, and layers that are better left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from service.extract.encoder import load_tokenizer
from service.extract.outputs import SENTENCE_HEADS
from service.extract.rounded import RoundedLinear, round_layers
from service.extract.torches import load_reader
from service.extract.weights import BELOW
from service.learn import rounding
from service.learn.examples import Example
from service.learn.rounding import fit_layer, round_reader
from tests.models import write_tiny_model

TEXT = "The dam will hold, the engineer said. She has seen it through forty winters."


def layer_of(inputs: torch.Tensor, weights: torch.Tensor) -> RoundedLinear:
    """A rounded layer of *weights* with the steps that fit *inputs*."""
    fit = fit_layer(inputs, weights)
    layer = RoundedLinear(weights.shape[1], weights.shape[0])
    layer.load_state_dict(
        {
            "weight": weights,
            "bias": torch.zeros(len(weights)),
            "steps": fit.steps,
            "below": torch.tensor(float(BELOW if fit.one_sided else 0)),
        }
    )
    return layer


@pytest.mark.parametrize("outlier", [1.0, 30.0])
def test_a_dimension_of_large_values_takes_nothing_from_the_others(outlier: float) -> None:
    made = torch.Generator().manual_seed(1)
    inputs, weights = torch.randn(400, 24, generator=made), torch.randn(12, 24, generator=made) / 5
    inputs[:, 3] *= outlier
    weights[:, 3] /= outlier
    exact = inputs @ weights.T
    wrong = (layer_of(inputs, weights)(inputs) - exact).square().mean() / exact.square().mean()
    assert float(wrong.detach()) < 3e-4


def test_what_comes_out_of_a_gelu_is_rounded_more_finely_than_by_both_signs() -> None:
    made = torch.Generator().manual_seed(2)
    inputs = torch.nn.functional.gelu(torch.randn(400, 24, generator=made) * 2)
    weights = torch.randn(12, 24, generator=made) / 5
    one, two = fit_layer(inputs, weights), fit_layer(torch.cat([inputs, -inputs]), weights)
    assert (one.one_sided, two.one_sided) == (True, False)
    assert one.wrong < two.wrong
    assert float(one.steps.min()) >= 0.17 / BELOW - 1e-6


def test_layers_that_rounding_would_change_too_much_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_tiny_model(tmp_path)
    reader, tokenizer = load_reader(folder), load_tokenizer(folder)
    unknown = ((0.0,) * len(SENTENCE_HEADS),) * 2
    examples = [Example(str(i), TEXT, (), ((0, 37), (38, len(TEXT))), unknown, unknown) for i in range(3)]
    monkeypatch.setattr(rounding, "WORST", 1.0)
    every = round_reader(reader, examples, tokenizer)
    linear = [n for n, m in reader.encoder.named_modules() if isinstance(m, torch.nn.Linear)]
    assert sorted(every.shape.rounded) == sorted(linear)
    monkeypatch.setattr(rounding, "WORST", 0.0)
    assert round_reader(reader, examples, tokenizer).shape.rounded == ()


def test_other_weights_are_rounded_anew() -> None:
    inputs = torch.randn(40, 8, generator=torch.Generator().manual_seed(3))
    layer, other = (layer_of(inputs, torch.full((2, 8), value)) for value in (1.0, 2.0))
    before = layer(inputs)
    layer.load_state_dict(other.state_dict())
    assert torch.equal(layer(inputs), other(inputs))
    assert not torch.equal(layer(inputs), before)


def test_a_layer_learns_what_it_then_says_in_whole_numbers() -> None:
    made = torch.Generator().manual_seed(4)
    inputs, wanted = torch.randn(200, 16, generator=made), torch.randn(6, 16, generator=made) / 4
    layer = layer_of(inputs, torch.randn(6, 16, generator=made) / 4).train()
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.01)
    for _ in range(400):
        loss = (layer(inputs) - inputs @ wanted.T).square().mean()
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
    learnt, told, exact = layer(inputs), layer.eval()(inputs), inputs @ wanted.T
    assert torch.equal(told, learnt)
    assert float((told - exact).square().mean().detach()) < 2e-3 * float(exact.square().mean())


def test_only_linear_layers_can_round() -> None:
    with pytest.raises(ValueError, match="'0' is no linear layer"):
        round_layers(torch.nn.Sequential(torch.nn.LayerNorm(4)), ["0"])
