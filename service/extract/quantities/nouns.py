"""Counted nouns: which word after a number it counts, and that word in the singular.

No tagger: a counted noun stands in the plural, so the head is the last of the first run of words
in the plural before the phrase ends; after "one" and in compounds ("12-nation") it is singular.
"""

from __future__ import annotations

from service.extract.values import dataclass

from .grammars import Grammar
from .tokens import Tokens

# "1,200 new affordable homes": a noun stands at most so many words after its number.
REACH = 7
# "one New York reporter": so many words follow "one".
SINGLE = 3
# "Three free credit reports": so many words may stand before a noun that is a verb elsewhere.
PREMODIFIED = 2
# "26 U.S. states": an abbreviation with points has at most so many letters.
INITIALS = 3
# "Thousands of 'missing' emails".
QUOTES = frozenset("\"“”‘’'")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase from token *first* up to *last*, whose head is token *head*."""

    first: int
    head: int
    last: int
    singular: str


def read_noun(tokens: Tokens, index: int, grammar: Grammar, *, single: bool = False) -> Noun | None:
    """The noun counted by the number that ends before *index*."""
    lows = tokens.lows
    if lows[index] == "-" and tokens.glued(index) and tokens.glued(index + 1):
        return _read_compound(tokens, index + 1, grammar)
    if single:
        return _read_single(tokens, index, grammar)
    head = _find_head(tokens, index, grammar)
    if head is None:
        return None
    by = lows[head + 1 : head + 3] == ["-", "by"]
    singular = find_singular(tokens, head, grammar)
    return Noun(index, head, head + 1 + 2 * by, f"{singular}-by" if by else singular)


def _read_compound(tokens: Tokens, index: int, grammar: Grammar) -> Noun | None:
    """The noun hyphenated to its number: "12-nation bloc", "six-page"."""
    word = tokens.lows[index]
    if not word.isalpha() or word in grammar.cues["not_after"] or word in grammar.ordinals:
        return None
    if word in grammar.stops and f"{word}s" not in grammar.cues["verb_nouns"]:
        return None
    if word == "strong":
        return None
    singular = find_singular(tokens, index, grammar)
    return Noun(index, index, index + 1, singular[:-2] if word in grammar.cues["traits"] else singular)


def _find_head(tokens: Tokens, index: int, grammar: Grammar) -> int | None:
    """The last word of the first run of plurals from *index* on, or ``None``."""
    head: int | None = None
    lows = tokens.lows
    at = _skip_compound(tokens, index, grammar)
    last = at + REACH
    while at < last:
        word = lows[at]
        passed = 0 if tokens.words[at].islower() else _count_passed(tokens, at, index, grammar)
        if passed > 1 and (head is None or word == "("):
            at, last = at + passed, last + passed
            continue
        if passed == 1:
            pass
        elif head is not None and word in grammar.cues["befallen"]:
            break
        elif is_plural(tokens, at, grammar) or _is_verb_noun(tokens, at, index, grammar):
            head = at
        elif head is not None:
            break
        elif at > index and _goes_on(tokens, at, grammar):
            pass
        elif not word[:1].isalpha() or _ends_phrase(tokens, at, at == index, grammar):
            break
        at += 1
    return head


def _ends_phrase(tokens: Tokens, at: int, first: bool, grammar: Grammar) -> bool:
    """Whether a function word or a number of its own ends the phrase before *at*: "10 hiring | two ministers"."""
    word = tokens.lows[at]
    if word in grammar.small:
        return tokens.lows[at + 1] != "-"
    return word in grammar.stops and not (first and word in grammar.cues["after_number"])


def _count_passed(tokens: Tokens, at: int, index: int, grammar: Grammar) -> int:
    """How many tokens from *at* on neither end the phrase nor are its head: quotation marks, "U.S.", "(IS)", "IS"."""
    word = tokens.lows[at]
    if at < index + 2 * INITIALS and tokens.is_initial(at):
        return 2
    if word == "(" and at > index:
        return 3 if tokens.is_capital(at + 1) and tokens.words[at + 2] == ")" else 0
    if word in QUOTES:
        # "The two countries' ties": the owners are counted.
        owned = word in ("'", "’") and at > index and tokens.glued(at) and is_plural(tokens, at - 1, grammar)
        return int((at > index or not tokens.glued(at)) and not owned)
    if tokens.lows[at - 1] == "united" and word in ("nations", "states") and at > index:
        # "Six United Nations treaties": the name stands before what is counted.
        return int(tokens.lows[at + 1].isalpha() and tokens.lows[at + 1] not in grammar.stops)
    return int(
        word in grammar.cues["initialisms"] and tokens.words[at].isupper() and not tokens.words[at + 1].isupper()
    )


def _is_verb_noun(tokens: Tokens, at: int, index: int, grammar: Grammar) -> bool:
    """Whether a word that is a verb elsewhere is the noun: "12 calls", "thousands of telephone calls from"."""
    if tokens.lows[at] not in grammar.cues["verb_nouns"] or at > index + PREMODIFIED:
        return False
    after = tokens.lows[at + 1]
    return at == index or not after[:1].isalpha() or after in grammar.cues["alone_before"]


def _skip_compound(tokens: Tokens, index: int, grammar: Grammar) -> int:
    """The index after a compound with its own number or a participle: "18-hole | courses", "pledged | delegates"."""
    lows = tokens.lows
    numbered = tokens.is_digits(index) or lows[index] in grammar.small
    if numbered and lows[index + 1] == "-" and lows[index + 2].isalpha() and lows[index + 2] not in grammar.small:
        return index + 3
    if lows[index] not in grammar.cues["participles"]:
        return index
    at = index + 1
    while at < index + SINGLE and lows[at].isalpha() and lows[at] not in grammar.stops:
        at += 1
    return index + any(is_plural(tokens, i, grammar) for i in range(index + 1, at + 1))


def _goes_on(tokens: Tokens, at: int, grammar: Grammar) -> bool:
    """Whether the phrase goes on after a hyphen, comma or "and": "small- and medium-sized firms"."""
    word, after = tokens.lows[at], tokens.lows[at + 1]
    if word == "-":
        # "Two AK-47 rifles": the number of a model.
        return after[:1].isalpha() or (tokens.is_digits(at + 1) and tokens.words[at - 1].isupper())
    if word not in (",", "and", "or", "/"):
        return tokens.is_digits(at) and tokens.lows[at - 1] == "-"
    if not after[:1].isalpha() or after in grammar.stops or after in grammar.small:
        return False
    return any(is_plural(tokens, i, grammar) for i in range(at + 1, at + 4) if tokens.lows[i] not in grammar.stops)


def is_plural(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether token *index* looks like a noun in the plural."""
    word = tokens.lows[index]
    if word in grammar.irregular:
        return True
    if word[-1:] != "s" or len(word) < 3 or word in grammar.stops or word in grammar.singular:
        return False
    return word[-2:] not in ("ss", "us", "is", "'s", "’s") and word[-3:] != "ous" and word.isalpha()


