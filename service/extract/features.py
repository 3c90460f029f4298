"""What the encoder reads: word pieces with their offsets, and what the pieces alone don't show.

The base models' vocabularies are lower-case and know no line breaks. Case, quotation marks and
layout come in as three small feature vocabularies, embedded and added to the word embeddings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from service.extract.quoted import Quoted
from service.extract.records import Block
from service.extract.values import dataclass

Ints = NDArray[np.int64]

SHAPES = ("none", "lower", "capitalized", "upper", "mixed", "digits", "mark")
QUOTES = ("outside", "double", "single", "first", "last")
LAYOUTS = ("inside", "sentence", "paragraph")
_LOWER, _CAPITALIZED, _UPPER, _MIXED, _DIGITS, _MARK = range(1, len(SHAPES))


@dataclass(frozen=True, slots=True)
class Pieces:
    """An article's word pieces; every array has the shape (pieces,).

    ``starts`` and ``ends`` are code point offsets; ``sentence`` is the index of the sentence that
    holds the piece, or -1.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    shape: Ints
    quote: Ints
    layout: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.ids)


def make_pieces(
    reading: str,
    blocks: Sequence[Block],
    sentences: Sequence[tuple[int, int]],
    quoted: Sequence[Quoted],
    tokenizer: Tokenizer,
) -> Pieces:
    """Cut *reading* into word pieces and add the features; pieces outside all sentences are dropped."""
    encoding = tokenizer.encode(reading, add_special_tokens=False)
    ids = np.array(encoding.ids, np.int64)
    offsets = np.array(encoding.offsets, np.int64).reshape(-1, 2)
    words = np.array([-1 if w is None else w for w in encoding.word_ids], np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    sentence = _within(starts, sentences)
    keep = (sentence >= 0) & (ends > starts)
    ids, starts, ends, words, sentence = (a[keep] for a in (ids, starts, ends, words, sentence))
    return Pieces(
        ids,
        starts,
        ends,
        _shapes(reading, starts, ends, words),
        _quote_states(starts, quoted),
        _layouts(starts, sentence, blocks),
        sentence,
    )


def _within(starts: Ints, spans: Sequence[tuple[int, int]]) -> Ints:
    if not spans:
        return np.full(len(starts), -1, np.int64)
    lows = np.array([s for s, _ in spans], np.int64)
    highs = np.array([e for _, e in spans], np.int64)
    index = lows.searchsorted(starts, side="right") - 1
    inside = (index >= 0) & (starts < highs[np.maximum(index, 0)])
    return np.where(inside, index, -1)


def _shapes(reading: str, starts: Ints, ends: Ints, words: Ints) -> Ints:
    """The shape of the word that each piece belongs to."""
    if not len(starts):
        return np.zeros(0, np.int64)
    begins = np.flatnonzero(np.append(True, (words[1:] != words[:-1]) | (starts[1:] != ends[:-1])))
    lasts = np.append(begins[1:], len(starts)) - 1
    spans = zip(starts[begins].tolist(), ends[lasts].tolist(), strict=True)
    held = [reading[start:end] for start, end in spans]
    shapes = {word: _shape(word) for word in set(held)}
    return np.repeat([shapes[word] for word in held], lasts - begins + 1)


def _shape(word: str) -> int:
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _CAPITALIZED
    if not any(c.isalnum() for c in word):
        return _MARK
    if not any(c.isalpha() for c in word):
        return _DIGITS
    return _CAPITALIZED if word[0].isupper() and word[1:].islower() else _MIXED


def _quote_states(starts: Ints, quoted: Sequence[Quoted]) -> Ints:
    states = np.zeros(len(starts), np.int64)
    for q in quoted:
        low, high = starts.searchsorted((q.start, q.end))
        if low < high:
            states[low:high] = QUOTES.index("double" if q.double else "single")
            states[high - 1] = QUOTES.index("last")
            states[low] = QUOTES.index("first")
    return states


def _layouts(starts: Ints, sentence: Ints, blocks: Sequence[Block]) -> Ints:
    layouts = np.zeros(len(starts), np.int64)
    layouts[np.flatnonzero(np.diff(sentence, prepend=-1))] = LAYOUTS.index("sentence")
    listed = starts.tolist()
    for block in blocks:
        at = bisect_right(listed, block.start - 1)
        if at < len(listed) and listed[at] < block.end:
            layouts[at] = LAYOUTS.index("paragraph")
    return layouts


FARTHEST = 8  # buckets of distance to either side: one piece, two to three, four to seven …
CROSSINGS = 3  # sentence borders between two pieces, to either side, at most


def _tabulate_distances() -> Ints:
    """The bucket of every distance from ``-2 ** FARTHEST`` to ``2 ** FARTHEST``; those beyond are like the last."""
    far = np.arange(-(2**FARTHEST), 2**FARTHEST + 1)
    size = np.minimum(np.log2(np.maximum(np.abs(far), 1)).astype(np.int64) + (far != 0), FARTHEST)
    return np.asarray(np.sign(far) * size + FARTHEST, np.int64)


_DISTANCES = _tabulate_distances()
_CROSSINGS = np.arange(2 * CROSSINGS + 1)


def distance_buckets(query: int | Ints, at: Ints) -> Ints:
    """How far *at* lies from *query* in pieces, in doubling buckets: 0 to ``2 * FARTHEST``."""
    return np.asarray(_DISTANCES.take(at - query + 2**FARTHEST, mode="clip"), np.int64)


def crossing_buckets(query: int | Ints, at: Ints) -> Ints:
    """How many sentences *at* lies from *query*, given the sentences of both: 0 to ``2 * CROSSINGS``."""
    return np.asarray(_CROSSINGS.take(at - query + CROSSINGS, mode="clip"), np.int64)
