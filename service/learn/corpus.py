"""The labelled corpora as training examples: one text with whatever each corpus says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from service.extract.outputs import NUMERICAL, SENTENCE_HEADS
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.text import read
from service.extract.words import SPEECH
from service.learn.examples import Example, Link, Pair, Row, label_row, open_text, read_rows, stack_rows
from service.learn.singles import lone_examples, newssd_example
from service.learn.standoff import join_labels

PRONOUNS = frozenset(
    ("he", "she", "they", "it", "him", "her", "them", "his", "hers", "their", "its", "i", "we", "you", "who")
)
# A pronoun beside its verb of speech: "she also said", "said he".
_VERBS = "|".join(sorted(SPEECH))
_SAID = re.compile(
    rf"\b(?:(he|she|they|it)\s+(?:\w+ly\s+|also\s+|has\s+|had\s+)?(?:{_VERBS})|(?:{_VERBS})\s+(he|she|they))\b",
    re.IGNORECASE,
)
ENTITY_TYPES = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place", "MISC": "group"}


def cut_sentences(text: str) -> tuple[Pair, ...]:
    """Sentences of a corpus that brings none, as the service cuts them."""
    return tuple((s.start, s.end) for s in split(read(Article(text))))


def fingerprint(text: str) -> str:
    """What two copies of an article share: letters and digits 200 to 500."""
    return "".join(c for c in text.lower() if c.isalnum())[200:500]


def house_example(row: Row) -> Example:
    """An article labelled by the guidelines: all sentence heads, and speakers by name."""
    sentences = tuple((s["start"], s["end"]) for s in row["sentences"])
    links = tuple(link for s in row["sentences"] for link in _speaker_links(row["text"], s))
    rows = stack_rows(_house_row(s) for s in row["sentences"])
    return Example(row["id"], *open_text(row["text"]), sentences, links=links, repeats=2, **rows)


def own_example(row: Row) -> Example:
    """An article of another corpus with our own labels; as there are many of them, an epoch shows each once."""
    return replace(house_example(row), repeats=1)


def _house_row(sentence: Row) -> tuple[tuple[float, ...], tuple[float, ...]]:
    labels, body = sentence["labels"], float(bool(sentence["labels"]))
    return label_row(
        **{name: (float(name in labels), body) for name in SENTENCE_HEADS[:3]},
        thought=(float(bool(sentence.get("thought"))), body),
        hypothetical=(float(bool(sentence.get("hypothetical"))), body),
        nonbody=(1 - body, 1.0),
    )


def _speaker_links(text: str, sentence: Row) -> Iterator[Link]:
    if "quotation" not in sentence["labels"] or len(sentence["speakers"]) != 1:
        return
    name = sentence["speakers"][0]
    starts = () if name == "?" else tuple(name_starts(text, name))
    if starts or name == "?":
        yield Link("speaker", sentence["start"], starts)
    said = _SAID.search(text, sentence["start"], sentence["end"]) if starts else None
    if said:
        yield Link("antecedent", said.start(said.lastindex or 0), starts)


def name_starts(text: str, name: str) -> Iterator[int]:
    """Where *text* names the one called *name*: by the full form or by its last word."""
    words = name.split()
    if name[:1].isupper() and len(words) > 1 and len(words[-1]) > 2 and words[-1][0].isupper():
        for hit in re.finditer(rf"\b{re.escape(words[-1])}\b", text):
            start = hit.start()
            for word in reversed(words[:-1]):
                before = text[:start].rstrip()
                if not before.endswith(word):
                    break
                start = len(before) - len(word)
            yield start
        return
    for hit in re.finditer(rf"\b{re.escape(name)}\b", text):
        yield hit.start()


def polnear_example(row: Row) -> Example:
    """An article with attributions, silver entities and silver coreference."""
    text, attributions = row["text"], row["attributions"]
    tags = tuple((s, e, kind) for a in attributions for kind in ("source", "cue", "content") for s, e in a[kind])
    entities = tuple((s, e, ENTITY_TYPES[t]) for s, e, t in row["silver_entities"])
    sentences = cut_sentences(text)
    contents = [(s, e) for a in attributions for s, e in a["content"]]
    rows = stack_rows(_polnear_row(s, contents) for s in sentences)
    links = (*_attribution_links(attributions), *_coreference_links(row, entities))
    return Example(row["id"], *open_text(text), sentences, tags=tags, entities=entities, links=links, **rows)


def _polnear_row(sentence: Pair, contents: Sequence[Pair]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    start, end = sentence
    covered = sum(max(0, min(end, e) - max(start, s)) for s, e in contents)
    if not covered:
        return label_row(quotation=(0.0, 0.4))
    return label_row(quotation=(1.0, 0.2 if covered > 0.5 * (end - start) else 0.0))


def _attribution_links(attributions: Sequence[Row]) -> Iterator[Link]:
    for kind in ("source", "cue"):
        candidates = tuple(sorted({s for a in attributions for s, _ in a[kind]}))
        for attribution in attributions:
            ends = tuple(s for s, _ in attribution[kind])
            for start, _ in attribution["content"]:
                yield Link(kind, start, ends, candidates)


def _coreference_links(row: Row, entities: Sequence[tuple[int, int, str]]) -> Iterator[Link]:
    """Pronouns and other unnamed mentions to the named mentions of their chain; contents likewise."""
    names = {s: (s, e) for s, e, _ in entities}
    candidates = tuple(sorted(names))
    chain_of: dict[int, tuple[int, ...]] = {}
    for chain in row["silver_coref"]:
        named = tuple(sorted({n for s, e in chain for n in names if s <= n < e and names[n][1] <= e and e - s < 60}))
        for start, end in chain:
            chain_of.setdefault(start, named)
            if named and row["text"][start:end].lower() in PRONOUNS:
                yield Link("antecedent", start, named, candidates)
    for attribution in row["attributions"]:
        for start, end in attribution["source"]:
            inside = tuple(n for n in names if start <= n < end)
            speaker = inside[-1:] if inside else chain_of.get(start, ())
            for content, _ in attribution["content"] if speaker else ():
                yield Link("speaker", content, chain_of.get(speaker[0]) or speaker)


def newsdiscourse_example(row: Row) -> Example:
    """An article with speech marked sentence by sentence and weak signs of opinion."""
    sentences = tuple((s["start"], s["end"]) for s in row["sentences"])
    rows = stack_rows(_newsdiscourse_row(s) for s in row["sentences"])
    return Example(row["id"], *open_text(row["text"]), sentences, **rows)


def _newsdiscourse_row(sentence: Row) -> tuple[tuple[float, ...], tuple[float, ...]]:
    speech = float(sentence["speech"])
    weak = {}
    if not speech:
        opinion = float("Distant_Evaluation" in sentence["roles"])
        weak["editorial_assertion"] = (opinion, 0.3 if opinion else 0.15)
    return label_row(speech=(speech, 1.0), quotation=(speech, 0.5 * speech), **weak)


def gum_example(row: Row) -> Example:
    """A document with gold mentions: pronouns to the named mentions of their entity."""
    text = row["text"]
    people = [m for m in row["mentions"] if m[2] in {"person", "organization", "place"}]
    named = [m for m in people if _is_named(text[m[0] : m[1]])]
    candidates = tuple(sorted({m[0] for m in named}))
    links = []
    for start, end, kind, entity in people:
        if text[start:end].lower() in PRONOUNS and kind != "place":
            positives = tuple(m[0] for m in named if m[3] == entity)
            links.append(Link("antecedent", start, positives, candidates))
    sentences = cut_sentences(text)
    rows = stack_rows(label_row() for _ in sentences)
    return Example(row["id"], *open_text(text), sentences, links=tuple(links), **rows)


def _is_named(words: str) -> bool:
    return words[:1].isupper() and words.lower() not in PRONOUNS and len(words) < 60


def merge(first: Example, second: Example) -> Example:
    """One example of two that label the same text: the first's sentences, tags from either."""
    return replace(
        first,
        tags=first.tags if first.tags is not None else second.tags,
        entities=first.entities if first.entities is not None else second.entities,
        links=first.links + second.links,
    )


