"""Batches: what training reads is what the service reads, and every label lies on its own pieces."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from service.extract.batches import make_inputs
from service.extract.encoder import end_pieces, load_tokenizer
from service.extract.outputs import LINKS, SENTENCE_HEADS, TAGS
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.text import read
from service.extract.windows import Window as Plan
from service.learn.batches import IGNORED, Batch, Prepared, Window, batch_windows, cut_windows, make_batch, prepare
from service.learn.examples import Example, Link

TEXT = (
    "Ana Ruiz runs the Carra dam. “It will hold,” she said on Friday. The mayor was not asked.\n\n"
    "Rain fell for 40 days. Nobody in town had seen the like, Tom Day recalled."
)


@pytest.fixture(scope="module")
def tokenizer(model_path: Path) -> Tokenizer:
    return load_tokenizer(model_path)


def example() -> Example:
    """An article of ours with some of everything a corpus may say."""
    document = read(Article(TEXT))
    sentences = tuple((s.start, s.end) for s in split(document))
    she, said, content = TEXT.index("she said"), TEXT.index("said"), TEXT.index("It will hold")
    tags = ((content, content + 12, "content"), (she, she + 3, "source"), (said, said + 4, "cue"))
    heads = len(SENTENCE_HEADS)
    rows = tuple(tuple(float(n == 1 and h == 0) for h in range(heads)) for n in range(len(sentences)))
    weights = tuple(tuple(float(h == 0) for h in range(heads)) for _ in sentences)
    links = (Link("antecedent", she, (0,)), Link("source", content, (she,), (she, said)), Link("speaker", she, ()))
    return Example("own", document.reading, document.blocks, sentences, rows, weights, tags, links=links)


def words(prepared: Prepared, low: int, high: int) -> str:
    """The text of pieces *low* to *high*."""
    return TEXT[prepared.pieces.starts[low] : prepared.pieces.ends[high - 1]]


def test_labels_lie_on_the_pieces_of_their_words(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    for kind, text in (("content", "It will hold"), ("source", "she"), ("cue", "said")):
        first, inner = TAGS.index(f"B-{kind}"), TAGS.index(f"I-{kind}")
        at = np.flatnonzero(np.isin(prepared.tags, (first, inner)))
        assert words(prepared, at[0], at[-1] + 1) == text
        assert prepared.tags[at[0]] == first
        assert (prepared.tags[at[1:]] == inner).all()
    assert (prepared.entities == IGNORED).all()


def test_links_lead_from_piece_to_piece_and_choose_among_capitals_or_what_they_name(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    antecedent, source, _ = prepared.links
    assert words(prepared, antecedent[1], antecedent[1] + 3) == "she"
    assert [TEXT[prepared.pieces.starts[i]] for i in antecedent[2]] == ["A"]
    assert {TEXT[prepared.pieces.starts[i]] for i in antecedent[3]} == set("ARCIFTNTD")
    assert [prepared.pieces.starts[i] for i in source[3]] == [TEXT.index("she said"), TEXT.index("said")]


@settings(max_examples=30)
@given(length=st.integers(8, 400), seed=st.integers(0, 99))
def test_windows_are_all_pieces_in_order_and_short_enough(tokenizer: Tokenizer, length: int, seed: int) -> None:
    prepared = prepare(example(), tokenizer)
    windows = list(cut_windows(prepared, length, np.random.default_rng(seed)))
    assert [w.low for w in windows] == [0, *(w.high for w in windows)][:-1]
    assert windows[-1].high == len(prepared.pieces)
    assert all(2 < len(w) <= length for w in windows)
    sentence = prepared.pieces.sentence
    for before, after in pairwise(windows):
        torn = sentence[before.high - 1] == sentence[after.low]
        assert not torn or sentence[before.low] == sentence[before.high - 1]


def test_what_training_reads_is_what_the_service_reads(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    ends = end_pieces(tokenizer)
    bounds = [(0, 30), (20, len(prepared.pieces))]
    batch = make_batch([Window(prepared, low, high) for low, high in bounds], ends)
    inputs = make_inputs([(prepared.pieces, Plan(low, high, low, high)) for low, high in bounds], ends)
    for name in ("ids", "features", "places", "mask", "membership"):
        wanted, given = getattr(batch, name).numpy(), getattr(inputs, name)
        unpadded = given[..., [*range(wanted.shape[-1] - 1), -1]]  # what closes a window stands behind its padding
        if unpadded.ndim == 3:
            unpadded = unpadded[:, : wanted.shape[1]]
        assert np.array_equal(wanted, unpadded), name
        assert wanted.sum() == given.sum(), name  # the service pads to rounder sizes, with nothing


def test_a_batch_holds_each_windows_labels_and_ignores_its_padding(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    batch = make_batch([Window(prepared, 0, 20), Window(prepared, 0, len(prepared.pieces))], end_pieces(tokenizer))
    assert batch.tags[0, 1:21].tolist() == prepared.tags[:20].tolist()
    assert (batch.tags[0, [0, *range(21, batch.tags.shape[1])]] == IGNORED).all()
    assert batch.targets[1, 1, 0] == 1
    held = len(set(prepared.pieces.sentence[:20]))
    assert (batch.weights[0, held:] == 0).all()


def test_a_right_answer_outside_the_window_is_forgotten_and_none_is_the_first_piece(tokenizer: Tokenizer) -> None:
    prepared = prepare(example(), tokenizer)
    ends, she = end_pieces(tokenizer), prepared.links[0][1]
    whole = make_batch([Window(prepared, 0, len(prepared.pieces))], ends)
    later = make_batch([Window(prepared, prepared.links[1][1], len(prepared.pieces))], ends)
    assert kinds(whole) == {"antecedent", "source", "speaker"}
    assert kinds(later) == {"source", "speaker"}
    rows = {LINKS[int(kind)]: row for (_, kind, _), row in zip(whole.links, whole.candidates, strict=True)}
    assert np.flatnonzero(rows["antecedent"] == 2).tolist() == [1]
    assert np.flatnonzero(rows["speaker"] == 2).tolist() == [0]
    assert int(rows["source"][she + 1]) == 2


def kinds(batch: Batch) -> set[str]:
    """The kinds of links in the batch."""
    return {LINKS[int(kind)] for kind in batch.links[:, 1]}


@settings(max_examples=30)
@given(sizes=st.lists(st.integers(1, 90), min_size=1, max_size=30), most=st.integers(50, 500))
def test_every_window_comes_once_in_batches_of_the_size(tokenizer: Tokenizer, sizes: list[int], most: int) -> None:
    prepared = prepare(example(), tokenizer)
    windows = [Window(prepared, 0, size) for size in sizes]
    batches = list(batch_windows(windows, most, np.random.default_rng(1)))
    assert sorted(len(w) for b in batches for w in b) == sorted(len(w) for w in windows)
    assert all(max(map(len, b)) * len(b) <= most or len(b) == 1 for b in batches)
