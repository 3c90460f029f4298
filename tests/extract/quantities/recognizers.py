"""The specs of Recognizers-Text and the cases of quantulum3, read as values and units of ours.

Both are read where they lie (the variable ``SHARED``), nothing of them is kept here. A spec states
every finding of one of its models (numbers, money, dimensions …), so ours are compared after
leaving out what that model does not look for.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from service.extract.records import Quantity

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SHARED", HERE.parents[3] / "shared")) / "corpora" / "quantities"
TABLE: dict[str, Any] = tomllib.loads((HERE / "recognizers.toml").read_text(encoding="utf-8"))
MODELS = {
    "NumberModel": "Number/English/NumberModel.json",
    "PercentModel": "Number/English/PercentModel.json",
    "NumberRangeModel": "Number/English/NumberRangeModel.json",
    "CurrencyModel": "NumberWithUnit/English/CurrencyModel.json",
    "DimensionModel": "NumberWithUnit/English/DimensionModel.json",
    "AgeModel": "NumberWithUnit/English/AgeModel.json",
    "TemperatureModel": "NumberWithUnit/English/TemperatureModel.json",
}
# We read "5 feet 2 inches" in the smaller unit, exactly; the specs in the larger.
INCHES = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """A value in a unit, with the other end of a range and how the value is meant where these are told."""

    value: Decimal
    unit: str | None = None
    upper: Decimal | None = None
    modifier: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One text with all its findings."""

    name: str
    text: str
    findings: tuple[Finding, ...]
    kind: str


def read_cases() -> Iterator[Case]:
    """Every case that states a value or that nothing is to be found, in the order of the files."""
    for model, path in MODELS.items():
        specs = json.loads((SHARED / "recognizers-text" / path).read_text(encoding="utf-8-sig"))
        for number, spec in enumerate(specs):
            yield Case(f"{model}-{number}", spec["Input"], tuple(_read_results(model, spec["Results"])), model)
    for number, spec in enumerate(json.loads((SHARED / "quantulum3" / "quantities.json").read_text(encoding="utf-8"))):
        findings = tuple(_read_quantulum(each) for each in spec["res"])
        yield Case(f"quantulum3-{number}", spec["req"], findings, "quantulum3")


def is_left_out(name: str) -> bool:
    """Whether the case is among those the list declares out of scope."""
    return name in LEFT_OUT


LEFT_OUT = {
    f"{model}-{number}"
    for part in TABLE["out_of_scope"]
    for model, numbers in part["cases"].items()
    for number in numbers
}


def _read_results(model: str, results: list[dict[str, Any]]) -> Iterator[Finding]:
    for result in results:
        resolution = result["Resolution"]
        value = resolution.get("value")
        if value in (None, "null"):
            continue
        if model == "NumberRangeModel":
            yield _read_range(value)
        elif model == "NumberModel":
            yield Finding(Decimal(value))
        elif model == "PercentModel":
            yield Finding(Decimal(value.rstrip("%")), "percent")
        else:
            unit, factor = _unit(resolution["unit"], mass=model == "DimensionModel")
            yield Finding(Decimal(value) * factor, unit)


def _unit(name: str, *, mass: bool = False) -> tuple[str, Decimal]:
    if mass and name == "Pound":
        return "pound", Decimal(1)
    plain = (
        name.lower()
        .replace("metre", "meter")
        .replace("litre", "liter")
        .replace(" ", "-")
        .replace("dollar-per", "USD-per")
    )
    unit, _, factor = str(TABLE["units"].get(name, plain)).partition("*")
    return unit, Decimal(factor or 1)


def _read_range(text: str) -> Finding:
    """As in "(20,35]" as value and upper bound, "(20,)" as a value that is a bound."""
    low, high = text[1:-1].split(",")
    if low and high:
        return (
            Finding(Decimal(low), None, Decimal(high)) if low != high else Finding(Decimal(low), None, None, "exactly")
        )
    if low:
        return Finding(Decimal(low), None, None, "at_least" if text[0] == "[" else "more_than")
    return Finding(Decimal(high), None, None, "at_most" if text[-1] == "]" else "less_than")


def _read_quantulum(each: dict[str, Any]) -> Finding:
    value, spread = Decimal(repr(each["value"])), each.get("uncertainty")
    unit, factor = _unit(each["unit"])
    if spread:
        step = Decimal(repr(spread))
        return Finding((value - step) * factor, unit, (value + step) * factor)
    return Finding(value * factor, unit)


def is_looked_for(model: str, quantity: Quantity) -> bool:
    """Whether the spec's model looks for findings such as *quantity*."""
    kinds: dict[str, list[str]] = TABLE["kinds"]
    if quantity.kind == "rank":
        return False
    if model == "NumberRangeModel":
        return quantity.upper is not None or quantity.modifier not in ("exactly", "about", "vague")
    if model == "DimensionModel" and quantity.kind == "other":
        return quantity.unit is not None
    return model not in kinds or quantity.kind in kinds[model]


def agrees(finding: Finding, quantity: Quantity) -> bool:
    """Whether *quantity* says the same; thirds and the like to nine places."""
    if (finding.unit, quantity.unit) == ("foot", "inch"):
        finding = Finding(finding.value * INCHES, "inch")
    if not is_close(finding.value, quantity.value) or (finding.upper is None) != (quantity.upper is None):
        return False
    if finding.upper is not None and quantity.upper is not None and not is_close(finding.upper, quantity.upper):
        return False
    if finding.modifier is not None and finding.modifier != quantity.modifier:
        return False
    if finding.unit in (None, "dimensionless"):
        return True
    parts = [quantity.unit, *([f"per-{quantity.per}"] if quantity.per else [])]
    if finding.unit == "generic" and quantity.unit == "degree":
        return True
    return finding.unit in ("-".join(filter(None, parts)), quantity.unit)


def is_close(one: Decimal, other: Decimal) -> bool:
    """Whether two values are the same to nine places."""
    return abs(one - other) <= abs(one) * Decimal("1e-9")


def is_right(case: Case, quantities: tuple[Quantity, ...]) -> bool:
    """Whether *quantities* are the findings of *case*, all of them, in order, and nothing else."""
    ours = [quantity for quantity in quantities if is_looked_for(case.kind, quantity)]
    return len(ours) == len(case.findings) and all(map(agrees, case.findings, ours))


def find_words(text: str) -> str:
    """*text* with its blanks made single, for showing."""
    return re.sub(r"\s+", " ", text)
