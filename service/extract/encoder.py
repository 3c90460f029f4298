"""The one pass over an article: word pieces in, logits and link vectors out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import numpy as np
from tokenizers import Tokenizer

from service.extract.decode import Floats
from service.extract.features import Pieces, crossing_buckets, distance_buckets, make_pieces
from service.extract.quoted import Quoted
from service.extract.records import Document, Sentence
from service.extract.stages import UNWATCHED, Stages
from service.extract.windows import Window, plan_windows

BATCH = 16  # windows in one forward pass


@dataclass(frozen=True, slots=True)
class Tags:
    """What the network says of an article's P pieces and S sentences; all values are logits.

    ``tags`` *Shape:* (P, tags); ``entities`` *Shape:* (P, entities); ``sentences`` *Shape:* (S, heads);
    ``weights``: share of a piece in its sentence's score, by head, *Shape:* (P, heads); ``queries`` and
    ``keys`` *Shape:* (links, P, width); ``nulls``: score of linking a piece to nothing, *Shape:* (links, P);
    ``distances`` and ``crossings``: what distance adds to a link's score, *Shape:* (links, buckets).
    """

    pieces: Pieces
    tags: Floats
    entities: Floats
    sentences: Floats
    weights: Floats
    queries: Floats
    keys: Floats
    nulls: Floats
    distances: Floats
    crossings: Floats

    def link_scores(self, link: int, query: int, candidates: Sequence[int], last: int | None = None) -> Floats:
        """Scores of linking piece *query* to each candidate and, last, to nothing.

        Where *query* begins a span, *last* is its last piece: what follows the span is as far as from there.
        """
        at = np.array(candidates, np.int64)
        q, sentence = self.queries[link, query], self.pieces.sentence
        scores = self.keys[link, at] @ q / q.shape[-1] ** 0.5
        edge = np.where(at > query, query if last is None else np.minimum(last, at), query)
        scores = scores + self.distances[link, distance_buckets(edge, at)]
        scores = scores + self.crossings[link, crossing_buckets(sentence[edge], sentence[at])]
        return np.append(scores, self.nulls[link, query]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Inputs:
    """A batch of windows as arrays; the shapes are those of ``Reader.forward``."""

    ids: np.ndarray
    features: np.ndarray
    mask: np.ndarray
    membership: np.ndarray


class Runtime(Protocol):
    """What computes the network: the arrays of :class:`Inputs` in, those of ``Outputs`` out.

    ``distances`` and ``crossings`` are the parameters of the same names of ``Reader``.
    """

    distances: Floats
    crossings: Floats

    def __call__(self, inputs: Inputs) -> dict[str, Floats]:
        """tags, entities, sentences, weights, queries, keys: see ``service.extract.model.Outputs``."""
        ...


class Encoder:
    """Tokenizer and network of one model folder."""

    def __init__(self, tokenizer: Tokenizer, runtime: Runtime, ends: tuple[int, int]) -> None:
        self.tokenizer, self.runtime, self.ends = tokenizer, runtime, ends

    def read(self, document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted]) -> Tags:
        """One pass over the article, window by window."""
        return self.read_many([(document, sentences, quoted)])[0]

    def read_many(
        self, articles: Sequence[tuple[Document, Sequence[Sentence], Sequence[Quoted]]], stages: Stages = UNWATCHED
    ) -> list[Tags]:
        """One pass over several articles, their windows batched together by length."""
        return self.read_pieces([self._cut(*article) for article in articles], stages)

    def read_pieces(
        self, articles: Sequence[tuple[Pieces, tuple[Window, ...], int]], stages: Stages = UNWATCHED
    ) -> list[Tags]:
        """The same for articles cut already: pieces, windows and number of sentences of each."""
        jobs = [(i, w) for i, (_, windows, _) in enumerate(articles) for w in windows]
        jobs.sort(key=lambda job: job[1].high - job[1].low)
        parts: list[list[tuple[Window, dict[str, Floats]]]] = [[] for _ in articles]
        for at in range(0, len(jobs), BATCH):
            stages.check()
            chosen = jobs[at : at + BATCH]
            outputs = self.runtime(self._inputs([(articles[i][0], w) for i, w in chosen]))
            for k, (i, window) in enumerate(chosen):
                parts[i].append((window, {name: values[k] for name, values in outputs.items()}))
        biases = self.runtime.distances, self.runtime.crossings
        return [_join(pieces, count, part, biases) for (pieces, _, count), part in zip(articles, parts, strict=True)]

    def _cut(
        self, document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted]
    ) -> tuple[Pieces, tuple[Window, ...], int]:
        spans = [(s.start, s.end) for s in sentences]
        pieces = make_pieces(document.reading, document.blocks, spans, quoted, self.tokenizer)
        readings = [document.reading[start:end] for start, end in spans]
        return pieces, plan_windows(pieces.sentence, readings), len(sentences)

    def _inputs(self, windows: Sequence[tuple[Pieces, Window]]) -> Inputs:
        length = max(w.high - w.low for _, w in windows) + 2
        ranges = [p.sentence[[w.low, w.high - 1]] for p, w in windows]
        most = max(int(last - first) + 1 for first, last in ranges)
        ids = np.zeros((len(windows), length), np.int64)
        features = np.zeros((len(windows), 3, length), np.int64)
        mask = np.zeros((len(windows), length), bool)
        membership = np.zeros((len(windows), most, length), bool)
        for i, ((p, w), (first, _)) in enumerate(zip(windows, ranges, strict=True)):
            n = w.high - w.low
            ids[i, 0], ids[i, n + 1], ids[i, 1 : n + 1] = *self.ends, p.ids[w.low : w.high]
            mask[i, : n + 2] = True
            for k, values in enumerate((p.shape, p.quote, p.layout)):
                features[i, k, 1 : n + 1] = values[w.low : w.high]
            membership[i, p.sentence[w.low : w.high] - first, np.arange(1, n + 1)] = True
        return Inputs(ids, features, mask, membership)


def _join(
    pieces: Pieces, sentences: int, parts: Sequence[tuple[Window, dict[str, Floats]]], biases: tuple[Floats, Floats]
) -> Tags:
    """The windows' cores side by side."""
    if not parts:
        return _nothing(pieces, sentences)
    first = parts[0][1]
    total, links, width = len(pieces), first["queries"].shape[0], first["queries"].shape[2]
    heads = first["sentences"].shape[-1]
    out = {name: np.zeros((total, first[name].shape[-1]), np.float32) for name in ("tags", "entities")}
    out |= {
        "sentences": np.full((sentences, heads), -10.0, np.float32),
        "weights": np.zeros((total, heads), np.float32),
    }
    out |= {name: np.zeros((links, total, width), np.float32) for name in ("queries", "keys")}
    out["nulls"] = np.zeros((links, total), np.float32)
    for window, values in parts:
        _place(out, pieces, window, values)
    return Tags(pieces, **out, distances=biases[0], crossings=biases[1])


