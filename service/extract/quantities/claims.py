"""Whether a quantity by itself makes its sentence a numerical claim (see the labelling guidelines)."""

from __future__ import annotations

from decimal import Decimal

from .found import Found
from .grammars import Grammar
from .tokens import Tokens

# Smaller numbers after "the", "both", "these" point back to what was counted before.
DOZEN = Decimal(12)
HEDGES = frozenset({"only", "just", "least"})


def find_claim(tokens: Tokens, found: Found, grammar: Grammar) -> bool:
    """Whether a fact-checker could look *found* up, rather than it naming or placing something."""
    if found.kind == "age" or not found.claims:
        return False
    hedged = found.modifier not in ("exactly", "about")
    start = found.hedged or found.first
    before = tokens.lows[start - 1]
    hedged = hedged or not HEDGES.isdisjoint(tokens.lows[start : found.first])
    if found.kind == "count" and found.form != "times":
        return hedged or not _points_back(tokens, found, before, grammar)
    if found.kind == "duration":
        return hedged or not _places(tokens, found, before)
    return True


def _points_back(tokens: Tokens, found: Found, before: str, grammar: Grammar) -> bool:
    """Whether a small number resumes or names: "the two men", "one reader", "between the three"."""
    if found.value == 1 and found.upper is None:
        return before not in ("only", "just", "least", "than")
    if found.value > DOZEN or found.form == "vague" or "-" in tokens.lows[found.first : found.last]:
        return False
    if before in grammar.cues["backward"] and found.noun not in ("time", "vote", "seat", "goal", "point"):
        return tokens.lows[found.last] != "of"
    return found.noun in ("thing", "side", "reason", "way")


def _places(tokens: Tokens, found: Found, before: str) -> bool:
    """Whether a duration only says when, or how long as an epithet: "two days later", "three-hour"."""
    after = tokens.lows[found.last]
    if after in ("ago", "later", "earlier", "prior", "hence") or before in ("next", "coming", "following", "the"):
        return True
    return ("-" in tokens.lows[found.first : found.last] and found.value < 20) or (
        before in ("", ".") and after in ("after", "before", "into", "on", "since")
    )
