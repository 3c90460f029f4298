"""Quantities without a number: ranks, shares, multiples, comparisons, trends, "more than a week"."""

from __future__ import annotations

from decimal import Decimal

from .changes import find_change
from .comparisons import read_comparison, read_equal
from .found import ONE, Found, Number
from .grammars import Grammar
from .hedges import read_hedge
from .leads import read_lead
from .periods import read_article, read_range_word
from .places import read_place
from .ranks import Rank, read_rank
from .rates import read_rate
from .shares import is_stated, read_multiple, read_share
from .subjects import find_subject
from .tokens import Tokens
from .topics import find_topic
from .trends import read_trend


def read_word(tokens: Tokens, index: int, after: int, grammar: Grammar) -> Found | None:
    """The quantity that the word at *index* begins or is; reading has come to *after*."""
    word = tokens.lows[index]
    if word in grammar.cues["comparatives"]:
        return read_comparison(tokens, index, after, grammar)
    if word in grammar.cues["leading"]:
        return read_lead(tokens, index, grammar)
    if word in ("many", "much"):
        return read_equal(tokens, index, after, grammar)
    multiple = read_multiple(tokens, index, grammar)
    if multiple is not None:
        return _read_multiplied(tokens, *multiple, grammar)
    share = read_share(tokens, index, grammar)
    if share is not None:
        return _read_shared(tokens, share, grammar)
    place = grammar.ordinals.get(word)
    rank = (
        read_rank(tokens, index, grammar)
        if place is None
        else read_place(tokens, index, index + 1, Decimal(place), grammar)
    )
    if rank is not None:
        return make_ranked(rank)
    if word in grammar.cues["trend_verbs"]:
        return read_trend(tokens, index, grammar)
    return read_range_word(tokens, index, grammar) or read_article(tokens, index, grammar)


def _read_shared(tokens: Tokens, share: Number, grammar: Grammar) -> Found:
    """A majority or minority with what it is of."""
    return Found(
        share.first,
        share.last,
        share.last,
        "ratio",
        share.value,
        share.upper,
        modifier="more_than" if share.value else "less_than",
        of=find_topic(tokens, share.first, share.last, "ratio", grammar),
        hedged=share.first,
        form="share",
        claims=is_stated(tokens, share),
    )


def _read_multiplied(tokens: Tokens, number: Number, way: str | None, grammar: Grammar) -> Found | None:
    """As in "doubled" with what doubled, "twice the size", "twice a week"."""
    modifier, start, _ = read_hedge(tokens, number.first, number.last, "ratio", grammar)
    if number.form == "times":
        return _read_times(tokens, number, modifier, start, grammar)
    topic = find_topic(tokens, start, number.last, "ratio", grammar)
    if topic is None and way is not None:
        topic = find_subject(tokens, start, grammar)
    return Found(
        number.first,
        number.last,
        number.last,
        "ratio",
        number.value,
        number.upper,
        modifier=modifier,
        change=way or find_change(tokens, start, number.last, "ratio", grammar),
        of=topic,
        hedged=start,
        form=number.form,
    )


def _read_times(tokens: Tokens, number: Number, modifier: str, start: int, grammar: Grammar) -> Found | None:
    """How many times something happens; "once" only with its rate."""
    per, after = read_rate(tokens, number.last, grammar) or (None, number.last)
    if number.value == ONE and per is None:
        return None
    if (
        tokens.lows[number.first - 1] in ("think", "thinks", "thinking", "thought")
        and tokens.lows[number.first] == "twice"
    ):
        return None  # "to think twice"
    return Found(
        number.first,
        number.last,
        after,
        "count",
        number.value,
        noun="time",
        modifier=modifier,
        per=per,
        hedged=start,
        form=number.form,
    )


def make_ranked(rank: Rank) -> Found:
    """*rank* as a quantity of kind "rank"."""
    noun = rank.noun
    return Found(
        rank.first,
        rank.last,
        rank.last,
        "rank",
        rank.value,
        noun=None if noun is None else noun.singular,
        named=None if noun is None else (noun.head, noun.last),
        hedged=rank.first,
        form="rank",
        claims=rank.claims,
    )
