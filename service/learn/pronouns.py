"""Pronoun sources on GUM: how often a pronoun that is quoted is led to the right entity.

GUM's gold mentions are given: every entity's mentions but its pronouns. What is measured is the
choice among them, for each source of an attribution that is one of ``PRONOUNS``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from service.extract.attributions import find_attributions
from service.extract.contents import Decoding
from service.extract.encoder import Encoder, Tags, end_pieces, load_tokenizer
from service.extract.nouns import PRONOUNS, RELATIVE
from service.extract.pronouns import find_gendered, learn_genders
from service.extract.quoted import Quoted, find_quoted
from service.extract.records import Article, Document, Sentence, SpeakerKind
from service.extract.referents import Cast, Referent, weight_gender
from service.extract.scenes import Scene
from service.extract.sentences import split
from service.extract.tagged import Attribution, Found
from service.extract.text import read
from service.extract.torches import TorchRuntime, load_reader
from service.learn.examples import Row, read_rows

KINDS = {"person": SpeakerKind.PERSON, "organization": SpeakerKind.ORGANIZATION, "place": SpeakerKind.ORGANIZATION}
SAID = re.compile(
    r"\b(he|she|they|it|we|I)[ \u00a0](?:also |later |then |has |had |have )?(?:said|says|say|told|asked|added|wrote|replied)\b",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
OTHER = SpeakerKind.DOCUMENT


_PLURAL = re.compile(r"(?:[\w-]+ ){1,2}[a-z][\w-]*[^s\W]s")  # the noun itself is last: no clause hangs on it


_MANY = frozenset({"people", "men", "women", "children"})


def gold_referents(row: Row, tags: Tags) -> dict[int, Referent]:
    """The entities of a GUM document as referents, by entity number; those only ever a pronoun are left out."""
    found: dict[int, Referent] = {}
    starts = tags.pieces.starts
    for start, end, kind, entity in row["mentions"]:
        words = row["text"][start:end]
        if words.replace("’", "'").split("'")[0].lower() in PRONOUNS:
            continue
        referent = found.setdefault(entity, Referent(words, _kind(kind, words)))
        if kind == "person" and _PLURAL.fullmatch(words):
            referent.kind = SpeakerKind.GROUP  # "Scientists", further on "the scientists"
        referent.male = referent.male or weight_gender([words.split()[0], words.split()[-1]])
        referent.name = max(referent.name, words, key=lambda w: (w[:1].isupper(), -len(w)))
        referent.add(start, end, int(starts.searchsorted(start, side="right")) - 1)
    return found


def _kind(kind: str, words: str) -> SpeakerKind:
    """The kind of a gold mention; several people are a group: "attendees", "many people Roe observed"."""
    head, opening = words.split()[-1].lower(), {w.lower() for w in words.split()[:3]}
    if kind == "person" and ((head.endswith("s") and words[:1].islower()) or not _MANY.isdisjoint({head} | opening)):
        return SpeakerKind.GROUP
    return KINDS.get(kind, OTHER)


def judge(row: Row, encoder: Encoder) -> Iterator[tuple[str, bool]]:
    """For each pronoun source of a document: the pronoun, and whether it was led to its gold entity."""
    document = read(Article(row["text"]))
    sentences = split(document)
    quoted = find_quoted(document.reading, document.blocks)
    tags = encoder.read(document, sentences, quoted)
    attributions = find_attributions(document, sentences, quoted, tags, Decoding())
    yield from judge_tags(row, document, sentences, attributions, quoted, tags)


def judge_tags(
    row: Row,
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    quoted: Sequence[Quoted],
    tags: Tags,
) -> Iterator[tuple[str, bool]]:
    """The same where the network has read the document already."""
    attributions = (*attributions, *_missed(document, attributions, tags))
    referents = gold_referents(row, tags)
    numbers = {id(r): entity for entity, r in referents.items()}
    gold = {(start, end): entity for start, end, _, entity in row["mentions"] if entity in referents}
    cast = Cast(document.reading, list(referents.values()), tags)
    learn_genders(cast, list(find_gendered(document.reading, cast)))
    given = {a.source.start: r for a in attributions if a.source and (r := _meant(cast, a.source, document.reading))}
    scene = Scene(document, sentences, attributions, quoted, cast, (), given)
    for source, (choice, _) in zip(scene.sources, scene.play(), strict=True):
        entity = gold.get((source.start, source.end)) if source else None
        if source is None or entity is None:
            continue
        words = document.reading[source.start : source.end].lower()
        if words in PRONOUNS - RELATIVE:
            yield words, choice is not None and numbers.get(id(choice)) == entity


def _missed(document: Document, attributions: Sequence[Attribution], tags: Tags) -> Iterator[Attribution]:
    """Attributions for pronouns before a verb of speech that the tagger took for no source."""
    taken = [a.source for a in attributions if a.source]
    for said in SAID.finditer(document.reading):
        start, end = said.span(1)
        if not any(t.start <= start < t.end for t in taken):
            low, high = (int(x) for x in tags.pieces.starts.searchsorted((start, said.end())))
            yield Attribution(
                (Found(high, high + 1, said.end(), said.end() + 1, 1.0),), None, Found(low, low + 1, start, end, 1.0)
            )


def _meant(cast: Cast, source: Found, reading: str) -> Referent | None:
    """Whom a source that is no pronoun names: the longest gold mention at its start."""
    if reading[source.start : source.end].lower() in PRONOUNS:
        return None
    fits = [
        (end - start, i, r)
        for i, r in enumerate(cast.named)
        for start, end in r.places
        if abs(start - source.start) <= 4 and end <= source.end + 1
    ]
    return max(fits, key=lambda f: f[:2])[2] if fits else None


def main() -> None:
    """Print the share of pronoun sources led to the right entity, by pronoun."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--genre", default="news")
    options = parser.parse_args()
    tokenizer = load_tokenizer(options.model)
    encoder = Encoder(tokenizer, TorchRuntime(load_reader(options.model)), end_pieces(tokenizer))
    counts: Counter[tuple[str, bool]] = Counter()
    for row in read_rows(options.shared / "corpora/gum/gum.jsonl"):
        if row["genre"] == options.genre:
            counts.update(judge(row, encoder))
    print(json.dumps(summarize(counts), indent=1))  # noqa: T201 a command of its own


def summarize(counts: Counter[tuple[str, bool]]) -> dict[str, Any]:
    """Right of all, in words and per pronoun."""
    total, right = sum(counts.values()), sum(n for (_, hit), n in counts.items() if hit)
    by = {w: f"{counts[w, True]} of {counts[w, True] + counts[w, False]}" for w, _ in sorted(counts)}
    return {"right": right, "of": total, "share": round(100 * right / max(1, total), 1), "by pronoun": by}


if __name__ == "__main__":
    main()
