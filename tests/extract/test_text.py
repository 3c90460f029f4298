"""Plain text and Markdown: the reading, the blocks, and what page breaks and line ends tore apart.

The passages are ours; they show what PDF-to-text, hard-wrapped mail and Markdown editors leave in plain text.
"""

from __future__ import annotations

import pytest

from service.extract.records import Article, Document
from service.extract.sentences import split
from service.extract.text import read

SOFT = "\u00ad"


def _read(text: str, form: str = "text") -> Document:
    return read(Article(text, form))


def _blocks(text: str, form: str = "text") -> list[tuple[str, str]]:
    document = _read(text, form)
    reading = document.reading.replace(SOFT, "\u2060")
    return [(b.kind, " ".join(reading[b.start : b.end].replace("\u2060", "").split())) for b in document.blocks]


# What the marks of Markdown and of plain text read as; a soft hyphen is what tokenizers drop.
READINGS = [
    ("He told *Le Jour* so.", "He told  Le Jour  so."),
    ("un**believ**able", f"un{SOFT * 2}believ{SOFT * 2}able"),
    ("a \\$90 billion plan", "a  $90 billion plan"),
    ("[the report](https://x.example/a_b_c) says", " the report" + " " * len("](https://x.example/a_b_c) ") + "says"),
    ("see <https://x.example>", "see  https://x.example "),
    ("a `code` word", "a  code  word"),
    ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
    ("_Ab_, he said", f" Ab{SOFT}, he said"),
    ("a\x00b\ud800c\ufeff", "a b c "),
    ("one <!-- a\nnote --> two", "one " + " " * len("<!-- a\nnote -->") + " two"),
]


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_marks_are_masked_and_the_length_stays(text: str, reading: str) -> None:
    assert _read(text).reading == reading
    assert len(reading) == len(text)


# Where a blank line falls inside a sentence: what stands before and after it tells.
TORN = [
    ("The delegates met at the lakeside\n\npalace in the afternoon.", True),
    ("The ministers signed the\n\nLisbon accord after midnight.", True),
    ("They had talked for hours. In the end the leaders of the Nordic\n\nCouncil agreed to meet again.", True),
    ("Weighing the costs, as they had been asked to do for a year now, the River Trust\n\n(RT) gave up.", True),
    ("Hale, Day and Karr are backing Estonian\n\nPrime Minister Kask in the vote.", True),
    ("He was guided by the motto “Rivers first”\n\nwhich nobody quite believed in.", True),
    ("The bridge will stay closed.\n\nit says on the sign.", False),
    ("Council leader faces new calls to resign\n\nThe leader of the council said no.", False),
    ("As the paper wrote after the flood last spring,\n\nThe river has no memory.", False),
    ("They asked for three things:\n\nMore boats and more time.", False),
    ("A line\n\nof its own", False),
    ("**Ex-mayor took bribes, jury told**\n\nA former mayor took envelopes of cash.", False),
    ("The list of those who came\n\n- the mayor\n- her deputy", False),
]


@pytest.mark.parametrize(("text", "torn"), TORN)
def test_page_breaks_are_mended_where_a_sentence_goes_on(text: str, torn: bool) -> None:
    assert (len(_read(f"First paragraph here.\n\n{text}").blocks) == 2) == torn


def test_a_headline_in_bold_is_first_although_its_marks_stand_before_it() -> None:
    assert len(_read("**This is who the rivals really are**\n\nThe three candidates met on Monday.").blocks) == 2


def test_a_mended_sentence_is_the_slice_of_the_submitted_text() -> None:
    text = "They met at the lakeside\n\npalace in the afternoon. Then they left."
    first, second = split(_read(text))
    assert first.text == "They met at the lakeside\n\npalace in the afternoon."
    assert text[first.start : first.end] == first.text
    assert second.text == "Then they left."


def test_running_heads_and_page_numbers_fall_out_of_the_sentence() -> None:
    page = "\n\nTHE LEDGER\n\n"
    text = (
        f"Mill reopens{page}The mill was closed in 1990 by its{page}2\n\nformer owners, who left it to the{page}rain."
    )
    document = _read(text)
    assert " ".join(document.reading[document.blocks[-1].start :].split()).startswith(
        "The mill was closed in 1990 by its former"
    )


# Hyphens at line ends: broken words are made whole, compounds keep theirs.
HYPHENS = [
    ("the govern-\nment fell", "the government fell"),
    ("the far-\nright party", "the far-right party"),
    ("a well-known case is a well-\nknown case", "a well-known case is a well-known case"),
    ("the Anglo-\nSaxon world", "the Anglo-Saxon world"),
]


@pytest.mark.parametrize(("text", "whole"), HYPHENS)
def test_words_broken_at_line_ends_are_made_whole(text: str, whole: str) -> None:
    assert _read(text).reading.replace(SOFT, "") == whole


def test_hard_wrapped_lines_are_one_paragraph_and_short_lines_are_not() -> None:
    wrapped = (
        "The council voted on Monday to back the new bridge over the\nriver, and the mayor said that work would begin "
        "before the\nautumn if the money came in time."
    )
    assert [kind for kind, _ in _blocks(wrapped)] == ["paragraph"]
    assert _blocks("Ann Lee\n3 May 2025\n\nThe council voted.") == [
        ("paragraph", "Ann Lee"),
        ("paragraph", "3 May 2025"),
        ("paragraph", "The council voted."),
    ]


MARKDOWN = """---
title: Bridge
---

Bridge gets go-ahead
====================

By Ann Lee \x20
3 May 2025

The council voted 7-4 on *Monday*
to back the [bridge](https://x.example "B").

## What it costs ##

- About \\$3 million.
  More if it rains.
1. Work begins in June.

> We are late.
>
> — Bo Karr

| Year | Cost |
|------|------|
| 2025 | 3    |

[1]: https://x.example/1
"""


def test_markdown_has_its_blocks_and_its_own_text() -> None:
    assert _blocks(MARKDOWN, "markdown") == [
        ("boilerplate", "title: Bridge"),
        ("title", "Bridge gets go-ahead"),
        ("paragraph", "By Ann Lee"),
        ("paragraph", "3 May 2025"),
        ("paragraph", "The council voted 7-4 on Monday to back the bridge."),
        ("heading", "What it costs"),
        ("item", "About $3 million. More if it rains."),
        ("item", "Work begins in June."),
        ("quote", "We are late."),
        ("source", "— Bo Karr"),
        ("table", "Year"),
        ("table", "Cost"),
        ("table", "2025"),
        ("table", "3"),
    ]
    assert _read(MARKDOWN, "markdown").text == MARKDOWN


def test_a_block_quotation_led_in_by_a_paragraph_is_one() -> None:
    text = (
        "As the paper wrote after the flood of last spring,\n\nThe river has no memory, and neither have those who "
        "build beside it, year after year.\n\nNobody listened."
    )
    assert [kind for kind, _ in _blocks(text)] == ["paragraph", "quote", "paragraph"]
