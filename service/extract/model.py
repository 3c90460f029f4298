"""The network: one encoder, and the heads that read tags, links and labels off its states.

Shapes are written with B windows of T pieces, S sentences in a window, width H. The encoder is a
pretrained one (BERT or MPNet) from transformers; weights are loaded elsewhere.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel, PreTrainedModel

from service.extract.features import CROSSINGS, FARTHEST, LAYOUTS, QUOTES, SHAPES
from service.extract.outputs import ENTITIES, LINKS, SENTENCE_HEADS, TAGS
from service.extract.rounded import round_layers
from service.extract.values import dataclass
from service.extract.windows import near_pieces, usual_margins

NEVER = -1e4  # the score of what is not attended to
FIRST_PLACE = {"bert": 0, "mpnet": 2}  # MPNet's first two places stand for padding


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, as ``config.json`` of a model folder holds them.

    ``rounded``: the encoder's layers that multiply whole numbers (``service.extract.rounded``), by name;
    ``margins``: how many pieces to each side of a block it attends to, by layer, or none for the usual ones.
    """

    encoder: dict[str, Any]
    kind: str = "bert"
    rounded: tuple[str, ...] = ()
    margins: tuple[int, ...] = ()
    link_width: int = 96
    tags: tuple[str, ...] = TAGS
    entities: tuple[str, ...] = ENTITIES
    sentence_heads: tuple[str, ...] = SENTENCE_HEADS
    links: tuple[str, ...] = LINKS

    def as_dict(self) -> dict[str, Any]:
        """The same as plain JSON data."""
        return asdict(self)


@dataclass(slots=True)
class Outputs:
    """Logits of one batch of windows.

    ``tags`` *Shape:* (B, T, tags); ``entities`` *Shape:* (B, T, entities); ``sentences`` *Shape:*
    (B, S, sentence heads); ``weights``: how much each piece of a sentence counts for each head,
    *Shape:* (B, heads, S, T); ``queries`` and ``keys`` *Shape:* (B, links, T, link width), whose
    scaled product scores a link from one piece to another (to piece 0 for no link), to which
    ``Reader.distances`` and ``Reader.crossings`` are added by how far apart the two stand.
    """

    tags: Tensor
    entities: Tensor
    sentences: Tensor
    weights: Tensor
    queries: Tensor
    keys: Tensor


class Reader(nn.Module):
    """Encoder and heads; ``forward`` reads windows of word pieces."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = _make_encoder(shape)
        layers = list(self.encoder.get_submodule("encoder.layer").children())
        self.margins = shape.margins or usual_margins(len(layers))
        self.sights: dict[int, Tensor] = {}  # what is added to attention's scores, by margin
        for layer, margin in zip(layers, self.margins, strict=True):
            layer.register_forward_pre_hook(partial(self._look, margin))
        width = int(shape.encoder["hidden_size"])
        self.features = nn.ModuleList(nn.Embedding(len(names), width) for names in (SHAPES, QUOTES, LAYOUTS))
        for table in self.features:
            nn.init.zeros_(table.weight)  # type: ignore[arg-type]  # ModuleList hides the element type
        self.tags = nn.Linear(width, len(shape.tags))
        self.entities = nn.Linear(width, len(shape.entities))
        heads = len(shape.sentence_heads)
        self.attention = nn.Linear(width, heads)
        self.hidden = nn.Linear(3 * width, width)
        self.labels = nn.Parameter(torch.empty(heads, width))
        self.bias = nn.Parameter(torch.zeros(heads))
        nn.init.normal_(self.labels, std=0.02)
        self.queries = nn.Linear(width, len(shape.links) * shape.link_width)
        self.keys = nn.Linear(width, len(shape.links) * shape.link_width)
        self.distances = nn.Parameter(torch.zeros(len(shape.links), 2 * FARTHEST + 1))
        self.crossings = nn.Parameter(torch.zeros(len(shape.links), 2 * CROSSINGS + 1))
        self.dropout = nn.Dropout(0.1)

    def forward(self, ids: Tensor, features: Tensor, places: Tensor, mask: Tensor, membership: Tensor) -> Outputs:
        """Read B windows.

        ``ids`` *Shape:* (B, T); ``features`` *Shape:* (B, 3, T); ``places`` *Shape:* (B, T); ``mask`` *Shape:*
        (B, T), true for real pieces; ``membership`` *Shape:* (B, S, T), true where the piece is of the sentence.
        Each piece attends to those that ``service.extract.windows.near_pieces`` names.
        """
        words: Tensor = self.encoder.get_input_embeddings()(ids)
        for i, table in enumerate(self.features):
            words = words + table(features[:, i])
        self.sights = {margin: self._hide_far(mask, margin, words.dtype) for margin in set(self.margins)}
        given = {"attention_mask": self.sights[self.margins[0]], "position_ids": places + FIRST_PLACE[self.shape.kind]}
        states = self.encoder(inputs_embeds=words, **given).last_hidden_state
        states = self.dropout(states)
        sentences, weights = self._label(states, mask, membership)
        return Outputs(
            self.tags(states),
            self.entities(states),
            sentences,
            weights,
            self._project(self.queries, states),
            self._project(self.keys, states),
        )

    @staticmethod
    def _hide_far(mask: Tensor, margin: int, dtype: torch.dtype) -> Tensor:
        """What is added to attention's scores. *Shape:* (B, T) to (B, 1, T, T)"""
        near = torch.from_numpy(near_pieces(mask.shape[1], margin)).to(mask.device)
        return (~(near & mask[:, None])).to(dtype)[:, None] * NEVER

    def _look(self, margin: int, _layer: nn.Module, inputs: tuple[Any, ...]) -> tuple[Any, ...]:
        """The inputs of a layer with a mask of its own; transformers gives the same to all."""
        return (inputs[0], self.sights[margin], *inputs[2:])

    def _project(self, layer: nn.Linear, states: Tensor) -> Tensor:
        batch, length, _ = states.shape
        projected: Tensor = layer(states)
        return projected.view(batch, length, len(self.shape.links), -1).transpose(1, 2)

    def _label(self, states: Tensor, mask: Tensor, membership: Tensor) -> tuple[Tensor, Tensor]:
        """Pool each sentence once for each head by attention, beside its mean and its window's mean."""
        scores = self.attention(states).transpose(1, 2)[:, :, None, :].float()
        scores = scores.masked_fill(~membership[:, None], NEVER)
        weights = scores.softmax(-1)
        pooled = torch.einsum("bkst,bth->bksh", weights.to(states.dtype), states)
        inside = membership.to(states.dtype)
        mean = inside @ states / inside.sum(-1, keepdim=True).clamp(min=1)
        window = mask.to(states.dtype)[:, None, :]
        around = window @ states / window.sum(-1, keepdim=True).clamp(min=1)
        first, second, third = self.hidden.weight.to(states.dtype).chunk(3, dim=1)
        shared = mean @ second.T + around @ third.T + self.hidden.bias.to(states.dtype)
        hidden = self.dropout(torch.tanh(pooled @ first.T + shared[:, None]))
        logits = (hidden.float() * self.labels[None, :, None, :]).sum(-1) + self.bias[None, :, None]
        return logits.transpose(1, 2), weights


def _make_encoder(shape: Shape) -> PreTrainedModel:
    encoder: PreTrainedModel
    if shape.kind == "mpnet":
        encoder = MPNetModel(MPNetConfig(**shape.encoder), add_pooling_layer=False)
    else:
        encoder = BertModel(BertConfig(**shape.encoder), add_pooling_layer=False)
    round_layers(encoder, shape.rounded)
    return encoder
