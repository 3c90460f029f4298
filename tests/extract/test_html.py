"""HTML: what a reader sees, the role of each sentence, and nodes that a real browser finds again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.extract.records import Article, Sentence
from service.extract.sentences import split
from service.extract.text import read
from tests.extract.pages import NAMES, read_page, read_roles_of, read_text_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

# What is written by hand where it matters how a browser joins, splits and hides: our own cases.
READINGS = [
    ("<p>un<b>believ</b>able</p>", "unbelievable"),
    ("<p>a<br>b.</p>", "a\nb."),
    ("<p>One.<br>Two.</p>", "One.\n\nTwo."),
    ("<p>one<br><br>two</p>", "one\n\ntwo"),
    ("<p>x &amp;amp; y &lt;b&gt; &#8217; &pound3 &nbsp; z</p>", "x &amp; y <b> ’ £3 z"),
    ("<ul><li>a<li>b</ul>", "a\nb"),
    ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
    ("<p>He said <q>no <q>never</q></q>.</p>", "He said “no ‘never’”."),
    ("<p>a<script>b</script><style>c</style><template>d</template><noscript>e</noscript>f</p>", "af"),
    ("<p>a <span style='display: none'>b</span><span hidden>c</span>d</p>", "a d"),
    ("Loose <i>text</i> <p>and a block</p> tail", "Loose text\n\nand a block\n\ntail"),
    ("<p>dam&shy;pf<wbr>schiff\u200b</p>", "dampfschiff"),
    ("<div><p>one</div>two<p>three", "one\n\ntwo\n\nthree"),
    ("<p>the sign <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> is old", "the sign 漢 is old"),
    ("<pre>a\nb</pre>", "a\nb"),
    ("<p>line\r\nbreak\tand   space</p>", "line break and space"),
    ("", ""),
    ("<p></p>", ""),
]


@pytest.mark.parametrize(("markup", "text"), READINGS)
def test_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert read(Article(markup, format="html")).text == text


@pytest.mark.parametrize("name", NAMES)
def test_pages_read_as_a_reader_sees_them(name: str) -> None:
    assert read(Article(read_page(name), format="html")).text == read_text_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_sentences_of_pages_have_their_roles(name: str) -> None:
    found = [(s.role.value, " ".join(s.text.split())) for s in split(read(Article(read_page(name), format="html")))]
    assert found == read_roles_of(name)


def test_a_sentence_over_two_elements_is_one_and_its_node_the_element_around_them() -> None:
    markup = (
        "<div id='body'><p>The owners, a family from the north, had let the</p><p>roof fall in years ago.</p></div>"
    )
    document = read(Article(markup, format="html"))
    (sentence,) = split(document)
    assert " ".join(sentence.text.split()) == "The owners, a family from the north, had let the roof fall in years ago."
    assert sentence.node is not None
    assert (sentence.node.selector, sentence.node.start) == ("#body", 0)


def test_deep_nesting_is_read() -> None:
    assert read(Article("<div>" * 5000 + "deep", format="html")).text == "deep"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page of a real Chromium, with no network."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Chromium is not at {CHROMIUM} (CHROMIUM): nodes are not looked up in a browser.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        context = browser.new_context(offline=True, java_script_enabled=True)
        yield context.new_page()
        browser.close()


_SLICE = """([selector, start, end]) => {
    const found = document.querySelectorAll(selector);
    return [found.length, found.length ? found[0].textContent.slice(start, end) : null];
}"""
_DRAWN = re.compile(r"[\s“”‘’\u00ad\u200b\u200e\u200f\u2060\ufeff]")


def _plain(text: str) -> str:
    """*text* without what a browser draws or hides around its characters: white space, marks of ``<q>``."""
    return _DRAWN.sub("", text)


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_nodes_give_back_their_sentences_in_chromium(page: Page, name: str) -> None:
    markup = read_page(name)
    page.set_content(markup, wait_until="commit")
    for sentence in split(read(Article(markup, format="html"))):
        if sentence.node is not None:
            assert _found(page, sentence) == (1, _plain(sentence.text)), sentence


def _found(page: Page, sentence: Sentence) -> tuple[int, str]:
    """How many elements the node's selector finds, and what stands there in the first."""
    node = sentence.node
    assert node is not None
    assert node.utf16 is not None
    count, text = page.evaluate(_SLICE, [node.selector, *node.utf16])
    return count, _plain(text or "")


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_pages_have_nodes_for_all_sentences_but_those_between_elements(name: str) -> None:
    missing = [s.text for s in split(read(Article(read_page(name), format="html"))) if s.node is None]
    assert len(missing) <= (2 if name == "pdf-to-html" else 0)


@pytest.mark.parametrize(
    ("page", "reading"),
    [
        ("<p>The lake covers 40 km<sup>2</sup> in May.</p>", "The lake covers 40 km² in May."),
        ("<p>It took 12m<sup>3</sup> of clay.</p>", "It took 12m³ of clay."),
        ("<p>He wrote 10<sup>-6</sup> on the board.</p>", "He wrote 10⁻⁶ on the board."),
        ("<p>It cost 340<sup>2</sup> in 2019.<sup>3</sup></p>", "It cost 340  in 2019. "),
        ("<p>She drove 40 km<sup><a href='#n'>a</a></sup> home.</p>", "She drove 40 km  home."),
    ],
    ids=["area", "volume", "ten", "footnotes", "no number"],
)
def test_a_raised_number_is_a_power_after_ten_or_a_unit_and_else_a_footnote(page: str, reading: str) -> None:
    document = read(Article(page, "html"))
    assert document.reading.rstrip() == reading.rstrip()
    assert len(document.text) == len(document.reading)
    assert "²" not in document.text
