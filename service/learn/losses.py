"""The losses of the heads, each a mean over what the batch supervises."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from service.extract.model import Outputs, Reader
from service.learn.batches import IGNORED, Batch
from service.learn.recipes import Recipe


def sum_losses(reader: Reader, outputs: Outputs, batch: Batch, recipe: Recipe) -> Tensor:
    """The weighted sum of all losses. *Shape:* ()"""
    total = recipe.tags * _tag_loss(outputs.tags, batch.tags)
    total = total + recipe.entities * _tag_loss(outputs.entities, batch.entities)
    wrong = functional.binary_cross_entropy_with_logits(outputs.sentences, batch.targets, reduction="none")
    total = total + recipe.sentences * (wrong * batch.weights).sum() / batch.weights.sum().clamp(min=16)
    if len(batch.links):
        total = total + recipe.links * _link_loss(reader, outputs, batch)
    if batch.teacher:
        total = total + recipe.soft * _teacher_loss(outputs, batch, everywhere=recipe.distil)
    return total


def _tag_loss(logits: Tensor, tags: Tensor) -> Tensor:
    flat = logits.float().flatten(0, 1)
    lost = functional.cross_entropy(flat, tags.flatten(), ignore_index=IGNORED, reduction="sum")
    return lost / (tags != IGNORED).sum().clamp(min=256)


def _link_loss(reader: Reader, outputs: Outputs, batch: Batch) -> Tensor:
    """Negative log of the share that the right candidates have of all: any of several may be right."""
    window, kind, query = batch.links.unbind(1)
    queries = outputs.queries[window, kind, query].float()
    keys = outputs.keys[window, kind].float()
    scores = torch.einsum("ld,ltd->lt", queries, keys) / queries.shape[-1] ** 0.5
    scores = scores + reader.distances[kind[:, None], batch.distances]
    scores = scores + reader.crossings[kind[:, None], batch.crossings]
    every = scores.masked_fill(batch.candidates == 0, -1e4).logsumexp(-1)
    right = scores.masked_fill(batch.candidates != 2, -1e4).logsumexp(-1)
    loss: Tensor = (every - right).mean()
    return loss


def _teacher_loss(outputs: Outputs, batch: Batch, *, everywhere: bool) -> Tensor:
    """Divergence from a teacher's tags and labels.

    Where no corpus says what is right (self-training), or, for tags, *everywhere* (knowledge distillation, Hinton et
    al. 2015): of labels the corpora know more than any teacher.
    """
    tags = _divergence(outputs.tags, batch.teacher["tags"], batch.mask & (everywhere | (batch.tags == IGNORED)))
    unnamed = batch.mask & (everywhere | (batch.entities == IGNORED))
    entities = _divergence(outputs.entities, batch.teacher["entities"], unnamed)
    unknown = batch.membership.any(-1)[..., None] & (batch.weights == 0)
    answers = batch.teacher["sentences"].sigmoid()
    wrong = functional.binary_cross_entropy_with_logits(outputs.sentences, answers, reduction="none")
    return tags + 0.3 * entities + (wrong * unknown).sum() / unknown.sum().clamp(min=64)


def _divergence(student: Tensor, teacher: Tensor, where: Tensor) -> Tensor:
    where = where & (teacher != 0).any(-1)
    own, other = student.float()[where].log_softmax(-1), teacher[where].log_softmax(-1)
    return functional.kl_div(own, other, log_target=True, reduction="sum") / where.sum().clamp(min=256)
