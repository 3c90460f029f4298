"""Training: one encoder, every corpus, all heads at once.

The losses of the heads are added; each is a mean over what the batch supervises. The weights that
are kept are an exponential moving average of the trained ones (Polyak averaging).
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from service.extract.model import SENTENCE_HEADS, Outputs, Reader, Shape
from service.learn.batches import IGNORED, Batch, Prepared, batch_windows, cut_windows, make_batch, prepare
from service.learn.corpus import training_examples


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a training run depends on besides the corpora and the code."""

    base: str
    kind: str = "bert"
    epochs: float = 4.0
    rate: float = 2e-4
    head_rate: float = 1e-3
    window: int = 256
    pieces: int = 3072
    average: float = 0.995
    seed: int = 1
    decay: float = 0.01
    tags: float = 1.0
    entities: float = 0.3
    sentences: float = 1.0
    links: float = 0.3
    soft: float = 1.0
    smooth: float = 0.0
    dropout: float = 0.0


ENDS = {"bert": ("[CLS]", "[SEP]"), "mpnet": ("<s>", "</s>")}


def load_base(recipe: Recipe) -> Reader:
    """A reader whose encoder holds the base model's weights; the heads are new."""
    config = json.loads(Path(recipe.base, "config.json").read_text())
    keep = {k: v for k, v in config.items() if k not in {"_name_or_path", "architectures", "transformers_version"}}
    keep |= {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": recipe.dropout}
    reader = Reader(Shape(encoder=keep, kind=recipe.kind))
    reader.encoder.load_state_dict(_base_weights(Path(recipe.base)), strict=False)
    reader.encoder.config._attn_implementation = "eager"
    for name, table in reader.encoder.named_parameters():
        if "word_embeddings" in name or "position_embeddings" in name:
            table.requires_grad_(False)
    return reader


def _base_weights(folder: Path) -> dict[str, Tensor]:
    file = folder / "model.safetensors"
    weights = load_file(file) if file.exists() else torch.load(folder / "pytorch_model.bin", weights_only=True)
    return {k: v for k, v in weights.items() if not k.startswith("pooler") and "position_ids" not in k}


def load_tokenizer(folder: str | Path) -> Tokenizer:
    """The base model's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def losses(outputs: Outputs, batch: Batch, recipe: Recipe, soft: dict[str, Tensor] | None = None) -> Tensor:
    """The weighted sum of the heads' losses. *Shape:* ()"""
    tags = functional.cross_entropy(outputs.tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, reduction="sum", label_smoothing=recipe.smooth)
    entities = functional.cross_entropy(outputs.entities.float().flatten(0, 1), batch.entities.flatten(), ignore_index=IGNORED, reduction="sum")
    total = recipe.tags * tags / (batch.tags != IGNORED).sum().clamp(min=256)
    total = total + recipe.entities * entities / (batch.entities != IGNORED).sum().clamp(min=256)
    wrong = functional.binary_cross_entropy_with_logits(outputs.sentences, batch.targets, reduction="none")
    total = total + recipe.sentences * (wrong * batch.weights).sum() / batch.weights.sum().clamp(min=16)
    if len(batch.links):
        total = total + recipe.links * _link_loss(outputs, batch)
    if soft is not None:
        total = total + recipe.soft * _soft_loss(outputs, batch, soft)
    return total


def _link_loss(outputs: Outputs, batch: Batch) -> Tensor:
    window, kind, query = batch.links.unbind(1)
    queries = outputs.queries[window, kind, query].float()
    keys = outputs.keys[window, kind].float()
    scores = torch.einsum("ld,ltd->lt", queries, keys) / queries.shape[-1] ** 0.5
    every = scores.masked_fill(batch.candidates == 0, -1e4).logsumexp(-1)
    right = scores.masked_fill(batch.candidates != 2, -1e4).logsumexp(-1)
    return (every - right).mean()


def _soft_loss(outputs: Outputs, batch: Batch, soft: dict[str, Tensor]) -> Tensor:
    """Kullback-Leibler divergence from a teacher's tags, entities and sentence scores."""
    inside = batch.mask.clone()
    inside[:, 0] = False
    total = torch.zeros(())
    for name, student in (("tags", outputs.tags), ("entities", outputs.entities)):
        teacher = soft[name]
        known = inside & (teacher.abs().sum(-1) > 0)
        loss = functional.kl_div(student.float()[known].log_softmax(-1), teacher[known].log_softmax(-1), log_target=True, reduction="sum")
        total = total + (1.0 if name == "tags" else 0.3) * loss / known.sum().clamp(min=256)
    real = batch.membership.any(-1)
    teacher = soft["sentences"].sigmoid()
    wrong = functional.binary_cross_entropy_with_logits(outputs.sentences, teacher, reduction="none")
    return total + wrong[real].mean() * 0.5


def train(recipe: Recipe, prepared: Sequence[Prepared], reader: Reader, tokenizer: Tokenizer, report: int = 50, teacher: dict[str, dict[str, np.ndarray]] | None = None) -> Iterator[Reader]:  # type: ignore[type-arg]
    """Train *reader* in place; yields the averaged model after every epoch."""
    torch.manual_seed(recipe.seed)
    rng = np.random.default_rng(recipe.seed)
    ends = tuple(tokenizer.token_to_id(t) for t in ENDS[recipe.kind])
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in reader.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}], weight_decay=recipe.decay)
    average = copy.deepcopy(reader).eval()
    for held in average.parameters():
        held.requires_grad_(False)
    steps = _count_steps(recipe, prepared, rng)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1.0, (n + 1) / (0.06 * steps)) * max(0.02, 1 - n / steps))
    step, started = 0, time.time()
    for epoch in range(int(np.ceil(recipe.epochs))):
        windows = [w for p in prepared for w in cut_windows(p, recipe.window, rng)]
        shown, seen = 0.0, 0
        for chosen in batch_windows(windows, recipe.pieces, rng):
            if step >= steps:
                break
            batch = make_batch(chosen, ends)  # type: ignore[arg-type]
            reader.train()
            with torch.autocast("cpu", torch.bfloat16):
                outputs = reader(batch.ids, batch.features, batch.mask, batch.membership)
            loss = losses(outputs, batch, recipe, None if teacher is None else _gather(teacher, batch))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            _move(average, reader, min(recipe.average, step / (step + 20)))
            shown, seen = shown + float(loss.detach()), seen + int(batch.mask.sum())
            if step % report == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {shown / report:.4f} {seen / (time.time() - started):.0f} pieces/s", flush=True)
                shown, seen, started = 0.0, 0, time.time()
        yield average


