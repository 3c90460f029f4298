"""The network as an OpenVINO graph, made from a model folder's configuration and weights, without torch.

It computes what ``service.extract.model.Reader`` computes, which stays the reference: the encoder, BERT
(Devlin et al. 2019) or MPNet (Song et al. 2020), then the heads. Shapes are written as there: B windows of
T pieces, S sentences in a window, K sentence heads, L links, width H. Every tensor is float32 in the graph;
what the processor computes in is the compiler's affair.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from service.extract.opsets import Model, Node, Type, ops
from service.extract.weights import BELOW, BYTE, SCALES, SIDE, STEPS, WHOLE, Weight
from service.extract.windows import BLOCK, ENDS, usual_margins

FARTHEST = 128  # pieces from which on MPNet's relative positions are all alike
NEVER = np.float32(-1e4)
LARGE = 4096  # numbers from which on a constant is kept in half precision
ZERO, ONE = np.int32(0), np.int32(1)


class GraphError(ValueError):
    """A model folder describes a network that no graph can be made of."""


def build_graph(config: Mapping[str, Any], weights: Mapping[str, Weight]) -> Model:
    """The network of *config* with *weights*; inputs are those of ``Inputs``, outputs those of ``Runtime``, by name.

    :raises GraphError: for a kind of encoder or an activation that is not known here, or weights still in training.
    """
    shape, kind = config["encoder"], config["kind"]
    if kind not in ("bert", "mpnet") or shape.get("hidden_act", "gelu") != "gelu":
        raise GraphError(f"No graph of an encoder of kind '{kind}' with activation '{shape.get('hidden_act')}'.")
    inputs = [
        _input("ids", [-1, -1], Type.i32),
        _input("features", [-1, 3, -1], Type.i32),
        _input("places", [-1, -1], Type.i32),
        _input("mask", [-1, -1], Type.boolean),
        _input("membership", [-1, -1, -1], Type.boolean),
    ]
    *_, mask, membership = inputs
    layers = Layers(weights, float(shape.get("layer_norm_eps", 1e-12)))
    margins = config.get("margins") or usual_margins(int(shape["num_hidden_layers"]))
    states = _encode(layers, shape, kind, inputs, margins)
    heads = Heads(layers, len(config["links"]), int(config["link_width"]))
    outputs = heads.read(states) | heads.label(states, mask, membership)
    for name, node in outputs.items():
        node.output(0).get_tensor().set_names({name})
    return Model(list(outputs.values()), inputs, "reader")


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
            return _constant(matrix)
        whole = ops.convert(ops.constant(matrix, shared_memory=True), "f32")
        return ops.multiply(whole, ops.constant(scales[:, None].astype(np.float32)))

    def normalize(self, states: Node, name: str) -> Node:
        """Layer normalisation. *Shape:* (…, H) to the same"""
        even = ops.mvn(states, _constant(np.array([-1])), True, self.epsilon, "inside_sqrt")
        return ops.add(ops.multiply(even, self.constant(f"{name}.weight")), self.constant(f"{name}.bias"))

    def constant(self, name: str) -> Node:
        """A weight as it is."""
        return _constant(self.weights[name])


def _encode(
    layers: Layers, shape: Mapping[str, Any], kind: str, inputs: Sequence[Node], margins: Sequence[int]
) -> Node:
    """The encoder's states. *Shape:* (B, T, H)"""
    ids, features, places, mask, _ = inputs
    states = _embed(layers, kind, ids, features, places)
    heads = int(shape["num_attention_heads"])
    sights = {margin: _see(layers, kind, ids, mask, margin) for margin in set(margins)}
    for number, margin in enumerate(margins):
        name = f"encoder.encoder.layer.{number}"
        states = _attend(layers, name, ATTENTION[kind], states, sights[margin], heads)
        inner = ops.gelu(layers.project(states, f"{name}.intermediate.dense"), "ERF")
        added = ops.add(layers.project(inner, f"{name}.output.dense"), states)
        states = layers.normalize(added, f"{name}.output.LayerNorm")
    return states


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


def _see(layers: Layers, kind: str, ids: Node, mask: Node, margin: int) -> Sight:
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


def _embed(layers: Layers, kind: str, ids: Node, features: Node, at: Node) -> Node:
    words = layers.embed("encoder.embeddings.word_embeddings.weight", ids)
    for number in range(3):
        feature = ops.gather(features, np.int32(number), ONE)
        words = ops.add(words, layers.embed(f"features.{number}.weight", feature))
    places = layers.weights["encoder.embeddings.position_embeddings.weight"]
    if kind == "mpnet":
        places = places[2:]  # its first two rows stand for padding
    else:
        kinds = layers.weights["encoder.embeddings.token_type_embeddings.weight"]
        places = places.astype(np.float32) + kinds[0].astype(np.float32)
    words = ops.add(words, ops.gather(_constant(places), at, ZERO))
    return layers.normalize(words, "encoder.embeddings.LayerNorm")


