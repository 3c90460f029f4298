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
    place = grammar.ordinals.get(word)
    if place is not None:
        return read_place(tokens, index, index + 1, Decimal(place), grammar)
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
    noun = _read_ranked(tokens, last, grammar)
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


def _read_ranked(tokens: Tokens, index: int, grammar: Grammar) -> Noun | None:
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


def read_place(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> Rank | None:
    """The rank of an ordinal in words or digits, where it places rather than enumerates."""
    lows = tokens.lows
    at = last + 1 if lows[last] == "-" else last
    if lows[at] in grammar.cues["superlatives"] or (
        lows[at] == "most" and lows[at + 1] in grammar.cues["most_adjectives"]
    ):
        end = at + 1 + (lows[at] == "most")
        noun = _read_ranked(tokens, end, grammar)
        return Rank(first, noun.last if noun is not None else end, value, noun)
    if lows[at] in ("place", "spot", "position") and (lows[last] == "-" or lows[first - 1] not in ("a", "the")):
        return Rank(first, at + 1, value, None)
    if lows[last] in ("straight", "consecutive", "successive") and value > 1:
        noun = _read_ranked(tokens, last + 1, grammar)
        return Rank(first, noun.last if noun is not None else last + 1, value, noun)
    if value == ONE:
        return _read_first(tokens, first, last, grammar)
    if (
        lows[first - 1] in ("the", "a", "his", "her", "its", "their")
        and value >= TENTH
        and tokens.is_digits(first)
        and lows[last] in grammar.cues["numbered_nouns"]
    ):
        return Rank(first, last + 1, value, Noun(last, last, last + 1, find_singular(tokens, last, grammar)))
    if lows[first - 1] in ("", ".") and lows[last] in ("on", "was", "came", "is", "were", "place"):
        return Rank(first, last, value, None)
    if lows[first - 1] == "to" and tokens.is_digits(first) and lows[last] in (".", ",", "", "in", "from"):
        return Rank(first, last, value, None)
    if lows[first - 1] in grammar.cues["place_verbs"] and (
        lows[last]
        in (
            "",
            ".",
            ",",
            ";",
            "in",
            "on",
            "with",
            "out",
            "behind",
            "among",
            "at",
            "and",
            "for",
            "overall",
            "only",
            "after",
            "by",
        )
    ):
        return Rank(first, last, value, None)
    if lows[last] in grammar.cues["place_nouns"] and value > 1:
        if lows[last + 1] in ("in", "of", "this", "since", "for"):
            return Rank(first, last + 1, value, Noun(last, last, last + 1, find_singular(tokens, last, grammar)))
    return None


def _read_first(tokens: Tokens, first: int, last: int, grammar: Grammar) -> Rank | None:
    """As in "the first hurricane to strike", "its first loss since 1992", "finished first", "the first time in two years"."""
    lows, before = tokens.lows, tokens.lows[first - 1]
    if before in ("finished", "finish", "finishing", "placed", "ranked") and lows[last] in (
        "",
        ".",
        ",",
        "in",
        "and",
        ";",
    ):
        return Rank(first, last, ONE, None)
    if before not in ("the", "its", "their", "his", "her", "as") and not before.endswith(("'s", "’s")):
        return None
    noun = _read_ranked(tokens, last, grammar)
    end = noun.last if noun is not None else last
    if (before == "the" and end > last and _has_deed(tokens, end, grammar)) or _reaches_back(tokens, last, grammar):
        return Rank(first, end, ONE, noun)
    return None


def _has_deed(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether "to" and a verb follow: "the first American | to win"."""
    after = tokens.lows[at + 1]
    return (
        tokens.lows[at] == "to"
        and after.isalpha()
        and (after not in grammar.stops or after in grammar.cues["first_verbs"])
    )


def _reaches_back(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether the clause says since when, or where, nothing came before: "since 1992", "in two years", "in the world"."""
    lows = tokens.lows
    for at in range(last, last + REACH):
        word = lows[at]
        if (not word[:1].isalpha() and word not in ("-", "'", "’")) or word in ("and", "but"):
            return False
        if word in ("since", "ever") or lows[at : at + 3] == ["in", "the", "world"]:
            return True
        if word == "in" and (
            lows[at + 1] in grammar.small or lows[at + 1] in ("a", "more", "nearly", "almost", "over", "at")
        ):
            return not grammar.cues["time_units"].isdisjoint(lows[at + 1 : at + 6])
    return False


def is_numbered(tokens: Tokens, first: int) -> bool:
    """Whether "No." or "#" before token *first* makes its number a place: "the No. 1 player"."""
    lows = tokens.lows
    return (lows[first - 1] == "#" and tokens.glued(first)) or (
        lows[first - 2 : first] == ["no", "."] and tokens.is_capital(first - 2)
    )


def read_numbered(tokens: Tokens, first: int, last: int, value: Decimal) -> Rank:
    """The place a number after "No." or "#" gives; only the first is a claim, the others name."""
    start = first - 1 if tokens.lows[first - 1] == "#" else first - 2
    return Rank(start, last, value, None, value == ONE)
