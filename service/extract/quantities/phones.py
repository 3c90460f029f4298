"""Telephone numbers, which name: "555-0199", "+1-222-2222", "01632 960 417"."""

from __future__ import annotations

from .grammars import Grammar
from .tokens import Tokens

DASHES = ("-", "–")
# Country codes and groups of digits: a telephone number has at least so many pieces or digits.
PHONE = 7
SPACED = 9
LONGEST_GROUP = 6
PADDED = 12  # groups that are looked at
NEAR = 9  # so many tokens back it may say whom to call


def find_phone(tokens: Tokens, first: int, grammar: Grammar) -> int | None:
    """The end of digits in groups: "555-0199", "+1-222-2222", "01632 960 417"."""
    if (end := _find_spaced_phone(tokens, first, grammar)) is not None:
        return end
    at, digits, groups = first, len(tokens.lows[first]), 1
    while (
        tokens.lows[at + 1] in (*DASHES, "/", ".")
        and tokens.glued(at + 1)
        and tokens.is_digits(at + 2)
        and tokens.glued(at + 2)
    ):
        at += 2
        groups += 1
        digits += len(tokens.lows[at])
        if groups > PADDED:
            break
    if (groups >= 3 and digits >= PHONE) or (
        groups == 2 and digits == PHONE and len(tokens.lows[first]) == 3 and len(tokens.lows[at]) == 4
    ):
        return at + 1
    if tokens.lows[first - 1] == "+" and tokens.glued(first) and digits > 5:
        return at + 1
    return None


def _find_spaced_phone(tokens: Tokens, first: int, grammar: Grammar) -> int | None:
    """The end of a telephone number in groups of digits, the first after a plus sign or with a nought in front."""
    words, low, high = tokens.words, first, first + 1
    while words[low - 1].isdecimal() and low > first - PADDED:
        low -= 1
    while words[high].isdecimal() and high < first + PADDED:
        high += 1
    groups = words[low:high]
    abroad = tokens.lows[low - 1] == "+" and tokens.glued(low)
    local = groups[0][0] == "0" and min(map(len, groups)) > 2
    counts = tokens.lows[high].isalpha() and tokens.lows[high] not in grammar.stops
    # "Call Roe's helpline on 116 123".
    before = tokens.lows[low - NEAR : low]
    called = before[-1] in ("on", "at", ":") and not grammar.cues["calling"].isdisjoint(before)
    if called and len(groups) > 1 and not counts:
        return high
    if counts or not (abroad or local) or max(map(len, groups)) > LONGEST_GROUP:
        return None
    return high if sum(map(len, groups)) >= SPACED else None
