"""Words that state a share or a multiple: majority, most, doubled, twice, threefold, three times."""

from __future__ import annotations

from decimal import Decimal

from .found import ONE, Number
from .grammars import Grammar
from .numerals import starts_number
from .tokens import Tokens

HALF = Decimal("0.5")
TIMES = {"once": Decimal(1), "twice": Decimal(2), "thrice": Decimal(3)}


def read_share(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """As in "a majority of voters", "most of the dead": more than half. A majority in parliament is a body."""
    lows, word = tokens.lows, tokens.lows[index]
    if word == "most":
        stated = (
            lows[index + 1] == "of" and lows[index - 1] not in grammar.cues["not_most"] and lows[index + 2] != "all"
        )
        return Number(index, index + 1, HALF, ONE, form="share") if stated else None
    if word not in ("majority", "minority") or (lows[index + 1] == "of" and starts_number(tokens, index + 2, grammar)):
        return None  # "a majority of 52 seats"
    if lows[index + 1] != "of" and lows[index - 1] not in (
        "a",
        "vast",
        "overwhelming",
        "slim",
        "clear",
        "absolute",
        "outright",
    ):
        return None
    if (
        lows[index + 1] != "of"
        and lows[index + 1].isalpha()
        and lows[index + 1]
        not in ("in", "to", "for", "against", "voted", "said", "favor", "favour", "support", "supported")
    ):
        return None
    low, high = (HALF, ONE) if word == "majority" else (Decimal(0), HALF)
    return Number(index, index + 1, low, high, form="share")


def is_stated(tokens: Tokens, share: Number) -> bool:
    """Whether the share is asserted of something counted; "most of" is mostly a figure of speech."""
    return tokens.lows[share.first] != "most" or tokens.lows[share.first - 1] in ("", ".")


def read_multiple(tokens: Tokens, index: int, grammar: Grammar) -> tuple[Number, str | None] | None:
    """The multiple that the word at *index* states and the direction it implies."""
    lows, word = tokens.lows, tokens.lows[index]
    known = grammar.multiples.get(word)
    if known is not None:
        value, way = known
        if word in ("doubles", "triples", "halves") and lows[index + 1] not in (
            "the",
            "its",
            "their",
            "his",
            "her",
            "to",
            "in",
            "as",
        ):
            return None
        if lows[index + 1] == "down":
            return None
        other = grammar.multiples.get(lows[index + 2]) if lows[index + 1] in ("or", "to") else None
        if other is not None and other[0] > value:
            return Number(index, index + 3, value, other[0], form="multiple"), way
        return Number(index, index + 1, value, form="multiple"), way
    if word in ("double", "triple", "treble", "quadruple"):
        if lows[index + 1] in ("digit", "digits") or (
            lows[index + 1] == "-" and lows[index + 2] in ("digit", "digits")
        ):
            return None
        by = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}[word]
        if lows[index + 1] in ("the", "that", "what", "its", "their", "in", "to", "from", "his", "her", "this") or lows[
            index - 1
        ] in ("to", "than", "nearly", "almost", "will", "would", "could", "about", "more", "over"):
            verb = lows[index - 1] in ("to", "will", "would", "could", "nearly", "almost", "more")
            return Number(index, index + 1, Decimal(by), form="multiple"), "increase" if verb else None
        return None
    times = TIMES.get(word)
    if times is None:
        return None
    multiple = times > ONE and lows[index + 1] in grammar.cues["than_words"]
    return Number(index, index + 1, times, form="multiple" if multiple else "times"), None


def is_multiple(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether "times", "-fold" or "x" after a number make it a multiple: "three times as many"."""
    lows = tokens.lows
    if lows[last] == "times":
        after = lows[last + 1]
        if after == "that":
            return lows[last + 2] in grammar.cues["times_that"]
        valued = lows[last + 2] in grammar.cues["valued_by"] and after not in grammar.stops
        return after in grammar.cues["than_words"] or valued or "." in tokens.words[last - 1]
    at = last + 1 if lows[last] == "-" else last
    return lows[at] == "fold"
