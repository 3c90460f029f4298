"""Sentences: where they end, and that they cover the text whatever it holds.

The passages are ours, one phenomenon each; quotations of several sentences are split inside, as the labelled
articles of the training data have them.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.records import Article, Document, Sentence
from service.extract.sentences import split
from service.extract.text import read

FORMS = ("text", "markdown", "html")


def _sentences(text: str) -> list[str]:
    return [" ".join(sentence.text.split()) for sentence in split(read(Article(text)))]


# A bar stands where a sentence ends.
SPLITS = [
    '"Nad was calling from the boat," said Mrs. Orr. | "Then the call came through to her. | And I did."',
    "The train leaves at 8 a.m. Monday from Leeds. | It arrives at 9 p.m. | Nobody minds.",
    "It rained by 1:15 p.m. (2015 GMT) local time. | It closed at 8 p.m. | (It opened late.)",
    "“They are fine . . . and all of them mine.” | We wait. . . . | Then we left.",
    "The plant in the U.S. Midwest closed. | It was the last in the U.S. | The others had gone.",
    "J. R. Hale met Sen. Day and Rep. Karr Jr. at St. Anne's. | Prof. Lee did not come.",
    "“Who paid?” Ms. Day asked the board. | “Nobody,” it said.",
    "“Who paid?” she asked. | “Nobody!” the board shouted.",
    "“Stop!” | The crowd went quiet.",
    "One witness said: “I like it. | It is Mr. Hale's. | Let him keep it.” | She left.",
    "Acme Inc. shares fell 3.5 percent. | The others rose.",
    "It happened on Sept. 11 at No. 10 on Main St. near the bank. | The answer was no. | Nobody came.",
    "He waited... | Then he left. | The rest … Mr. Orr keeps.",
    "It was late (so late! and so dark) when they came. | (They had been told. | Twice.)",
    "The vote was close, i.e. 5 to 4, e.g. Mr. Day wavered. | Dr. Lee Ph.D. wrote it.",
    "The phones sell well. | eBay does not sell them.",
    "It was Roe v. Wade that she meant. | He agreed.",
    "He earned $1.5 million. | 40 others got nothing.",
    "“We sold it.” | “To whom?” | “To them.”",
    "Yes! | We won! | At last.",
    "The sign said so. | 😀 Everyone laughed.",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    assert _sentences(marked.replace(" | ", " ")) == marked.split(" | ")


def test_the_dateline_is_a_sentence_of_its_own() -> None:
    sentences = split(read(Article("PARIS (Reuters) - The ministers met on Monday. They left soon.")))
    assert [(s.role.value, s.text) for s in sentences] == [
        ("dateline", "PARIS (Reuters) -"),
        ("body", "The ministers met on Monday."),
        ("body", "They left soon."),
    ]


def test_link_targets_and_list_numbers_belong_to_their_sentence() -> None:
    text = "1. See [the report](https://x.example/a).\n2. Then **stop.**"
    assert [s.text for s in split(read(Article(text)))] == [
        "1. See [the report](https://x.example/a).",
        "2. Then **stop.**",
    ]


_PIECES = st.sampled_from(
    [
        *("He said so. ", "“Yes.” ", "Mr. ", "U.S. ", "the ", "By Ann Lee", "...", "7 ", "é", "e\u0301", "שלום ", "😀"),
        *("\n\n", "\n", "\r\n", "\t", "\x0c", "\u2028", "-\n", "\x00", "\ud800", "\ufeff"),
        *("*", "**", "_", "# ", "> ", "- ", "1. ", "[a](b) ", "![x](y)", "`c` ", "\\$", "|", "---\n", "```\n"),
        *("<b>", "</b>", "<p>", "<br>", "<td>", "<q>", "<script>", "</script>", "&amp;", "&#128512;", "<!--", "-->"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=30).map("".join))


def _check(document: Document, sentences: tuple[Sentence, ...]) -> None:
    """What holds for every document and its sentences."""
    assert len(document.reading) == len(document.text)
    ends = [0, *(block.end for block in document.blocks)]
    assert all(end <= block.start <= block.end for end, block in zip(ends, document.blocks, strict=False))
    place = 0
    for number, sentence in enumerate(sentences, 1):
        assert sentence.id == f"s{number}"
        assert document.text[sentence.start : sentence.end] == sentence.text
        assert place <= sentence.start < sentence.end <= len(document.text)
        assert not any(c.isalnum() for c in document.text[place : sentence.start])
        place = sentence.end
    assert not any(c.isalnum() for c in document.text[place:])


@pytest.mark.parametrize("form", FORMS)
@given(text=TEXTS)
def test_sentences_cover_every_letter_and_digit_of_any_text(form: str, text: str) -> None:
    document = read(Article(text, form))
    assert form == "html" or document.text == text
    _check(document, split(document))


# What callers send by mistake or on purpose.
ODD = {
    "empty": "",
    "blank": " \n\t\n ",
    "emoji": "😀" * 1000,
    "long": "The council voted on Monday. " * 7000,
    "one sentence": "word " * 5000,
    "one word": "a" * 200_000,
    "nul": "a\x00b. C\x00.",
    "surrogate": "a \ud83d b. \ude00 C.",
    "crlf": "Title here\r\n\r\nOne sentence. Two.\r\nThree.",
    "bom": "\ufeffOne. Two.",
    "right to left": "הממשלה אמרה כן. היא צודקת. שלום.",
    "brackets": "[" * 5000 + "(" * 5000,
    "stars": "*a " * 20_000,
    "tags": "<a " * 20_000,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read(name: str, form: str) -> None:
    document = read(Article(ODD[name], form))
    _check(document, split(document))
