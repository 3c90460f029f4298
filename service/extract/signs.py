"""What single lines show by their own form: dates, names, credits, notices, headings.

Every function takes a line's prose and looks at nothing around it. The patterns stand in ``signs.toml``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from service.extract.words import AUXILIARIES, NO_HEADING, OPEN

_TABLES: Final = tomllib.loads(Path(__file__).with_name("signs.toml").read_text(encoding="utf-8"))


def _part(match: re.Match[str]) -> str:
    return _fill(_TABLES["parts"][match.group(1)])


def _fill(pattern: str) -> str:
    """*pattern* with the parts it names put in."""
    return re.sub(r"<([a-z_]+)>", _part, pattern)


def _compile(table: str, *keys: str) -> re.Pattern[str]:
    """One pattern that matches what any of the table's patterns matches."""
    patterns = [pattern for key in keys for pattern in _TABLES[table][key]]
    return re.compile("|".join(f"(?:{_fill(p)})" for p in patterns), re.IGNORECASE)


_DATE_LINE = _compile("date_line", "patterns")
_DATED = re.compile(_fill(r"[\s,|•·–—-]+<date>\W*$"), re.IGNORECASE)
_BY, _BARE_NAMES, _TRADE = _compile("byline", "signed"), _compile("byline", "bare"), _compile("byline", "trade")
_CREDIT, _TRAILING_CREDIT = _compile("credit", "patterns"), _compile("credit", "trailing")
_CAPTION, _SIDES, _SHOWS = _compile("caption", "patterns"), _compile("caption", "sides"), _compile("caption", "shows")
_NOTICE, _LOOSE_NOTICE, _STAMP = (_compile("notice", key) for key in ("always", "loose", "stamps"))
_WITHIN = {held: re.compile(_fill(p), re.IGNORECASE) for held, p in _TABLES["notice"]["within"].items()}
_ADDRESS = _compile("address", "anywhere")
_LINKED = re.compile(r"\.\w|//|<")  # what every address has
_BIO = _compile("biography", "patterns")
_LONGEST = 600  # characters
_SAID = re.compile(r"\b(?:said|says|told|added)\b|[\"“”]")
_ENDED = re.compile(r"[.!?…][^\w:;,]*$")
_HELD = re.compile(r"[:;,…][\"”’'»)\]*_]*\s*$")
_DASHED = re.compile(r"\s*[–—-]\s*[^–—]{2,60}\s*[–—-]\W*$")


def _is_short(text: str, words: int) -> bool:
    """Whether the line has at most so many words, and so few characters that matching it takes no time."""
    return len(text) <= _LONGEST and len(text.split(None, words)) <= words


def is_ended(text: str) -> bool:
    """Whether the line ends as a sentence does, marks of quotation or brackets after it or not."""
    return bool(_ENDED.search(text, max(0, len(text) - 40)))


def is_held(text: str) -> bool:
    """Whether the line ends with a comma, colon or semicolon: something follows."""
    return bool(_HELD.search(text, max(0, len(text) - 40)))


def is_date_line(text: str) -> bool:
    """A line that only dates the article: "Posted 3 May 2024, 10:30 GMT", "5 hours ago"."""
    return len(text) < _LONGEST // 4 and bool(_DATE_LINE.match(text))


def is_byline(text: str) -> bool:
    """A line that names the authors: "By Ann Lee and Bo Karr in Paris", "Ann Lee", "Ann Lee, Health editor"."""
    if not _is_short(text, 40):
        return False
    text = _DATED.sub("", text)
    words = text.split()
    if not words or len(words) > 30 or (len(words) > 8 and is_ended(text) and not _BY.match(text)):
        return False
    if _BY.match(text):
        return len(words) <= 25
    if not _BARE_NAMES.match(text) or (is_ended(text) and len(words) > 4):
        return False
    return (
        len(words) <= 4 or bool(_TRADE.match(text)) or (bool(re.search(r",|\band\b|&|\|", text)) and len(words) <= 10)
    )


def is_signed(text: str) -> bool:
    """Whether the line begins with "By" and a name."""
    return is_byline(text) and bool(_BY.match(text))


