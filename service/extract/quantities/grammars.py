"""The tables a grammar reads by: numbers, units, currencies, hedges, changes, nouns.

They come from the data files beside this module (CLDR's from ``cldr.json``) and from files of the
user: TOML with ``[[unit]]`` (``id``, ``kind``, ``names``, ``symbols``) and ``[[currency]]``
(``code``, ``names``, ``symbols``).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from service.extract.values import dataclass

from .phrases import Phrases
from .tokens import FRACTIONS

T = TypeVar("T")
ONE = Decimal(1)
# The word lists at whose words a quantity may begin.
TRIGGERING = ("superlatives", "shares", "comparatives", "trend_verbs", "leading", "ordinal_triggers", "other_triggers")
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Unit:
    """What an amount is measured in.

    ``id`` is a CLDR id or an ISO 4217 code, or, with ``shared``, a name several currencies bear
    ("dollar"); ``divisor`` is how many make one of it (100 for cents, a millionth for "MUSD").
    """

    id: str
    kind: str
    divisor: Decimal = ONE
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything the readers look up. Make one with `load_grammar`."""

    small: Mapping[str, int]
    scales: Mapping[str, Decimal]
    suffixes: Mapping[str, Decimal]
    denominators: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague: Mapping[str, tuple[Decimal, Decimal]]
    few: Phrases[tuple[Decimal, Decimal]]
    multiples: Mapping[str, tuple[Decimal, str | None]]
    names: Phrases[Unit]
    symbols: Phrases[Unit]
    prefixes: Phrases[Unit]
    shared: Mapping[str, tuple[str, ...]]
    places: Mapping[str, frozenset[str]]
    hedges_before: Phrases[str]
    hedges_after: Phrases[str]
    verbs: Mapping[str, str]
    change_nouns: Mapping[str, str]
    change_after: Mapping[str, str]
    stops: frozenset[str]
    irregular: Mapping[str, str]
    singular: frozenset[str]
    cues: Mapping[str, frozenset[str]]
    counting: frozenset[str]
    triggers: frozenset[str]


def load_grammar(*paths: Path) -> Grammar:
    """The grammar of the service, with the user's own units and currencies from *paths*.

    Raises `OSError` for a file that cannot be read and `ValueError` for one that is no such table.
    """
    numbers, hedges, changes = _read("numbers"), _read("hedges"), _read("changes")
    nouns, cues = _read("nouns"), {name: frozenset(words.split()) for name, words in _read("cues").items()}
    own = [_read_own(path) for path in paths]
    money, units = _Money(own), _Measures(own)
    small = {**numbers["units"], **numbers["teens"], **numbers["tens"]}
    scales = {word: Decimal(value) for word, value in numbers["scales"].items()}
    vague = {word: (Decimal(low), Decimal(high)) for word, (low, high) in numbers["vague"].items()}
    multiples = {word: (Decimal(value), way or None) for word, (value, way) in numbers["multiples"].items()}
    counting = {*small, *scales, *vague, *numbers["denominators"], *FRACTIONS}
    triggers = counting.union(multiples, *(cues[name] for name in TRIGGERING))
    return Grammar(
        small=small,
        scales=scales,
        suffixes={word: Decimal(value) for word, value in numbers["suffixes"].items()},
        denominators=numbers["denominators"],
        ordinals=numbers["ordinals"],
        vague=vague,
        few=_phrases({words: (Decimal(a), Decimal(b)) for words, (a, b) in numbers["few"].items()}, backward=True),
        multiples=multiples,
        names=_phrases(units.names | money.names),
        symbols=_phrases(units.symbols | money.symbols),
        prefixes=_phrases(money.prefixes, backward=True),
        shared=money.shared,
        places=money.places,
        hedges_before=_phrases(_turned(hedges["before"]), backward=True),
        hedges_after=_phrases(_turned(hedges["after"])),
        verbs=_turned(changes["verbs"]),
        change_nouns=_turned(changes["nouns"]),
        change_after=_turned(changes["after"]),
        stops=frozenset(nouns["stops"].split()),
        irregular=nouns["irregular"],
        singular=frozenset(nouns["singular"]["words"].split()),
        cues=cues,
        counting=frozenset(counting),
        triggers=frozenset(triggers),
    )


