"""Examples cut into windows of word pieces, and windows gathered into batches of tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from service.extract.decode import Floats
from service.extract.features import Ints, Pieces, crossing_buckets, distance_buckets, make_pieces
from service.extract.outputs import ENTITIES, LINKS, SENTENCE_HEADS, TAGS
from service.extract.quoted import find_quoted
from service.extract.windows import ENDS, place_pieces
from service.learn.examples import Example

IGNORED = -100
TAUGHT = ("tags", "entities", "sentences")
PieceLink = tuple[int, int, Ints, Ints]  # kind, query piece, right pieces, candidate pieces


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example as pieces, with its labels by piece; -100 where nothing is known.

    ``teacher``: what an earlier model says of the same pieces and sentences, as logits by head.
    """

    id: str
    readings: tuple[str, ...]  # of the sentences
    pieces: Pieces
    tags: Ints
    entities: Ints
    targets: Floats
    weights: Floats
    links: tuple[PieceLink, ...]
    repeats: int = 1
    teacher: Mapping[str, Floats] = field(default_factory=dict)


def prepare(example: Example, tokenizer: Tokenizer) -> Prepared:
    """Tokenize an example once and lay its labels on the pieces."""
    quoted = find_quoted(example.text, example.blocks)
    pieces = make_pieces(example.text, example.blocks, example.sentences, quoted, tokenizer)
    capitalized = np.flatnonzero(_begins_word(example.text, pieces) & np.isin(pieces.shape, (2, 3, 4)))
    return Prepared(
        example.id,
        tuple(example.text[start:end] for start, end in example.sentences),
        pieces,
        _lay(pieces, example.tags, TAGS),
        _lay(pieces, example.entities, ENTITIES),
        np.array(example.targets, np.float32).reshape(-1, len(SENTENCE_HEADS)),
        np.array(example.weights, np.float32).reshape(-1, len(SENTENCE_HEADS)),
        tuple(_lay_links(example, pieces, capitalized)),
        example.repeats,
    )


def _begins_word(text: str, pieces: Pieces) -> NDArray[np.bool_]:
    return np.array([s == 0 or not text[s - 1].isalnum() for s in pieces.starts], bool)


def _lay(pieces: Pieces, spans: Sequence[tuple[int, int, str]] | None, names: Sequence[str]) -> Ints:
    tags = np.full(len(pieces), IGNORED if spans is None else 0, np.int64)
    for start, end, kind in spans or ():
        low, high = np.searchsorted(pieces.starts, (start, end))
        if low < high:
            tags[low:high] = names.index(f"I-{kind}")
            tags[low] = names.index(f"B-{kind}")
    return tags


