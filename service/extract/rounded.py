"""Linear layers that multiply whole numbers of eight bits, as processors do fastest.

What comes in is divided by a step for each of its dimensions and rounded; the weights, multiplied by the same
steps, are rounded in steps of their row's scale. So the large dimensions of a few take nothing from the others
(SmoothQuant, Xiao et al. 2023). Rounding has no slope; in training it is passed over (straight-through estimator,
Bengio et al. 2013), so that a network learns to live with it.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from service.extract.weights import WHOLE


class Round(torch.autograd.Function):
    """The nearest whole number of eight bits; its gradient is that of what is rounded."""

    @staticmethod
    def forward(_ctx: Any, values: Tensor) -> Tensor:
        """*Shape:* any to the same"""
        return values.round().clamp_(-WHOLE, WHOLE)

    @staticmethod
    def backward(_ctx: Any, *gradients: Tensor) -> Tensor:
        """*Shape:* that of what was rounded"""
        return gradients[0]


class RoundedLinear(nn.Linear):
    """A linear layer of whole numbers; ``steps`` *Shape:* (what comes in,), all above zero."""

    steps: Tensor

    def __init__(self, width: int, wide: int) -> None:
        super().__init__(width, wide)
        self.register_buffer("steps", torch.ones(width))

    def forward(self, states: Tensor) -> Tensor:
        """*Shape:* (…, what comes in) to (…, what goes out)"""
        rows = self.weight * self.steps
        scales = rows.detach().abs().amax(1, keepdim=True).clamp(min=torch.finfo(torch.float32).tiny) / WHOLE
        product = functional.linear(_round(states / self.steps), _round(rows / scales))
        return product * scales[:, 0].to(product.dtype) + self.bias.to(product.dtype)


def _round(values: Tensor) -> Tensor:
    rounded: Tensor = Round.apply(values)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return rounded


def round_layers(stack: nn.Module) -> None:
    """Put a :class:`RoundedLinear` in the place of every linear layer of *stack*, the weights new."""
    for name, layer in list(stack.named_modules()):
        if isinstance(layer, nn.Linear):
            above, _, last = name.rpartition(".")
            setattr(stack.get_submodule(above), last, RoundedLinear(layer.in_features, layer.out_features))
