"""The tables: the user's own units and currencies, shared names settled by the article."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from service.extract.quantities import find_quantities, load_grammar

OWN = """
[[unit]]
id = "container"
kind = "volume"
names = ["twenty-foot equivalent unit", "twenty-foot equivalent units"]
symbols = ["TEU"]

[[currency]]
code = "XDR"
names = ["special drawing right", "special drawing rights"]
symbols = ["SDR"]
"""


def test_own_units_and_currencies(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    grammar = load_grammar(path)
    found = find_quantities("The port moved 14,000 TEU and owes SDR 3 million, or 2 special drawing rights.", grammar)
    assert [(each.kind, each.value, each.unit) for each in found] == [
        ("volume", Decimal(14_000), "container"),
        ("money", Decimal(3_000_000), "XDR"),
        ("money", Decimal(2), "XDR"),
    ]


def test_own_table_without_a_kind_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[unit]]\nid = "container"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"has a \[\[unit\]\] without kind"):
        load_grammar(path)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The loan is $5 million.", ["USD"]),
        ("Ottawa will pay 5 million Canadian dollars. The rest, $2 million, comes from Ontario.", ["CAD", "CAD"]),
        ("Canberra will spend $5 billion, or US$3.3 billion, the Australian minister said in Sydney.", ["AUD", "USD"]),
        ("The mine cost A$5 million ($3.3 million).", ["AUD", "USD"]),
        ("Prague will lend 3 billion crowns.", ["CZK"]),
        ("The Swedish firm, of Stockholm, lost 3 billion crowns.", ["SEK"]),
        ("Oslo will spend 40 million kroner.", ["NOK"]),
        ("Copenhagen, in Denmark, will spend 40 million kroner.", ["DKK"]),
        ("Argentina's farmers want 200 pesos a kilo.", ["ARS"]),
        ("He earns 9,000 pesos in Mexico.", ["MXN"]),
        ("Pakistan's railways lost 2 billion rupees.", ["PKR"]),
        ("Cairo raised the price to 12 pounds; an Egyptian family pays 300 pounds.", ["EGP", "EGP"]),
        ("She lost 20 pounds on the diet.", ["pound"]),
        ("Zurich paid 20 million francs.", ["CHF"]),
        ("Beijing will spend ¥3 billion.", ["CNY"]),
        ("Tokyo will spend ¥3 billion.", ["JPY"]),
    ],
)
def test_shared_names_are_settled_by_the_article(text: str, units: list[str]) -> None:
    assert [each.unit for each in find_quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Der Umsatz stieg auf 1.234.567,89 Euro.", "1234567.89"),
        ("Profit was 1,234,567.89 euros.", "1234567.89"),
        ("They owe 0.1 euros.", "0.1"),
        ("They owe 10 cents.", "0.1"),
        ("It grew by 999,999,999,999.99 euros.", "999999999999.99"),
    ],
)
def test_values_are_exact(text: str, value: str) -> None:
    (found,) = find_quantities(text)
    assert str(found.value) == value


def test_a_continental_article_groups_thousands_with_points() -> None:
    found = find_quantities("The plant made 1.234.567,5 tonnes. It employs 4.800 people.")
    assert [each.value for each in found] == [Decimal("1234567.5"), Decimal(4800)]
