"""What stands before a number that it is of: "losses | of $5 million", "its share | rose to 40 percent"."""

from __future__ import annotations

from .grammars import Grammar
from .nouns import is_doing
from .tokens import Tokens

REACH = 6
BETWEEN = 6  # tokens from "between" to the "and" that goes with it
# What joins a noun to the one it is said of: "shares in the miner", "the number of arrests".
JOINTS = ("of", "in", "for", "among", "at", "from", "with", "on", "to", "against", "by", "between")


def find_subject(tokens: Tokens, index: int, grammar: Grammar) -> str | None:
    """The subject of the verb at *index*: "the share of renters | has doubled"."""
    while tokens.lows[index - 1] in grammar.cues["links"] or tokens.lows[index - 1].endswith("ly"):
        index -= 1
    span = _read_subject(tokens, index, grammar)
    return tokens.text(*span) if span is not None else None


def find_before(tokens: Tokens, first: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """The noun before "of", "worth" or "by", the subject of a verb that rose, fell or was."""
    lows, at = tokens.lows, first - 1
    while lows[at] in grammar.cues["determiners"] or lows[at] in ("about", "nearly", "further", "another"):
        at -= 1
    if lows[at] == "worth":
        return _read_thing(tokens, at, grammar)
    if lows[at] in ("of", "totaling", "totalling", "averaging"):
        return _read_before(tokens, at, grammar)
    if lows[at] == "at" and kind in ("money", "percent"):
        return _read_level(tokens, at, grammar)
    if lows[at] in ("by", "to", "from", "down", "up", "off"):
        at -= 1
        if (
            lows[at] not in grammar.verbs
            and lows[at] not in grammar.cues["intransitive"]
            and lows[at] not in grammar.cues["links"]
        ):
            return _read_object(tokens, at + 1, grammar)
    if lows[at] not in grammar.cues["intransitive"] and lows[at] not in grammar.cues["states"]:
        return None
    while (
        lows[at - 1] in grammar.cues["links"]
        or lows[at - 1].endswith("ly")
        or lows[at - 1] in ("not", "also", "already")
    ):
        at -= 1
    return None if lows[at - 1] == "to" else _read_subject(tokens, at, grammar)


def _read_level(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """What stands at the amount after the "at" at *index*: "the party was polling | at", "followed by Roe | at"."""
    lows = tokens.lows
    if is_doing(lows[index - 1], grammar) and lows[index - 2] in grammar.cues["links"]:
        return _read_subject(tokens, index - 2, grammar)
    if lows[index - 1] in grammar.cues["settled"] and lows[index - 2] in grammar.cues["links"]:
        at = index - 2
        while lows[at - 1] in grammar.cues["links"]:
            at -= 1
        return _read_subject(tokens, at, grammar)  # "the grant had been frozen | at"
    span = _read_before(tokens, index, grammar)
    if span is None or grammar.names.match(lows, span[1] - 1) is not None:
        return None  # "was down 62 cents | at"
    return None if lows[_pass_determiners(tokens, span[0] - 1, grammar)] in ("to", "in", "for") else span


def _read_thing(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The noun right before *index* with the names before it: "US weaponry | worth"."""
    at = index - 1
    if not is_nominal(tokens, at, grammar):
        return None
    while tokens.is_capital(at - 1) and is_nominal(tokens, at - 1, grammar) and tokens.lows[at - 2] not in ("", "."):
        at -= 1
    return at, index


def _read_subject(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The noun phrase before *index*, with the noun it hangs on: "shares in the miner", "number of arrests".

    Nothing where that hangs on another in turn: too long a chain to say what the number is of.
    """
    span = _read_before(tokens, index, grammar)
    if span is None:
        return None
    at = _pass_determiners(tokens, span[0] - 1, grammar)
    between = [i for i in range(at - BETWEEN, at) if tokens.lows[i] == "between"] if tokens.lows[at] == "and" else []
    if between:
        head = _read_before(tokens, between[-1], grammar)
        return (head[0], span[1]) if head else None  # "a ticket | between Ulm and Harby"
    if tokens.lows[at] in grammar.cues["hanging"]:
        return None
    if tokens.lows[at] not in JOINTS or not tokens.lows[at - 1].isalpha():
        return span
    head = _read_before(tokens, at, grammar)
    if head is None:
        return span if tokens.lows[at] == "of" else None
    hung = tokens.lows[_pass_determiners(tokens, head[0] - 1, grammar)] in JOINTS
    return None if hung else (head[0], span[1])


def _read_object(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The object of a verb of change that ends before *index*: "cut its workforce | by 20 percent"."""
    span = _read_before(tokens, index, grammar)
    if span is None:
        return None
    return span if tokens.lows[_pass_determiners(tokens, span[0] - 1, grammar)] in grammar.verbs else None


def _pass_determiners(tokens: Tokens, at: int, grammar: Grammar) -> int:
    """The index of the first token from *at* backwards that is no determiner."""
    while tokens.lows[at] in grammar.cues["determiners"]:
        at -= 1
    return at


def _read_before(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """The noun phrase that ends before *index*, a participle behind it left out ("crude traded at")."""
    lows = tokens.lows
    if lows[index - 1].endswith("ed") and len(lows[index - 1]) > 4 and tokens.words[index - 1].islower():
        index -= 1
    # "Spending cuts of": a noun of change ends a phrase, though it reads like a verb.
    changing = lows[index - 1] in grammar.change_nouns and is_nominal(tokens, index - 2, grammar)
    at = index - changing
    while at > index - REACH and is_nominal(tokens, at - 1, grammar) and not _is_suffix(tokens, at - 1):
        at -= 1
        if lows[at - 1] == "-" and tokens.glued(at) and lows[at - 2].isalpha():
            at -= 1
    if lows[at] == "-":
        at += 2  # "a one-time bonus of"
    if lows[at] in grammar.cues["time_units"] and at + 1 < index:
        at += 1
    if (
        at == index
        or lows[index - 1] in grammar.cues["weekdays"]
        or lows[index - 1] in grammar.cues["not_topics"]
        or lows[index - 1] in grammar.small
        or lows[index - 1] in grammar.cues["time_units"]
        or lows[index - 1] in ("st", "nd", "rd", "th")
    ):
        return None
    # "Causing losses of": what is done is no part of the noun.
    return at + (index - at > 1 and is_doing(lows[at], grammar)), index


def _is_suffix(tokens: Tokens, index: int) -> bool:
    """Whether token *index* belongs to the number before it: "a 2p cut"."""
    return tokens.is_digits(index - 1) and tokens.glued(index)


def is_nominal(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether token *index* may stand in a noun phrase; "US" may, "us" not."""
    low = tokens.lows[index]
    if tokens.words[index] == "US":
        return True
    if low in grammar.stops or low in grammar.verbs or low in grammar.small or low in grammar.scales:
        return False
    return low[:1].isalpha()
