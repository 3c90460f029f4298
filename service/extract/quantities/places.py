"""Ordinals that place: "third-largest", "came fourth", "fifth straight win", "No. 1", "first since 1992"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .found import ONE
from .grammars import Grammar
from .nouns import Noun, find_singular, read_noun
from .numerals import starts_number
from .ranks import Rank, read_ranked
from .tokens import BREAK, Tokens

FEW, TENTH = Decimal(3), Decimal(10)
REACH = 14
# "The 12th elected local official": the noun is one of so many words.
WITHIN = 4


def read_place(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> Rank | None:
    """The rank of an ordinal in words or digits, where it places rather than enumerates."""
    ranked = _read_ranking(tokens, first, last, value, grammar)
    if ranked is not None:
        return ranked
    if value == ONE:
        return _read_first(tokens, first, last, grammar)
    noun = read_ranked(tokens, last, grammar)
    if (
        tokens.lows[first - 1] == "the"
        and not tokens.is_digits(first)
        and noun is not None
        and _has_deed(tokens, noun.last, grammar)
    ):
        return Rank(first, noun.last, value, noun)
    if _is_numbered_noun(tokens, first, last, value, grammar):
        return Rank(first, last + 1, value, Noun(last, last, last + 1, find_singular(tokens, last, grammar)))
    holder = _find_holder(tokens, first, last, value, grammar)
    if holder is not None:
        return Rank(first, holder.last, value, holder)
    if noun is not None and _has_owner(tokens, first) and _happens_within(tokens, last, grammar):
        return Rank(first, noun.last, value, noun)
    return Rank(first, last, value, None) if _is_placed(tokens, first, last, grammar) else None


def _read_ranking(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> Rank | None:
    """As in "third-largest bank", "in third place", "fifth straight win"."""
    lows = tokens.lows
    at = last + 1 if lows[last] == "-" else last
    most = lows[at] == "most" and (
        lows[at + 1] in grammar.cues["most_adjectives"]
        or (lows[at + 1] not in grammar.stops and (value > FEW or tokens.is_digits(first)))
    )
    if most or lows[at] in grammar.cues["superlatives"]:
        end = at + 1 + most
    elif lows[last] in ("straight", "consecutive", "successive") and value > 1:
        end = last + 1
    elif lows[at] in ("place", "spot", "position", "placed", "ranked", "seeded") and (
        lows[last] == "-" or (lows[first - 1] not in ("a", "the") and not lows[at].endswith("ed"))
    ):
        return Rank(first, at + 1, value, None)
    elif lows[last] in ("and", "or") and lows[last + 1] in grammar.ordinals and lows[last + 2] in ("place", "spot"):
        return Rank(first, last, value, None)
    else:
        return None
    noun = read_ranked(tokens, end, grammar)
    return Rank(first, noun.last if noun is not None else end, value, noun)


def _is_numbered_noun(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> bool:
    """Whether the ordinal counts up something: "her 36th meeting", "the second time in two years"."""
    lows, word = tokens.lows, tokens.lows[last]
    if word in grammar.cues["place_nouns"] and lows[last + 1] in ("in", "of", "this", "since", "for"):
        return True
    if value < TENTH or not tokens.is_digits(first) or word in grammar.cues["unclocked"]:
        return False
    if lows[first - 1] in ("his", "her", "its", "their", "my", "our"):
        plain = word in grammar.cues["numbered_nouns"] or word not in grammar.stops
        return plain and word.isalpha() and not tokens.is_capital(last)
    return lows[first - 1] in ("the", "a", "only") and word in grammar.cues["numbered_nouns"]


def _find_holder(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> Noun | None:
    """Who or what the ordinal counts up to after "became", "the": "the 12th elected local official"."""
    lows = tokens.lows
    if value < TENTH or not tokens.is_digits(first) or lows[first - 1] not in ("the", "only"):
        return None
    for at in range(last, last + WITHIN):
        if not lows[at].isalpha() or lows[at] in grammar.stops or lows[at] in grammar.cues["unclocked"]:
            return None
        if lows[at] in grammar.cues["numbered_nouns"]:
            return Noun(last, at, at + 1, find_singular(tokens, at, grammar))
    return None


def _is_placed(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """Whether the ordinal is a place by itself: "came fourth", "Second was Brazil", "fell to 55th"."""
    before, after = tokens.lows[first - 1], tokens.lows[last]
    if before in (BREAK, "."):
        return after in ("on", "was", "came", "is", "were", "place")
    if before == "to" and tokens.is_digits(first):
        return after in (".", ",", BREAK, "in", "from")
    if before in grammar.cues["states"] and tokens.is_digits(first):
        return after in (".", ",", BREAK, "in", "and", "but", "on")
    among = after == "of" and starts_number(tokens, last + 1, grammar)
    return before in grammar.cues["place_verbs"] and (after == BREAK or among or after in grammar.cues["place_ends"])


def _read_first(tokens: Tokens, first: int, last: int, grammar: Grammar) -> Rank | None:
    """As in "the first hurricane to strike", "its first loss since 1992", "finished first"."""
    lows, before = tokens.lows, tokens.lows[first - 1]
    denied = lows[first - 2 - (lows[first - 2] == "be")]
    if before == "the" and (denied == "not" or denied.endswith(("n't", "n’t"))):
        return None  # "not the first hurricane to strike"
    if before in ("finished", "finish", "finishing", "placed", "ranked") and lows[last] in (
        "",
        ".",
        ",",
        "in",
        "and",
        ";",
    ):
        return Rank(first, last, ONE, None)
    if before != "as" and not _has_owner(tokens, first):
        return None
    noun = read_ranked(tokens, last, grammar)
    end = noun.last if noun is not None else last
    if (before == "the" and end > last and _has_deed(tokens, end, grammar)) or _reaches_back(tokens, last, grammar):
        return Rank(first, end, ONE, noun)
    return None


def _has_owner(tokens: Tokens, first: int) -> bool:
    """Whether "the" or somebody's stands before the ordinal."""
    before = tokens.lows[first - 1]
    return before in ("the", "its", "their", "his", "her") or before.endswith(("'s", "’s"))


