"""What a number is about: the shortest phrase of its sentence that says it, or nothing."""

from __future__ import annotations

from .grammars import Grammar
from .nouns import is_plural
from .numerals import starts_number
from .subjects import find_before
from .tokens import Tokens

REACH = 6
OWNING = ("'s", "’s")  # behind which stands a noun


def find_topic(
    tokens: Tokens, first: int, last: int, kind: str, grammar: Grammar, *, counted: bool = False
) -> str | None:
    """What the amount at *first* to *last*, hedges and rate included, is about.

    A *counted* noun says it already.
    """
    span = None if counted else _find_after(tokens, last, kind, grammar) or find_before(tokens, first, kind, grammar)
    return write_topic(tokens, span, grammar)


def write_topic(tokens: Tokens, span: tuple[int, int] | None, grammar: Grammar) -> str | None:
    """The words of *span*, unless they only say when: "last year", or the "last" of "last May"."""
    if span is None:
        return None
    first, *rest = tokens.lows[slice(*span)]
    timed = first in ("last", "next", "this") and set(rest) <= {*grammar.cues["time_units"], "quarter"}
    return None if timed and len(rest) < 2 else tokens.text(*span)


def read_phrase(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """First and last token of the noun phrase from *index* on, a determiner before it left out."""
    lows, at = tokens.lows, index
    while lows[at] in grammar.cues["determiners"]:
        at += 1
    first = at
    at += lows[at] in grammar.cues["sequence"] and starts_number(tokens, at + 1, grammar)
    at += starts_number(tokens, at, grammar)
    while at < first + REACH:
        word = lows[at]
        if at == first and tokens.is_initial(at) and tokens.is_initial(at + 2):
            at += 4
            continue
        if (
            word in ("-", "'", "’", "&")
            and at > first
            and lows[at + 1][:1].isalpha()
            and lows[at + 1] not in grammar.stops
            and tokens.glued(at)
            and tokens.glued(at + 1)
        ):
            at += 1
            continue
        if at > first and lows[at - 1].endswith(("'s", "’s")) and starts_number(tokens, at, grammar):
            at += 1  # "five of the state's 21 counties"
            continue
        if word == "." and lows[at - 1] in grammar.cues["titles"] and at > first:
            at += 1
            continue
        if not word[:1].isalpha() or _is_end(tokens, at, first, grammar):
            break
        at += 1
        if is_plural(tokens, at - 1, grammar) and not is_plural(tokens, at, grammar) and lows[at] != "-":
            break
    return (first, at) if at > first and lows[first] not in grammar.cues["time_units"] else None


def _is_end(tokens: Tokens, at: int, first: int, grammar: Grammar) -> bool:
    """Whether the phrase ends before *at*: a function word, a verb form after its noun."""
    word = tokens.lows[at]
    if tokens.words[at] == "US":
        return False
    if word == "vote" and tokens.lows[first - 1] in grammar.cues["determiners"]:
        return is_plural(tokens, at - 1, grammar)  # "of the popular vote", but "of the members vote"
    if at > first and word in grammar.cues["verb_nouns"] and tokens.lows[at - 1].endswith(OWNING):
        return False  # "of next year's needs"
    if word in grammar.stops or (word in grammar.verbs and at > first):
        return True
    return at > first and word.endswith("ed") and tokens.words[at][:1].islower() and len(word) > 4


def _find_after(tokens: Tokens, last: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """As in "of the workforce", "in cuts", "increase in military spending", "tariffs"."""
    lows, at = tokens.lows, last
    if lows[at] == "-" and lows[at + 1].isalpha() and lows[at + 1] not in grammar.small:
        at += 1
    if lows[at] == "worth" and lows[at + 1] == "of":
        return read_phrase(tokens, at + 2, grammar)
    level = tokens.is_digits(at + 1)  # "to 31 euros from | 27.50"
    if lows[at] == "of" or (lows[at] == "from" and lows[last - 1] in grammar.cues["money_plural"] and not level):
        span = read_phrase(tokens, at + 1, grammar) if kind != "duration" else None
        # "$3 million from a profit of $12 million": the level left.
        left = span is not None and lows[at] == "from" and lows[span[1]] == "of"
        return None if left else span
    if kind == "ratio" and lows[at] in grammar.cues["determiners"]:
        return read_phrase(tokens, at, grammar)
    if lows[at] == "in" and kind == "money":
        return _unless_place(tokens, read_phrase(tokens, at + 1, grammar), grammar)
    if kind in ("count", "rank", "score", "duration"):
        return None
    return _find_changing(tokens, at, grammar) or _find_premodified(tokens, at, kind, grammar)


def _find_changing(tokens: Tokens, at: int, grammar: Grammar) -> tuple[int, int] | None:
    """What the noun of change at *at* or after it is of: "increase | in military spending"."""
    lows = tokens.lows
    for index in (at, at + 1):
        if lows[index] in grammar.change_nouns:
            if lows[index + 1] in ("in", "of", "to", "on", "for"):
                return read_phrase(tokens, index + 2, grammar)
            return at, index + 1
        if not lows[index].isalpha() or lows[index] in grammar.stops:
            return None
    return None


def _find_premodified(tokens: Tokens, at: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """The noun that money or a percentage stands before: "15 percent | tariffs"."""
    word, verbs = tokens.lows[at], grammar.cues["percent_verbs"]
    if kind not in ("money", "percent") or not word.isalpha() or word.endswith("ly") or word in verbs:
        return None
    if word in grammar.small or word in grammar.stops or word in grammar.change_after or word in grammar.verbs:
        return None
    return read_phrase(tokens, at, grammar)


def _unless_place(tokens: Tokens, span: tuple[int, int] | None, grammar: Grammar) -> tuple[int, int] | None:
    """*span* unless it is a time or a place: "$5 million in 2018", "in London"."""
    if span is None:
        return None
    first, last = span
    lows = tokens.lows
    if (
        tokens.is_digits(first)
        or lows[first] in grammar.cues["months"]
        or not grammar.cues["time_units"].isdisjoint(lows[first:last])
    ):
        return None
    if all(tokens.is_capital(i) for i in range(first, last)):
        return None
    if tokens.lows[first] in (
        "order",
        "addition",
        "total",
        "all",
        "fact",
        "last",
        "next",
        "first",
        "second",
        "third",
        "fourth",
        "part",
        "recent",
        "return",
    ):
        return None
    return span
