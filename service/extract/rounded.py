"""Linear layers that multiply whole numbers of eight bits, as processors do fastest.

What comes in is divided by a step for each of its dimensions and rounded; the weights, multiplied by the same
steps, are rounded in steps of their row's scale. So the large dimensions of a few take nothing from the others
(SmoothQuant, Xiao et al. 2023). What is hardly ever below zero, as behind a GELU, has most of the numbers above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from service.extract.weights import BELOW, BYTE, WHOLE


class RoundedLinear(nn.Linear):
    """A linear layer of whole numbers; ``steps`` *Shape:* (what comes in,), all above zero.

    ``below``: how many of the numbers that come in are below zero, as many as above it if it is 0. *Shape:* ()
    """

    steps: Tensor
    below: Tensor

    def __init__(self, width: int, wide: int) -> None:
        super().__init__(width, wide)
        self.register_buffer("steps", torch.ones(width))
        self.register_buffer("below", torch.zeros(()))
        self._known: tuple[int, int] = (-1, -1)  # the versions of weights and steps that ``_whole`` is of
        self._whole: tuple[Tensor, Tensor] | None = None

    def forward(self, states: Tensor) -> Tensor:
        """*Shape:* (…, what comes in) to (…, what goes out)"""
        rows, scales = self._learn_weights() if self.training else self._round_weights()
        product = functional.linear(round_states(states / self.steps, one_sided=bool(self.below)), rows)
        return product * scales.to(product.dtype) + self.bias.to(product.dtype)

    def _learn_weights(self) -> tuple[Tensor, Tensor]:
        """The weights rounded with a slope, and their scales, which have none."""
        even = self.weight * self.steps
        scales = _row_scales(even.detach())
        return _find_nearest(even / scales[:, None], -WHOLE, WHOLE), scales

    def _round_weights(self) -> tuple[Tensor, Tensor]:
        """The rounded weights and their scales, rounded once for as long as they do not change."""
        known = self.weight._version, self.steps._version
        if self._whole is None or self._known != known or self._whole[0].device != self.weight.device:
            with torch.inference_mode(mode=False), torch.no_grad():
                self._whole, self._known = round_rows(self.weight * self.steps), known
        return self._whole


def round_rows(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Whole numbers, and each row's scale. *Shape:* (N, M) to (N, M) and (N,)"""
    scales = _row_scales(weights)
    return (weights / scales[:, None]).round(), scales


def _row_scales(weights: Tensor) -> Tensor:
    return weights.abs().amax(1).clamp(min=torch.finfo(torch.float32).tiny) / WHOLE


def _find_nearest(values: Tensor, low: int, high: int) -> Tensor:
    nearest: Tensor = _Nearest.apply(values, low, high)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    return nearest


class _Nearest(torch.autograd.Function):
    """The nearest whole number within bounds, whose slope is taken to be one (straight-through, Bengio et al. 2013)."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, low: int, high: int) -> Tensor:  # noqa: ARG004 (torch's signature)
        return values.round().clamp_(low, high)

    @staticmethod
    def backward(ctx: Any, slopes: Tensor) -> tuple[Tensor, None, None]:  # noqa: ARG004 (torch's signature)
        return slopes, None, None


def round_states(states: Tensor, *, one_sided: bool) -> Tensor:
    """The nearest whole numbers of eight bits, most of them above zero if *one_sided*. *Shape:* any to the same"""
    low, high = (-BELOW, BYTE - BELOW) if one_sided else (-WHOLE, WHOLE)
    return _find_nearest(states, low, high)


def round_layers(encoder: nn.Module, names: Sequence[str]) -> None:
    """Put a :class:`RoundedLinear` in the place of each of the linear layers *names* of *encoder*, the weights new."""
    for name in names:
        layer = encoder.get_submodule(name)
        if not isinstance(layer, nn.Linear):
            raise ValueError(f"'{name}' is no linear layer.")
        above, _, last = name.rpartition(".")
        setattr(encoder.get_submodule(above), last, RoundedLinear(layer.in_features, layer.out_features))
