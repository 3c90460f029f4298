"""Numbers that tell when: dates, years, decades, centuries. They are no quantities, and no more are clock times."""

from __future__ import annotations

from .clocks import find_clock, find_told, is_opening
from .grammars import Grammar
from .nouns import read_noun
from .tokens import Tokens

DASHES = ("-", "–", "—", "/")


def find_date(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """The index after the date, year or time that the number at *first* to *last* belongs to.

    ``None`` where the number tells no time.
    """
    lows = tokens.lows
    if (end := find_told(tokens, first, last, grammar)) is not None:
        return end
    if not tokens.is_digits(first):
        return _find_worded(tokens, first, last, grammar)
    word = tokens.words[first]
    if not word.replace(".", "").replace(":", "").isdecimal():
        return None
    end = find_clock(tokens, first, grammar) or _find_day(tokens, first, grammar) or _find_slashed(tokens, first)
    if end is not None:
        return end
    if (lows[last] == "s" and tokens.glued(last)) or (lows[last] in ("'s", "’s") and len(word) == 4):
        return last + 1 if len(word) == 4 or word[-1] == "0" else None
    if lows[last] in ("'", "’") and lows[last + 1] == "s" and tokens.glued(last + 1):
        return last + 2
    if lows[first - 1] in ("'", "’", "‘") and tokens.glued(first) and len(word) == 2 and not tokens.glued(first - 1):
        return last
    return _find_year(tokens, first, grammar)


def _find_day(tokens: Tokens, first: int, grammar: Grammar) -> int | None:
    """As in "6 January 2018", "January 6, 2018", "6th of January", "May 9-11"."""
    lows, months = tokens.lows, grammar.cues["months"]
    before, after = _month_before(tokens, first, grammar), first + 1
    value = tokens.words[first]
    if before and len(value) == 4:
        return after
    if not value.isdecimal() or int(value) > 31:
        return None
    if lows[after] in ("st", "nd", "rd", "th") and tokens.glued(after):
        after += 1
    if before and lows[after] != "percent" and lows[after] != "%":
        return _skip_year(tokens, after)
    if (
        lows[after] in DASHES
        and tokens.is_digits(after + 1)
        and lows[after + 2] in months
        and tokens.is_capital(after + 2)
    ):
        return _skip_year(tokens, after + 3)
    at = after + 1 if lows[after] == "of" else after
    if (
        lows[at] in months
        and tokens.is_capital(at)
        and (
            lows[at] != "may" or tokens.is_digits(at + 1) or lows[first - 1] in ("on", "of", "until", "by", "from", ",")
        )
    ):
        return _skip_year(tokens, at + 1)
    return None


def _month_before(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    at = first - 1
    if tokens.lows[at] == "the":
        at -= 1
    if tokens.lows[at] == ".":
        at -= 1
    if tokens.lows[at] not in grammar.cues["months"] or not tokens.is_capital(at):
        return False
    return (at < first - 1 or not tokens.glued(first)) and (
        tokens.lows[at] not in ("may", "march", "mar")
        or tokens.lows[at - 1] != ""
        or (tokens.lows[first + 1] == "," and len(tokens.words[first + 2]) == 4)
    )


def _skip_year(tokens: Tokens, at: int) -> int:
    """The index after "-11", ", 2018" and the like that go on a date."""
    lows = tokens.lows
    if (lows[at] in DASHES and tokens.is_digits(at + 1) and len(lows[at + 1]) <= 2) or (
        lows[at] in ("and", "to")
        and tokens.is_digits(at + 1)
        and lows[at + 1].isdecimal()
        and int(lows[at + 1]) <= 31
        and lows[at + 2] in (",", ".", "")
    ):
        at += 2
    comma = at + 1 if lows[at] in (",", "of", "in") else at
    if tokens.is_digits(comma) and len(lows[comma]) == 4 and lows[comma].isdecimal():
        return comma + 1
    return at


def _find_slashed(tokens: Tokens, first: int) -> int | None:
    """As in "5/17/2018", "2018-03-01"."""
    lows, at = tokens.lows, first + 1
    for mark in ("/", "-", "–"):
        if (
            lows[at] == mark == lows[at + 2]
            and tokens.is_digits(at + 1)
            and tokens.is_digits(at + 3)
            and tokens.glued(at)
            and tokens.glued(at + 3)
        ):
            sizes = len(lows[first]), len(lows[at + 1]), len(lows[at + 3])
            if 4 in sizes or mark == "/":
                return at + 4
    if lows[at] == "/" and tokens.is_digits(at + 1) and tokens.glued(at) and tokens.glued(at + 1):
        return at + 2
    return None


def _find_year(tokens: Tokens, first: int, grammar: Grammar) -> int | None:
    """A bare number of four digits that is a year where it stands, with the years it ranges to."""
    word, lows = tokens.words[first], tokens.lows
    if (
        len(word) != 4
        or not word.isdecimal()
        or not "1000" <= word <= "2199"
        or "".join(tokens.lows[first - 1 : first]) in ("$", "€", "£")
    ):
        return None
    after = first + 1
    if _is_span(tokens, first):
        return after + 2
    near = "1900" <= word <= "2060"
    cue = lows[first - 1] in grammar.cues["year_before"] or lows[first - 1] in ("(", "'")
    if grammar.names.match(lows, after) or (tokens.glued(after) and grammar.symbols.match(tokens.words, after)):
        return None
    if near:
        return None if _is_counted(tokens, first, after, grammar) else after
    if not cue:
        return None
    return (
        after
        if read_noun(tokens, after, grammar) is None or lows[first - 1] in ("in", "since", "from", "until")
        else None
    )


def _is_span(tokens: Tokens, first: int) -> bool:
    """Whether the year at *first* begins a span of years: "2015-16", "1995–2000"."""
    after, last = first + 1, tokens.lows[first + 2]
    if tokens.lows[after] not in DASHES or not tokens.glued(after) or not tokens.glued(after + 1):
        return False
    return last.isdecimal() and (len(last) == 2 or (len(last) == 4 and "1900" <= tokens.words[first] <= "2100"))


def _is_counted(tokens: Tokens, first: int, after: int, grammar: Grammar) -> bool:
    """Whether a number like a year counts what follows: "about 2000 people"."""
    if lows_in(tokens, after, grammar.cues["year_nouns"]):
        return tokens.lows[first - 1] not in ("in", "since", "until", "during")
    return tokens.lows[after] in grammar.scales


def lows_in(tokens: Tokens, index: int, words: frozenset[str]) -> bool:
    """Whether token *index* is one of *words*."""
    return tokens.lows[index] in words


def _find_worded(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """Times and years in words: "ten o'clock", "four p.m.", "twenty eighteen", "nineteen ninety-eight"."""
    lows = tokens.lows
    if lows[last : last + 2] == ["in", "the"] and lows[last + 2] in ("morning", "afternoon", "evening"):
        return last if grammar.small.get(lows[first], 0) <= 12 else None
    if last == first + 1 and is_opening(tokens, first, grammar):
        return last
    if lows[last] in ("o'clock", "o’clock") or (lows[last] in ("am", "pm") and last == first + 1):
        return last + 1
    if last == first + 1 and lows[last] in ("a", "p") and lows[last + 1] == "." and lows[last + 2] == "m":
        return last + 3
    century = grammar.small.get(lows[first], 0)
    if (
        last == first + 1
        and century in (19, 20)
        and grammar.small.get(lows[last], 0) >= 10
        and tokens.lows[last] != "-"
    ):
        at = last + 1
        return at + 2 if lows[at] == "-" and lows[at + 1] in grammar.small else at
    return None
