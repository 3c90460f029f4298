"""Ranks and records: "third-largest", "the lowest since 1998", "a record", "came fourth", "No. 1"."""

from __future__ import annotations

from decimal import Decimal

from service.extract.values import dataclass

from .grammars import Grammar
from .nouns import Noun, find_singular, is_doing, is_plural, read_noun
from .tokens import Tokens

ONE = Decimal(1)
# "The strongest in Britain since": so many words may come between.
AHEAD = 5


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
    if word in ("record", "unprecedented"):
        return _read_record(tokens, index, grammar)
    if word in grammar.cues["superlatives"] or word == "most":
        return _read_superlative(tokens, index, grammar)
    return None


def _read_superlative(tokens: Tokens, index: int, grammar: Grammar) -> Rank | None:
    """As in "the largest economy", "Britain's most populous city", "the lowest since 1998"."""
    last = _find_end(tokens, index, grammar)
    if last is None or _is_idiom(tokens, index, grammar):
        return None
    noun = read_ranked(tokens, last, grammar)
    end = noun.last if noun is not None else last
    far = tokens.lows[index - 3 : index] == ["by", "far", "the"]
    weak = tokens.lows[index] in grammar.cues["weak_superlatives"] and not far
    if weak and not _holds_since(tokens, end, grammar):
        return None
    if not _is_definite(tokens, index, grammar) and tokens.lows[end] not in ("since", "in", "on", "ever"):
        return None
    if noun is None and tokens.lows[end] in grammar.cues["states"]:
        return None
    if noun is not None and _is_class(tokens, index, noun, grammar):
        return None
    claims = noun is None or noun.singular not in grammar.cues["unmeasured"]
    return Rank(index, end, ONE, noun, claims)


def _is_class(tokens: Tokens, index: int, noun: Noun, grammar: Grammar) -> bool:
    """Whether a sort of people is meant, not a place: "the poorest households", but "the oldest voters since 1950"."""
    classed = tokens.lows[index] in grammar.cues["classing"] and is_plural(tokens, noun.head, grammar)
    return classed and not _holds_since(tokens, noun.last, grammar)


def _find_end(tokens: Tokens, index: int, grammar: Grammar) -> int | None:
    """The index after the superlative at *index* with its adjective; ``None`` where "most" is none to measure."""
    lows, last = tokens.lows, index + 1
    if lows[index] != "most":
        return last + 2 if lows[last] == "-" and lows[last + 1].isalpha() else last
    if lows[last] in grammar.cues["most_adjectives"]:
        return last + 1
    if lows[index - 1] not in ("the", "second", "third"):
        return None
    return last if is_plural(tokens, last, grammar) or _is_noun_pair(tokens, last, grammar) else None


def _is_noun_pair(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether a plural follows the noun at *index*: "gold medals", but not "serious violations"."""
    ends = tuple(grammar.cues["adjective_ends"])
    return is_plural(tokens, index + 1, grammar) and (tokens.is_capital(index) or not tokens.lows[index].endswith(ends))


def _is_definite(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    lows, before = tokens.lows, index - 1
    if lows[before] in ("of", "its", "their", "among"):
        return True
    while lows[before] in ("single", "very", "far", "by", "-", "now", "ever", "also", "currently"):
        before -= 1
    return lows[before] in grammar.cues["definite"] or lows[before].endswith(("'s", "’s", "s'", "s’", "'", "’"))


def _is_idiom(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """As in "at best", "his worst": nothing is ranked."""
    before = tokens.lows[index - 1]
    return before in grammar.cues["not_best"] and tokens.lows[index] in grammar.cues["not_best_of"]


def _holds_since(tokens: Tokens, end: int, grammar: Grammar) -> bool:
    """Whether the time follows in which a vague superlative holds: "since 1998", "ever", "in six years"."""
    lows, times = tokens.lows, grammar.cues["time_units"]
    for at in range(end, end + AHEAD):
        if lows[at] in ("since", "ever"):
            return True
        if not lows[at].isalpha():
            break
    return lows[end] == "in" and (
        lows[end + 1] in grammar.small or lows[end + 2] in times or lows[end + 3] in times or lows[end + 1] in times
    )


def read_ranked(tokens: Tokens, index: int, grammar: Grammar) -> Noun | None:
    """The noun a superlative ranks: the plural that follows, or the last word of the phrase."""
    noun = read_noun(tokens, index, grammar)
    if noun is not None:
        return noun
    lows, at = tokens.lows, index
    if lows[at] in grammar.cues["place_nouns"]:
        return Noun(at, at, at + 1, find_singular(tokens, at, grammar))
    while at < index + 4 and tokens.is_initial(at):
        at += 2
    at += lows[at] == "ever"
    start = at
    while at < start + 3 and len(lows[at]) > 1 and lows[at].isalpha() and not _ends_ranked(tokens, at, grammar):
        at += 1
        if lows[at] == "-" and tokens.glued(at) and tokens.glued(at + 1) and lows[at + 1].isalpha():
            at, start = at + 1, at + 1  # "the first Welsh-speaking minister"
    if _is_deed(tokens, at, grammar):
        at += 1
    elif at > start + 1 and (lows[at - 1].endswith("ed") or is_doing(lows[at - 1], grammar)):
        at -= 1
    if at == start:
        return None
    return Noun(index, at - 1, at, find_singular(tokens, at - 1, grammar))


def _is_deed(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether the verb at *at* is the noun that is ranked: "the first recorded | vote since", "its first | win in"."""
    after = tokens.lows[at + 1]
    return f"{tokens.lows[at]}s" in grammar.cues["verb_nouns"] and (
        not after[:1].isalpha() or after in grammar.cues["alone_before"]
    )


def _ends_ranked(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether the ranked phrase ends before *at*: "the largest prize | ever", "the first man | Ohio has sent"."""
    relative = tokens.is_capital(at) and tokens.lows[at + 1] in ("has", "had", "have")
    return tokens.lows[at] in grammar.stops or tokens.lows[at] == "ever" or relative


def _read_record(tokens: Tokens, index: int, grammar: Grammar) -> Rank | None:
    """As in "a record number", "record-breaking", "an unprecedented level", "hit a record"."""
    lows, nouns = tokens.lows, grammar.cues["record_nouns"]
    before, after = lows[index - 1], lows[index + 1]
    if lows[index] == "unprecedented":
        return (
            Rank(index, index + 2, ONE, None) if after in ("number", "numbers", "amount", "level", "levels") else None
        )
    if after == "-" and lows[index + 2] in grammar.cues["record_compounds"]:
        return Rank(index, index + 3, ONE, None)
    if after in nouns:
        return Rank(index, index + 2, ONE, None)
    if lows[index + 2] in nouns and after.isalpha() and after not in grammar.stops:
        return Rank(index, index + 3, ONE, None)
    set_new = before in grammar.cues["record_new"] and lows[index - 2] in grammar.cues["record_verbs"]
    held = before in grammar.cues["record_owners"] and after in ("for", "of", "in", "with", "by")
    return Rank(index, index + 1, ONE, None) if set_new or held else None
