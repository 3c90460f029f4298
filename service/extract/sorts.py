"""What sort of organisation a name is of: by what the article calls it, by words of the name, by how it is set."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Final

from service.extract.name_spans import COMPANIES
from service.extract.names import WORD, Key, fold
from service.extract.nouns import ORGANIZATIONS
from service.extract.values import replace

if TYPE_CHECKING:
    from service.extract.mentions import Mention

_TABLES: Final = tomllib.loads(Path(__file__).with_name("sorts.toml").read_text(encoding="utf-8"))


def _invert(column: str) -> dict[str, frozenset[str]]:
    """The sorts that each word of the tables' *column* stands for."""
    words = {word for table in _TABLES.values() for word in table[column].split()}
    return {w: frozenset(sort for sort, table in _TABLES.items() if w in table[column].split()) for w in words}


NOUNS: Final = _invert("nouns")
NAMES: Final = _invert("names")
FIRMS: Final = frozenset(_TABLES["company"]["firms"].split())
ENDINGS: Final = frozenset(_TABLES["company"]["endings"].split())
_LAST: Final = COMPANIES | {w for w, shown in NAMES.items() if "company" in shown}  # of a full name
KNOWN: Final = frozenset(_TABLES["company"]["known"].split())
BODIES: Final = frozenset(_TABLES["association"]["endings"].split())
_TICKER = re.compile(r"[ \u00a0]?\((?:[A-Z]{2,8}: ?)?[A-Z0-9]{1,6}[a-z]?(?:\.[A-Z]{1,3})?\)(?=[^\w])")
_LISTED = re.compile(r"[ \u00a0]?\((?:[A-Z]{2,8}: ?[A-Z]{1,5}|[A-Z0-9]{1,6}[a-z]{0,2}\.[A-Z]{1,3})\)")
_BESIDE = re.compile(r"\s?(?:,|\(|—|–)\s*(?:the|a|an)\s+([^,;:.()—–]{3,60})")
_OWNS = ("'s", "’s")  # "shares in Ann Roe's bakery"
_SHARES_IN = re.compile(r"\b(?:[Ss]hares|[Ss]tock|[Ss]takes?) in[ \u00a0]$")
_THE_FIRM = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?)[ \u00a0](?:[\w-]{1,30}[ \u00a0]){0,2}([a-z-]{3,30}),[ \u00a0]$"
)
_BODY_CALLED = re.compile(
    r"\b(?:newspaper|daily|magazine|broadcaster|agency|group|company|firm|giant|conglomerate|retailer|chain|airline|bank|brand"
    r"|brokerage|insurer|lender|supermarket"
    r"|carmaker|drugmaker|website|tabloid|think[ -]?tank|charity|subsidiary|operator|publisher|maker)[ \u00a0]$"
)
_APART = re.compile(r"[,.;:)]")  # after a name that stands by itself; "the bank Ann Roe says cheated her" is hers
_WHICH = re.compile(r",[ \u00a0]which[ \u00a0]")
_SENTENCE_ENDED = re.compile(r"(?:^|\n|[.!?][\"”’)]*\s+)$")
_CAPITAL_THE = re.compile(r"[\w,;][ \u00a0]The[ \u00a0]$")


def find_sorts(reading: str, mention: Mention, sources: AbstractSet[int] = frozenset()) -> Iterator[str]:
    """The nouns that say what sort of organisation is named: "the advocacy group One Nation", "Rheinland, a retailer".

    *sources* are where sources begin: "In a letter to the Courier, the agency said" calls the Courier no agency.
    """
    led = reading[mention.start - 1 : mention.start] in {" ", "“", '"'}
    words = WORD.findall(reading[max(0, mention.start - 60) : mention.start]) if led else []
    if words and fold(words[-1]) in ORGANIZATIONS:
        yield fold(words[-1])
    ticker = _TICKER.match(reading, mention.end)
    end = ticker.end() if ticker else mention.end
    beside = _BESIDE.match(reading, end, end + 80)
    if beside and sources.isdisjoint(range(end, beside.start(1))):
        yield from (fold(w) for w in WORD.findall(beside[1]) if fold(w) in ORGANIZATIONS)


def shown_sorts(reading: str, mention: Mention) -> Iterator[str]:
    """The sorts that a name shows: "Roe Holdings", "Roe (ROE.L)" and "Roe & Doe" companies, "… in The Roe" a newspaper."""  # noqa: E501 a pattern or a case is read best in one line
    for word in mention.key:
        yield from NAMES.get(word.rstrip("."), ())
    if _LISTED.match(reading, mention.end) or " & " in mention.text:
        yield "company"
    if _CAPITAL_THE.search(reading, max(0, mention.start - 8), mention.start):
        yield "press"


def is_company(reading: str, mentions: Sequence[Mention]) -> bool:
    """Whether what was tagged as a person is a company: "shares in Harbour", "Roe Tunnelling", "Roe, which has ships".

    One with a title is not.
    """
    if any(m.titles for m in mentions):
        return False
    single = all(len(m.key) == 1 for m in mentions)
    if single and mentions[0].key[0] in KNOWN:
        return True
    return any(
        (single and _LISTED.match(reading, m.end))
        or ((single or _APART.match(reading, m.end)) and _BODY_CALLED.search(reading, max(0, m.start - 30), m.start))
        or (_WHICH.match(reading, m.end) and _SENTENCE_ENDED.search(reading, max(0, m.start - 5), m.start))
        or (len(m.key) > 1 and m.key[-1] in ENDINGS)
        or (_SHARES_IN.search(reading, max(0, m.start - 12), m.start) and not reading.startswith(_OWNS, m.end))
        or (single and _is_called_firm(reading, m))
        for m in mentions
    )


def _is_called_firm(reading: str, mention: Mention) -> bool:
    """Whether a noun for companies stands before the name: "the manufacturer, Velm, said"."""
    called = _THE_FIRM.search(reading, max(0, mention.start - 100), mention.start)
    closed = reading[mention.end : mention.end + 1] in {",", "."}
    return called is not None and closed and "company" in NOUNS.get(called[1], frozenset())


def sorts_of(nouns: frozenset[str]) -> frozenset[str]:
    """All sorts that *nouns* stand for."""
    return frozenset(sort for noun in nouns for sort in NOUNS.get(noun, ()))


def companies(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with a company's name cut short taken for the company: "Roe" after "Roe & Sons Ltd".

    So it is if the full name ends as companies' do and comes first, and no person bears the short one.
    """
    stems = [tuple(map(_stem, m.key)) for m in mentions]
    firsts: dict[Key, int] = {}
    for mention, words in zip(mentions, stems, strict=True):
        if mention.kind != "person" and len(words) > 1 and (words[-1] in _LAST or "&" in mention.text):
            for n in range(1, len(words)):
                firsts.setdefault(words[:n], mention.start)
    people = {m.key for m in mentions if m.kind == "person" and len(m.key) > 1} if firsts else ()
    borne = {m.key for m in mentions if m.titles} | {k[n:] for k in people for n in range(1, len(k))}
    found = []
    for mention, words in zip(mentions, stems, strict=True):
        short = firsts.get(words, mention.start) < mention.start and mention.key not in borne
        known = short and (mention.kind == "person" or (mention.kind == "place" and len(words) > 1))
        full = mention.kind != "organization" and len(words) > 1 and words[-1] in COMPANIES
        found.append(replace(mention, kind="organization") if known or full else mention)
    return tuple(found)


def _stem(word: str) -> str:
    return word.removesuffix("'s").removesuffix(".com").rstrip(".")
