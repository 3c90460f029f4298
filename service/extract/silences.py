"""Where nothing is said: by nobody, by who declines to, by who is not reached, or of what there is none."""

from __future__ import annotations

import re

_NOBODY = re.compile(r"(?:neither|nobody|no one|none)\b", re.IGNORECASE)
_DECLINED = r"(?:declin|refus)\w+"
_TELL = (  # verbs of telling that somebody may leave out
    r"(?:answer|comment|confirm|define|disclose|discuss|elaborate|explain|identify|respond to|reveal|say(?! that)"
    r"|specify|speculate"
    r"|give (?:any |a |an |further |more )?(?:\w+ ){0,2}(?:details?|reasons?|toll|figures?|explanation))\b"
)
_UNTOLD = re.compile(
    rf"(?:\b{_DECLINED} (?:\w+ly )?to |\b(?:would|will|could|can|did|does|do)(?: not|n['’]t) )"
    rf"(?:immediately |further |publicly )?{_TELL}"
)
_UNREACHED = re.compile(
    rf"{_DECLINED} (?:\w+ ){{0,2}}?(?:to )?(?:further )?comment|"
    r"\brequests? (?:for|seeking) (?:\w+ )?(?:comment|interview)|"
    r"(?:not|n[’']t) (?:immediately |yet )?(?:respond|reply|return|be reached|comment)",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"(?:to )?(?:further |publicly |any )?(?:comment|respond|reply)(?: (?:further|publicly|immediately|(?:on|to) .*))?|"
    r"(?:to )?(?:(?:\w+ ){0,4})requests? (?:for|seeking) (?:\w+ ){0,2}(?:comment|interview)s?.*",
    re.IGNORECASE,
)
_UNSPOKEN = re.compile(
    r"(?:has|have|had)(?:(?: not|n['’]t| never)(?: yet| publicly)? (?:commented|spoken)| yet to (?:comment|speak))\b",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"(?:ask|insist|prefer|request|want|wish)\w* (?:not to be (?:named|identified|quoted by name)"
    r"|to (?:remain|stay) anonymous)\b",
    re.IGNORECASE,
)
_LACK = re.compile(
    r"no (?:\w+ ){0,2}(?:details?|evidence|examples?|explanation|figures?|names?|numbers?|proof|reasons?|sources?)"
    r"(?: .*)?"
)
_DENIED = (  # what one who is accused says, by the author
    r"(?:an?[ \u00a0](?:accusation|allegation|assertion|charge|claim|suggestion)|something|which)[ \u00a0]"
    r"(?:he|she|they|it|[A-Z][\w'’-]+)[ \u00a0](?:\w+[ \u00a0]){0,2}"
    r"(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?)\b"
)
_COUNTERED = re.compile(_DENIED)
_LEFT_OUT = re.compile(
    rf",[ \u00a0]{_DENIED}|"
    r",?[ \u00a0](?:but|and|though)[ \u00a0](?:(?:gave|offered|provided)[ \u00a0](?:no|few)[ \u00a0]"
    r"|(?:did[ \u00a0](?:not|n['’]t)|(?:declined|refused)[ \u00a0]to)[ \u00a0]"
    r"(?:comment|disclose|discuss|elaborate|give|identify|name|provide|say|specify)\b)"
)


def is_nobody(source: str) -> bool:
    """Whether *source* begins by saying that there is none.

    >>> is_nobody("Nobody"), is_nobody("None of the firms"), is_nobody("Neither side"), is_nobody("Noné")
    (True, True, True, False)
    """
    return _NOBODY.match(source) is not None


def is_silent(words: str, source: str = "") -> bool:
    """Whether *words*, a cue and what follows it, begin by saying that nothing is said by *source*.

    >>> is_silent("declined to say whether the lock would open"), is_silent("would not go"), is_silent("said no")
    (True, False, False)
    >>> is_silent("would say who pays", "Neither Roe nor Lind"), is_silent("would say who pays", "Ann Roe")
    (True, False)
    """
    words = " ".join(words.split())
    if is_nobody(source):
        words = words.replace(" ", " not ", 1)
    return _UNTOLD.match(words) is not None


def is_unanswered(words: str, content: str) -> bool:
    """Whether *words*, a cue with its *content*, only say that somebody gave no comment, or no name.

    >>> is_unanswered("declined to comment on the sale", "to comment on the sale")
    True
    >>> is_unanswered("has not spoken publicly about the sale", "the sale")
    True
    >>> is_unanswered("asked not to be named for fear of his boss", "not to be named for fear of his boss")
    True
    >>> is_unanswered("vowed to stay anonymous", "to stay anonymous")
    False
    >>> is_unanswered("declined to sell", "to sell"), is_unanswered("asked her to comment", "to comment")
    (False, False)
    """
    asked = _UNANSWERED.fullmatch(content) is not None and _UNREACHED.search(words) is not None
    return asked or _UNSPOKEN.match(words) is not None or _NAMELESS.match(words) is not None


def is_lack(content: str) -> bool:
    """Whether *content* only says what was not told, as in "offered | no evidence".

    >>> is_lack("no evidence for it"), is_lack("no further details"), is_lack("no retreat")
    (True, True, False)
    """
    return _LACK.fullmatch(content) is not None


def is_countered(reading: str, start: int) -> bool:
    """Whether what begins at code point *start* only says that somebody denies what was said: "a charge he denies".

    >>> is_countered("a charge he has always denied.", 0), is_countered("a charge of fraud", 0)
    (True, False)
    """
    return _COUNTERED.match(reading, start) is not None


def find_left_out(reading: str, start: int, end: int) -> int | None:
    """Where what somebody says ends, and what is not said begins: "it was in talks| , but gave no price".

    Or what another says of it: "he started the fire| , something he denies".
    """
    found = _LEFT_OUT.search(reading, start, end)
    return found.start() if found else None
