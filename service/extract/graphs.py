"""The network as an OpenVINO graph, made from a model folder's configuration and weights, without torch.

It computes what ``service.extract.model.Reader`` computes, which stays the reference: the encoder, BERT
(Devlin et al. 2019) or MPNet (Song et al. 2020), then the heads. Shapes are written as there: B windows of
T pieces, S sentences in a window, K sentence heads, L links, width H. Every tensor is float32 in the graph;
what the processor computes in is the compiler's affair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from service.extract.attention import ATTENTION, NEVER, attend, see
from service.extract.encoder import BY_PIECE
from service.extract.layers import ONE, ZERO, GraphError, Layers, make_constant
from service.extract.opsets import Model, Node, Type, ops
from service.extract.weights import Weight
from service.extract.windows import usual_margins


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
    heads = Heads(layers)
    outputs = heads.read(states) | heads.label(states, mask, membership)
    for name, node in outputs.items():
        node.output(0).get_tensor().set_names({name})
    return Model(list(outputs.values()), inputs, "reader")


def _encode(
    layers: Layers, shape: Mapping[str, Any], kind: str, inputs: Sequence[Node], margins: Sequence[int]
) -> Node:
    """The encoder's states. *Shape:* (B, T, H)"""
    ids, features, places, mask, _ = inputs
    states = _embed(layers, kind, ids, features, places)
    heads = int(shape["num_attention_heads"])
    sights = {margin: see(layers, kind, ids, mask, margin) for margin in set(margins)}
    for number, margin in enumerate(margins):
        name = f"encoder.encoder.layer.{number}"
        states = attend(layers, name, ATTENTION[kind], states, sights[margin], heads)
        inner = ops.gelu(layers.project(states, f"{name}.intermediate.dense"), "ERF")
        added = ops.add(layers.project(inner, f"{name}.output.dense"), states)
        states = layers.normalize(added, f"{name}.output.LayerNorm")
    return states


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
    words = ops.add(words, ops.gather(make_constant(places), at, ZERO))
    return layers.normalize(words, "encoder.embeddings.LayerNorm")


class Heads:
    """What is read off the encoder's states."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers

    def read(self, states: Node) -> dict[str, Node]:
        """Tags, entities and links of every piece."""
        return {name: self.layers.project(states, name) for name in BY_PIECE}

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
        logits = ops.reduce_sum(ops.multiply(mixed, make_constant(layers.weights["labels"][:, None])), np.array([-1]))
        logits = ops.add(logits, make_constant(layers.weights["bias"][:, None]))
        own = ops.reduce_sum(ops.multiply(weights, ops.convert(member, "f32")), np.array([2]))
        return {"sentences": ops.transpose(logits, np.array([0, 2, 1])), "weights": own}


def multiply(states: Node, matrix: Weight) -> Node:
    """A linear layer without its bias."""
    return ops.matmul(states, make_constant(matrix), False, True)


def _mean(chosen: Node, states: Node) -> Node:
    """The mean state of the chosen pieces, zero where none is. *Shape:* (B, S, T), (B, T, H) to (B, S, H)"""
    shares = ops.convert(chosen, "f32")
    count = ops.maximum(ops.reduce_sum(shares, np.array([-1]), True), np.float32(1))
    return ops.divide(ops.matmul(shares, states, False, False), count)


def _input(name: str, shape: list[int], kind: Type) -> Node:
    node = ops.parameter(shape, kind, name)
    node.output(0).get_tensor().set_names({name})
    return node
