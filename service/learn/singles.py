"""Single sentences, shown without their article: are they their author's view?

A reader of articles leans on what stands around a sentence. That one alone shows opinion has to be learnt by itself:
from NewsSD-ENG (Antici et al. 2024), and from sentences of the other corpora that we labelled by its convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import exp
from pathlib import Path
from zlib import crc32

from service.learn.examples import Example, Row, label_row, open_text, read_rows, stack_rows
from service.learn.standoff import join_singles

QUOTING = 8  # of the sentences that quote, one in as many is shown alone
SURE = 0.965  # how sure a label of ours is: two readers differ
OURS = 0.6  # weight of our label beside a teacher's view


def single_example(name: str, text: str, view: float, repeats: int = 1) -> Example:
    """One sentence, its author's view with probability *view*."""
    reading, blocks = open_text(text)
    rows = stack_rows([label_row(editorial_assertion=(view, 1.0))])
    return Example(name, reading, blocks, ((0, len(reading)),), repeats=repeats, **rows)


def newssd_example(row: Row) -> Example:
    """A sentence of NewsSD-ENG; there are few, so an epoch shows each twice."""
    return single_example(row["id"], row["text"], float(row["subjective"]), repeats=2)


def lone_examples(row: Row) -> Iterator[Example]:
    """Half the sentences of a house article each by itself, the author's view or not.

    Those that quote are left out: whether they do depends on the others.
    """
    for sentence in row["sentences"]:
        words = row["text"][sentence["start"] : sentence["end"]]
        if not sentence["labels"] or "quotation" in sentence["labels"] or crc32(words.encode()) % 2:
            continue
        view = float("editorial_assertion" in sentence["labels"])
        yield single_example(f"{row['id']}@{sentence['start']}", words, view)


def labelled_singles(shared: Path) -> list[Example]:
    """What a teacher of singles learns from: NewsSD-ENG, and our labels by its convention."""
    own = [single_example(row["id"], row["text"], _soften(row["subjective"])) for row in join_singles(shared)]
    return [*map(newssd_example, read_rows(shared / "corpora/newssd/train.jsonl")), *own]


def taught_singles(shared: Path, logits: Mapping[str, float], texts: Mapping[str, str]) -> Iterator[Example]:
    """Sentences by name with what a teacher thinks of them; those with our labels have both, and are shown twice."""
    own = {row["id"]: row["subjective"] for row in join_singles(shared)}
    for name, text in texts.items():
        view = 1 / (1 + exp(-logits[name]))
        if name in own:
            view = OURS * _soften(own[name]) + (1 - OURS) * view
        yield single_example(name, text, view, repeats=2 if name in own else 1)


def single_texts(shared: Path, labelled: Iterable[Row]) -> dict[str, str]:
    """The sentences that a teacher of singles judges, by name; none twice.

    Those with our labels, and those of articles *labelled* by the guidelines: all that do not quote, and of the
    others one in ``QUOTING``.
    """
    texts = {row["id"]: row["text"] for row in join_singles(shared)}
    known = set(texts.values())
    for name, words in (each for row in labelled for each in _shown_alone(row)):
        if words not in known:
            texts[name] = words
            known.add(words)
    return texts


def _shown_alone(row: Row) -> Iterator[tuple[str, str]]:
    for sentence in row["sentences"]:
        words = row["text"][sentence["start"] : sentence["end"]].strip()
        quotes = "quotation" in sentence["labels"] and crc32(words.encode()) % QUOTING
        if sentence["labels"] and not quotes and "\n" not in words and 25 <= len(words) <= 600:
            yield f"{row['id']}@{sentence['start']}", words


def _soften(subjective: bool) -> float:
    return SURE if subjective else 1 - SURE
