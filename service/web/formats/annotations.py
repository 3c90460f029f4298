"""An extraction as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).

Every finding is an annotation whose target states the words with what stands around them (TextQuoteSelector) and
their place in code points (TextPositionSelector); a sentence of an HTML article also its element (CssSelector).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from service.extract.records import Article, Extraction, Node, Quantity, Sentence, Span, Status

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = CONTEXT
_AROUND = (32, 128, 512)  # characters before and after the words: the fewest that make them unique
Data = dict[str, Any]


def annotate(extraction: Extraction, article: Article, identity: str) -> Data:
    """One annotation page; *identity* is an IRI. Offsets of *extraction* must count code points."""
    source = article.url or identity
    items = [*_sentences(extraction), *_quotations(extraction), *_quantities(extraction)]
    annotations = [
        {
            "id": f"{identity}#{found_id}",
            "type": "Annotation",
            "motivation": motivation,
            "body": bodies,
            "target": [
                {"type": "SpecificResource", "source": source, "selector": [*_select(extraction.text, span), *nodes]}
                for span in spans
            ],
        }
        for found_id, motivation, bodies, spans, nodes in items
    ]
    return {
        "@context": CONTEXT,
        "id": f"{identity}#annotations",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": annotations,
    }


Item = tuple[str, str, list[Data], Sequence[Span], list[Data]]


def _sentences(extraction: Extraction) -> Iterator[Item]:
    """Every sentence that has a label, tagged with all of them."""
    for s in extraction.sentences:
        if s.labels:
            yield s.id, "tagging", [_body("tagging", label.value) for label in s.labels], [_span(s)], _node(s.node)


def _quotations(extraction: Extraction) -> Iterator[Item]:
    """Every quotation, with its kind, its act and status where unusual, and whom it quotes."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    for q in extraction.quotations:
        bodies = [_body("classifying", "quotation"), _body("tagging", q.kind.value), _body("tagging", q.act.value)]
        if q.status != Status.ASSERTED:
            bodies.append(_body("tagging", q.status.value))
        if q.speaker in names:
            bodies.append(_body("identifying", names[q.speaker]))
        if q.content:
            yield q.id, "identifying", bodies, q.content, []


def _quantities(extraction: Extraction) -> Iterator[Item]:
    """Every quantity with its value and unit."""
    for n in extraction.quantities:
        yield n.id, "describing", [_body("classifying", n.kind), _body("describing", _amount(n))], [_span(n)], []


def _amount(quantity: Quantity) -> str:
    upper = f"–{quantity.upper:f}" if quantity.upper is not None else ""
    return f"{quantity.value:f}{upper} {quantity.unit or ''}".strip()


def _body(purpose: str, value: str) -> Data:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _span(found: Sentence | Quantity) -> Span:
    return Span(found.start, found.end, found.text)


def _select(text: str, span: Span) -> list[Data]:
    """The two selectors of *span* in *text*."""
    quote = {}
    for width in _AROUND:
        prefix, suffix = text[max(0, span.start - width) : span.start], text[span.end : span.end + width]
        quote = {"type": "TextQuoteSelector", "exact": span.text, "prefix": prefix, "suffix": suffix}
        if text.find(prefix + span.text + suffix) == text.rfind(prefix + span.text + suffix):
            break
    return [quote, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]


def _node(node: Node | None) -> list[Data]:
    """The element of a sentence in the submitted HTML, and the place in it."""
    if node is None:
        return []
    place = {"type": "TextPositionSelector", "start": node.start, "end": node.end}
    return [{"type": "CssSelector", "value": node.selector, "refinedBy": place}]
