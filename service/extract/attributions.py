"""Who-said-what before anyone is resolved: contents, each with its cue and the words of its source.

The tagger finds the three kinds of span; the link heads say which belong together; quotation marks
correct the edges; the sentence scores say where a content must be and was missed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from service.extract.decode import Floats, best_path, legal_transitions, spans_of
from service.extract.encoder import Tags
from service.extract.features import Ints
from service.extract.outputs import CUE, QUOTATION, SOURCE, TAGS
from service.extract.passages import Passage, find_passages
from service.extract.quoted import Quoted
from service.extract.records import Document, Sentence, sentences_over

TRANSITIONS = legal_transitions(TAGS)
CREDIBLE = 0.6  # certainty that a content without a source needs outside of quotations
RELUCTANCE = {SOURCE: 5.0, CUE: 0.0}  # off the score of having none; fitted on the development split of PolNeAR
# Added to the tags' logits: contents a little likelier, a new one right behind another less so; fitted
# on the development split of PolNeAR.
CONTENT_BIAS = np.array([0, 0, 0, 0, 0, -0.3, 0.2], np.float32)
BETWEEN = 2.0  # off the score of a cue or source for each other content that stands between
BESIDE, NEXT_TO = 2.0, 3  # onto the score of a source within so many pieces of the cue
STUB = 3  # pieces
REACH = 220  # pieces between a content and its cue or source, at most: what a window can show
EDGE = " \t\r\n\u00a0\u00ad.,;:!?\"'“”‘’«»„‚`…—–-"


@dataclass(frozen=True, slots=True)
class Found:
    """A tagged span: pieces *low* to *high*, code points *start* to *end*, and the tagger's certainty."""

    low: int
    high: int
    start: int
    end: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Contents that share a cue, the cue, and the source's words; no speaker yet.

    ``verbatim``: the layout says that the contents are the source's words.
    """

    contents: tuple[Found, ...]
    cue: Found | None
    source: Found | None
    verbatim: bool = False

    @property
    def start(self) -> int:
        """Where its first content begins."""
        return self.contents[0].start


def find_attributions(
    document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted], tags: Tags, threshold: float
) -> tuple[Attribution, ...]:
    """All attributions in the order of their contents.

    A sentence whose quotation score reaches *threshold* gets a content even where the tagger saw none.
    """
    if not len(tags.pieces):
        return ()
    found = _tagged(document, tags)
    contents = [_snapped(document, tags, c, quoted) for c in found["content"]]
    contents += _missed(document, sentences, quoted, tags, contents, threshold)
    laid_out = [_from_passage(document, tags, p, found) for p in find_passages(document, sentences)]
    taken = [(c.start, c.end) for a in laid_out if a for c in a.contents]
    contents = [c for c in _without_overlaps(contents) if not any(s < c.end and c.start < e for s, e in taken)]
    lows = np.array([c.low for c in contents], np.int64)
    linked = [(c, *_link(tags, c, found, lows)) for c in contents]
    doubtful = [i for i, s in enumerate(sentences) if tags.sentences[i, QUOTATION] < threshold]
    spans = [(sentences[i].start, sentences[i].end) for i in doubtful]
    led = {a.cue for a in laid_out if a and a.cue}
    grouped = _grouped(linked, quoted, tags.pieces.sentence)
    said = [a for a in grouped if _credible(a, spans) and not (a.cue in led and len(a.contents) == 1 and _is_stub(a))]
    return tuple(sorted([*said, *(a for a in laid_out if a)], key=lambda a: a.start))


def _is_stub(attribution: Attribution) -> bool:
    """Whether the content is but a word that stands for the passage that follows ("puts it plainly:")."""
    return attribution.contents[0].high - attribution.contents[0].low <= STUB


def _from_passage(
    document: Document, tags: Tags, passage: Passage, found: dict[str, list[Found]]
) -> Attribution | None:
    """The passage as an attribution; cue and source are its label's or the leading sentence's last ones."""
    made = [_between(document, tags, start, end) for start, end in passage.pieces]
    contents = tuple(m for m in made if m)
    if not contents:
        return None
    cue = source = None
    if passage.label:
        source = _between(document, tags, *passage.label)
    elif passage.lead:
        start, end = passage.lead
        cue = next((c for c in reversed(found["cue"]) if start <= c.start < end), None)
        near = [s for s in found["source"] if start <= s.start < end]
        source = _best(tags, SOURCE, contents[0], near, np.zeros(0, np.int64)) or next(iter(near), None)
    return Attribution(contents, cue, source, verbatim=True)


def _between(document: Document, tags: Tags, start: int, end: int) -> Found | None:
    low, high = (int(x) for x in np.searchsorted(tags.pieces.starts, (start, end)))
    return _make(document, tags, low, high, 1.0) if low < high else None


def _credible(attribution: Attribution, doubtful: Sequence[tuple[int, int]]) -> bool:
    """Whether it has a source, a sure content, or a place in a sentence that is a quotation."""
    first = attribution.contents[0]
    if attribution.source is not None or min(c.certainty for c in attribution.contents) >= CREDIBLE:
        return True
    at = bisect_right(doubtful, first.start, key=lambda span: span[0]) - 1
    return at < 0 or first.start >= doubtful[at][1]


def _tagged(document: Document, tags: Tags) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {"source": [], "cue": [], "content": []}
    sure = _log_softmax(tags.tags)
    path = best_path(tags.tags + CONTENT_BIAS, TRANSITIONS)
    for low, high, kind in spans_of(path.tolist(), TAGS):
        certainty = float(np.exp(sure[np.arange(low, high), path[low:high]].mean()))
        span = _make(document, tags, low, high, certainty)
        if span is not None:
            found[kind].append(span)
    return found


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


def _make(document: Document, tags: Tags, low: int, high: int, certainty: float) -> Found | None:
    start, end = trim(document.reading, int(tags.pieces.starts[low]), int(tags.pieces.ends[high - 1]))
    return Found(low, high, start, end, certainty) if start < end else None


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
        first, last = np.searchsorted(tags.pieces.starts, (q.start, q.end))
        if 0 < low - first <= 2:
            low = int(first)
        if 0 < last - high <= 2:
            high = int(last)
    moved = _make(document, tags, low, high, content.certainty)
    return moved or content


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
        low, high = (int(x) for x in np.searchsorted(tags.pieces.sentence, (i, i + 1)))
        inside = [q for q in quoted if q.double and q.start < sentence.end and sentence.start < q.end]
        for first, last in _where(tags, low, high, inside):
            made = _make(document, tags, first, last, _sigmoid(float(scores[i])) / 2)
            found += [made] if made else []
    return found


def _where(tags: Tags, low: int, high: int, inside: Sequence[Quoted]) -> list[tuple[int, int]]:
    """Where in pieces *low* to *high* the content stands: in marks, else as the tagger would have it."""
    if low >= high:
        return []
    if inside:
        edges = [np.searchsorted(tags.pieces.starts, (q.start, q.end)) for q in inside]
        cut = [(max(low, int(a)), min(high, int(b))) for a, b in edges]
        return [(a, b) for a, b in cut if a < b]
    for bias in (1.0, 2.0, 4.0, 8.0):
        logits = tags.tags[low:high].copy()
        logits[:, 5:] += bias
        spans = [(a, b) for a, b, kind in spans_of(best_path(logits, TRANSITIONS).tolist(), TAGS) if kind == "content"]
        if spans:
            a, b = max(spans, key=lambda s: s[1] - s[0])
            return [(low + a, low + b)]
    return [(low, high)]


def _sigmoid(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def _without_overlaps(contents: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    for content in sorted(contents, key=lambda c: (c.start, -c.end)):
        if not kept or content.start >= kept[-1].end:
            kept.append(content)
    return kept


def _link(tags: Tags, content: Found, found: dict[str, list[Found]], lows: Ints) -> tuple[Found | None, Found | None]:
    """The cue of a content and its source, for which standing beside the cue speaks."""
    cue = _best(tags, CUE, content, found["cue"], lows)
    return cue, _best(tags, SOURCE, content, found["source"], lows, cue)


def _best(
    tags: Tags, link: int, content: Found, candidates: Sequence[Found], lows: Ints, cue: Found | None = None
) -> Found | None:
    near = [c for c in candidates if abs(c.low - content.low) <= REACH]
    if not near:
        return None
    scores = tags.link_scores(link, content.low, [c.low for c in near], content.high - 1)
    scores[-1] -= RELUCTANCE[link]
    scores[:-1] -= BETWEEN * _passed(content, near, lows)
    if cue is not None:
        sentence = tags.pieces.sentence
        scores[:-1] += [BESIDE * (sentence[c.low] == sentence[cue.low] and _gap(c, cue) <= NEXT_TO) for c in near]
    best = int(scores.argmax())
    return near[best] if best < len(near) else None


def _passed(content: Found, candidates: Sequence[Found], lows: Ints) -> Ints:
    """How many other contents, whose first pieces are *lows*, stand between the content and each candidate."""
    own = np.searchsorted(lows, content.low)
    at = np.searchsorted(lows, np.array([c.low for c in candidates], np.int64))
    return np.asarray(np.where(at <= own, own - at, at - own - 1), np.int64)


def _gap(one: Found, other: Found) -> int:
    """How many pieces stand between two spans."""
    return max(one.low - other.high, other.low - one.high, 0)


def _grouped(
    linked: Sequence[tuple[Found, Found | None, Found | None]], quoted: Sequence[Quoted], sentence: Ints
) -> tuple[Attribution, ...]:
    """Contents with one cue become one attribution, unless another's content stands between them.

    A paraphrase and a quotation in another sentence stay two.
    """
    groups: list[Attribution] = []
    for content, cue, source in linked:
        last = groups[-1] if groups else None
        if (
            last is not None
            and cue is not None
            and last.cue == cue
            and (source is None or last.source in (None, source))
        ):
            before = last.contents[-1]
            same = sentence[before.high - 1] == sentence[content.low]
            if same or _in_marks(before, quoted) == _in_marks(content, quoted):
                groups[-1] = replace(last, contents=(*last.contents, content), source=last.source or source)
                continue
        groups.append(Attribution((content,), cue, source))
    return tuple(groups)


def _in_marks(content: Found, quoted: Sequence[Quoted]) -> bool:
    middle = (content.start + content.end) // 2
    return any(q.start <= middle < q.end for q in quoted)
