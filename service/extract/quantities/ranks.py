"""Ranks and records: "third-largest", "the lowest since 1998", "a record", "came fourth", "No. 1"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .grammars import Grammar
from .nouns import Noun, find_singular, is_plural, read_noun
from .tokens import Tokens

ONE, TENTH = Decimal(1), Decimal(10)
REACH = 14


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in an order at tokens *first* to *last*, with the noun it is among."""

    first: int
    last: int
    value: Decimal
    noun: Noun | None
    claims: bool = True


def read_rank(tokens: Tokens, index: int, grammar: Grammar) -> Rank | None:
    """The rank that the word at *index* states, else ``None``."""
    word = tokens.lows[index]
    if word == "record":
        return _read_record(tokens, index, grammar)
    if word in grammar.cues["superlatives"] or word == "most":
        return _read_superlative(tokens, index, grammar)
    return None


def _read_superlative(tokens: Tokens, index: int, grammar: Grammar) -> Rank | None:
    """As in "the largest economy", "Britain's most populous city", "the lowest since 1998"."""
    lows, word, last = tokens.lows, tokens.lows[index], index + 1
    if word == "most":
        if lows[last] in grammar.cues["most_adjectives"]:
            last += 1
        elif lows[index - 1] not in ("the", "second", "third") or (
            not is_plural(tokens, last, grammar) and not is_plural(tokens, last + 1, grammar)
        ):
            return None
    elif lows[last] == "-" and lows[last + 1].isalpha():
        last += 2
    before = index - 1
    while lows[before] in ("single", "very", "far", "by", "-", "now", "ever", "also", "currently"):
        before -= 1
    definite = (
        lows[before] in grammar.cues["definite"]
        or lows[before].endswith(("'s", "’s", "s'", "s’"))
        or lows[before] in ("'", "’")
    )
    if lows[index - 1] in ("at", "least", "their", "his", "her", "my", "our", "your") and word in (
        "best",
        "worst",
        "most",
        "least",
        "latest",
        "newest",
        "greatest",
        "strongest",
    ):
        return None
    weak = word in grammar.cues["weak_superlatives"]
    noun = read_ranked(tokens, last, grammar)
    end = noun.last if noun is not None else last
    if weak and lows[end] not in grammar.cues["measurable_after"]:
        return None
    if (
        not definite
        and lows[index - 1] not in ("of", "its", "their", "among")
        and lows[end] not in ("since", "in", "on", "ever")
    ):
        return None
    claims = (
        not weak
        or lows[end] in ("since", "ever")
        or (
            lows[end] == "in"
            and (
                lows[end + 1] in grammar.small
                or lows[end + 2] in grammar.cues["time_units"]
                or lows[end + 3] in grammar.cues["time_units"]
            )
        )
    )
    return Rank(index, end, ONE, noun) if claims else None


def read_ranked(tokens: Tokens, index: int, grammar: Grammar) -> Noun | None:
    """The noun a superlative ranks: the plural that follows, or the last word of the phrase."""
    noun = read_noun(tokens, index, grammar)
    if noun is not None:
        return noun
    if tokens.lows[index] in grammar.cues["place_nouns"]:
        return Noun(index, index, index + 1, find_singular(tokens, index, grammar))
    at = index
    while (
        at < index + 3
        and len(tokens.lows[at]) > 1
        and tokens.lows[at].isalpha()
        and tokens.lows[at] not in grammar.stops
    ):
        at += 1
    if at == index:
        return None
    return Noun(index, at - 1, at, find_singular(tokens, at - 1, grammar))


def _read_record(tokens: Tokens, index: int, grammar: Grammar) -> Rank | None:
    """As in "a record number", "record-breaking", "a record high", "hit a record"."""
    lows = tokens.lows
    after = lows[index + 1]
    if after == "-" and lows[index + 2] in (
        "breaking",
        "high",
        "low",
        "setting",
        "fast",
        "equalling",
        "equaling",
        "long",
        "busting",
        "shattering",
        "tying",
    ):
        return Rank(index, index + 3, ONE, None)
    if after in grammar.cues["record_nouns"] or (
        lows[index + 2] in grammar.cues["record_nouns"] and after.isalpha() and after not in grammar.stops
    ):
        at = index + 1 if after in grammar.cues["record_nouns"] else index + 2
        return Rank(index, at + 1, ONE, None)
    before = lows[index - 1]
    if (
        before in ("a", "new", "all-time", "world", "national", "olympic", "club", "unbeaten")
        and lows[index - 2] in grammar.cues["record_verbs"]
    ):
        return Rank(index, index + 1, ONE, None)
    if before in ("world", "national", "scoring", "attendance", "'s", "time") and after in (
        "for",
        "of",
        "in",
        "with",
        "by",
    ):
        return Rank(index, index + 1, ONE, None)
    return None
