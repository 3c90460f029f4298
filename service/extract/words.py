"""The word lists that reading needs, from ``words.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_LISTS: dict[str, str] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))


def _load(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


TITLES: Final = _load("titles")  # before a name: a full stop after these never ends a sentence
ABBREVIATIONS: Final = _load("abbreviations")  # a full stop after these ends one only before a starter
MEASURES: Final = _load("measures")  # abbreviations only beside a number
STARTERS: Final = _load("starters")  # words that begin sentences and seldom go on after an abbreviation
OPEN: Final = _load("open")  # words that no finished line ends with
AUXILIARIES: Final = _load("auxiliaries")  # finite verbs one can tell by form
OFFICES: Final = _load("offices")  # what may follow an adjective of nationality
DEMONYMS: Final = _load("demonyms")  # adjectives of nationality that no ending gives away
SPEECH: Final = _load("speech")  # verbs that follow a question or exclamation in quotation marks
COMPOUNDS: Final = _load("compounds")  # what keeps its hyphen at a line end
NO_HEADING: Final = _load("no_heading")  # words that a short line without a verb is no heading with
NO_SUBJECT: Final = _load("no_subject")  # words that cannot begin "Ms. Day asked"
AFTER_CLOCK: Final = _load("after_clock")  # days and time zones: what may go on after "8 a.m."
