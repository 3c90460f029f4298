"""Training: one encoder, every corpus, all heads at once.

The weights that are kept are an exponential moving average of the trained ones (Polyak averaging).
"""

from __future__ import annotations

import copy
import logging
import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from service.extract.encoder import end_pieces
from service.extract.model import Reader
from service.learn.batches import Batch, Prepared, batch_windows, cut_windows, make_batch
from service.learn.losses import sum_losses
from service.learn.recipes import Recipe

WARM = 0.06  # share of the steps in which the rate rises
REPORT = 50
log = logging.getLogger(__name__)


def train(recipe: Recipe, prepared: Sequence[Prepared], reader: Reader, tokenizer: Tokenizer) -> Iterator[Reader]:
    """Train *reader* in place; yields the averaged model after every epoch."""
    torch.manual_seed(recipe.seed)
    torch.set_float32_matmul_precision("medium")
    use_eager_attention(reader)
    rng = np.random.default_rng(recipe.seed)
    average = copy.deepcopy(reader).eval().requires_grad_(False)
    steps = _count_steps(recipe, prepared)
    optimizer, schedule = _make_optimizer(reader, recipe, steps)
    done = 0
    for epoch in range(int(np.ceil(recipe.epochs))):
        shown, seen, started = 0.0, 0, time.monotonic()
        windows = [w for p in prepared for _ in range(p.repeats) for w in cut_windows(p, recipe.window, rng)]
        for chosen in batch_windows(windows, recipe.pieces, rng):
            if done >= steps:
                break
            batch = make_batch(chosen, end_pieces(tokenizer))
            loss = _step(reader, batch, recipe, optimizer)
            schedule.step()
            done += 1
            _move(average, reader, min(recipe.average, done / (done + 20)))
            shown, seen = shown + loss, seen + int(batch.mask.sum())
            if done % REPORT == 0:
                rate = seen / (time.monotonic() - started)
                log.info("epoch %d step %d/%d loss %.4f %.0f pieces/s", epoch, done, steps, shown / REPORT, rate)
                shown, seen, started = 0.0, 0, time.monotonic()
        yield average


def use_eager_attention(reader: Reader) -> None:
    """Plain attention: on a processor faster than the fused kernel's backward pass."""
    reader.encoder.set_attn_implementation("eager")


def _make_optimizer(
    reader: Reader, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    named = [(name, p) for name, p in reader.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for name, p in named if name.startswith("encoder.")], "lr": recipe.rate},
        {"params": [p for name, p in named if not name.startswith("encoder.")], "lr": recipe.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=recipe.decay)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (WARM * steps)) * max(0.02, 1 - step / steps)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)


def _step(reader: Reader, batch: Batch, recipe: Recipe, optimizer: torch.optim.Optimizer) -> float:
    reader.train()
    with torch.autocast("cpu", torch.bfloat16):
        outputs = reader(batch.ids, batch.features, batch.places, batch.mask, batch.membership)
    loss = sum_losses(reader, outputs, batch, recipe)
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def _count_steps(recipe: Recipe, prepared: Sequence[Prepared]) -> int:
    """How many batches the epochs hold, counted on one random cut of the windows."""
    rng = np.random.default_rng(0)
    windows = [w for p in prepared for _ in range(p.repeats) for w in cut_windows(p, recipe.window, rng)]
    return int(sum(1 for _ in batch_windows(windows, recipe.pieces, rng)) * recipe.epochs)


def _move(average: Reader, reader: Reader, keep: float) -> None:
    """Move the average towards the trained weights; frozen ones are the same in both."""
    pairs = [(a, p) for a, p in zip(average.parameters(), reader.parameters(), strict=True) if p.requires_grad]
    with torch.no_grad():
        torch._foreach_mul_([a for a, _ in pairs], keep)
        torch._foreach_add_([a for a, _ in pairs], [p.detach() for _, p in pairs], alpha=1 - keep)
