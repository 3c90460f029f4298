"""Offsets in other units: whatever the text, slicing in the unit gives the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.frame import find_frame
from service.extract.offsets import UNITS, Scale, convert
from service.extract.records import Article, Extraction, Kind, Node, Quotation, Sentence, Span
from service.extract.sentences import split
from service.extract.text import read

_CODECS = {"utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}


def _slice(text: str, start: int, end: int, unit: str) -> str:
    """``text[start:end]`` where the offsets count *unit*."""
    if unit == "codepoint":
        return text[start:end]
    codec, width = _CODECS[unit]
    return text.encode(codec, "surrogatepass")[start * width : end * width].decode(codec, "surrogatepass")


# Emoji with modifiers and joiners, combining marks, right-to-left, line ends of DOS, a byte order mark.
TEXTS = [
    "",
    "plain",
    "a😀b",
    "👩🏽‍⚖️ said",
    "e\u0301 é",
    "שלום 🎉 مرحبا",
    "a\r\nb",
    "\ufeffBOM",
    "漢字 and kana",
    "\ud800x",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_slice_is_the_same_in_every_unit(text: str, unit: str) -> None:
    scale = Scale(text, unit)
    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            assert _slice(text, scale.measure(start), scale.measure(end), unit) == text[start:end]


@pytest.mark.parametrize("unit", UNITS)
@given(text=st.text(st.characters(exclude_categories=[])), data=st.data())
def test_measuring_and_locating_are_inverse(unit: str, text: str, data: st.DataObject) -> None:
    scale = Scale(text, unit)
    offset = data.draw(st.integers(0, len(text)))
    assert scale.locate(scale.measure(offset)) == offset


@pytest.mark.parametrize("unit", UNITS)
@given(text=st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("😀🎉 .\n“”aB"))))
def test_every_span_of_an_extraction_is_its_text_in_any_unit(unit: str, text: str) -> None:
    document = read(Article(text))
    sentences = split(document)
    quotations = tuple(
        Quotation("q1", Kind.DIRECT, (Span(s.start, s.end, s.text),), source=Span(s.start, s.start + 1, s.text[:1]))
        for s in sentences
    )
    found = convert(Extraction(text, "en", find_frame(document, sentences), sentences, quotations), unit)
    spans: list[Span | Sentence] = [*found.sentences]
    spans += [piece for q in found.quotations for piece in (*q.content, q.source) if piece]
    spans += [found.frame.title] if found.frame.title else []
    for span in spans:
        assert _slice(text, span.start, span.end, unit) == span.text


def test_nodes_are_converted_by_their_own_text() -> None:
    markup = "<p>😀😀 One. <b>Two 😀.</b></p>"
    document = read(Article(markup, format="html"))
    extraction = Extraction(document.text, sentences=split(document))
    nodes = {unit: convert(extraction, unit).sentences[1].node for unit in UNITS}
    places = {unit: (node.start, node.end) for unit, node in nodes.items() if isinstance(node, Node)}
    assert places == {"codepoint": (8, 14), "utf16": (10, 17), "utf8": (14, 23)}


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="bytes"):
        Scale("a", "bytes")
