"""Ages: "43-year-old", "aged 43", "Smith, 43,"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.nouns import KIN
from service.extract.values import dataclass

from .grammars import Grammar
from .nouns import is_plural
from .tokens import Tokens

OLDEST = 125
DASHES = ("-", "–")
# "Aged 33, 34, 37 and 39": so many tokens are looked at.
LISTED = 12


@dataclass(frozen=True, slots=True)
class Age:
    """That the number before token *last* is an age in *unit*."""

    last: int
    unit: str


def read_age(tokens: Tokens, first: int, last: int, value: Decimal, grammar: Grammar) -> Age | None:
    """The age whose number is *first* to *last*, else ``None``."""
    lows = tokens.lows
    at = last + 1 if lows[last] in DASHES else last
    unit = UNITS.get(lows[at])
    if unit is not None:
        after = at + 2 if lows[at + 1] in DASHES else at + 1
        if lows[after] in ("old", "olds"):
            return Age(after + 1, unit)
        if lows[first - 2 : first] == ["age", "of"]:
            return Age(at + 1, unit)
        if lows[after] == "of" and lows[after + 1] == "age":
            return Age(after + 2, unit)
        return None
    if lows[at] in ("yo", "y.o"):
        return Age(at + 1, "year")
    if not 0 < value < OLDEST or value % 1:
        return None
    said = (
        _is_named(tokens, first, last)
        or _is_apposed(tokens, first, last, grammar)
        or _is_said_of(tokens, first, last)
        or _is_bound(tokens, first, last, grammar)
    )
    return Age(last, "year") if said else None


def _is_named(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "aged" or "age" says so, or a life's event: "aged 43", "at the age of 43", "left school at 14"."""
    lows = tokens.lows
    before = lows[first - 1]
    if before == "at" and lows[first - 2] in ("dies", "died", "dead", "dying"):
        return lows[last] in ENDS
    if before == "at" and lows[first - 2] == "school" and lows[first - 3] in ("left", "leaves", "leaving", "quit"):
        return lows[last] in ENDS
    if (
        before == "of"
        and lows[first - 2] in ALONE
        and lows[last] in (*ENDS, "from", "in", "on", "was", "is", "who", "were")
    ):
        return True
    if lows[first - 2 : first] == ["lived", "to"] or lows[first - 3 : first] == ["lived", "to", "be"]:
        return lows[last] in ENDS
    if before in ("aged", "ages") or (before == "age" and lows[last] not in ("percent", "%", "-")):
        return True
    if before in ("between", "from", "about", "around", "just", "only", "over", "under", "of"):
        return lows[first - 2] in (("age", "ages") if before == "of" else ("aged",))
    return before in (",", "and") and _is_listed(tokens, first)


def _is_listed(tokens: Tokens, first: int) -> bool:
    """Whether the number at *first* goes on a list of ages: "aged 33, 34 and 39"."""
    for at in range(first - 1, first - LISTED, -1):
        if tokens.lows[at] not in (",", "and") and not tokens.is_digits(at):
            return tokens.lows[at] in ("aged", "ages") and at < first - 2
    return False


def _is_said_of(tokens: Tokens, first: int, last: int) -> bool:
    """As in "when she was 12", "he turned 50", "Tom was 13 when", "my son is 7": a bare number that somebody is."""
    lows, after = tokens.lows, tokens.lows[last]
    start = first - 1 if lows[first - 1] in ("both", "only", "just", "about", "almost", "nearly", "now") else first
    before, subject = lows[start - 1], lows[start - 2]
    if before in TURNED:
        return after in (*ENDS, "in", "on", "today", "tomorrow") or lows[last : last + 2] == ["prior", "to"]
    if before in BEING and (after in ("when", "years") or lows[last : last + 3] == ["at", "the", "time"]):
        return subject not in ("there", "it", "that")
    if before in ("was", "were") and lows[start - 3] in ("when", "since") and subject in (*PRONOUNS, *PLURALS):
        return True
    owner = lows[start - 3]
    own = subject in KIN and (owner in POSSESSIVES or owner.endswith(("'s", "’s")))
    alone = before in ("was", "is", "am") and (subject in PRONOUNS or own)
    if before in BEING and tokens.is_capital(start - 2) and subject.isalpha():
        # At the start of a sentence every word is capital: "Turnout was 61".
        alone = alone or lows[first - 1] == "now" or lows[start - 3] not in ("", ".", "!", "?", "“", '"', ":", "the")
    both = start < first and before in BEING and subject == "they"
    return (alone or both or before in CONTRACTED) and after in ENDS


def _is_bound(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """As in "people over 65", "girls under 12", "most residents are over 65", "45 or older"."""
    lows, persons = tokens.lows, grammar.cues["persons"]
    if lows[first - 1] == "-" and lows[first - 2] in ("over", "under"):
        return lows[last] == "s" and tokens.glued(last)  # "under-35s"
    if lows[last] in ("or", "and") and lows[last + 1] in ("older", "younger"):
        return True
    if lows[first - 3 : first] in (["as", "young", "as"], ["as", "old", "as"]):
        return not _counts(tokens, last, grammar)
    at = first - 2 if lows[first - 1] == "than" and lows[first - 2] in ("older", "younger") else first - 1
    if lows[at] not in ("over", "under", "above", "below", "older", "younger") or _counts(tokens, last, grammar):
        return False
    if lows[at - 1] in persons:
        return True
    return lows[at - 1] in BEING and not persons.isdisjoint(lows[at - 4 : at - 1])


def _counts(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether a noun or unit follows that the number might count."""
    word = tokens.lows[last]
    return word[:1].isalpha() and word not in grammar.stops and not word.endswith("ed")


ENDS = frozenset({",", ".", ";", "when", "and", "but", "years", "now", ")", "at", "", "this", "last", "next", "before"})
ALONE = frozenset({"man", "woman", "boy", "girl", "child", "youth", "lad", "pensioner", "widow", "widower"})
PRONOUNS = ("he", "she", "i")
PLURALS = ("they", "we", "you")
POSSESSIVES = ("my", "his", "her", "their", "our", "your")
BEING = frozenset({"was", "is", "am", "were", "are"})
TURNED = frozenset({"turn", "turned", "turns", "turning"})
CONTRACTED = frozenset(
    said.replace("'", mark) for mark in "'’" for said in ("he's", "she's", "i'm", "they're", "you're")
)
UNITS = {
    unit: name
    for name in ("year", "month", "week", "day", "hour")
    for unit in (name, f"{name}s")
} | {"yr": "year", "yrs": "year"}  # fmt: skip


def _is_apposed(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """As in "Smith, 43, said", "the actor, 31, has", "his wife, also 31,": a bare number between commas."""
    lows = tokens.lows
    at = first - 1 if lows[first - 1] in ("also", "now", "then", "both") else first
    if not tokens.words[first].isdecimal() or last != first + 1 or lows[at - 1] != ",":
        return False
    if lows[last] not in (",", ".", ";", ")", "and") or (
        lows[last] in (",", "and") and tokens.is_digits(last + 1) and (tokens.glued(last + 1) or lows[last] == "and")
    ):
        return False
    name = tokens.words[at - 2]
    if not name[:1].isalpha() or len(name) < 2:
        return False
    if tokens.is_capital(at - 2):
        return True
    alike = tokens.is_digits(last + 1) or tokens.is_digits(at - 3) or lows[at - 2] in grammar.stops
    return lows[last] == "," and len(tokens.words[first]) == 2 and not alike and not is_plural(tokens, at - 2, grammar)
