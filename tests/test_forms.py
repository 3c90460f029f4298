"""One article as text, as Markdown and as HTML: the same sentences, labels, quotations and speakers.

``bench/forms.py`` makes the forms and compares them; run by itself it lists the differences for any folder. Between
our other articles some remain: CommonMark joins lines that are no list to it, as bullets of "•" and a caption with its
credit, so that their sentences are one in HTML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.forms import Reading, compare, find_differences, make_forms
from service.extract.sentences import split
from service.extract.text import read
from tests.golden.seeds import load_seed

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

NAMES = ("court", "editorial", "wire-report")
LED_IN = """The inquiry met on Monday. Its chair was blunt, as she wrote in the paper's edition of 4 May:

The gauge had not been read since the spring, and those who were paid to read it knew that it had not been read.

The board accepts that.
"""


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_hold_the_same_sentences_in_the_same_roles(name: str) -> None:
    told = [
        [(s.role, letters(s.text)) for s in split(read(article))] for article in make_forms(load_seed(name).submitted)
    ]
    assert told[0] == told[1] == told[2]


def letters(text: str) -> str:
    """The letters and digits of *text*."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_give_the_same_labels_quotations_and_speakers(trained: Analyzer, name: str) -> None:
    readings, differences = compare(trained, load_seed(name).submitted)
    assert len(readings[0].sentences) >= 20
    assert len(readings[0].quotations) >= 8
    for form, lines in differences.items():
        assert len(lines) <= 1, (form, lines)  # padding and half precision may tip what stands on an edge


def test_a_paragraph_that_another_leads_in_is_a_quotation_in_every_form() -> None:
    for article in make_forms(LED_IN):
        assert [block.kind for block in read(article).blocks] == ["paragraph", "quote", "paragraph"], article.format


def test_differences_are_told_from_both_sides() -> None:
    one, other = Reading({"A b": "quotation"}, {}), Reading({"A b": "", "C": "quotation"}, {"C": "direct"})
    assert list(find_differences(one, one)) == []
    assert [line.partition(":")[0] for line in find_differences(one, other)] == [
        "sentence “A b”",
        "sentence “C”",
        "quotation “C”",
    ]