def training_examples(shared: Path, *, lone: bool = True) -> list[Example]:
    """All training examples; a text that two corpora hold comes once, and no dev text comes at all.

    *lone*: also sentences of the labelled articles each by itself.
    """
    folder, held = shared / "corpora", _held_out(shared)
    merged: dict[str, Example] = {}
    sources = [
        (house_example, read_rows(shared / "house/train.jsonl")),
        (own_example, list(join_labels(shared))),
        (polnear_example, read_rows(folder / "polnear/train.jsonl")),
        (newsdiscourse_example, read_rows(folder / "newsdiscourse/train.jsonl")),
        (gum_example, read_rows(folder / "gum/gum.jsonl")),
        (newssd_example, read_rows(folder / "newssd/train.jsonl")),
    ]
    for make, rows in sources:
        for row in rows:
            if fingerprint(row["text"]) in held:
                continue
            key = row["text"]
            merged[key] = merge(merged[key], make(row)) if key in merged else make(row)
    alone = labelled_articles(shared) if lone else []
    return [*merged.values(), *(example for row in alone for example in lone_examples(row))]


def is_labelled(example: Example) -> bool:
    """Whether sentences of *example* are labelled by the guidelines, which alone tell numerical claims."""
    return any(weights[NUMERICAL] for weights in example.weights)


def labelled_articles(shared: Path) -> list[Row]:
    """The articles labelled by the guidelines, as rows of the house corpus, that no development split holds."""
    rows, held = (*read_rows(shared / "house/train.jsonl"), *join_labels(shared)), _held_out(shared)
    return [row for row in rows if fingerprint(row["text"]) not in held]


def _held_out(shared: Path) -> set[str]:
    """Fingerprints of the development splits' articles."""
    rows = (row for file in dev_files(shared).values() for row in read_rows(file))
    return {fingerprint(row["text"]) for row in rows if len(row["text"]) > 600}


def dev_files(shared: Path) -> dict[str, Path]:
    """Where each corpus has its development split."""
    folder = shared / "corpora"
    return {
        "house": shared / "house/dev.jsonl",
        "polnear": folder / "polnear/dev.jsonl",
        "newsdiscourse": folder / "newsdiscourse/dev.jsonl",
        "newssd": folder / "newssd/dev.jsonl",
    }
