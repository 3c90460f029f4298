"""Contents: the stretches that are somebody's words or thoughts, tagged and cut to the marks around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import exp

import numpy as np

from service.extract.decode import Floats, best_path, legal_transitions, spans_of
from service.extract.encoder import Tags
from service.extract.outputs import QUOTATION, TAGS
from service.extract.quoted import Quoted, whole_end
from service.extract.records import Document, Role, Sentence, sentences_over
from service.extract.tagged import Found
from service.extract.values import START, dataclass

TRANSITIONS = legal_transitions(TAGS)
# What closes a quotation and its sentence before another sentence begins, or goes on after a comma.
LEFT = re.compile(
    r"(?:(?<=[.!?…])[\"”’']{1,2}\s+(?=[A-Z])|(?<=,)[\"”’']{1,2}[ \u00a0]+(?=[a-z])(?!(?:s?he|they)[ \u00a0](?:said|says|told|wrote|asked|added)\b)|[\"”’']{1,2},[ \u00a0]+(?=(?:but|\w+ing|as|while|which|who|even|though|although)\b))"  # noqa: E501 a pattern or a case is read best in one line
)
NUMBER_REST = re.compile(  # "$1|.2 billion", "by 2|.5 percent"
    r"(?:[.,–-]\d+)*(?:%|[ \u00a0](?:per[ \u00a0]?cent|(?:m|b|tr)illion)(?!\w))?"
)
EDGE = " \t\r\n\u00a0\u00ad.,;:!?\"'“”‘’«»„‚`…—–-"


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a model's tags become contents; its numbers are fitted on the development split of PolNeAR.

    A sentence whose quotation logit reaches ``quotation`` gets a content even where the tagger saw none. ``begin`` and
    ``inside`` are added to the logits of a content's first piece and of its others: contents a little likelier, a new
    one right behind another less so. ``credible`` is the certainty that a content without a source needs outside of
    quotations.
    """

    quotation: float = 0.0
    begin: float = -0.3
    inside: float = 0.2
    credible: float = 0.6

    def bias(self) -> Floats:
        """What is added to the logits of each tag. *Shape:* (tags,)"""
        return np.array([{"B-content": self.begin, "I-content": self.inside}.get(t, 0.0) for t in TAGS], np.float32)


def find_spans(
    document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted], tags: Tags, decoding: Decoding
) -> dict[str, list[Found]]:
    """The spans by what they are: "source", "cue" and "content"; contents do not overlap."""
    found = _tagged(document, tags, decoding)
    below = [_below_title(document, sentences, tags, c) for c in found["content"]]
    contents = [_cut(document, tags, _snapped(document, tags, c, quoted), quoted) for c in below]
    contents += _missed(document, sentences, quoted, tags, contents, decoding.quotation)
    return found | {"content": without_overlaps(contents)}


def _tagged(document: Document, tags: Tags, decoding: Decoding) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {"source": [], "cue": [], "content": []}
    path = best_path(tags.tags + decoding.bias(), TRANSITIONS)
    sure = _log_softmax(tags.tags)[np.arange(len(path)), path].tolist()
    for low, high, kind in spans_of(path, TAGS):
        certainty = exp(sum(sure[low:high]) / (high - low))
        span = make_found(document, tags, low, high, certainty)
        if span is not None:
            found[kind].append(span)
    return found


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def make_found(document: Document, tags: Tags, low: int, high: int, certainty: float) -> Found | None:
    """The span of pieces *low* to *high*, trimmed, in whole words and numbers; ``None`` where nothing is left."""
    reading = document.reading
    start, end = trim(reading, int(tags.pieces.starts[low]), int(tags.pieces.ends[high - 1]))
    if start >= end:
        return None
    while start and reading[start - 1].isalnum() and reading[start].isalnum():
        start -= 1
    while end < len(reading) and reading[end - 1].isalnum() and reading[end].isalnum():
        end += 1
    number = NUMBER_REST.match(reading, end) if reading[end - 1].isdecimal() else None
    return Found(low, high, start, number.end() if number else end, certainty)


def found_at(document: Document, tags: Tags, start: int, end: int) -> Found | None:
    """The certain span of the pieces that begin from code point *start* to *end*; ``None`` where nothing is left."""
    low, high = (int(x) for x in tags.pieces.starts.searchsorted((start, end)))
    return make_found(document, tags, low, high, 1.0) if low < high else None