def _happens_within(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether the clause says in how long so many came about: "the fourth collision | in three years"."""
    return any(tokens.lows[at] == "in" and _is_span(tokens, at + 1, grammar) for at in _clause(tokens, last))


def _clause(tokens: Tokens, last: int) -> Iterator[int]:
    """The words from *last* on that go with the noun, ``REACH`` at most: up to a mark or a conjunction."""
    for at in range(last, last + REACH):
        word = tokens.lows[at]
        if (not word[:1].isalpha() and word not in ("-", "'", "’")) or word in ("and", "but"):
            return
        yield at


def _is_span(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether a length of time begins at *at*: "two years", "more than a decade"."""
    lows = tokens.lows
    counted = tokens.is_digits(at) or lows[at] in grammar.small
    hedged = lows[at] in ("a", "more", "nearly", "almost", "over", "at")
    return (counted or hedged) and not grammar.cues["time_units"].isdisjoint(lows[at + 1 : at + 5])


def _has_deed(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether "to" and a verb follow: "the first American | to win"."""
    after = tokens.lows[at + 1]
    return (
        tokens.lows[at] == "to"
        and after.isalpha()
        and (after not in grammar.stops or after in grammar.cues["first_verbs"])
    )


def _reaches_back(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether the clause says since when, or where, nothing came before: "since 1992", "in two years"."""
    lows = tokens.lows
    clause = list(_clause(tokens, last))
    ever = any(lows[at] in ("since", "ever") or lows[at : at + 3] == ["in", "the", "world"] for at in clause)
    return ever or _happens_within(tokens, last, grammar)


def is_numbered(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether "No.", "No", "#" or "number" before token *first* makes its number a place: "the No. 1 player"."""
    lows = tokens.lows
    if lows[first - 1] == "number":
        return lows[first] in ("one", "two", "three") and lows[first + 1] not in ("-", "of")
    if tokens.words[first - 1] == "No":
        if lows[first] == "1":
            return True
        counts = lows[first + 1] in ("%", "percent", "per", "pc") or read_noun(tokens, first + 1, grammar) is not None
        return tokens.words[first].isdecimal() and not counts
    return (lows[first - 1] == "#" and tokens.glued(first)) or (
        lows[first - 2 : first] == ["no", "."] and tokens.is_capital(first - 2)
    )


def read_numbered(tokens: Tokens, first: int, last: int, value: Decimal) -> Rank:
    """The place a number after "No." or "#" gives; only the first is a claim, the others name."""
    start = first - 1 if tokens.lows[first - 1] in ("#", "number", "no") else first - 2
    return Rank(start, last, value, None, value == ONE)
