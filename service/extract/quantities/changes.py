"""Which way the sentence says an amount moved.

The direction belongs to the amount of the move ("rose 3 percent", "a cut of €44 billion") or, where
the sentence gives none, to the level that was reached ("fell to 12").
"""

from __future__ import annotations

from service.extract.values import replace

from .found import Found
from .grammars import Grammar
from .tokens import BREAK, Tokens

REACH = 12
EDGES = frozenset({"", ";", ":", "(", ")", "“", "”", '"', "but", "while", "which", "that", "who"})
# Falls and climbs of these are movements, money raised is no raise.
MOVES = frozenset({"length", "duration", "age", "area", "volume", "speed", "score", "rank"})


def find_change(tokens: Tokens, first: int, last: int, kind: str, grammar: Grammar) -> str | None:
    """The direction of the amount whose words, hedges included, are *first* to *last*."""
    return _find_after(tokens, last, kind, grammar) or _find_before(tokens, first, kind, grammar)


def _find_after(tokens: Tokens, last: int, kind: str, grammar: Grammar) -> str | None:
    """As in "5 percent higher", "a €500 billion increase", "€100 billion in cuts"."""
    lows = tokens.lows
    if lows[last] == "-" and lows[last + 1].isalpha():
        last += 1
    word = lows[last]
    if word in ("more", "less", "fewer"):
        more = "increase" if word == "more" else "decrease"
        return more if kind in ("percent", "ratio") else None
    if kind in ("duration", "age"):
        return None
    way = grammar.change_after.get(word)
    if word in ("up", "off", "down") and kind == "count" and tokens.lows[last - 1] not in grammar.cues["graded"]:
        return None  # "24 seats up in November", "two goals down"
    if way is not None and kind not in MOVES - {"length"}:
        return way if word not in ("up", "down", "off", "less") or _ends(tokens, last + 1, grammar) else None
    return _find_changed(tokens, last, kind, grammar)


def _find_changed(tokens: Tokens, last: int, kind: str, grammar: Grammar) -> str | None:
    """The direction of the noun of change after the amount, right there or after "in" or "of"."""
    word = tokens.lows[last]
    found = _find_noun_within(tokens, last, last + 2, "pay", grammar)
    if found is None and word in ("in", "of", "worth") and kind in ("money", "percent"):
        start = last + 1 + (tokens.lows[last + 1] == "of")
        found = _find_noun_within(tokens, start, start + 4, "cut", grammar)
        if found in ("growth", "loss", "losses", "gains"):
            return None
    return None if found is None else grammar.change_nouns[found]


def _find_noun_within(tokens: Tokens, first: int, last: int, passed: str, grammar: Grammar) -> str | None:
    """The first noun of change before the phrase from *first* on ends; the function word *passed* does not end it."""
    for word in tokens.lows[first:last]:
        if word in grammar.change_nouns:
            return word
        if not word.isalpha() or (word in grammar.stops and word != passed):
            return None
    return None


def _ends(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether the phrase is over at *at*: a mark, a preposition."""
    return tokens.lows[at] == BREAK or tokens.lows[at] in grammar.cues["change_ends"]


def _find_before(tokens: Tokens, first: int, kind: str, grammar: Grammar) -> str | None:
    lows, at = tokens.lows, first - 1
    while lows[at] in ("a", "an", "the", "another", "further", "additional", "extra", "total", "out"):
        at -= 1
    word = lows[at]
    if word == "by":
        return None if lows[at - 1] in grammar.cues["winning"] else _find_verb(tokens, at, grammar)
    if word == "to":
        return None if lows[at - 1] == "only" else _find_verb(tokens, at, grammar, level=True)
    if word == "of":
        return _find_noun(tokens, at, kind, grammar)
    if lows[at] == "from" or word == "at" or (word in ("adding", "added", "adds") and lows[at - 1] == ","):
        return None
    if lows[at - 1] in grammar.verbs and word.endswith("ly"):
        at -= 1
        word = lows[at]
    way = grammar.verbs.get(word)
    return None if way is None or kind in MOVES or not _fits(tokens, at, kind, grammar) else way


def _fits(tokens: Tokens, at: int, kind: str, grammar: Grammar) -> bool:
    """Whether the verb at *at*, if it has two meanings, is one of change: not "money raised", "made up 45 percent"."""
    word = tokens.lows[at]
    if word in ("up", "down"):
        return tokens.lows[at - 1] not in grammar.cues["phrasal"]
    if word in ("grow", "grows", "growing") and kind == "count":
        return False  # "he grows 40 varieties"
    if word not in grammar.cues["ambiguous_verbs"]:
        return True
    return kind in ("percent", "ratio") or (word.startswith("los") and kind in ("money", "mass"))


def _find_verb(tokens: Tokens, at: int, grammar: Grammar, *, level: bool = False) -> str | None:
    """The direction of the verb of change that goes with the "by" or "to" at *at*.

    For a *level*, nothing where the size of the move is stated between the two.
    """
    lows = tokens.lows
    for index in range(at - 1, at - REACH, -1):
        word = lows[index]
        if word in EDGES or (word == "." and lows[index + 1] != ""):
            return None
        way = grammar.verbs.get(word) or grammar.change_nouns.get(word)
        if way is not None and (lows[index - 1] != "to" or not level):
            return way
        if level and (word in grammar.small or tokens.is_digits(index)) and not _is_origin(tokens, index, grammar):
            return None
    return None


def _is_origin(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether the number at *index* is the level left ("from 12 percent"), a year or a day."""
    before = tokens.lows[index - 4 : index]
    return (
        "from" in before
        or tokens.lows[index - 1] in ("in", "since")
        or tokens.lows[index - 1] in grammar.cues["months"]
    )


def _find_noun(tokens: Tokens, at: int, kind: str, grammar: Grammar) -> str | None:
    """The direction of the noun of change before "of": "an increase of", "spending cuts of"."""
    word = tokens.lows[at - 1]
    # A loss of money is a result, no fall.
    return None if word in ("loss", "losses", "gain", "gains") and kind == "money" else grammar.change_nouns.get(word)


def compare_levels(tokens: Tokens, before: Found | None, found: Found) -> Found:
    """*found* with its direction where it is the second of two levels: "gone from €200 billion … to €320 billion"."""
    if before is None or found.kind != before.kind or (found.unit, found.noun) != (before.unit, before.noun):
        return found
    lows = tokens.lows
    if lows[found.hedged - 1] != "to" or lows[before.hedged - 1] != "from" or found.first - before.last > REACH:
        return found
    if "." in lows[before.last : found.first] or "" in lows[before.last : found.first] or found.value == before.value:
        return found
    way = found.change if found.kind in MOVES else None  # of other levels the numbers tell
    way = way or ("increase" if found.value > before.value else "decrease")
    return replace(found, change=way, of=found.of or before.of)
