"""Whether a quantity by itself makes its sentence a numerical claim (see the labelling guidelines)."""

from __future__ import annotations

from decimal import Decimal

from .found import Found
from .grammars import Grammar
from .tokens import Tokens

# Smaller numbers after "the", "both", "these" point back to what was counted before.
DOZEN = Decimal(12)
# Nobody was ever older.
OLDEST = Decimal(122)
# So many tokens around "one victim" tell whether it is a count of the dead, hurt or lost.
NEAR = 6
# Before "one child" they make it a count, no "one" among others.
OWNING = frozenset({"only", "just", "least", "than", "had", "has", "have"})
HEDGES = frozenset({"only", "just", "least"})


def find_claim(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """Whether a fact-checker could look *found* up, rather than it naming or placing something."""
    if found.kind == "age":
        return _is_of_thing(tokens, found)
    if not found.claims:
        return False
    hedged = found.modifier not in ("exactly", "about")
    start = found.hedged or found.first
    before = tokens.lows[start - 1]
    hedged = hedged or not HEDGES.isdisjoint(tokens.lows[start : found.first])
    if found.kind == "count" and found.form != "times":
        return hedged or _asserts(tokens, found, grammar) or not _points_back(tokens, found, before, grammar)
    if found.kind == "duration":
        return not _tells_when(tokens, found, before) and (hedged or not _places(tokens, found, before, grammar))
    return True


def _asserts(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """Whether a small count states a rank or a margin: "the two biggest parties", "a one-game lead"."""
    within = tokens.lows[found.first : found.last]
    if not grammar.cues["superlatives"].isdisjoint(within):
        return True
    return "-" in within and tokens.lows[found.last] in grammar.cues["margins"]


def _is_of_thing(tokens: Tokens, found: Found) -> bool:
    """Whether no person can be so old, or "it" is: the age is the claim then, no identity."""
    start = found.hedged
    said = tokens.lows[start - 1] in ("it's", "it’s") or tokens.lows[start - 2 : start] in (["it", "is"], ["it", "was"])
    return found.value > OLDEST or said


def _points_back(tokens: Tokens, found: Found, before: str, grammar: Grammar) -> bool:
    """Whether a small number resumes or names: "the two men", "one reader", "between the three"."""
    if found.value == 1 and found.upper is None:
        near = tokens.lows[found.first - NEAR : found.last + NEAR]
        return before not in OWNING and grammar.cues["casualties"].isdisjoint(near)
    if found.value > DOZEN or found.form == "vague" or "-" in tokens.lows[found.first : found.last]:
        return False
    if before == "past" and tokens.lows[found.hedged - 2] not in grammar.cues["determiners"]:
        return False
    if before in grammar.cues["backward"] and found.noun not in ("time", "vote", "seat", "goal", "point"):
        return tokens.lows[found.last] != "of"
    if before == "you" and found.noun is None:
        return True
    # Who told it: "two sources said", "three people familiar with the talks".
    if found.noun == "source" or (
        found.noun == "person" and tokens.lows[found.last] in ("familiar", "close", "briefed")
    ):
        return True
    return found.noun in ("thing", "side", "reason", "way")


def _tells_when(tokens: Tokens, found: Found, before: str) -> bool:
    """Whether a duration, however hedged, is the distance to a time: "more than 30 years ago", "the past four days"."""
    after = tokens.lows[found.last]
    if after in ("ago", "earlier", "later", "hence", "prior", "after", "away"):
        return before not in ("for", "last", "lasted")
    return before in ("last", "past")


def _places(tokens: Tokens, found: Found, before: str, grammar: Grammar) -> bool:
    """Whether a duration only says when, or how long as an epithet: "two days later", "three-hour"."""
    after = tokens.lows[found.last]
    if after in grammar.cues["measured_spans"]:
        return False
    if before in ("next", "coming", "following", "the"):
        return True
    era = found.value < 1 and found.unit is not None and found.unit.id == "century"
    joined = found.named is not None and tokens.lows[found.named[0] - 1] == "-"
    return (joined and found.value < 20 and not era) or (
        before in ("", ".") and after in ("after", "before", "into", "on", "since")
    )
