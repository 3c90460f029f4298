"""Words that state a share or a multiple: majority, most, doubled, twice, threefold, three times."""

from __future__ import annotations

from decimal import Decimal

from .grammars import Grammar
from .nouns import is_plural
from .numerals import ONE, Number
from .tokens import Tokens

HALF, TWO = Decimal("0.5"), Decimal(2)
THAN = frozenset("as the that what more higher larger greater bigger faster longer less lower fewer smaller its their his her longer older stronger size number worse better cheaper likely".split())


def read_share(tokens: Tokens, index: int, grammar: Grammar) -> Number | None:
    """ "a majority of voters", "most of the dead": more than half."""
    lows, word = tokens.lows, tokens.lows[index]
    if word == "most":
        if not _is_most(tokens, index, grammar):
            return None
        return Number(index, index + 1, HALF, ONE, form="share")
    if word in ("majority", "minority"):
        before = lows[index - 1]
        if before in ("-",) or lows[index + 1] in ("leader", "leaders", "whip", "owner", "shareholder", "rule", "party", "state", "staff", "group", "groups", "community", "communities"):
            return None
        low, high = (HALF, ONE) if word == "majority" else (Decimal(0), HALF)
        return Number(index, index + 1, low, high, form="share")
    return None


def is_stated(tokens: Tokens, share: Number) -> bool:
    """Whether the share is asserted, rather than "most" as a figure of speech or a majority as a body."""
    lows = tokens.lows
    if lows[share.first] == "most":
        return lows[share.last] == "of" and lows[share.first - 1] in ("", ".")
    return lows[share.last] == "of" or lows[share.first - 1] in ("a", "vast", "overwhelming", "slim", "large", "clear", "-", "thirds")


def _is_most(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether "most" stands for more than half of something, not before an adjective or adverb."""
    lows, after = tokens.lows, tokens.lows[index + 1]
    if lows[index - 1] in ("the", "at", "'s", "’s", "a", "its", "their", "his", "her", "my", "our", "your", "foremost", "second", "third", "-", "do", "matters", "mattered", "want", "like"):
        return False
    if after == "of":
        return lows[index + 2] not in ("all",)
    if any(is_plural(tokens, i, grammar) for i in (index + 1, index + 2)) and after not in grammar.stops:
        return not after.endswith("ly")
    return False


def read_multiple(tokens: Tokens, index: int, grammar: Grammar) -> tuple[Number, str | None] | None:
    """The multiple that the word at *index* states and the direction it implies."""
    lows, word = tokens.lows, tokens.lows[index]
    known = grammar.multiples.get(word)
    if known is not None:
        value, way = known
        if word in ("doubles", "triples", "halves") and lows[index - 1] in ("mixed", "men's", "women's", "the", "in", "two") or lows[index + 1] == "down" or word == "doubling" and lows[index + 1] == "down":
            return None
        return Number(index, index + 1, value, form="multiple"), way
    if word in ("double", "triple", "treble", "quadruple"):
        if lows[index + 1] in ("digit", "digits") or lows[index + 1] == "-" and lows[index + 2] in ("digit", "digits"):
            return None
        times = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}[word]
        if lows[index + 1] in ("the", "that", "what", "its", "their", "in", "to", "from", "his", "her", "this") or lows[index - 1] in ("to", "than", "nearly", "almost", "will", "would", "could", "about", "more", "over"):
            verb = lows[index - 1] in ("to", "will", "would", "could", "nearly", "almost", "more")
            return Number(index, index + 1, Decimal(times), form="multiple"), "increase" if verb else None
        return None
    if word in ("twice", "thrice"):
        return Number(index, index + 1, TWO if word == "twice" else Decimal(3), form="multiple" if lows[index + 1] in THAN else "times"), None
    return None


def is_multiple(tokens: Tokens, last: int) -> bool:
    """Whether "times", "-fold" or "x" after a number make it a multiple: "three times as many"."""
    lows = tokens.lows
    if lows[last] == "times":
        return lows[last + 1] in THAN
    at = last + 1 if lows[last] == "-" else last
    return lows[at] in ("fold",)
