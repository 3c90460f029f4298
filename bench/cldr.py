"""Writes ``service/extract/quantities/data/cldr.json``, the units and currencies of Unicode CLDR, from Babel.

Run ``python bench/cldr.py`` in an environment with Babel after a new CLDR; the service itself reads
only the written file. Per unit: its CLDR id, our kind, and the names and symbols English prints. Per
currency: its ISO 4217 code, names and symbols, and the names of the places it is spent in, which
settle a bare "crowns" by what else an article speaks of.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import get_territory_currencies

TARGET = Path(__file__).parents[1] / "service" / "extract" / "quantities" / "data" / "cldr.json"
LOCALES = (Locale("en"), Locale("en", "GB"), Locale("en", "CA"), Locale("en", "AU"), Locale("en", "IN"))
KINDS = {
    "area": "area",
    "digital": "data",
    "duration": "duration",
    "energy": "energy",
    "length": "length",
    "mass": "mass",
    "power": "power",
    "speed": "speed",
    "temperature": "temperature",
    "volume": "volume",
}
# What no newspaper counts in, and what the grammar reads by rules of its own.
LEFT_OUT = re.compile(
    r"concentr-|consumption-|graphics-|force-kilo|-person$|-imperial$|-metric$|energy-density|-point$|beaufort"
)


def read_units() -> dict[str, dict[str, Any]]:
    """CLDR unit id -> kind, long names ("kilometres") and symbols ("km")."""
    units: dict[str, dict[str, Any]] = {}
    for locale in LOCALES:
        for key, widths in locale._data["unit_patterns"].items():  # Babel has no public list of them
            category, _, name = key.partition("-")
            if LEFT_OUT.search(key):
                continue
            unit = units.setdefault(name, {"kind": KINDS.get(category, "other"), "names": set(), "symbols": set()})
            unit["names"] |= read_patterns(widths, "long")
            unit["symbols"] |= read_patterns(widths, "short") | read_patterns(widths, "narrow")
    return {name: {k: sorted(v) if isinstance(v, set) else v for k, v in unit.items()} for name, unit in units.items()}


def read_patterns(widths: Any, width: str) -> set[str]:
    """What stands after the number in the patterns of one *width*: ``{0} km`` -> ``km``."""
    patterns = widths.get(width, {})
    found = (patterns[count] for count in ("one", "other") if count in patterns)
    return {text for pattern in found if (text := pattern.replace("{0}", "").strip())}


def read_currencies() -> dict[str, dict[str, Any]]:
    """ISO 4217 code -> names, symbols, and the names of the territories that use or used it."""
    data = Locale("en")._data
    places = read_places()
    return {
        code: {
            "names": sorted({name, *data["currency_names_plural"].get(code, {}).values()}),
            "symbols": sorted(read_symbols(code)),
            "places": sorted(places.get(code, ())),
        }
        for code, name in sorted(data["currency_names"].items())
        if "(" not in name
    }


def read_symbols(code: str) -> set[str]:
    """The symbols the English locales print for *code*, the bare code left out."""
    symbols = {str(locale.currency_symbols.get(code, code)) for locale in LOCALES[:1]}
    return symbols - {code}


def read_places() -> dict[str, set[str]]:
    """ISO 4217 code -> English names of the territories where it is tender."""
    places: dict[str, set[str]] = {}
    for territory, name in Locale("en").territories.items():
        if len(territory) == 2:
            for code in get_territory_currencies(territory):
                places.setdefault(code, set()).add(str(name))
    return places


def main() -> None:
    """Write the table."""
    table = {"units": read_units(), "currencies": read_currencies()}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