def trim(reading: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without space, punctuation and quotation marks at its ends."""
    while start < end and reading[start] in EDGE:
        start += 1
    while end > start and reading[end - 1] in EDGE:
        end -= 1
    return start, end


def _snapped(document: Document, tags: Tags, content: Found, quoted: Sequence[Quoted]) -> Found:
    """The content with an edge that nearly meets a quotation mark moved to it."""
    low, high = content.low, content.high
    for q in quoted:
        if q.end <= content.start or q.start >= content.end or not q.double:
            continue
        first, last = tags.pieces.starts.searchsorted((q.start, q.end))
        if 0 < low - first <= 2:
            low = int(first)
        if 0 < last - high <= 2:
            high = int(last)
    moved = make_found(document, tags, low, high, content.certainty)
    return moved or content


def _below_title(document: Document, sentences: Sequence[Sentence], tags: Tags, content: Found) -> Found:
    """The content without a title that it runs on from into the body, or a byline that it runs on into."""
    over = sentences_over(sentences, content.start, content.end)
    first = next((i for i in over if sentences[i].role is Role.BODY), None)
    if first is None:
        end = next((sentences[i - 1].end for i in over[1:] if sentences[i].role is not sentences[i - 1].role), 0)
        high = int(tags.pieces.starts.searchsorted(end)) if end else content.high
        return make_found(document, tags, content.low, high, content.certainty) or content
    if first == over[0]:
        return content
    low = int(tags.pieces.sentence.searchsorted(first))
    return make_found(document, tags, low, content.high, content.certainty) or content


def _cut(document: Document, tags: Tags, content: Found, quoted: Sequence[Quoted]) -> Found:
    """The content that opens with a quotation mark without the sentence that follows the closing one."""
    reading = document.reading
    for n in range(bisect_left(quoted, content.start - 2, key=START), len(quoted)):
        if quoted[n].start > content.start:
            break
        end = whole_end(reading, quoted, n)
        after = LEFT.match(reading, end) if end and end < content.end else None
        if end and after is not None and after.end() < content.end:
            cut = make_found(document, tags, content.low, _piece_at(tags, end), content.certainty)
            return cut or content
    return content


def _piece_at(tags: Tags, at: int) -> int:
    return int(tags.pieces.starts.searchsorted(at))


def _missed(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    tags: Tags,
    contents: Sequence[Found],
    threshold: float,
) -> list[Found]:
    """Contents for sentences that the sentence head calls quotations and the tagger left empty."""
    scores = tags.sentences[:, QUOTATION]
    held = {i for c in contents for i in sentences_over(sentences, c.start, c.end)}
    found: list[Found] = []
    for i, sentence in enumerate(sentences):
        if scores[i] < threshold or i in held:
            continue
        low, high = (int(x) for x in tags.pieces.sentence.searchsorted((i, i + 1)))
        inside = [q for q in quoted if q.double and q.start < sentence.end and sentence.start < q.end]
        for first, last in _where(tags, low, high, inside):
            made = make_found(document, tags, first, last, _sigmoid(float(scores[i])) / 2)
            found += [made] if made else []
    return found


def _where(tags: Tags, low: int, high: int, inside: Sequence[Quoted]) -> list[tuple[int, int]]:
    """Where in pieces *low* to *high* the content stands: in marks, else as the tagger would have it."""
    if low >= high:
        return []
    if inside:
        edges = [tags.pieces.starts.searchsorted((q.start, q.end)) for q in inside]
        cut = [(max(low, int(a)), min(high, int(b))) for a, b in edges]
        return [(a, b) for a, b in cut if a < b]
    for bias in (1.0, 2.0, 4.0, 8.0):
        logits = tags.tags[low:high].copy()
        logits[:, 5:] += bias
        spans = [(a, b) for a, b, kind in spans_of(best_path(logits, TRANSITIONS), TAGS) if kind == "content"]
        if spans:
            a, b = max(spans, key=lambda s: s[1] - s[0])
            return [(low + a, low + b)]
    return [(low, high)]


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def without_overlaps(contents: Iterable[Found]) -> list[Found]:
    """The contents in order; of two that overlap, the first, of two that begin together, the longer."""
    kept: list[Found] = []
    for content in sorted(contents, key=lambda c: (c.start, -c.end)):
        if not kept or content.start >= kept[-1].end:
            kept.append(content)
    return kept
