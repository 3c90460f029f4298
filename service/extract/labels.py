"""The one place that decides labels, so that labels and findings never disagree.

A sentence is a ``quotation`` if and only if a quotation of act statement that is asserted or denied has
content in it; a ``numerical_claim`` has a quantity behind it that claims; ``factual_statement`` is what
is left. The definitions are those of the annotation guidelines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from service.extract.contents import Decoding
from service.extract.cues import is_deed, is_perceiving, is_uttering
from service.extract.decode import Floats
from service.extract.records import Act, Label, Quantity, Quotation, Role, Sentence, Status, sentences_over
from service.extract.silences import is_silent
from service.extract.tagged import Attribution
from service.extract.values import dataclass, replace

HEADS = (Label.QUOTATION, Label.NUMERICAL_CLAIM, Label.EDITORIAL_ASSERTION)
HEAD_NAMES = tuple(label.value for label in HEADS)
WORD = re.compile(r"\w[\w'’-]*")
FOLLOWING = 60  # code points behind a cue that show whether it says that nothing is said
SURELY_BODY, SURELY_NONBODY = 0.1, 0.9  # probabilities that a sentence is not of the body
LENIENCE = 0.5  # of the threshold, where the cue says that something was uttered; chosen on the development split


@dataclass(frozen=True, slots=True)
class Decisions:
    """How logits become probabilities (Platt scaling: slope, offset) and where a label begins.

    ``thresholds`` are probabilities, and ``lone`` is that of an editorial assertion that stands alone in its text,
    where nothing around tells whose voice it is; ``speech`` is slope, offset and threshold of the words of people.
    ``begin``, ``inside`` and ``credible`` are those of ``Decoding``. All are fitted on development splits and kept
    with the model.
    """

    slopes: tuple[float, float, float] = (1.0, 1.0, 1.0)
    offsets: tuple[float, float, float] = (0.0, 0.0, 0.0)
    thresholds: tuple[float, float, float] = (0.5, 0.5, 0.5)
    nonbody: float = 0.5
    body: float = 0.05
    lone: float = 0.5
    speech: tuple[float, float, float] = (1.0, 0.0, 0.5)
    begin: float = -0.3
    inside: float = 0.2
    credible: float = 0.6

    def probabilities(self, logits: Floats) -> Floats:
        """Calibrated probabilities of the three labels. *Shape:* (sentences, heads) to (sentences, 3)"""
        scaled = logits[:, :3] * np.array(self.slopes) + np.array(self.offsets)
        return np.asarray(1 / (1 + np.exp(-scaled)), np.float32)

    def decoding(self) -> Decoding:
        """How tags become contents, from the raw quotation logit on at which the threshold lies."""
        p = self.thresholds[0]
        logit = float((np.log(p / (1 - p)) - self.offsets[0]) / self.slopes[0])
        return Decoding(logit, self.begin, self.inside, self.credible)


def refine_roles(sentences: Sequence[Sentence], logits: Floats, decisions: Decisions) -> tuple[Sentence, ...]:
    """Roles by layout, corrected by the model's non-body logits where it is sure. *logits* *Shape:* (sentences,)

    A line that the layout takes for body and the model does not becomes boilerplate, or a heading if it
    is short and ends openly; a full sentence that the model is sure of becomes body. A sentence beside one
    of its paragraph that surely is body becomes another only where the model is sure of it too.
    """
    odds = (1 / (1 + np.exp(-logits))).tolist()
    beside = _are_beside_body(sentences, odds)
    return tuple(
        s if led and p < SURELY_NONBODY else _refine(s, p, decisions)
        for s, p, led in zip(sentences, odds, beside, strict=True)
    )


def _are_beside_body(sentences: Sequence[Sentence], odds: Sequence[float]) -> list[bool]:
    """Whether each full sentence of the body stands beside one of its paragraph that surely is of the body too."""
    pairs = zip(sentences, odds, strict=True)
    sure = [s.paragraph if s.role is Role.BODY and p < SURELY_BODY else None for s, p in pairs]
    edged = [None, *sure, None]
    return [
        s.role is Role.BODY and _ends(s) and s.paragraph in (edged[i], edged[i + 2]) for i, s in enumerate(sentences)
    ]


def _ends(sentence: Sentence) -> bool:
    """Whether it ends as sentences do."""
    return sentence.text.rstrip("\"'”’)*_ ").endswith((".", "!", "?"))


def _refine(sentence: Sentence, nonbody: float, decisions: Decisions) -> Sentence:
    ends = _ends(sentence)
    if sentence.role is Role.BODY and nonbody >= decisions.nonbody:
        short = len(sentence.text) < 100 and not ends
        return replace(sentence, role=Role.HEADING if short else Role.BOILERPLATE)
    if sentence.role in (Role.BOILERPLATE, Role.HEADING, Role.CAPTION) and nonbody < decisions.body and ends:
        return replace(sentence, role=Role.BODY)
    return sentence


def decide_acts(
    attributions: Sequence[Attribution], sentences: Sequence[Sentence], scores: Floats, decisions: Decisions
) -> list[Act]:
    """Statement or thought: whether the sentences an attribution stands in are quotations on the whole.

    Half as sure is enough where the cue itself says that something was uttered; where it says that
    nothing was ("declined to say whether …") or that a deed shows it, none is, nor where it is a mind's beside a
    statement: "told that the clerk noticed …".
    """
    acts = []
    for attribution in attributions:
        if attribution.verbatim or attribution.stated:
            acts.append(Act.STATEMENT)
            continue
        weighted = [
            (min(sentences[i].end, c.end) - max(sentences[i].start, c.start), float(scores[i, 0]))
            for c in attribution.contents
            for i in sentences_over(sentences, c.start, c.end)
        ]
        total = sum(w for w, _ in weighted)
        mean = sum(w * p for w, p in weighted) / total if total else 0.0
        source, cue, following = _cue_of(attribution, sentences)
        least = decisions.thresholds[0] * (LENIENCE if is_uttering(cue) else 1)
        stated = mean >= least and not is_silent(cue + following, source) and not is_deed(cue, source)
        acts.append(Act.STATEMENT if stated else Act.THOUGHT)
    return [Act.THOUGHT if _is_within(attributions, acts, i, sentences) else act for i, act in enumerate(acts)]


def _is_within(
    attributions: Sequence[Attribution], acts: Sequence[Act], number: int, sentences: Sequence[Sentence]
) -> bool:
    """Whether the attribution only says what came to a mind, in a sentence in which another states something."""
    cue = attributions[number].cue
    if cue is None or not is_perceiving(_cue_of(attributions[number], sentences)[1]):
        return False
    held = sentences_over(sentences, cue.start, cue.end)
    return any(
        act is Act.STATEMENT
        and i != number
        and other.cue
        and sentences_over(sentences, other.cue.start, other.cue.end) == held
        for i, (other, act) in enumerate(zip(attributions, acts, strict=True))
    )


def _cue_of(attribution: Attribution, sentences: Sequence[Sentence]) -> tuple[str, str, str]:
    """The words of the source and the cue, and those that follow it in its sentence; empty if there is no cue."""
    cue = attribution.cue
    held = sentences_over(sentences, cue.start, cue.end) if cue else ()
    if not cue or not held:
        return "", "", ""
    text, start = sentences[held[0]].text, sentences[held[0]].start
    end = cue.end - start
    source = attribution.source
    words = text[max(0, source.start - start) : max(0, source.end - start)] if source else ""
    return words, text[max(0, cue.start - start) : end], text[end : end + FOLLOWING]


def label_sentences(
    sentences: Sequence[Sentence],
    scores: Floats,
    quotations: Sequence[Quotation],
    quantities: Sequence[Quantity],
    decisions: Decisions,
) -> tuple[Sentence, ...]:
    """The sentences with their labels, their one label, their scores, and the findings they hold."""
    said: dict[str, list[Quotation]] = {}
    for quotation in quotations:
        for held in quotation.sentences:
            said.setdefault(held, []).append(quotation)
    if sum(s.role is Role.BODY for s in sentences) == 1:
        decisions = replace(decisions, thresholds=(*decisions.thresholds[:2], decisions.lone))
    counted: dict[str | None, list[Quantity]] = {}
    for quantity in quantities:
        counted.setdefault(quantity.sentence, []).append(quantity)
    return tuple(
        _label(s, p, said.get(s.id, ()), counted.get(s.id, ()), decisions)
        for s, p in zip(sentences, scores.tolist(), strict=True)
    )


def _label(
    sentence: Sentence,
    scores: Sequence[float],
    held: Sequence[Quotation],
    numbers: Sequence[Quantity],
    decisions: Decisions,
) -> Sentence:
    said, counted = tuple(q.id for q in held), tuple(n.id for n in numbers)
    if sentence.role is not Role.BODY:
        return replace(sentence, quotations=said, quantities=counted)
    uttered = [q for q in held if q.act is Act.STATEMENT and q.status is not Status.HYPOTHETICAL]
    says = (
        bool(uttered),
        scores[1] >= decisions.thresholds[1] and any(n.claims for n in numbers),
        scores[2] >= decisions.thresholds[2],
    )
    labels = tuple(label for label, holds in zip(HEADS, says, strict=True) if holds) or (Label.FACTUAL_STATEMENT,)
    rounded = {name: round(p, 4) for name, p in zip(HEAD_NAMES, scores, strict=True)}
    label = choose_label(sentence, labels, uttered)
    return replace(sentence, quotations=said, quantities=counted, labels=labels, label=label, scores=rounded)


def choose_label(sentence: Sentence, labels: Sequence[Label], uttered: Sequence[Quotation]) -> Label:
    """The one label, by the guidelines: quotation if half or more of the words are attributed content."""
    if Label.QUOTATION in labels and _share(sentence, uttered) >= 0.5:
        return Label.QUOTATION
    for label in (Label.EDITORIAL_ASSERTION, Label.NUMERICAL_CLAIM, Label.QUOTATION):
        if label in labels:
            return label
    return Label.FACTUAL_STATEMENT


def _share(sentence: Sentence, quotations: Sequence[Quotation]) -> float:
    words = [m.start() + sentence.start for m in WORD.finditer(sentence.text)]
    spans = [(c.start, c.end) for q in quotations for c in q.content]
    inside = {i for start, end in spans for i in range(bisect_left(words, start), bisect_left(words, end))}
    return len(inside) / len(words) if words else 0.0