def _attend(layers: Layers, name: str, parts: tuple[str, ...], states: Node, sight: Sight, heads: int) -> Node:
    """Self-attention of blocks, its output added to what came in and normalised. *Shape:* (B, T, H) to the same"""
    width = len(layers.weights[f"{name}.{parts[0]}.bias"])
    query, key, value = layers.project_each(states, [f"{name}.{part}" for part in parts[:3]])
    blocks = _cut_blocks(query, BLOCK, heads, width)
    seen = (_cut_blocks(ops.gather(each, sight.near, ONE), sight.size, heads, width) for each in (key, value))
    mixed = ops.scaled_dot_product_attention(blocks, *seen, sight.bias)
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
    rows = ops.gather(_constant(by_distance), ops.add(apart, np.int32(FARTHEST)), ZERO)
    return ops.unsqueeze(ops.transpose(rows, np.array([0, 3, 1, 2])), ZERO)


def _position_buckets(apart: np.ndarray, buckets: int) -> np.ndarray:
    """The row of MPNet's table for each distance: one each at first, then by logarithm (as in Raffel et al. 2020)."""
    half, exact = buckets // 2, buckets // 4
    size = np.abs(apart)
    ratio = np.log(np.maximum(size, 1).astype(np.float32) / exact) / np.float32(math.log(FARTHEST / exact))
    far = np.minimum(exact + (ratio * (half - exact)).astype(np.int64), half - 1)
    return np.asarray(np.where(size < exact, size, far) + half * (apart > 0))


class Heads:
    """What is read off the encoder's states."""

    def __init__(self, layers: Layers, links: int, width: int) -> None:
        self.layers, self.links, self.width = layers, links, width

    def read(self, states: Node) -> dict[str, Node]:
        """Tags, entities and links of every piece."""
        layers = self.layers
        queries, keys = (_split_heads(layers.project(states, n), self.links, self.links * self.width) for n in LINKING)
        first = ops.slice(keys, np.array([0]), np.array([1]), np.array([1]), np.array([2]))
        nulls = ops.squeeze(ops.matmul(queries, first, False, True), np.array([3]))
        return {
            "tags": layers.project(states, "tags"),
            "entities": layers.project(states, "entities"),
            "queries": queries,
            "keys": keys,
            "nulls": ops.multiply(nulls, np.float32(self.width**-0.5)),
        }

    def label(self, states: Node, mask: Node, membership: Node) -> dict[str, Node]:
        """Each sentence pooled for each head by attention, beside its mean and its window's mean."""
        layers = self.layers
        scores = ops.unsqueeze(ops.transpose(layers.project(states, "attention"), np.array([0, 2, 1])), np.array([2]))
        member = ops.unsqueeze(membership, ONE)
        weights = ops.softmax(ops.select(member, scores, NEVER), -1)  # (B, K, S, T)
        pooled = ops.matmul(weights, ops.unsqueeze(states, ONE), False, False)
        hidden, width = layers.weights["hidden.weight"], len(layers.weights["hidden.bias"])
        first, second, third = (hidden[:, width * i : width * (i + 1)] for i in range(3))
        around = _mean(ops.unsqueeze(mask, ONE), states)
        shared = ops.add(multiply(_mean(membership, states), second), multiply(around, third))
        shared = ops.unsqueeze(ops.add(shared, layers.constant("hidden.bias")), ONE)
        mixed = ops.tanh(ops.add(multiply(pooled, first), shared))  # (B, K, S, H)
        logits = ops.reduce_sum(ops.multiply(mixed, _constant(layers.weights["labels"][:, None])), np.array([-1]))
        logits = ops.add(logits, _constant(layers.weights["bias"][:, None]))
        own = ops.reduce_sum(ops.multiply(weights, ops.convert(member, "f32")), np.array([2]))
        return {"sentences": ops.transpose(logits, np.array([0, 2, 1])), "weights": own}


LINKING = ("queries", "keys")


def _round(states: Node, steps: Weight, *, one_sided: bool) -> Node:
    """*states* as whole numbers of *steps*, one for each of the last dimension; if *one_sided* counted from -BELOW."""
    states = ops.multiply(states, _constant(1 / steps.astype(np.float32)))
    low, high = (np.float32(0), np.float32(BYTE)) if one_sided else (np.float32(-WHOLE), np.float32(WHOLE))
    states = ops.add(states, np.float32(BELOW)) if one_sided else states
    return ops.fake_quantize(states, low, high, low, high, int(high - low) + 1)


def multiply(states: Node, matrix: Weight) -> Node:
    """A linear layer without its bias."""
    return ops.matmul(states, _constant(matrix), False, True)


def _mean(chosen: Node, states: Node) -> Node:
    """The mean state of the chosen pieces, zero where none is. *Shape:* (B, S, T), (B, T, H) to (B, S, H)"""
    shares = ops.convert(chosen, "f32")
    count = ops.maximum(ops.reduce_sum(shares, np.array([-1]), True), np.float32(1))
    return ops.divide(ops.matmul(shares, states, False, False), count)


def _split_heads(states: Node, heads: int, width: int) -> Node:
    """*Shape:* (B, T, width) to (B, heads, T, width / heads)"""
    split = ops.reshape(states, np.array([0, 0, heads, width // heads]), True)
    return ops.transpose(split, np.array([0, 2, 1, 3]))


def _input(name: str, shape: list[int], kind: Type) -> Node:
    node = ops.parameter(shape, kind, name)
    node.output(0).get_tensor().set_names({name})
    return node


def _constant(values: np.ndarray) -> Node:
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
