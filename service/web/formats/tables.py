"""An extraction as CSV (RFC 4180): one row a sentence, safe to open in a spreadsheet.

A cell that a spreadsheet would run as a formula gets an apostrophe before it
(https://owasp.org/www-community/attacks/CSV_Injection); line ends inside a cell become spaces.
"""

from __future__ import annotations

import csv
import io

from service.extract.records import Extraction, Label, Sentence

COLUMNS = (
    "id", "start", "end", "paragraph", "role", "label", "labels", "quotation", "numerical_claim", "editorial_assertion",
    "speakers", "quotations", "quantities", "text",
)  # fmt: skip
_SCORED = (Label.QUOTATION, Label.NUMERICAL_CLAIM, Label.EDITORIAL_ASSERTION)
_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")


def tabulate(extraction: Extraction) -> str:
    """The table with its header; lists in a cell are parted by semicolons."""
    names = {speaker.id: speaker.name for speaker in extraction.speakers}
    spoken = {q.id: names[q.speaker] for q in extraction.quotations if q.speaker in names}
    amounts = {n.id: n.text for n in extraction.quantities}
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for sentence in extraction.sentences:
        writer.writerow(guard(cell) for cell in _row(sentence, spoken, amounts))
    return sheet.getvalue()


def _row(sentence: Sentence, spoken: dict[str, str], amounts: dict[str, str]) -> list[str | int]:
    speakers = dict.fromkeys(spoken[q] for q in sentence.quotations if q in spoken)
    scores = [f"{sentence.scores[label]:.4f}" if label in sentence.scores else "" for label in _SCORED]
    return [
        sentence.id,
        sentence.start,
        sentence.end,
        sentence.paragraph,
        sentence.role.value,
        sentence.label.value if sentence.label else "",
        "; ".join(label.value for label in sentence.labels),
        *scores,
        "; ".join(speakers),
        "; ".join(sentence.quotations),
        "; ".join(amounts.get(n, n) for n in sentence.quantities),
        sentence.text,
    ]


def guard(cell: str | int) -> str | int:
    """*cell* as a spreadsheet may open it.

    >>> guard("=1+1"), guard("- a dash"), guard("plain"), guard(7)
    ("'=1+1", "'- a dash", 'plain', 7)
    """
    if isinstance(cell, int):
        return cell
    line = " ".join(cell.replace("\x00", " ").splitlines())
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line
