"""Times of the day: "2:30", "11pm", "half past ten", "17:00 GMT", "opens at 9"."""

from __future__ import annotations

from .grammars import Grammar
from .tokens import Tokens

DASHES = ("-", "–", "—", "/")
BACK = 6  # so many tokens back it may say what opens
MINUTES = ("five", "ten", "twenty", "5", "10", "20", "25")  # past the hour
DAILY = ("day", "morning", "afternoon", "evening", "night", "weekday")
ZONES = frozenset({"gmt", "utc", "bst", "est", "edt", "pst", "pdt", "cst", "cdt", "cet", "cest", "ist", "hkt", "jst"})
BEFORE_CLOCK = ("at", "until", "till", "since", "before", "after", "around", "about")


def find_told(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """The index after the hour of "half past ten", "at a quarter to six", "ten past nine"."""
    lows = tokens.lows
    if last != first + 1:
        return None
    if lows[last] == "past" and lows[first] in MINUTES:
        return last + 2 if _is_hour(tokens, last + 1, grammar) else None
    if not _is_hour(tokens, first, grammar):
        return None
    if lows[first - 1] == "past" and lows[first - 2] in ("half", "quarter"):
        return last
    before = lows[first - 3 - (lows[first - 3] == "a")]
    return last if lows[first - 2 : first] == ["quarter", "to"] and before in BEFORE_CLOCK else None


def _is_hour(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether a number up to twelve stands there that counts nothing."""
    word, after = tokens.lows[index], tokens.lows[index + 1]
    hour = int(word) if word.isdecimal() and len(word) < 3 else grammar.small.get(word, 0)
    alone = not after[:1].isalnum() or after in grammar.stops or after == "most"
    return 1 <= hour <= 12 and alone and after not in ("%", "percent")


def find_clock(tokens: Tokens, first: int, grammar: Grammar) -> int | None:
    """As in "2:30", "11pm", "9.30 a.m.", "10 o'clock", "17:00 GMT"."""
    lows, at = tokens.lows, first + 1
    if lows[at] == ":":
        return _find_colon(tokens, at, grammar)
    if _is_pointed(tokens, first, grammar):
        return at
    hour = tokens.words[first].partition(".")[0]
    if lows[at] in ZONES and len(hour) == 4 and hour.isdecimal() and int(hour[:2]) < 25 and int(hour[2:]) < 60:
        return at + 1
    if not hour.isdecimal() or len(hour) > 2 or int(hour) > 24:
        return None
    joined = lows[at] in DASHES or lows[at] in ("and", "to", "or")
    if joined and tokens.is_digits(at + 1) and _is_half(tokens, at + 2):
        return _skip_zone(tokens, at + 2, grammar)
    if is_opening(tokens, first, grammar):
        return at
    if _is_half(tokens, at) and not (
        lows[at] == "pm" and "." in tokens.words[first] and len(tokens.words[first].split(".")[1]) != 2
    ):
        return _skip_zone(tokens, at, grammar)
    if lows[at] in ("o'clock", "o’clock") or lows[at] in ("gmt", "est", "edt", "bst", "noon", "midnight"):
        return at + 1
    if lows[at : at + 2] == ["in", "the"] and lows[at + 2] in ("morning", "afternoon", "evening"):
        return at
    return None


def _find_colon(tokens: Tokens, at: int, grammar: Grammar) -> int | None:
    """The index after the minutes, and seconds, behind the colon at *at*."""
    lows, glued = tokens.lows, tokens.glued(at) and tokens.glued(at + 1)
    if not (glued and tokens.is_digits(at + 1) and len(lows[at + 1]) == 2):
        return None
    at += 2
    if lows[at] == ":" and tokens.is_digits(at + 1):
        at += 2
    return _skip_zone(tokens, at, grammar)


def _is_half(tokens: Tokens, at: int) -> bool:
    """Whether "am", "p.m." … stands at *at*."""
    lows = tokens.lows
    return lows[at] in ("am", "pm") or (lows[at] in ("a", "p") and lows[at + 1] == "." and lows[at + 2] == "m")


def _skip_zone(tokens: Tokens, at: int, grammar: Grammar) -> int:
    for _ in range(5):
        if tokens.lows[at] in grammar.cues["clock_after"] or (tokens.lows[at] in (".", "m") and tokens.glued(at)):
            at += 1
    return at


def _is_pointed(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether "15.50" is a time: in a line of its own, or after "at", "until" … with no unit behind it."""
    hour, point, minute = tokens.words[first].partition(".")
    if not point or not 1 <= len(hour) <= 2 or len(minute) != 2 or not (hour + minute).isdecimal():
        return False
    if int(hour) > 23 or int(minute) > 59:
        return False
    lows, before, after = tokens.lows, tokens.lows[first - 1], tokens.lows[first + 1]
    if after == "" and before in ("", "#"):
        return True
    if before not in grammar.cues["clock_before"] or not grammar.cues["trading"].isdisjoint(lows[first - 6 : first]):
        return False
    daily = after in ("each", "every", "this") and lows[first + 2] in DAILY
    ends = daily or after in ("", ".", ",", "and", "on", "to")
    return ends or (before == "the" and not lows[first - 2].endswith("s"))


def is_opening(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether something opens, or somebody calls, at the bare hour: "the doors open at 7", "they rang at eight"."""
    lows, near = tokens.lows, tokens.lows[first - BACK : first - 1]
    if lows[first - 1] not in ("at", "until", "till") or not _is_hour(tokens, first, grammar):
        return False
    level = lows[first - 2]  # "told MPs that the toll stood | at nine"
    if level in grammar.cues["intransitive"] | grammar.cues["links"] | grammar.cues["settled"]:
        return False
    return not grammar.cues["clocked"].isdisjoint(near) and grammar.cues["priced"].isdisjoint(near)