def _count_steps(recipe: Recipe, prepared: Sequence[Prepared], rng: np.random.Generator) -> int:
    windows = [w for p in prepared for w in cut_windows(p, recipe.window, np.random.default_rng(0))]
    return int(sum(1 for _ in batch_windows(windows, recipe.pieces, np.random.default_rng(0))) * recipe.epochs)


def _move(average: Reader, reader: Reader, keep: float) -> None:
    with torch.no_grad():
        pairs = [(a, p) for a, p in zip(average.parameters(), reader.parameters(), strict=True) if p.requires_grad]
        targets, sources = [a for a, _ in pairs], [p.detach() for _, p in pairs]
        torch._foreach_mul_(targets, keep)
        torch._foreach_add_(targets, sources, alpha=1 - keep)


def _gather(teacher: dict[str, dict[str, np.ndarray]], batch: Batch) -> dict[str, Tensor]:  # type: ignore[type-arg]
    """The teacher's logits for the windows of a batch, zero where there are none."""
    b, length = batch.ids.shape
    first = next(iter(teacher.values()))
    out = {"tags": np.zeros((b, length, first["tags"].shape[1]), np.float32), "entities": np.zeros((b, length, first["entities"].shape[1]), np.float32)}
    out["sentences"] = np.zeros((b, batch.membership.shape[1], len(SENTENCE_HEADS)), np.float32)
    for i, w in enumerate(batch.windows):
        known = teacher[w.prepared.id]
        n = w.high - w.low
        out["tags"][i, 1 : n + 1], out["entities"][i, 1 : n + 1] = known["tags"][w.low : w.high], known["entities"][w.low : w.high]
        inside = w.prepared.pieces.sentence[w.low : w.high]
        out["sentences"][i, : inside[-1] - inside[0] + 1] = known["sentences"][inside[0] : inside[-1] + 1]
    return {k: torch.from_numpy(v) for k, v in out.items()}


def main() -> None:
    """Train from the command line: every field of the recipe is an option."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name, value in asdict(Recipe(base="")).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--limit", type=int)
    options = vars(parser.parse_args())
    shared, out, limit, cache = options.pop("shared"), options.pop("out"), options.pop("limit"), options.pop("teacher")
    recipe = Recipe(**options)
    torch.set_float32_matmul_precision("medium")
    tokenizer = load_tokenizer(recipe.base)
    prepared = [prepare(e, tokenizer) for e in training_examples(shared)[:limit]]
    print(f"{len(prepared)} examples, {sum(len(p.pieces) for p in prepared)} pieces", flush=True)
    teacher = torch.load(cache, weights_only=False) if cache else None
    reader = load_base(recipe)
    out.mkdir(parents=True, exist_ok=True)
    for model in train(recipe, prepared, reader, tokenizer, teacher=teacher):
        save_file({k: v.half().contiguous() for k, v in model.state_dict().items()}, out / "model.safetensors")
        (out / "config.json").write_text(json.dumps({**model.shape.as_dict(), "recipe": asdict(recipe)}, indent=1))
        tokenizer.save(str(out / "tokenizer.json"))
        print("saved", flush=True)


if __name__ == "__main__":
    main()
