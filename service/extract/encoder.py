"""The one pass over an article: word pieces in, logits and link vectors out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from tokenizers import Tokenizer

from service.extract.batches import Inputs, make_inputs, plan_batches
from service.extract.decode import Floats
from service.extract.features import Ints, Pieces, crossing_buckets, distance_buckets, make_pieces
from service.extract.quoted import Quoted
from service.extract.records import Document, Sentence
from service.extract.stages import UNWATCHED, Stages
from service.extract.values import dataclass
from service.extract.windows import Window, plan_windows

BY_PIECE = ("tags", "entities", "queries", "keys")  # what a runtime says of each piece in a row of its own
LINKING = ("queries", "keys", "nulls")


@dataclass(frozen=True, slots=True)
class Tags:
    """What the network says of an article's P pieces and S sentences; all values are logits.

    ``tags`` *Shape:* (P, tags); ``entities`` *Shape:* (P, entities); ``sentences`` *Shape:* (S, heads);
    ``weights``: share of a piece in its sentence's score, by head, *Shape:* (P, heads); ``queries`` and
    ``keys`` *Shape:* (P, links, width); ``nulls``: the keys of linking to nothing, by window, *Shape:* (windows,
    links, width), and ``window``: the window that a piece is kept of, *Shape:* (P,); ``distances`` and
    ``crossings``: what distance adds to a link's score, *Shape:* (links, buckets).
    """

    pieces: Pieces
    tags: Floats
    entities: Floats
    sentences: Floats
    weights: Floats
    queries: Floats
    keys: Floats
    nulls: Floats
    window: Ints
    distances: Floats
    crossings: Floats

    def link_scores(self, link: int, queries: Ints, candidates: Ints, lasts: Ints | None = None) -> Floats:
        """Scores of linking each query to each candidate and, last, to nothing. *Shape:* (queries, candidates + 1)

        Where queries begin spans, *lasts* are their last pieces: what follows a span is as far as from there.
        """
        sentence, edges = self.pieces.sentence, queries[:, None]
        if lasts is not None:
            edges = np.where(candidates > edges, np.minimum(lasts[:, None], candidates), edges)
        width = self.keys.shape[-1]
        scores = np.empty((len(queries), len(candidates) + 1), np.float32)
        asked = self.queries[queries, link]
        scores[:, :-1] = asked @ self.keys[candidates, link].T
        scores[:, -1] = np.vecdot(asked, self.nulls[self.window[queries], link])
        scores /= width**0.5
        scores[:, :-1] += self.distances[link].take(distance_buckets(edges, candidates))
        crossed = crossing_buckets(sentence.take(edges), sentence.take(candidates))
        scores[:, :-1] += self.crossings[link].take(crossed)
        return scores


class Runtime(Protocol):
    """What computes the network: B windows of T pieces in, logits and vectors out.

    ``distances`` and ``crossings`` are the parameters of the same names of ``Reader``.
    """

    distances: Floats
    crossings: Floats

    def __call__(self, inputs: Inputs) -> dict[str, Floats]:
        """``tags``, ``entities`` and ``sentences`` as ``service.extract.model.Outputs`` says.

        Besides ``queries`` and ``keys``, those of all links side by side, *Shape:* (B, T, links * width); and
        ``weights``: how much each piece counts in its own sentence for each head, *Shape:* (B, heads, T).
        """
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
        sheets: list[dict[str, Floats]] = [{} for _ in articles]
        for batch in plan_batches([(i, w) for i, (_, windows, _) in enumerate(articles) for w in windows]):
            stages.check()
            outputs = self.runtime(make_inputs([(articles[i][0], w) for i, w in batch], self.ends))
            for k, (i, window) in enumerate(batch):
                pieces, windows, count = articles[i]
                sheets[i] = sheets[i] or _blank(len(pieces), len(windows), count, outputs)
                found = {name: values[k] for name, values in outputs.items()}
                _place(sheets[i], pieces, window, windows.index(window), found)
        return [self._tags(*article, sheet) for article, sheet in zip(articles, sheets, strict=True)]

    def _tags(self, pieces: Pieces, windows: tuple[Window, ...], sentences: int, sheet: dict[str, Floats]) -> Tags:
        if not sheet:
            return _nothing(pieces, sentences)
        distances, crossings = self.runtime.distances, self.runtime.crossings
        sheet |= {name: sheet[name].reshape(len(sheet[name]), len(distances), -1) for name in LINKING}
        window = np.repeat(np.arange(len(windows)), [w.last - w.first for w in windows])
        return Tags(pieces, **sheet, window=window, distances=distances, crossings=crossings)

    def _cut(
        self, document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted]
    ) -> tuple[Pieces, tuple[Window, ...], int]:
        spans = [(s.start, s.end) for s in sentences]
        pieces = make_pieces(document.reading, document.blocks, spans, quoted, self.tokenizer)
        readings = [document.reading[start:end] for start, end in spans]
        return pieces, plan_windows(pieces.sentence, readings), len(sentences)


def _blank(pieces: int, windows: int, sentences: int, outputs: dict[str, Floats]) -> dict[str, Floats]:
    """Arrays for a whole article, as wide as the *outputs* of its windows."""
    widths = {name: values.shape[-1] for name, values in outputs.items()}
    return {name: np.empty((pieces, widths[name]), np.float32) for name in BY_PIECE} | {
        "sentences": np.full((sentences, widths["sentences"]), -10.0, np.float32),
        "weights": np.empty((pieces, widths["sentences"]), np.float32),
        "nulls": np.empty((windows, widths["keys"]), np.float32),
    }


def _place(out: dict[str, Floats], pieces: Pieces, window: Window, number: int, values: dict[str, Floats]) -> None:
    inside = slice(window.first - window.low + 1, window.last - window.low + 1)
    core = slice(window.first, window.last)
    for name in BY_PIECE:
        out[name][core] = values[name][inside]
    out["nulls"][number] = values["keys"][0]
    base = pieces.sentence[window.low]
    held = pieces.sentence[core]
    out["sentences"][held[0] : held[-1] + 1] = values["sentences"][held[0] - base : held[-1] - base + 1]
    out["weights"][core] = values["weights"][:, inside].T


def _nothing(pieces: Pieces, sentences: int) -> Tags:
    empty: dict[str, Any] = {f.name: np.zeros((0, 0, 0), np.float32) for f in fields(Tags) if f.name != "pieces"}
    empty |= {"sentences": np.full((sentences, 16), -10.0, np.float32), "window": np.zeros(0, np.int64)}
    return Tags(pieces, **empty)


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
