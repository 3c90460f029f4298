"""Who is named beside what is said of him: "Minister of Trade Ann Roe", "the union representing porters, the PWU"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from service.extract.mentions import Mention
from service.extract.modifiers import extend_left
from service.extract.names import WORD, fold
from service.extract.nouns import DETERMINERS, ORGANIZATIONS, RELATIVE, STOPS, TITLES, is_post
from service.extract.role_words import PREPOSITIONS, tells_post

_OFFICE_OF = re.compile(r"\b([A-Za-z-]+) of ([a-z]+|State|Staff)[ \u00a0]$")
_PORTFOLIO_OF = re.compile(
    r"\b(?:[Mm]inister|[Ss]ecretary|[Uu]ndersecretary|[Cc]ommissioner|[Dd]irector) (?:of|for) (?:the )?[A-Z][a-z]+"
    r"(?:(?: and|,|, and)? [A-Z][a-z]+){0,4}[ \u00a0]$"
)
_BESIDE = re.compile(r"[ \u00a0]an?[ \u00a0]((?:[\w-]+[ \u00a0]){0,3}[\w-]+)")
_OWNS = ("'s", "’s")
_FORMER = re.compile(r"[ \u00a0](?:a[ \u00a0])?former(?:[ \u00a0][\w-]+){0,3}[ \u00a0]([\w-]+)")
_NAMING = frozenset({"named", "name", "called", "nicknamed", "dubbed"})
_SHORT = re.compile(r"[ \u00a0]?\([A-Z][\w.&-]{1,9}\)")
LONGEST = 300  # code points of a post with what it is of
ENDS = re.compile(r",(?!\d)|;|\(|—|–| - |--|\s(?:if|whether|because)\s")


def read_office(reading: str, start: int, end: int, inside: Sequence[Mention]) -> list[Mention]:
    """The one who ends the phrase, after an office of two nouns: "former secretary of state Ann Roe"."""
    people = [m for m in inside if m.kind == "person" and not reading.startswith(_OWNS, m.end)]
    if len(people) != 1 or ENDS.search(reading, start, people[0].start):
        return []
    if people[0].end < end:
        once = _FORMER.fullmatch(reading, people[0].end, end)
        before = WORD.findall(reading, start, people[0].start)
        return people if once and before and is_post(fold(before[-1])) and is_post(fold(once[1])) else []
    office = _OFFICE_OF.search(reading, max(start, people[0].start - 80), people[0].start)
    known = office is not None and is_post(fold(office[1])) and not is_post(office[2])
    portfolio = _PORTFOLIO_OF.search(reading, max(start, people[0].start - 80), people[0].start)
    return people if known or portfolio or ends_office(reading, start, people[0]) else []


def ends_office(reading: str, start: int, person: Mention) -> bool:
    """Whether the name ends a post with what it is of: "Ambassador to Narvia Ann Roe", not "aide to Mayor Ann Roe"."""
    words = list(WORD.finditer(reading, start, person.start)) if person.start - start < LONGEST else []
    words = words[: len(words) - len(person.titles)] if person.titles else words
    last = fold(words[-1].group()) if words else ""
    if not words or last in STOPS or last in _NAMING or ENDS.search(reading, start, person.start):
        return False
    if words[-1].group().endswith(("'s", "’s", "s'", "s’", "ing")) or any(fold(w.group()) in RELATIVE for w in words):
        return False
    own = extend_left(reading, words, len(words) - 1) if is_post(last) or last in TITLES else len(words)
    before = [w.group() for w in words[:own]]
    held = tells_post(before) or (own < len(words) and any(fold(w) in PREPOSITIONS for w in before))
    return held and fold(before[-1]) not in STOPS | DETERMINERS


def read_apposed(reading: str, start: int, end: int, inside: Sequence[Mention]) -> list[Mention]:
    """The organisation named last, after a noun with a participle: "the union representing porters, the PWU".

    Or the one with its acronym behind it: "Narvia's Weather Service (NWS)".
    Or the person named first, where no comma cuts off what is said of him: "Ann Roe a baker from Ulm".
    """
    first = inside[0] if inside and inside[0].kind == "person" else None
    if first and len(WORD.findall(reading, start, first.start)) > len(first.titles):
        first = None
    beside = _BESIDE.match(reading, first.end, end) if first else None
    if first and beside and _tells_post(beside[1].split()):
        return [first]
    for named in inside:
        owner = WORD.findall(reading, start, named.start)
        owned = bool(owner) and owner[-1].endswith(("'s", "’s")) and not tells_post(owner)
        if named.kind == "organization" and owned and _SHORT.fullmatch(reading[named.end : end].rstrip(" ,")):
            return [named]
    last = inside[-1] if inside else None
    if last is None or last.kind != "organization" or reading[last.end : end].strip(" ,"):
        return []
    before, comma, article = reading[start : last.start].rpartition(",")
    words = [fold(w) for w in WORD.findall(before)]
    fits = bool(comma) and "," not in before and article.strip() in {"", "the"} and words[:1] == ["the"]
    return [last] if fits and any(map(_is_body_doing, words, words[1:])) else []


def _tells_post(words: Sequence[str]) -> bool:
    """Whether a post is among the words, before any preposition."""
    held = list(takewhile(lambda word: word not in STOPS, words))
    return any(is_post(fold(word)) or word in {"Democrat", "Republican"} for word in held)


def _is_body_doing(noun: str, after: str) -> bool:
    return noun in ORGANIZATIONS and after.endswith(("ing", "ed"))
