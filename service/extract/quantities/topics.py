"""What a number is about: the shortest phrase of its sentence that says it, or nothing."""

from __future__ import annotations

from .grammars import Grammar
from .nouns import is_plural
from .tokens import Tokens

REACH = 6
DETERMINERS = frozenset("a an the this that these those his her its their our my your all both each every some any".split())
JOINS = frozenset({"of"})
LINKS = frozenset("is are was were be been being has have had will would could should may might can did does do".split())


def find_topic(tokens: Tokens, first: int, last: int, kind: str, grammar: Grammar) -> str | None:
    """What the amount at *first* to *last*, hedges and rate included, is about."""
    span = _find_after(tokens, last, kind, grammar) or _find_before(tokens, first, grammar)
    return tokens.text(*span) if span is not None else None


def read_phrase(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """First and last token of the noun phrase from *index* on, a determiner before it left out."""
    lows, at = tokens.lows, index
    while lows[at] in DETERMINERS or lows[at] in grammar.small:
        at += 1
    first = at
    while at < first + REACH:
        word = lows[at]
        if word in ("-", "'", "’", "&") and at > first and lows[at + 1][:1].isalpha() and tokens.glued(at) and tokens.glued(at + 1):
            at += 1
            continue
        if not word[:1].isalpha() or _is_end(tokens, at, first, grammar):
            break
        at += 1
        if is_plural(tokens, at - 1, grammar) and not is_plural(tokens, at, grammar) and lows[at] not in ("-",):
            break
    return (first, at) if at > first else None


def _is_end(tokens: Tokens, at: int, first: int, grammar: Grammar) -> bool:
    """Whether the phrase ends before *at*: a function word, a verb form after its noun."""
    word = tokens.lows[at]
    if word in grammar.stops or word in grammar.verbs and at > first:
        return True
    return at > first and word.endswith("ed") and tokens.words[at][:1].islower() and len(word) > 4


def _find_after(tokens: Tokens, last: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """ "of the workforce", "in cuts", "increase in military spending", "tariffs"."""
    lows = tokens.lows
    at = last
    if lows[at] == "-" and lows[at + 1].isalpha() and lows[at + 1] not in grammar.small:
        at += 1
    if lows[at] in ("worth",) and lows[at + 1] == "of":
        return read_phrase(tokens, at + 2, grammar)
    if lows[at] == "of" and kind != "duration":
        return read_phrase(tokens, at + 1, grammar)
    if lows[at] == "in" and kind == "money":
        return _unless_place(tokens, read_phrase(tokens, at + 1, grammar), grammar)
    if kind in ("count", "rank", "score", "age", "duration"):
        return None
    for index in (at, at + 1):
        if lows[index] in grammar.change_nouns:
            if lows[index + 1] in ("in", "of", "to", "on", "for"):
                return read_phrase(tokens, index + 2, grammar)
            return (at, index + 1)
        if not lows[index].isalpha() or lows[index] in grammar.stops:
            break
    if lows[at].isalpha() and lows[at] not in grammar.stops and lows[at] not in grammar.change_after and lows[at] not in grammar.verbs:
        return read_phrase(tokens, at, grammar) if kind in ("money", "percent") else None
    return None


def _unless_place(tokens: Tokens, span: tuple[int, int] | None, grammar: Grammar) -> tuple[int, int] | None:
    """*span* unless it is a time or a place: "$5 million in 2018", "in London"."""
    if span is None:
        return None
    first, last = span
    if tokens.is_digits(first) or tokens.lows[first] in grammar.cues["time_units"] or tokens.lows[first] in grammar.cues["months"]:
        return None
    if all(tokens.is_capital(i) for i in range(first, last)):
        return None
    if tokens.lows[first] in ("order", "addition", "total", "all", "fact", "last", "next", "first", "second", "third", "fourth", "part", "recent", "return"):
        return None
    return span


def _find_before(tokens: Tokens, first: int, grammar: Grammar) -> tuple[int, int] | None:
    """The subject of a verb of change or state, the noun before "of", "at" or "worth"."""
    lows, at = tokens.lows, first - 1
    while at > 0 and (lows[at] in DETERMINERS or lows[at] in ("by", "to", "about", "at", "down", "up", "off", "from", "nearly", "further", "another")) and lows[at] != "of":
        at -= 1
    if lows[at] in ("of", "worth", "totaling", "totalling", "totaled", "totalled", "reached", "averaged", "stood", "hit"):
        return _read_before(tokens, at, grammar)
    if lows[at] in grammar.verbs or lows[at] in ("was", "is", "were", "are"):
        while lows[at - 1] in LINKS or lows[at - 1].endswith("ly") or lows[at - 1] in ("not", "also", "already", "to"):
            at -= 1
        return _read_before(tokens, at, grammar)
    return None


def _read_before(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The noun phrase that ends before *index*."""
    lows, at = tokens.lows, index
    while at > index - REACH and lows[at - 1][:1].isalpha() and lows[at - 1] not in grammar.stops and lows[at - 1] not in grammar.verbs:
        at -= 1
        if lows[at - 1] == "-" and tokens.glued(at) and lows[at - 2].isalpha():
            at -= 1
    if at == index or lows[at] in grammar.cues["weekdays"] or lows[index - 1] in grammar.cues["not_topics"]:
        return None
    return at, index