def _lay_links(example: Example, pieces: Pieces, capitalized: Ints) -> Iterator[tuple[int, int, Ints, Ints]]:
    for link in example.links:
        query = int(np.searchsorted(pieces.starts, link.query))
        if query >= len(pieces):
            continue
        positives = np.searchsorted(pieces.starts, np.array(link.positives, np.int64))
        candidates = capitalized
        if link.candidates is not None:
            candidates = np.searchsorted(pieces.starts, np.array(link.candidates, np.int64))
        yield LINKS.index(link.kind), query, positives, np.union1d(candidates, positives)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces *low* to *high* of an example, always whole sentences unless one is too long."""

    prepared: Prepared
    low: int
    high: int

    def __len__(self) -> int:
        return self.high - self.low + ENDS


def cut_windows(prepared: Prepared, length: int, rng: np.random.Generator) -> Iterator[Window]:
    """Windows of at most *length* pieces (two are for the ends), each of random length from a third of that on.

    What is trained on windows of many lengths may be read in windows of any.
    """
    sentence = prepared.pieces.sentence
    total, low = len(sentence), 0
    limit = length - ENDS
    while low < total:
        high = min(total, low + int(rng.integers(limit // 3, limit + 1)) if total > limit else limit)
        if high < total:
            cut = high
            while cut > low and sentence[cut] == sentence[cut - 1]:
                cut -= 1
            high = cut if cut > low else high
        yield Window(prepared, low, high)
        low = high


@dataclass(slots=True)
class Batch:
    """Tensors of B windows: T pieces, S sentences; see :class:`~service.extract.model.Reader`.

    ``links`` *Shape:* (links, 3): window, kind, query piece; ``candidates`` *Shape:* (links, T): 0 no
    candidate, 1 candidate, 2 right; ``distances`` and ``crossings``: their buckets, of the same shape;
    ``teacher``: logits by head, empty without a teacher.
    """

    ids: Tensor
    features: Tensor
    places: Tensor
    mask: Tensor
    membership: Tensor
    tags: Tensor
    entities: Tensor
    targets: Tensor
    weights: Tensor
    links: Tensor
    candidates: Tensor
    distances: Tensor
    crossings: Tensor
    teacher: dict[str, Tensor]


def make_batch(windows: Sequence[Window], ends: tuple[int, int]) -> Batch:
    """Pad windows to one length; *ends* are the ids of the first and last piece of a window."""
    length = max(len(w) for w in windows)
    ranges = [_sentence_range(w) for w in windows]
    most = max(high - low for low, high in ranges)
    b, heads = len(windows), len(SENTENCE_HEADS)
    batch = Batch(
        ids=torch.zeros((b, length), dtype=torch.long),
        features=torch.zeros((b, 3, length), dtype=torch.long),
        places=torch.zeros((b, length), dtype=torch.long),
        mask=torch.zeros((b, length), dtype=torch.bool),
        membership=torch.zeros((b, most, length), dtype=torch.bool),
        tags=torch.full((b, length), IGNORED),
        entities=torch.full((b, length), IGNORED),
        targets=torch.zeros((b, most, heads)),
        weights=torch.zeros((b, most, heads)),
        **_stack_links(windows, length),
        teacher=_teach(windows, length, most) if windows[0].prepared.teacher else {},
    )
    for i, (window, (first, last)) in enumerate(zip(windows, ranges, strict=True)):
        _fill(batch, i, window, first, last, ends)
    return batch


def _fill(batch: Batch, row: int, window: Window, first: int, last: int, ends: tuple[int, int]) -> None:
    """Copy one window, which holds sentences *first* to *last*, into its row of the tensors."""
    p, n = window.prepared, len(window)
    inside, held = slice(1, n - 1), slice(window.low, window.high)
    batch.ids[row, [0, -1]] = torch.tensor(ends)
    batch.ids[row, inside] = torch.from_numpy(p.pieces.ids[held])
    batch.places[row, inside] = torch.from_numpy(place_pieces(p.pieces.sentence[held]))
    batch.places[row, -1] = batch.places[row, n - 2] + 1
    batch.mask[row, : n - 1] = batch.mask[row, -1] = True
    for k, values in enumerate((p.pieces.shape, p.pieces.quote, p.pieces.layout)):
        batch.features[row, k, inside] = torch.from_numpy(values[held])
    batch.membership[row, torch.from_numpy(p.pieces.sentence[held] - first), torch.arange(1, n - 1)] = True
    batch.tags[row, inside] = torch.from_numpy(p.tags[held])
    batch.entities[row, inside] = torch.from_numpy(p.entities[held])
    batch.targets[row, : last - first] = torch.from_numpy(p.targets[first:last])
    batch.weights[row, : last - first] = torch.from_numpy(p.weights[first:last])


def _stack_links(windows: Sequence[Window], length: int) -> dict[str, Tensor]:
    """The four link tensors of :class:`Batch`."""
    heads: list[tuple[int, int, int]] = []
    marks, near, crossed = ([np.zeros((0, length), np.int64)] for _ in range(3))
    for i, window in enumerate(windows):
        sentence = np.zeros(length, np.int64)
        sentence[1 : len(window) - 1] = window.prepared.pieces.sentence[window.low : window.high]
        sentence[0] = sentence[len(window) - 1 :] = sentence[1]
        for kind, query, row in _window_links(window, length):
            heads.append((i, kind, query))
            marks.append(row[None])
            near.append(distance_buckets(query, np.arange(length))[None])
            crossed.append(crossing_buckets(int(sentence[query]), sentence)[None])
    stacked = {"candidates": marks, "distances": near, "crossings": crossed}
    tensors = {name: torch.from_numpy(np.concatenate(rows)) for name, rows in stacked.items()}
    return {"links": torch.tensor(heads, dtype=torch.long).reshape(-1, 3), **tensors}


def _teach(windows: Sequence[Window], length: int, most: int) -> dict[str, Tensor]:
    """The teacher's logits laid out like the windows."""
    first = windows[0].prepared.teacher
    sizes = {"tags": length, "entities": length, "sentences": most}
    out = {name: np.zeros((len(windows), sizes[name], first[name].shape[-1]), np.float32) for name in TAUGHT}
    for i, w in enumerate(windows):
        for name in ("tags", "entities"):
            out[name][i, 1 : len(w) - 1] = w.prepared.teacher[name][w.low : w.high]
        low, high = _sentence_range(w)
        out["sentences"][i, : high - low] = w.prepared.teacher["sentences"][low:high]
    return {name: torch.from_numpy(values) for name, values in out.items()}


def _sentence_range(window: Window) -> tuple[int, int]:
    inside = window.prepared.pieces.sentence[window.low : window.high]
    return int(inside[0]), int(inside[-1]) + 1


def _window_links(window: Window, length: int) -> Iterator[tuple[int, int, Ints]]:
    """Links whose query lies in the window; right answers outside it are forgotten, not denied."""
    low, high = window.low, window.high
    for kind, query, positives, candidates in window.prepared.links:
        if not low <= query < high:
            continue
        right = positives[(positives >= low) & (positives < high)]
        if len(positives) and not len(right):
            continue
        row = np.zeros(length, np.int64)
        row[candidates[(candidates >= low) & (candidates < high)] - low + 1] = 1
        row[0] = 1
        row[right - low + 1 if len(right) else 0] = 2
        yield kind, query - low + 1, row


def batch_windows(windows: Sequence[Window], pieces: int, rng: np.random.Generator) -> Iterator[list[Window]]:
    """Windows of like length together, about *pieces* pieces a batch, batches in random order."""
    order = sorted(windows, key=lambda w: (len(w), rng.random()))
    batches: list[list[Window]] = [[]]
    for window in order:
        if batches[-1] and len(window) * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(window)
    for i in rng.permutation(len(batches)):
        yield batches[i]