@cache
def default_grammar() -> Grammar:
    """The grammar without the user's own tables, read once."""
    return load_grammar()


class _Measures:
    """Names and symbols of units: CLDR's, ours, the user's."""

    def __init__(self, own: Iterable[Mapping[str, Any]]) -> None:
        table = _read("units")
        self.names: dict[str, Unit] = {}
        self.symbols: dict[str, Unit] = {}
        ignored = frozenset(table["ignored_names"]), frozenset(table["ignored_symbols"])
        for name, entry in _read_cldr()["units"].items():
            unit = Unit(name, entry["kind"])
            self.names |= {n.lower(): unit for n in entry["names"] if n not in ignored[0]}
            self.symbols |= {s: unit for s in entry["symbols"] if s not in ignored[1]}
        for entry in [*table["unit"], *(unit for part in own for unit in part.get("unit", ()))]:
            unit = Unit(entry["id"], entry["kind"])
            self.names |= {n.lower(): unit for n in entry.get("names", ()) if n != "-"}
            self.symbols |= dict.fromkeys(entry.get("symbols", ()), unit)
        self.names |= {name.replace("-", " "): unit for name, unit in self.names.items()}


class _Money:
    """Names, symbols and places of currencies: CLDR's, ours, the user's."""

    def __init__(self, own: Iterable[Mapping[str, Any]]) -> None:
        table, cldr = _read("currencies"), _read_cldr()["currencies"]
        self.shared = {name: tuple(codes) for name, codes in table["shared"].items()}
        self.places = {code: frozenset(words) for code, words in table["places"].items()}
        self.names: dict[str, Unit] = {}
        codes: dict[str, Unit] = {}
        for code, entry in cldr.items():
            self.names |= {name.lower(): self._unit(code) for name in entry["names"] if " " in name}
            codes[code] = self._unit(code)
        self.names |= {name: self._unit(code) for name, code in table["names"].items()}
        self.names |= {name: self._unit(code, Decimal(divisor)) for name, (code, divisor) in table["parts"].items()}
        marks = {mark: self._unit(code) for mark, code in {**table["symbols"], **table["ambiguous"]}.items()}
        for entry in (currency for part in own for currency in part.get("currency", ())):
            unit = codes[entry["code"]] = Unit(entry["code"], "money")
            self.names |= {name.lower(): unit for name in entry.get("names", ())}
            marks |= dict.fromkeys(entry.get("symbols", ()), unit)
        after = {code: unit for code, unit in codes.items() if code not in table["words"]}
        millions = {f"M{code}": self._unit(code, Decimal("1e-6")) for code in table["millions"]}
        self.prefixes = {**millions, **after, **{code.lower(): codes[code] for code in table["lower"]}, **marks}
        self.symbols = {**after, **{code.lower(): codes[code] for code in table["lower"]}, **marks, **millions}

    def _unit(self, code: str, divisor: Decimal = ONE) -> Unit:
        return Unit(code, "money", divisor, code in self.shared)


def _phrases(table: Mapping[str, T], *, backward: bool = False) -> Phrases[T]:
    phrases: Phrases[T] = Phrases(backward=backward)
    for phrase, meaning in table.items():
        phrases.add(phrase, meaning)
    return phrases


def _turned(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Word -> key, from key -> words."""
    return {word: key for key, words in table.items() for word in words}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _read_cldr() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((DATA / "cldr.json").read_text(encoding="utf-8"))
    return table


def _read_own(path: Path) -> dict[str, Any]:
    """The user's table at *path*; `ValueError` names the entry that lacks something."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for kind, needed in (("unit", ("id", "kind")), ("currency", ("code",))):
        for entry in table.get(kind, ()):
            missing = [name for name in needed if not isinstance(entry.get(name), str)]
            if missing:
                raise ValueError(f"Table '{path}' has a [[{kind}]] without {' and '.join(missing)}.")
    return table