def _read_single(tokens: Tokens, index: int, grammar: Grammar) -> Noun | None:
    """The noun after "one": the last word before the phrase ends, three words on at most."""
    lows = tokens.lows
    if lows[index] in grammar.small:
        return None  # "a one two"
    if lows[index + 1] == "," and _may_go_on(tokens, index, grammar):
        # "One evident, fatal weakness".
        if not lows[index].endswith(tuple(grammar.cues["adjective_ends"])):
            return None
        index += 2
    if lows[index + 1] == "-" and lows[index + 2].isalpha():
        index += 2
    at = index
    while at < index + SINGLE and lows[at].isalpha() and not _ends_single(tokens, at, at > index, grammar):
        at += 1
    if at == index:
        return None
    return Noun(index, at - 1, at, grammar.irregular.get(lows[at - 1], tokens.words[at - 1]))


def _may_go_on(tokens: Tokens, index: int, grammar: Grammar) -> bool:
    """Whether two adjectives may stand there with a comma: no "one arrest, police said", "one man, two boys"."""
    if tokens.is_capital(index + 2) or tokens.lows[index] in grammar.irregular:
        return False
    words = tokens.lows[index + 2 : index + 4]
    return all(word.isalpha() and word not in grammar.stops and word not in grammar.small for word in words)


def _ends_single(tokens: Tokens, at: int, within: bool, grammar: Grammar) -> bool:
    """Whether the phrase after "one" ends before *at*: a function word, a verb ("one wonders", "one man missing")."""
    word = tokens.lows[at]
    if word in grammar.stops or word.endswith("ly"):
        return True
    verb = word in grammar.irregular or word.endswith("ed") or word in grammar.verbs or is_doing(word, grammar)
    if word in grammar.cues["not_single"]:
        return True
    after = tokens.lows[at + 1]
    if not within and (word.endswith("ed") or word in grammar.cues["bare_adjectives"]) and after in grammar.stops:
        return True
    return verb if within else is_plural(tokens, at, grammar) and word not in grammar.irregular


def is_doing(word: str, grammar: Grammar) -> bool:
    """Whether *word* says what the noun before it does, rather than naming something: "reporting", no "building"."""
    return word.endswith("ing") and word not in grammar.cues["ing_nouns"]


def find_singular(tokens: Tokens, index: int, grammar: Grammar) -> str:
    """Token *index* in the singular, its capital kept where it is a name's."""
    word, low = tokens.words[index], tokens.lows[index]
    known = grammar.irregular.get(low)
    if tokens.lows[index - 1] == "-" and tokens.glued(index) and tokens.lows[index - 2] in grammar.cues["kin_prefixes"]:
        return f"{tokens.words[index - 2]}-{known or make_singular(low)}"  # "great-grandchildren"
    if known is not None:
        return known
    if low in grammar.singular:
        return low
    if len(word) > 2 and word[:-1].isupper() and word[-1] == "s":
        return word[:-1]
    if low[:-1] in grammar.cues["particles"] and low[-1] == "s" and tokens.lows[index - 1] == "-":
        return f"{tokens.words[index - 2]}-{low[:-1]}"  # "break-ins"
    if not (word[:1].isupper() and word[1:].islower()):
        word = low
    singular = make_singular(word)
    named = word[:1].isupper() and tokens.is_capital(index - 1) and tokens.lows[index - 1] in grammar.cues["name_first"]
    return f"{tokens.words[index - 1]} {singular}" if named and word.endswith(("ns", "rs")) else singular


def make_singular(word: str) -> str:
    """A regular English plural in the singular; other words as they are."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "su":
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]
