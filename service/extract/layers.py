"""The layers of a network's OpenVINO graph that have weights, whole or rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from service.extract.opsets import Node, ops
from service.extract.weights import BELOW, BYTE, SCALES, SIDE, STEPS, WHOLE, Weight

LARGE = 4096  # numbers from which on a constant is kept in half precision
ZERO, ONE = np.int32(0), np.int32(1)


class GraphError(ValueError):
    """A model folder describes a network that no graph can be made of."""


class Layers:
    """The layers of the network that have weights, by the weights' names."""

    def __init__(self, weights: Mapping[str, Weight], epsilon: float) -> None:
        self.weights, self.epsilon = weights, epsilon

    def embed(self, name: str, ids: Node) -> Node:
        """Rows of a table. *Shape:* that of *ids*, and H"""
        if name + SCALES not in self.weights:
            return ops.gather(self.constant(name), ids, ZERO)
        rows = ops.convert(ops.gather(ops.constant(self.weights[name], shared_memory=True), ids, ZERO), "f32")
        scales = ops.constant(self.weights[name + SCALES][:, None].astype(np.float32))
        return ops.multiply(rows, ops.gather(scales, ids, ZERO))

    def project(self, states: Node, name: str) -> Node:
        """A linear layer. *Shape:* (…, H) to (…, the layer's width)"""
        return self.project_each(states, [name])[0]

    def project_each(self, states: Node, names: Sequence[str]) -> list[Node]:
        """Several linear layers of the same input, whose steps are the same if they have any."""
        if (steps := self.weights.get(names[0] + STEPS)) is not None:
            states = _round(states, steps, one_sided=bool(self.weights[names[0] + SIDE]))
        return [ops.add(ops.matmul(states, self._matrix(n), False, True), ops.constant(self._bias(n))) for n in names]

    def _bias(self, name: str) -> np.ndarray:
        """What a layer adds; less what it makes of the numbers that ``_round`` counts from if it is one-sided."""
        bias: np.ndarray = self.weights[f"{name}.bias"].astype(np.float32)
        if not self.weights.get(name + SIDE, 0):
            return bias
        sums = self.weights[f"{name}.weight"].sum(1, dtype=np.int64).astype(np.float32)
        bias -= np.float32(BELOW) * sums * self.weights[f"{name}.weight{SCALES}"]
        return bias

    def _matrix(self, name: str) -> Node:
        matrix, scales = self.weights[f"{name}.weight"], self.weights.get(f"{name}.weight{SCALES}")
        if scales is None and name + STEPS in self.weights:
            raise GraphError(f"The weights of '{name}' are not whole yet: such a folder is for further training.")
        if scales is None:
            return make_constant(matrix)
        whole = ops.convert(ops.constant(matrix, shared_memory=True), "f32")
        return ops.multiply(whole, ops.constant(scales[:, None].astype(np.float32)))

    def normalize(self, states: Node, name: str) -> Node:
        """Layer normalisation. *Shape:* (…, H) to the same"""
        even = ops.mvn(states, make_constant(np.array([-1])), True, self.epsilon, "inside_sqrt")
        return ops.add(ops.multiply(even, self.constant(f"{name}.weight")), self.constant(f"{name}.bias"))

    def constant(self, name: str) -> Node:
        """A weight as it is."""
        return make_constant(self.weights[name])


def _round(states: Node, steps: Weight, *, one_sided: bool) -> Node:
    """*states* as whole numbers of *steps*, one for each of the last dimension; if *one_sided* counted from -BELOW."""
    states = ops.multiply(states, make_constant(1 / steps.astype(np.float32)))
    low, high = (np.float32(0), np.float32(BYTE)) if one_sided else (np.float32(-WHOLE), np.float32(WHOLE))
    states = ops.add(states, np.float32(BELOW)) if one_sided else states
    return ops.fake_quantize(states, low, high, low, high, int(high - low) + 1)


def make_constant(values: np.ndarray) -> Node:
    """*values* in the graph; large matrices in half precision where that is exact, to keep little in memory.

    What is in half precision already is not copied: it may be a mapped file's.
    """
    values = np.ascontiguousarray(values)
    if values.dtype == np.float32 and values.size > LARGE:
        with np.errstate(over="ignore"):
            half = values.astype(np.float16)
        values = half if np.array_equal(half, values) else values
    if values.dtype != np.float16:
        return ops.constant(values)
    if values.size <= LARGE:
        return ops.constant(values.astype(np.float32))
    return ops.convert(ops.constant(values, shared_memory=True), "f32")
