"""What a number is about: the shortest phrase of its sentence that says it, or nothing."""

from __future__ import annotations

from .grammars import Grammar
from .nouns import is_plural
from .tokens import Tokens

REACH = 6
JOINS = frozenset({"of"})
# What joins a noun to the one it is said of: "shares in the miner", "the number of arrests".
JOINTS = ("of", "in", "for", "among", "at", "from", "with", "on", "to", "against", "by", "between")


def find_topic(
    tokens: Tokens, first: int, last: int, kind: str, grammar: Grammar, *, counted: bool = False
) -> str | None:
    """What the amount at *first* to *last*, hedges and rate included, is about.

    A *counted* noun says it already.
    """
    span = None if counted else _find_after(tokens, last, kind, grammar) or _find_before(tokens, first, kind, grammar)
    return tokens.text(*span) if span is not None else None


def find_subject(tokens: Tokens, index: int, grammar: Grammar) -> str | None:
    """The subject of the verb at *index*: "the share of renters | has doubled"."""
    while tokens.lows[index - 1] in grammar.cues["links"] or tokens.lows[index - 1].endswith("ly"):
        index -= 1
    span = _read_subject(tokens, index, grammar)
    return tokens.text(*span) if span is not None else None


def read_phrase(tokens: Tokens, index: int, grammar: Grammar) -> tuple[int, int] | None:
    """First and last token of the noun phrase from *index* on, a determiner before it left out."""
    lows, at = tokens.lows, index
    while lows[at] in grammar.cues["determiners"]:
        at += 1
    first = at
    if tokens.is_digits(at) or lows[at] in grammar.small:
        at += 1
    while at < first + REACH:
        word = lows[at]
        if (
            word in ("-", "'", "’", "&")
            and at > first
            and lows[at + 1][:1].isalpha()
            and lows[at + 1] not in grammar.stops
            and tokens.glued(at)
            and tokens.glued(at + 1)
        ):
            at += 1
            continue
        if not word[:1].isalpha() or _is_end(tokens, at, first, grammar):
            break
        at += 1
        if is_plural(tokens, at - 1, grammar) and not is_plural(tokens, at, grammar) and lows[at] != "-":
            break
    return (first, at) if at > first and lows[first] not in grammar.cues["time_units"] else None


def _is_end(tokens: Tokens, at: int, first: int, grammar: Grammar) -> bool:
    """Whether the phrase ends before *at*: a function word, a verb form after its noun."""
    word = tokens.lows[at]
    if tokens.words[at] == "US":
        return False
    if word in grammar.stops or (word in grammar.verbs and at > first):
        return True
    return at > first and word.endswith("ed") and tokens.words[at][:1].islower() and len(word) > 4


def _find_after(tokens: Tokens, last: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """As in "of the workforce", "in cuts", "increase in military spending", "tariffs"."""
    lows, at = tokens.lows, last
    if lows[at] == "-" and lows[at + 1].isalpha() and lows[at + 1] not in grammar.small:
        at += 1
    if lows[at] == "worth" and lows[at + 1] == "of":
        return read_phrase(tokens, at + 2, grammar)
    if lows[at] == "of" or (lows[at] == "from" and lows[last - 1] in grammar.cues["money_plural"]):
        return read_phrase(tokens, at + 1, grammar) if kind != "duration" else None
    if kind == "ratio" and lows[at] in grammar.cues["determiners"]:
        return read_phrase(tokens, at, grammar)
    if lows[at] == "in" and kind == "money":
        return _unless_place(tokens, read_phrase(tokens, at + 1, grammar), grammar)
    if kind in ("count", "rank", "score", "duration"):
        return None
    return _find_changing(tokens, at, grammar) or _find_premodified(tokens, at, kind, grammar)


def _find_changing(tokens: Tokens, at: int, grammar: Grammar) -> tuple[int, int] | None:
    """What the noun of change at *at* or after it is of: "increase | in military spending"."""
    lows = tokens.lows
    for index in (at, at + 1):
        if lows[index] in grammar.change_nouns:
            if lows[index + 1] in ("in", "of", "to", "on", "for"):
                return read_phrase(tokens, index + 2, grammar)
            return at, index + 1
        if not lows[index].isalpha() or lows[index] in grammar.stops:
            return None
    return None


def _find_premodified(tokens: Tokens, at: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """The noun that money or a percentage stands before: "15 percent | tariffs"."""
    word, verbs = tokens.lows[at], grammar.cues["percent_verbs"]
    if kind not in ("money", "percent") or not word.isalpha() or word.endswith("ly") or word in verbs:
        return None
    if word in grammar.stops or word in grammar.change_after or word in grammar.verbs:
        return None
    return read_phrase(tokens, at, grammar)


def _unless_place(tokens: Tokens, span: tuple[int, int] | None, grammar: Grammar) -> tuple[int, int] | None:
    """*span* unless it is a time or a place: "$5 million in 2018", "in London"."""
    if span is None:
        return None
    first, last = span
    lows = tokens.lows
    if (
        tokens.is_digits(first)
        or lows[first] in grammar.cues["months"]
        or not grammar.cues["time_units"].isdisjoint(lows[first:last])
    ):
        return None
    if all(tokens.is_capital(i) for i in range(first, last)):
        return None
    if tokens.lows[first] in (
        "order",
        "addition",
        "total",
        "all",
        "fact",
        "last",
        "next",
        "first",
        "second",
        "third",
        "fourth",
        "part",
        "recent",
        "return",
    ):
        return None
    return span


def _find_before(tokens: Tokens, first: int, kind: str, grammar: Grammar) -> tuple[int, int] | None:
    """The noun before "of", "worth" or "by", the subject of a verb that rose, fell or was."""
    lows, at = tokens.lows, first - 1
    while lows[at] in grammar.cues["determiners"] or lows[at] in ("about", "nearly", "further", "another"):
        at -= 1
    if lows[at] == "worth":
        return _read_thing(tokens, at, grammar)
    if lows[at] in ("of", "totaling", "totalling", "averaging") or (lows[at] == "at" and kind in ("money", "percent")):
        return _read_before(tokens, at, grammar)
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
    while at > index - REACH and is_nominal(tokens, at - 1, grammar):
        at -= 1
        if lows[at - 1] == "-" and tokens.glued(at) and lows[at - 2].isalpha():
            at -= 1
    if lows[at] in grammar.cues["time_units"] and at + 1 < index:
        at += 1
    if (
        at == index
        or lows[index - 1] in grammar.cues["weekdays"]
        or lows[index - 1] in grammar.cues["not_topics"]
        or lows[index - 1] in grammar.small
    ):
        return None
    return at, index


def is_nominal(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether token *index* may stand in a noun phrase; "US" may, "us" not."""
    low = tokens.lows[index]
    if tokens.words[index] == "US":
        return True
    if low in grammar.stops or low in grammar.verbs or low in grammar.small or low in grammar.scales:
        return False
    return low[:1].isalpha()
