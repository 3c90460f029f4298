"""Whom "who" or "which" means: the name or noun before it, or before when and where that stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from service.extract.mentions import Mention
from service.extract.names import WORD
from service.extract.noun_phrases import read_before
from service.extract.nouns import ORGANIZATIONS, is_post, singular
from service.extract.phrases import Form, Phrase
from service.extract.records import SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.role_words import tells_post
from service.extract.values import START

# When and where, between a noun and its "who": "a row with the firm on Tuesday, which …".
_ADDED = re.compile(
    r"[ \u00a0](?:(?:on|in|at|of|from) (?:the |this |last |early |late )?\w+"
    r"|(?:last|this|earlier|late|early) (?:this )?\w+|here|there)$"
)
_LONGEST_ADDED = 24  # code points
_SOMEONE = re.compile(r"\b(?:an?|the|another|one)[ \u00a0]((?:[a-z][\w’'-]*[ \u00a0]){0,2}([a-z][a-z-]+))$")
_LONGEST_NOUN = 60  # code points of a noun with its adjectives
_LONGEST_DRESSED = 100  # code points of a noun with what is worn
_BESIDE = re.compile(r",[ \u00a0](?:an?|the|one of)[ \u00a0][^,;()\"“”]{1,80}")
_APPOSED = re.compile(
    r"(?:,[ \u00a0]\d{1,3})?(?:,|[ \u00a0]?[–—])[ \u00a0](an?|the|one|his|her|their|its|our|my)?(?:[ \u00a0]?)"
    r"([^,;:()\"“”–—\n]{1,80})"
)
_DRESSED = re.compile(
    r"\b(?:an?|the|another|one)[ \u00a0]((?:[a-z][\w’'-]*[ \u00a0]){0,2}([a-z][a-z-]+)"
    r"[ \u00a0](?:in|with|on|at|wearing|carrying|holding|near|outside|behind)[ \u00a0][^,;:()\"“”–—\n]{1,40})$"
)
_WITHIN = re.compile(r"[ \u00a0](?:of|in|from|at|near)[ \u00a0](?:the[ \u00a0])?$")
_AND = re.compile(r"[ \u00a0](?:and|&)[ \u00a0](?:the[ \u00a0])?")
_SEVERAL = re.compile(r"who(?:m)?[ \u00a0](?:are|were|have|both|say|argue|want|believe)\b")
_NAMES = 3  # how many are looked back at


def _described(reading: str, names: Sequence[Mention], last: Mention, sentence: int) -> Mention | None:
    """The person whose description in commas ends with a name: "Ann Roe, a teacher at Harby College, who"."""
    people = [m for m in names if m.kind == "person" and sentence <= m.start < last.start]
    if last.kind == "person" or not people:
        return None
    return people[-1] if _BESIDE.fullmatch(reading, people[-1].end, last.start) else None


def _apposed(reading: str, names: Sequence[Mention], stop: int, sentence: int) -> Mention | None:
    """The person set off by commas from the description that ends at *stop*: "Ann Roe, a retired nurse, who"."""
    people = [m for m in names if m.kind == "person" and sentence <= m.start and m.end < stop]
    beside = _APPOSED.fullmatch(reading, people[-1].end, stop) if people else None
    cut = reading[stop : stop + 1] in {",", " "} and reading[stop : stop + 2].strip(" ") in {",", "–", "—"}
    return people[-1] if beside and cut and (beside[1] or tells_post(WORD.findall(beside[2]))) else None


def _dressed(cast: Cast, stop: int, sentence: int) -> Referent | None:
    """The one told by what he wears or where he stands: "a man in a yellow coat, who"."""
    found = _DRESSED.search(cast.reading, max(sentence, stop - _LONGEST_DRESSED), stop)
    if found is None or not is_post(found[2]):
        return None
    return cast.add_noun(Phrase(Form.NOUN, found.start(1), found.end(1), found[2]))


def _beyond(cast: Cast, names: Sequence[Mention], last: Mention, sentence: int) -> Referent | None:
    """Who is of the place or body that ends with the name: "Senator Ann Roe of Ohio, who", "families in Gaza who"."""
    within = _WITHIN.search(cast.reading, max(sentence, last.start - _LONGEST_ADDED), last.start)
    if last.kind == "person" or within is None:
        return None
    person = next((m for m in reversed(names) if m.kind == "person" and sentence <= m.start < last.start), None)
    if person is not None and person.end == within.start():
        return cast.at(person.start)
    noun = read_before(cast, within.start(), sentence)
    one = singular(noun.head) if noun else ""
    people = noun is not None and (noun.kind == SpeakerKind.GROUP or is_post(one)) and one not in ORGANIZATIONS
    return cast.add_noun(noun) if noun is not None and people else None


def _together(cast: Cast, names: Sequence[Mention], last: Mention, relative: int) -> Referent | None:
    """The two who are named before a "who" that means both, as its verb tells, or that they are no people."""
    pair = [m for m in names if m.start <= last.start][-2:]
    people = any(m.kind == "person" for m in pair)
    if len(pair) < 2 or (people and not _SEVERAL.match(cast.reading, relative)):
        return None
    alike = {m.kind for m in pair} <= ({"person"} if people else {"organization", "place"})
    return cast.join(pair) if alike and _AND.fullmatch(cast.reading, pair[0].end, pair[1].start) else None


def find_antecedent(cast: Cast, mentions: Sequence[Mention], phrase: Phrase, sentence: int) -> Referent | None:
    """The one that the relative pronoun *phrase* stands for, in the sentence that begins at *sentence*."""
    reading = cast.reading
    near = reading[max(0, phrase.start - 8) : phrase.start]
    end = phrase.start - len(near) + len(near.rstrip(" ,—–-("))
    at = bisect_right(mentions, phrase.start, key=START)
    names = mentions[max(0, at - _NAMES) : at]
    added = _ADDED.search(reading, max(sentence, end - _LONGEST_ADDED), end)
    for stop in [end, *([added.start()] if added else [])]:
        name = next((m for m in reversed(names) if m.end <= stop and stop - m.end <= 2), None)
        if name is not None:
            if phrase.head not in {"who", "whom"}:
                return cast.at(name.start)
            described = _described(reading, names, name, sentence)
            if described is not None:
                return cast.at(described.start)
            others = _beyond(cast, names, name, sentence) or _together(cast, names, name, phrase.start)
            return others or cast.at(name.start)
        apposed = _apposed(reading, names, stop, sentence) if phrase.head != "which" else None
        if apposed is not None:
            return cast.at(apposed.start)
        dressed = _dressed(cast, stop, sentence) if phrase.head == "who" else None
        if dressed is not None:
            return dressed
        noun = read_before(cast, stop, sentence)
        if noun is not None:
            return cast.add_noun(noun)
    someone = _SOMEONE.search(reading, max(sentence, end - _LONGEST_NOUN), end) if phrase.head == "who" else None
    return cast.add_noun(Phrase(Form.NOUN, *someone.span(1), someone[2])) if someone else None
