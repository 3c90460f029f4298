"""Numbers without a noun that count people: "wounded 50", "the death toll rose to 27", "a town of 9,000"."""

from __future__ import annotations

from .found import ONE, Found
from .grammars import Grammar
from .tokens import BREAK, Tokens

# "The death toll from floods and landslides … rose to 27": so many words may stand between.
REACH = 24
# "Hundreds, perhaps thousands, had been killed": so many words may stand before the deed.
LINKED = 4


def are_people(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """Whether *found*, a count of nothing named, is of people by what stands around it."""
    if found.kind != "count" or found.noun is not None or found.unit is not None or found.form == "part":
        return False
    if found.value == ONE or found.value % 1 or found.per is not None:
        return False
    return (
        _is_harmed(tokens, found, grammar)
        or _is_inhabited(tokens, found.hedged, grammar)
        or _is_toll(tokens, found, grammar)
    )


def _is_alone(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether no noun follows that the number might count."""
    after = tokens.lows[last]
    return not after[:1].isalpha() or after in grammar.cues["alone_before"]


def _is_harmed(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """As in "killing at least six", "hundreds died", "312 were injured", "1 million affected"."""
    lows, harming = tokens.lows, grammar.cues["harming"]
    if lows[found.hedged - 1] in harming and _is_alone(tokens, found.last, grammar):
        return True
    at = found.last
    while at < found.last + LINKED and (lows[at] in grammar.cues["trend_links"] or lows[at] == ","):
        at += 1
    acting = at == found.last and lows[at + 1] in grammar.cues["determiners"]
    return lows[at] in grammar.cues["harmed"] and not acting


def _is_inhabited(tokens: Tokens, start: int, grammar: Grammar) -> bool:
    """As in "a town of 9,000", "a family of four", "home to fewer than 300"."""
    lows = tokens.lows
    if lows[start - 2 : start] == ["home", "to"] or lows[start - 1] == "population":
        return True
    return lows[start - 1] == "of" and lows[start - 2] in grammar.cues["peopled"]


def _is_toll(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """As in "the death toll … rose to 27": the last number of the clause that a toll reaches."""
    lows, start = tokens.lows, found.hedged
    if not _is_alone(tokens, found.last, grammar) or lows[start - 1] not in grammar.cues["toll_before"]:
        return False
    for at in range(start - 1, start - REACH, -1):
        if lows[at] in (BREAK, ".", ";", "?", "!"):
            return False
        if lows[at] == "toll":
            return lows[at + 1] != "road"
    return False
