"""CSV: a row a sentence, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.web.formats.tables import COLUMNS, guard, tabulate
from tests.formats.extractions import EXTRACTION

ROWS = list(csv.DictReader(io.StringIO(tabulate(EXTRACTION), newline="")))


def test_there_is_a_row_for_every_sentence_with_every_column() -> None:
    assert [row["id"] for row in ROWS] == [s.id for s in EXTRACTION.sentences]
    assert all(tuple(row) == COLUMNS for row in ROWS)


def test_a_row_names_speakers_and_quantities() -> None:
    row = ROWS[4]
    assert (row["label"], row["labels"]) == ("quotation", "quotation; numerical_claim")
    assert (row["speakers"], row["quantities"], row["quotation"]) == ("Bo Karr", "2.4 million euros", "0.7500")


# What OWASP lists as dangerous at the beginning of a cell, and full-width forms that some programs take for the same.
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", "|cmd", "%0A"])
def test_formulas_are_defused(cell: str) -> None:
    assert str(guard(cell)).startswith("'")


@given(st.text())
def test_any_text_makes_one_row_that_runs_nothing(text: str) -> None:
    sentence = replace(EXTRACTION.sentences[3], text=text)
    table = tabulate(replace(EXTRACTION, sentences=(sentence,)))
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "|", "%")) for cell in rows[1])
