"""Whom "who" or "which" means: the name or noun before it, or before when and where that stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from service.extract.mentions import Mention
from service.extract.noun_phrases import read_before
from service.extract.phrases import Form, Phrase
from service.extract.referents import Cast, Referent

# When and where, between a noun and its "who": "a row with the firm on Tuesday, which …".
_ADDED = re.compile(
    r"[ \u00a0](?:(?:on|in|at|of|from) (?:the |this |last |early |late )?\w+"
    r"|(?:last|this|earlier|late|early) (?:this )?\w+|here|there)$"
)
_LONGEST_ADDED = 24  # code points
_SOMEONE = re.compile(r"\b(?:an?|the|another|one)[ \u00a0]((?:[a-z][\w’'-]*[ \u00a0]){0,2}([a-z][a-z-]+))$")
_LONGEST_NOUN = 60  # code points of a noun with its adjectives
_BESIDE = re.compile(r",[ \u00a0](?:an?|the|one of)[ \u00a0][^,;()\"“”]{1,80}")
_NAMES = 3  # how many are looked back at


def _described(reading: str, names: Sequence[Mention], last: Mention, sentence: int) -> Mention | None:
    """The person whose description in commas ends with a name: "Ann Roe, a teacher at Harby College, who"."""
    people = [m for m in names if m.kind == "person" and sentence <= m.start < last.start]
    if last.kind == "person" or not people:
        return None
    return people[-1] if _BESIDE.fullmatch(reading, people[-1].end, last.start) else None


def find_antecedent(cast: Cast, mentions: Sequence[Mention], phrase: Phrase, sentence: int) -> Referent | None:
    """The one that the relative pronoun *phrase* stands for, in the sentence that begins at *sentence*."""
    reading = cast.reading
    near = reading[max(0, phrase.start - 8) : phrase.start]
    end = phrase.start - len(near) + len(near.rstrip(" ,—–-("))
    at = bisect_right(mentions, phrase.start, key=lambda m: m.start)
    names = mentions[max(0, at - _NAMES) : at]
    added = _ADDED.search(reading, max(sentence, end - _LONGEST_ADDED), end)
    for stop in [end, *([added.start()] if added else [])]:
        name = next((m for m in reversed(names) if m.end <= stop and stop - m.end <= 2), None)
        if name is not None:
            described = _described(reading, names, name, sentence) if phrase.head in {"who", "whom"} else None
            return cast.at((described or name).start)
        noun = read_before(cast, stop, sentence)
        if noun is not None:
            return cast.add_noun(noun)
    someone = _SOMEONE.search(reading, max(sentence, end - _LONGEST_NOUN), end) if phrase.head == "who" else None
    return cast.add_noun(Phrase(Form.NOUN, *someone.span(1), someone[2])) if someone else None