def is_credit(text: str) -> bool:
    """A line that says whose picture it is: "Photo: Ann Lee", "REUTERS/Ann Lee", "(Xinhua/Ann Lee)"."""
    return _is_short(text, 16) and bool(_CREDIT.match(text))


def is_credited(text: str) -> bool:
    """A caption with its credit at its end."""
    marked = ":" in text or "/" in text or "Photo" in text
    return marked and _is_short(text, 70) and bool(_TRAILING_CREDIT.match(text))


def is_caption(text: str) -> bool:
    """A line that says it is about a picture: "FILE PHOTO: …", "Hale (left) and Day in March"."""
    if not _is_short(text, 70):
        return False
    return bool(_CAPTION.match(text) or (_SIDES.match(text) and not _SAID.search(text)))


def is_description(text: str) -> bool:
    """A line that may be about a picture: "… is seen …, May 3, 2024"."""
    return _is_short(text, 70) and bool(_SHOWS.match(text))


def is_notice(text: str) -> bool:
    """A line about the article or the site: subscribe, read more, contact, copyright, corrections."""
    if not _is_short(text, 60):
        return False
    line = text.lstrip(" *_–—-•>|[")
    small, begins = line.lower(), (0, 1) if line[:1] == "(" else (0,)
    patterns = (_NOTICE, *(pattern for held, pattern in _WITHIN.items() if held in small))
    if any(pattern.match(line, at) for pattern in patterns for at in begins):
        return True
    return not is_ended(text) and bool(_LOOSE_NOTICE.match(line))


def is_stamp(text: str) -> bool:
    """A line that says how to handle the article: "FOR IMMEDIATE RELEASE", "-ends-"."""
    return _is_short(text, 12) and bool(_STAMP.match(text))


def has_address(text: str) -> bool:
    """A short line that is, or ends with, a web or mail address, or markup."""
    found = list(_ADDRESS.finditer(text)) if _LINKED.search(text) and _is_short(text, 25) else []
    if not found:
        return False
    return len(text.split()) <= 8 or " " not in text[found[-1].start() :].strip(" )].")


def is_biography(text: str) -> bool:
    """A sentence about the author: "Ann Lee is a professor of law at …"."""
    return _is_short(text, 120) and bool(_BIO.match(text))


def is_shouted(text: str) -> bool:
    """A short line in capitals."""
    letters = [c for c in text if c.isalpha()] if _is_short(text, 12) else []
    return len(letters) > 3 and all(c.isupper() for c in letters)


def is_dashed(text: str) -> bool:
    """A line between two dashes: "– Old hands –."."""
    return _is_short(text, 20) and bool(_DASHED.fullmatch(text))


def is_signature(text: str) -> bool:
    """A line that is nothing but a name with a full stop: "Ann Lee."."""
    return _is_short(text, 4) and is_ended(text) and bool(_BARE_NAMES.match(text))


def is_label(text: str) -> bool:
    """A short line with no finite verb that ends like a sentence: "Red lines."."""
    if not _is_short(text, 5):
        return False
    words = [w.strip("\"“”‘’'.,:;!?()").lower().replace("’", "'") for w in text.split()]
    if not 0 < len(words) <= 5 or text.rstrip()[-1:] in "!?" or not text.lstrip("\"“‘'")[:1].isupper():
        return False
    if (text[0] in '"“') != (text.rstrip(".")[-1:] in '"”') or len(words[-1]) < 4 or any("." in w for w in words):
        return False
    return words[-1] not in OPEN and not any(_may_be_verb(words, i) for i in range(len(words)))


def _may_be_verb(words: list[str], place: int) -> bool:
    """Whether the word is, or by form and place could be, a finite verb or its subject pronoun."""
    word = words[place]
    if (
        word in AUXILIARIES
        or word in NO_HEADING
        or word.endswith("n't")
        or ("'" in word and words[place + 1 : place + 2] in (["a"], ["the"], ["not"]))
    ):
        return True
    if 0 < place < len(words) - 1 and word.endswith("s") and not word.endswith(("ss", "'s")):
        return words[place + 1] not in ("of", "and", "for", "in", "on", "or", "to", "with", "from")
    return place > 0 and word.endswith("ed")
