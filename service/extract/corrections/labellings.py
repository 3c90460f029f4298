"""A sentence's labels set right, and its quotations with them, so that labels and findings still agree.

A sentence that is no ``quotation`` any more loses what was quoted in it: the pieces of content that
lie in it go, and a quotation without content goes. A sentence that becomes one gets a quotation: the one
there that was only thought or imagined, else one of the whole sentence, whose speaker nobody has named yet.
Numbers stay as they are: a sentence may hold some that claim nothing, and an editor may see a claim where
none was found.
"""

from __future__ import annotations

from service.extract.corrections.changes import Labelling, find_nearest
from service.extract.labels import HEADS, choose_label
from service.extract.records import (
    Act,
    Extraction,
    Kind,
    Label,
    Quantity,
    Quotation,
    Role,
    Sentence,
    Span,
    Status,
)
from service.extract.values import START, replace

OPENING, CLOSING = "“‘«„\"'", "”’»“\"'"


def set_labels(extraction: Extraction, start: int, end: int, change: Labelling, by: str) -> Extraction | None:
    """*extraction* with the sentence at the place labelled as *change* says; ``None`` where none is there."""
    at = find_nearest([(s.start, s.end) for s in extraction.sentences], start, end)
    if at is None:
        return None
    sentence = extraction.sentences[at]
    voiced = _utter if Label.QUOTATION in change.labels else _silence
    extraction = voiced(extraction, sentence, by)
    uttered = [q for q in extraction.quotations if is_uttered(q) and _touches(q, sentence)]
    labelled = replace(
        sentence,
        role=Role.BODY,
        labels=change.labels,
        label=change.label or choose_label(sentence, change.labels, uttered),
        scores={head.value: float(head in change.labels) for head in HEADS},
        speech=sentence.speech if Label.QUOTATION in change.labels else 0.0,
        evidence=sentence.evidence if Label.EDITORIAL_ASSERTION in change.labels else (),
        corrections=(*sentence.corrections, by),
    )
    sentences = (*extraction.sentences[:at], labelled, *extraction.sentences[at + 1 :])
    quantities = tuple(_claiming(n, labelled) for n in extraction.quantities)
    return replace(extraction, sentences=sentences, quantities=quantities)


def _claiming(quantity: Quantity, sentence: Sentence) -> Quantity:
    inside = quantity.sentence == sentence.id
    return replace(quantity, claims=Label.NUMERICAL_CLAIM in sentence.labels) if inside else quantity


def is_uttered(quotation: Quotation) -> bool:
    """Whether *quotation* makes the sentences it stands in quotations."""
    return quotation.act is Act.STATEMENT and quotation.status is not Status.HYPOTHETICAL


def _touches(quotation: Quotation, sentence: Sentence) -> bool:
    return any(c.start < sentence.end and sentence.start < c.end for c in quotation.content)


def _silence(extraction: Extraction, sentence: Sentence, by: str) -> Extraction:
    """*extraction* without what is uttered in *sentence*; what stood in quotation marks becomes a quoted term."""
    quotations, terms = [], list(extraction.quoted_terms)
    for quotation in extraction.quotations:
        if not (is_uttered(quotation) and _touches(quotation, sentence)):
            quotations.append(quotation)
            continue
        terms += [c for c in quotation.content if _within(c, sentence) and _is_marked(extraction.text, c)]
        content = tuple(rest for c in quotation.content for rest in _cut(extraction.text, c, sentence))
        held = tuple(s for s in quotation.sentences if s != sentence.id)
        if content:
            corrected = (*quotation.corrections, by)
            quotations.append(replace(quotation, content=content, sentences=held, corrections=corrected))
    terms.sort(key=START)
    return replace(extraction, quotations=tuple(quotations), quoted_terms=tuple(terms))


def _within(span: Span, sentence: Sentence) -> bool:
    return sentence.start <= span.start and span.end <= sentence.end


def _is_marked(text: str, span: Span) -> bool:
    """Whether *span* stands between quotation marks."""
    return text[span.start - 1 : span.start] in tuple(OPENING) and text[span.end : span.end + 1] in tuple(CLOSING)


def _cut(text: str, span: Span, sentence: Sentence) -> list[Span]:
    """What of *span* lies before and behind *sentence*, where any letter or digit is left."""
    sides = [(span.start, min(span.end, sentence.start)), (max(span.start, sentence.end), span.end)]
    trimmed = [_trim(text, start, end) for start, end in sides if start < end]
    return [side for side in trimmed if any(char.isalnum() for char in side.text)]


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()), words.strip())


def _utter(extraction: Extraction, sentence: Sentence, by: str) -> Extraction:
    """*extraction* with something uttered in *sentence*, as it was where there is something already."""
    inside = [q for q in extraction.quotations if _touches(q, sentence)]
    if any(is_uttered(q) for q in inside):
        return extraction
    if inside:
        said = replace(inside[0], act=Act.STATEMENT, status=Status.ASSERTED, corrections=(*inside[0].corrections, by))
        return replace(extraction, quotations=tuple(said if q is inside[0] else q for q in extraction.quotations))
    content, kind = _read_content(extraction.text, sentence)
    made = Quotation(
        id=next_id("q", [q.id for q in extraction.quotations]),
        kind=kind,
        content=(content,),
        confidence=1.0,
        sentences=(sentence.id,),
        corrections=(by,),
    )
    quotations = sorted((*extraction.quotations, made), key=lambda q: q.content[0].start)
    terms = tuple(t for t in extraction.quoted_terms if not content.overlaps(t))
    return replace(extraction, quotations=tuple(quotations), quoted_terms=terms)


def _read_content(text: str, sentence: Sentence) -> tuple[Span, Kind]:
    """All of *sentence* but marks around it and the stop behind it, and how its words stand."""
    whole = _trim(text, sentence.start, sentence.end)
    inner = _trim(text, whole.start + 1, whole.end - 1) if len(whole.text) > 2 else whole
    if _is_marked(text, inner) and any(char.isalnum() for char in inner.text):
        return inner, Kind.DIRECT
    stop = _trim(text, whole.start, whole.end - len(whole.text) + len(whole.text.rstrip(".")))
    content = stop if stop.text else whole
    return content, Kind.MIXED if any(mark in content.text for mark in '“”«»"') else Kind.INDIRECT


def next_id(letter: str, taken: list[str]) -> str:
    """The first id of its kind that is not taken.

    >>> next_id("q", ["q1", "q7"])
    'q8'
    """
    return f"{letter}{max((int(each[1:]) for each in taken), default=0) + 1}"
