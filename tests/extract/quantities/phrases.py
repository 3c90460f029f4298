"""The table of news phrases: what a paper prints, and every quantity to be read from it.

``phrases.tsv`` has a line each of provenance, sentence and quantities. Of a quantity it says
``text = kind value[..upper] unit [modifier] [change] [/rate] [names] [of:topic]``: "-" for no unit,
"_" for a blank, "names" where it is no claim; what is not said is the default. A topic is compared
where one is given. A line whose provenance ends in "!" is known to fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.extract.records import Quantity

TABLE = Path(__file__).parent / "phrases.tsv"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with the quantities to be read from it, and where its manner of printing comes from."""

    provenance: str
    text: str
    quantities: tuple[str, ...]
    fails: bool = False


def read_phrases() -> list[Phrase]:
    """The table, comments left out."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [_read_line(line) for line in lines if line and not line.startswith("#")]


def _read_line(line: str) -> Phrase:
    provenance, text, quantities = line.split("\t")
    return Phrase(
        provenance.rstrip("!"), text, tuple(filter(None, quantities.split(" | "))), fails=provenance.endswith("!")
    )


def write_quantity(quantity: Quantity, *, topic: bool) -> str:
    """*quantity* as the table writes it."""
    value = _write_number(quantity.value)
    if quantity.upper is not None:
        value = f"{value}..{_write_number(quantity.upper)}"
    parts = [
        quantity.kind,
        value,
        (quantity.unit or "-").replace(" ", "_"),
        quantity.modifier if quantity.modifier != "exactly" else "",
        quantity.change or "",
        f"/{quantity.per.replace(' ', '_')}" if quantity.per else "",
        "" if quantity.claims else "names",
        f"of:{quantity.of}" if topic and quantity.of else "",
    ]
    return f"{quantity.text} = {' '.join(filter(None, parts))}"


def _write_number(value: object) -> str:
    text = format(value, "f")
    return text if len(text) < 16 or "." not in text else format(value, ".9f")
