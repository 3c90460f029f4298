"""The words that carry an editorial assertion: where the label's own attention rests in the sentence.

The label head pools each sentence by attention of its own (``Reader``); what it weighs is what it read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from service.extract.encoder import Tags
from service.extract.outputs import EDITORIAL
from service.extract.records import Document, Label, Sentence, Span
from service.extract.values import replace

MOST = 3
STRONG = 0.35  # of the heaviest word's weight
WORD = re.compile(r"[\w$€£%][\w'’.,$€£%-]*[\w%]|\w")


def add_evidence(document: Document, sentences: Sequence[Sentence], tags: Tags) -> tuple[Sentence, ...]:
    """The sentences, those that are editorial assertions with at most three stretches of words, in order."""
    return tuple(
        replace(s, evidence=_heaviest(document, s, i, tags)) if Label.EDITORIAL_ASSERTION in s.labels else s
        for i, s in enumerate(sentences)
    )


def _heaviest(document: Document, sentence: Sentence, index: int, tags: Tags) -> tuple[Span, ...]:
    low, high = tags.pieces.sentence.searchsorted((index, index + 1))
    words = [m.span() for m in WORD.finditer(document.reading, sentence.start, sentence.end)]
    if low == high or not words:
        return ()
    at = np.searchsorted([start for start, _ in words], tags.pieces.starts[low:high], side="right") - 1
    weights = np.bincount(np.maximum(at, 0), tags.weights[low:high, EDITORIAL], minlength=len(words))
    runs: list[list[int]] = []
    for word in np.flatnonzero(weights >= STRONG * weights.max()).tolist():
        if runs and word - runs[-1][-1] <= 2:
            runs[-1].append(word)
        else:
            runs.append([word])
    best = sorted(runs, key=lambda run: -float(weights[run].sum()))[:MOST]
    return tuple(document.span(words[run[0]][0], words[run[-1]][1]) for run in sorted(best))
