"""Numbers that only name: "Article 5", "F-35", "G20", "Flight 370", phone numbers, postal codes."""

from __future__ import annotations

import unicodedata

from .grammars import Grammar
from .nouns import read_noun
from .phones import find_phone
from .tokens import Tokens

DASHES = ("-", "–")
QUOTES = ("'", '"', "“", "”", "‘", "’")
PADDED = 12  # pieces of a name that are looked at
LISTED = 14  # so many tokens back a bracket may stand open


def find_label(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """The index after the name that the number at *first* to *last* is part of, else ``None``."""
    if not tokens.is_digits(first):
        return _find_worded(tokens, first, last, grammar)
    if _is_glued_name(tokens, first, last, grammar) or _is_code(tokens, first, last) or _is_docket(tokens, first):
        return _skip_joined(tokens, last)
    if _is_listed(tokens, first, last):
        return last
    if tokens.words[first] in grammar.cues["versions"] and tokens.words[first - 1][:1].isupper():
        return last
    if _is_apart(tokens, first, last):
        return last
    if tokens.words[first] in grammar.cues["emergencies"] and tokens.lows[first - 1] in grammar.cues["calling"]:
        return last
    end = _find_statute(tokens, last) or find_phone(tokens, first, grammar)
    if end is not None:
        return end
    if _is_marked(tokens, first, last, grammar) or _is_address(tokens, last, grammar):
        return last
    return _skip_listed(tokens, last, grammar) if _is_named(tokens, first, last, grammar) else None


def _is_docket(tokens: Tokens, first: int) -> bool:
    """Whether a case in court is named: "Case 22-506"."""
    return tokens.words[first - 1] in ("Case", "Cases", "Docket", "Law") and not tokens.glued(first)


def _find_statute(tokens: Tokens, last: int) -> int | None:
    """The index after a citation: "18 U.S.C. 1001", "410 U.S. 113", "42 CFR 11"."""
    lows, at = tokens.lows, last
    if lows[at] in ("usc", "cfr", "stat"):
        at += 1
    elif lows[at : at + 3] == ["u", ".", "s"] and tokens.glued(at + 1):
        at += 3
        while lows[at] in (".", "c") and tokens.glued(at):
            at += 1
    else:
        return None
    at += lows[at] in ("§", "sec")
    return at + 1 if tokens.is_digits(at) and tokens.words[at].isdecimal() else None


def _is_listed(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the number counts up a list or a note: "2) Costs", a line's "7. Costs", "[12]"."""
    lows, before, after = tokens.lows, tokens.lows[first - 1], tokens.lows[last]
    if after not in (")", ".", "]") or last != first + 1 or not tokens.glued(last):
        return False
    if not (tokens.words[first].isdecimal() and len(lows[first]) < 4):
        return False
    if after == "]":
        return before == "["
    if len(lows[first]) > 2:
        return False
    if after == ")":
        return lows[last + 1][:1].isalpha() and before not in ("(", "[") and "(" not in lows[first - LISTED : first]
    starts = before in ("", ".", "!", "?") or before == "("
    return starts and after == "." and (tokens.is_capital(last + 1) or lows[last + 1] == ")")


def _skip_listed(tokens: Tokens, last: int, grammar: Grammar) -> int:
    """The index after the numbers that go on a label: "pages 774 and 775", "Rules 4, 7 and 12"."""
    while (
        tokens.lows[last] in ("and", "or", "to", "through", "&")
        and tokens.words[last + 1].isdecimal()
        and (not tokens.lows[last + 2][:1].isalpha() or tokens.lows[last + 2] in grammar.cues["alone_before"])
        and not _counts(tokens, last + 2, grammar)
    ):
        last += 2
    return last


def _is_apart(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the number is a page's or an end mark: "THE REVIEW — 14", "– 30 –"."""
    marks = (*DASHES, "—")
    if tokens.lows[first - 1] not in marks or tokens.glued(first) or not tokens.words[first].isdecimal():
        return False
    title = tokens.lows[last] == "" and tokens.words[first - 2].isupper()
    return title or (tokens.lows[last] in marks and not tokens.glued(last))


def _is_marked(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """Whether what stands before the number makes it a label: "§5", "#12", "art. 3", "H.R. 12", "Group of 20"."""
    lows, before = tokens.lows, tokens.lows[first - 1]
    if before == ".":
        if tokens.glued(first) and tokens.glued(first - 1) and tokens.words[first - 2].isupper():
            return True  # "A/73/PV.6"
        initial = len(lows[first - 2]) == 1 and tokens.is_capital(first - 2)
        return lows[first - 2] in grammar.cues["abbreviated"] or (initial and not _counts(tokens, last, grammar))
    if before == "of":
        return lows[first - 2] == "group" and tokens.is_capital(first - 2)
    if not tokens.glued(first):
        return False
    if before in ("#", "§", "@", "_", "&", "=", ":") or (
        lows[first - 2 : first] == [")", "("] and tokens.glued(first - 1)
    ):
        return True
    if before in ("+", "^", "×"):
        return tokens.glued(first - 1)
    return before == "/" and tokens.glued(first - 1) and not tokens.is_digits(first - 2)


def _is_address(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether a street's name follows: "10 Downing Street"."""
    if not tokens.is_capital(last):
        return False
    for at in range(last, last + 4):
        if tokens.lows[at] in grammar.cues["streets"]:
            return at > last and tokens.is_capital(at)
        if not tokens.is_capital(at):
            return False
    return False


def _is_glued_name(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """Letters glued to the number: "MH17", "F-35", "Covid-19", "5G", "737-800"."""
    lows = tokens.lows
    before = tokens.words[first - 1][:1]
    if tokens.glued(first) and (before.isalpha() or (before and unicodedata.combining(before))):
        return True
    if lows[first - 1] in DASHES and tokens.glued(first) and tokens.glued(first - 1):
        prefix = lows[first - 2]
        if prefix[:1].isalpha() and prefix not in grammar.cues["open_prefixes"]:
            return True
    if tokens.words[last - 1] in ("K", "k") and lows[last] in grammar.cues["screens"]:
        return True
    return tokens.glued(last) and tokens.words[last][:1].isalpha() and _is_foreign(tokens, last, grammar)


def _is_foreign(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether letters glued behind digits are neither unit, scale, ordinal nor plural."""
    word, low = tokens.words[last], tokens.lows[last]
    found = grammar.symbols.match(tokens.words, last)
    if tokens.is_digits(last + 1) and tokens.glued(last + 1) and (found is None or found[1] == last + 1):
        return True
    if low in ("st", "nd", "rd", "th", "s", "x", "m", "c", "f", "yo", "p", "fold", "ish", "sec", "secs"):
        return False
    if word in grammar.suffixes:
        return False
    return found is None and grammar.names.match(tokens.lows, last) is None


def _is_code(tokens: Tokens, first: int, last: int) -> bool:
    """As in "0700", or a number alone in quotation marks: a code, a title."""
    word, lows = tokens.words[first], tokens.lows
    if len(word) > 1 and word[0] == "0" and word.isdecimal():
        return True
    at = first - 2 if lows[first - 1] == "," else first - 1
    # A postal code: "New York, NY, 10032".
    if len(word) == 5 and word.isdecimal() and len(lows[at]) == 2 and tokens.words[at].isupper():
        return True
    after = last + 1 if lows[last] in (",", ".") else last
    return last == first + 1 and lows[first - 1] in QUOTES and lows[after] in QUOTES and tokens.glued(first)


def _skip_joined(tokens: Tokens, last: int) -> int:
    """The index after the rest of a name in pieces: "L11-12.4"."""
    for _ in range(PADDED):
        if (
            tokens.lows[last] in ("-", "–", "/")
            and tokens.glued(last)
            and tokens.is_digits(last + 1)
            and tokens.glued(last + 1)
        ):
            last += 2
    return last


def _is_named(tokens: Tokens, first: int, last: int, grammar: Grammar) -> bool:
    """Whether the word before makes the bare number a label: "Article 5", "Windows 10"."""
    lows, word = tokens.lows, tokens.words[first]
    name = lows[first - 1]
    if not name[:1].isalpha() or tokens.glued(first) or last != first + 1:
        return False
    capital = tokens.words[first - 1] != name
    if not word.isdecimal():
        # "Rule 26.1": a section of a numbered rule.
        numbered = (
            capital and len(name) > 2 and name in grammar.cues["label_before"] and word.replace(".", "").isdecimal()
        )
        return numbered and not _counts(tokens, last, grammar)
    if name == "category" and tokens.words[first] in ("1", "2", "3", "4", "5"):
        return False
    voted = name in ("house", "series") and lows[last] in DASHES and tokens.is_digits(last + 1)
    if voted or (name == "a" and lows[first - 2] in ("", ".", "!", "?", *QUOTES)):
        return False
    if name in grammar.cues["label_before"] and (capital or name in grammar.cues["label_lower"]):
        return not _counts(tokens, last, grammar) or name in grammar.cues["label_keeps"]
    if (
        not capital
        or len(word) > 4
        or name in grammar.cues["capital_ok"]
        or name in grammar.cues["weekdays"]
        or name in grammar.cues["months"]
    ):
        return False
    if (lows[last] in DASHES and tokens.glued(last)) or _counts(tokens, last, grammar):
        return False
    # The first word of a sentence is capital whatever it is; before a colon it is a title ("Alien 3: …").
    return lows[first - 2] not in ("", ".", "!", "?", "“", '"', ":") or (
        lows[last] == ":" and tokens.glued(last) and name not in grammar.stops
    )


def _counts(tokens: Tokens, last: int, grammar: Grammar) -> bool:
    """Whether a unit, a scale or a counted noun follows."""
    return (
        grammar.names.match(tokens.lows, last) is not None
        or grammar.symbols.match(tokens.words, last) is not None
        or read_noun(tokens, last, grammar) is not None
    )


def _find_worded(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """Names with a number in words: "Five Star Movement", "Group of Seven", "Formula One"."""
    lows = tokens.lows
    before = lows[first - 1]
    if before == "-" and (lows[first - 2] == "high" or _is_hyphened(tokens, first, grammar)):
        return last
    if lows[last] == "-" and tokens.glued(last) and grammar.ordinals.get(lows[last + 1], 10) < 10:
        return last + 2  # "the fifty-ninth session"
    idiom = _find_idiom(tokens, first, last, grammar)
    if idiom is not None:
        return idiom
    if before in grammar.cues["label_lower"] and lows[first] in grammar.small:
        return last if before in grammar.cues["label_keeps"] or not _counts(tokens, last, grammar) else None
    if not tokens.is_capital(first):
        return None
    if before in QUOTES and tokens.is_capital(last) and lows[last + 1] in QUOTES:
        return last + 1
    if (
        before[:1].isalpha()
        and tokens.is_capital(first - 1)
        and not tokens.is_capital(last)
        and lows[first - 2] not in ("", ".")
    ):
        return None if _counts(tokens, last, grammar) else last
    if before == "of" and tokens.is_capital(first - 2):
        return last
    if before[:1].isalpha() and lows[first - 1] not in ("and", "or") and tokens.is_capital(last):
        return last
    return None


def _is_hyphened(tokens: Tokens, first: int, grammar: Grammar) -> bool:
    """Whether the number in words is the end of a name: "Apollo-eleven"."""
    name = tokens.lows[first - 2]
    joined = tokens.glued(first) and tokens.glued(first - 1) and tokens.is_capital(first - 2)
    return joined and name.isalpha() and name not in grammar.cues["open_prefixes"] and name not in grammar.small


def _find_idiom(tokens: Tokens, first: int, last: int, grammar: Grammar) -> int | None:
    """Numbers in words that count nothing: "one-two punch", "zero tolerance", "the big four"."""
    lows = tokens.lows
    if lows[first : first + 3] in (["one", "-", "two"], ["one", "-", "stop"], ["one", "-", "time"]):
        return first + 3
    if lows[first] == "zero" and lows[last + (lows[last] == "-")] in ("tolerance", "sum"):
        return last
    if lows[first - 1 : first + 1] == ["in", "two"] and lows[last] not in ("of", "to", "or"):
        return None if _counts(tokens, last, grammar) else last  # "split in two"
    return last if lows[first - 1] in ("big", "top", "final") and not _counts(tokens, last, grammar) else None