def _place(out: dict[str, Floats], pieces: Pieces, window: Window, values: dict[str, Floats]) -> None:
    inside = slice(window.first - window.low + 1, window.last - window.low + 1)
    core = slice(window.first, window.last)
    for name in ("tags", "entities"):
        out[name][core] = values[name][inside]
    for name in ("queries", "keys"):
        out[name][:, core] = values[name][:, inside]
    queries, null = values["queries"][:, inside], values["keys"][:, 0]
    out["nulls"][:, core] = np.einsum("ltd,ld->lt", queries, null) / null.shape[-1] ** 0.5
    base = pieces.sentence[window.low]
    held = pieces.sentence[core]
    out["sentences"][held[0] : held[-1] + 1] = values["sentences"][held[0] - base : held[-1] - base + 1]
    at = np.arange(inside.start, inside.stop)
    out["weights"][core] = values["weights"][:, held - base, at].T


def _nothing(pieces: Pieces, sentences: int) -> Tags:
    empty = {f.name: np.zeros((0, 0, 0), np.float32) for f in fields(Tags) if f.name != "pieces"}
    return Tags(pieces, **(empty | {"sentences": np.full((sentences, 16), -10.0, np.float32)}))


def load_tokenizer(folder: Path) -> Tokenizer:
    """The model folder's tokenizer, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def end_pieces(tokenizer: Tokenizer) -> tuple[int, int]:
    """The ids that open and close a window."""
    names = ("[CLS]", "[SEP]") if tokenizer.token_to_id("[CLS]") is not None else ("<s>", "</s>")
    first, last = (tokenizer.token_to_id(name) for name in names)
    if first is None or last is None:
        raise ValueError(f"The tokenizer knows neither [CLS] and [SEP] nor {names[0]} and {names[1]}.")
    return first, last


def read_config(folder: Path) -> dict[str, object]:
    """The model folder's ``config.json``."""
    config: dict[str, object] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config
