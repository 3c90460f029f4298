"""Attention in a network's OpenVINO graph: block by block, to what stands near (``service.extract.windows``).

Shapes are written as in ``service.extract.graphs``; N is the number of pieces that a block attends to.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from service.extract.layers import ONE, ZERO, Layers, make_constant
from service.extract.opsets import Node, ops
from service.extract.windows import BLOCK, ENDS

FARTHEST = 128  # pieces from which on MPNet's relative positions are all alike
NEVER = np.float32(-1e4)
ATTENTION = {  # names of query, key, value, output, norm within a layer
    "bert": (
        *(f"attention.self.{part}" for part in ("query", "key", "value")),
        "attention.output.dense",
        "attention.output.LayerNorm",
    ),
    "mpnet": (*(f"attention.attn.{part}" for part in ("q", "k", "v", "o")), "attention.LayerNorm"),
}


class Sight(NamedTuple):
    """What pieces each block attends to, *size* of them, and what is added to attention's scores.

    *Shape:* (blocks, size); (B * blocks, 1 or heads, 1 or BLOCK, size)
    """

    near: Node
    bias: Node
    size: int


def see(layers: Layers, kind: str, ids: Node, mask: Node, margin: int) -> Sight:
    """What ``service.extract.windows.near_pieces`` says, block by block: the two ends, then what stands around."""
    length = ops.gather(ops.shape_of(ids, "i32"), ONE, ZERO)
    last = ops.subtract(length, ONE)
    begins = ops.unsqueeze(ops.range(ZERO, length, np.int32(BLOCK), "i32"), ONE)
    around = ops.add(begins, np.arange(-margin, BLOCK + margin, dtype=np.int32)[None])
    real = ops.logical_and(ops.greater(around, ZERO), ops.less(around, last))
    opening = ops.multiply(begins, ZERO)
    closing = ops.add(opening, last)
    near = ops.concat([opening, closing, ops.minimum(ops.maximum(around, ZERO), last)], 1)
    real = ops.concat([ops.equal(opening, ZERO), ops.equal(closing, last), real], 1)
    seen = ops.logical_and(ops.gather(mask, near, ONE), real)
    bias = ops.unsqueeze(ops.select(seen, np.float32(0), NEVER), np.array([2, 3]))  # (B, blocks, 1, 1, N)
    if kind == "mpnet":
        bias = ops.add(bias, _position_bias(layers, near, begins))
    _, _, *scored = bias.get_output_partial_shape(0)
    bias = ops.reshape(bias, np.array([-1, *(size.get_length() for size in scored)]), False)
    return Sight(near, bias, ENDS + BLOCK + 2 * margin)


def attend(layers: Layers, name: str, parts: tuple[str, ...], states: Node, sight: Sight, heads: int) -> Node:
    """Self-attention of blocks, its output added to what came in and normalised. *Shape:* (B, T, H) to the same"""
    width = len(layers.weights[f"{name}.{parts[0]}.bias"])
    query, key, value = layers.project_each(states, [f"{name}.{part}" for part in parts[:3]])
    blocks = _cut_blocks(query, BLOCK, heads, width)
    keys, values = (_cut_blocks(ops.gather(each, sight.near, ONE), sight.size, heads, width) for each in (key, value))
    # written out: the compiler makes it one loop with its transposes, and does not if it is one operation of its own
    scores = ops.multiply(ops.matmul(blocks, keys, False, True), np.float32((width // heads) ** -0.5))
    mixed = ops.matmul(ops.softmax(ops.add(scores, sight.bias), -1), values, False, False)
    joined = ops.reshape(ops.transpose(mixed, np.array([0, 2, 1, 3])), ops.shape_of(states), False)
    return layers.normalize(ops.add(layers.project(joined, f"{name}.{parts[3]}"), states), f"{name}.{parts[4]}")


def _cut_blocks(states: Node, size: int, heads: int, width: int) -> Node:
    """*Shape:* (…, width), *size* of them to a block, to (blocks, heads, size, width / heads)"""
    split = ops.reshape(states, np.array([-1, size, heads, width // heads]), False)
    return ops.transpose(split, np.array([0, 2, 1, 3]))


def _position_bias(layers: Layers, near: Node, begins: Node) -> Node:
    """What MPNet adds to attention by how far apart two pieces stand; *begins* are the blocks' first pieces.

    *Shape:* (blocks, N), (blocks, 1) to (1, blocks, heads, BLOCK, N)
    """
    table = layers.weights["encoder.encoder.relative_attention_bias.weight"]
    by_distance = table[_position_buckets(np.arange(-FARTHEST, FARTHEST + 1), len(table))]
    own = ops.unsqueeze(ops.add(begins, np.arange(BLOCK, dtype=np.int32)[None]), np.int32(2))
    apart = ops.subtract(ops.unsqueeze(near, ONE), own)
    apart = ops.minimum(ops.maximum(apart, np.int32(-FARTHEST)), np.int32(FARTHEST))
    rows = ops.gather(make_constant(by_distance), ops.add(apart, np.int32(FARTHEST)), ZERO)
    return ops.unsqueeze(ops.transpose(rows, np.array([0, 3, 1, 2])), ZERO)


def _position_buckets(apart: np.ndarray, buckets: int) -> np.ndarray:
    """The row of MPNet's table for each distance: one each at first, then by logarithm (as in Raffel et al. 2020)."""
    half, exact = buckets // 2, buckets // 4
    size = np.abs(apart)
    ratio = np.log(np.maximum(size, 1).astype(np.float32) / exact) / np.float32(math.log(FARTHEST / exact))
    far = np.minimum(exact + (ratio * (half - exact)).astype(np.int64), half - 1)
    return np.asarray(np.where(size < exact, size, far) + half * (apart > 0))
