"""Who bears a phrase: the names that head it: "chief executive Ann Roe", "the mayor, Bob Doe", "Jim and Jane Roe"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from service.extract.mentions import Mention
from service.extract.names import WORD, fold
from service.extract.nouns import (
    HONORIFICS,
    KIN,
    ORGANIZATIONS,
    OUTPUTS,
    SORTS,
    SURVEYS,
    TITLES,
    is_plural,
    is_post,
    kind_of_noun,
    singular,
)
from service.extract.parts import Part, last_word
from service.extract.records import SpeakerKind

_INDEFINITE = re.compile(r"(?:a|an|one|another)\s", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:named|called|known as|(?:gave|giving) (?:his|her|their) (?:first |full |last )?name(?: only)? as"
    r"|(?:identified|named) (?:himself|herself|themselves|only|himself only|herself only) as)[ \u00a0]+",
    re.IGNORECASE,
)
_ONE = re.compile(r"one of\b", re.IGNORECASE)
HOLDERS = frozenset(
    {
        "contractor",
        "developer",
        "employer",
        "founder",
        "host",
        "maker",
        "operator",
        "organiser",
        "organizer",
        "owner",
        "partner",
        "promoter",
        "publisher",
        "rival",
        "seller",
        "sponsor",
    }
)
_AND = re.compile(r"(?:(?<!\s)\s+)?(?:,\s*)?(?:\band\b|&)\s+", re.IGNORECASE)
_HAS_AND = re.compile(r"(?:[Aa](?<!\w.)(?i:nd)\b|&)\s")
_PLACE = r"(?: (?:of|from) (?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})?(?: ?\([^()]{1,20}\))?"
_PLACE_AFTER = re.compile(rf"{_PLACE}[ ,]*")
_AND_TITLES = re.compile(rf"{_PLACE}((?:,|,? (?:and|&)) )[^,;()]{{0,70}}")
_RECEIVED = re.compile(
    r"\b(?:seen|obtained|reviewed|viewed|read|received|leaked|quoted|cited|shared|reported)[ \u00a0]+"
    r"(?:(?:earlier|exclusively|first|previously)[ \u00a0]+)?(?:by|from)[ \u00a0]*$"
)
_AND_LAST = re.compile(r",? and\b")
# "His Labour shadow, Ann Roe", "one of them, Ann Roe".
_OWN = re.compile(r"\s*(?:his|her|their|one of)[ \u00a0][^,]*,[^,]*$", re.IGNORECASE)
_PARTY = re.compile(r"\([A-Z][\w.,’' /-]{0,30}\)?")
_BODY_OF = re.compile(r"(?:[A-Z]\w+ ){1,2}of (?:the )?")
_DASHES = frozenset({",", "—", "–", "-", "--", "("})


def find_bearers(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """The names that the phrase of *parts* stands for, of the names *inside* it; none if a noun heads it."""
    return (
        _written_by(reading, parts, inside)
        or _called(reading, parts, inside)
        or _listed(reading, parts, inside)
        or _titled(reading, parts, inside)
        or _in_office(reading, parts, inside)
        or _headed(reading, parts, inside)
    )


def _written_by(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """Whoever a document is stated to come from: "a poll from Harbour Research", "the Tribune story"."""
    head = last_word(reading, *parts[0][:2])
    if kind_of_noun(head) != SpeakerKind.DOCUMENT:
        return []
    makers = [p for p in parts[1:] if _makes(reading, p.start, p.by)]
    both = next((names for p in makers if (names := _listed(reading, [Part(p.start, p.end, "")], inside))), [])
    if both:
        return both
    ends = _final(reading, parts[-1].start, parts[-1].end, inside)
    if ends and ends[0].kind == "person" and parts[1:] and parts[1] in makers:
        return ends
    for low, high, _ in makers:
        named = _final(reading, low, high, inside)
        if named:
            return named
    own = [m for m in inside if m.kind == "organization" and parts[0][0] <= m.start and m.end <= parts[0][1]]
    rest = fold(reading[own[-1].end : parts[0][1]]).split() if own else []
    return own[-1:] if own and head in OUTPUTS and 1 <= len(rest) <= 3 and not SURVEYS & set(rest) else []


def _makes(reading: str, at: int, by: str) -> bool:
    """Whether the part that begins at code point *at* names a maker: after "by" or "from", but not after "seen by"."""
    return by in {"by", "from"} and _RECEIVED.search(reading, max(0, at - 32), at) is None


def _final(reading: str, low: int, high: int, inside: Sequence[Mention]) -> list[Mention]:
    name = _final_name(reading, low, high, inside)
    return [name] if name else []


def _called(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """The name in "a bearded man named Ron" or "an agency called The Local"."""
    first = _final_name(reading, parts[0].start, parts[0].end, inside)
    if first is not None and not first.adjectival:
        return []  # "Greece, which has a province called Macedonia"
    for found in _CALLED.finditer(reading, parts[0].start, parts[-1].end):
        name = next((m for m in inside if m.start - found.end() in range(7)), None)
        if name is not None:
            return [name]
    return []


def _listed(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """The names of "Ann Roe and Bob Doe", of "Jim and Jane Roe" and of longer lists; none for anything else."""
    many = _HAS_AND.search(reading, parts[0].start, parts[-1].end) is not None
    region = [p for i, p in enumerate(parts) if i == 0 or (many and p.by == ",")]
    names: list[Mention] = []
    joined = False
    for low, high, _ in region:
        found = _AND.finditer(reading, low, high) if _HAS_AND.search(reading, low, high) else ()
        ands = [a for a in found if not any(m.start <= a.start() < m.end for m in inside)]
        joined = joined or bool(ands)
        edges = [low, *(x for a in ands for x in (a.start(), a.end())), high]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            if not reading[first:last].strip(" ,"):
                continue
            name = _final_name(reading, first, last, inside)
            if name is None:
                return []
            names.append(name)
        if joined:
            break
    if len(names) > 2 and names[0].kind == "group" and {m.kind for m in names[1:]} == {"person"}:
        names = names[1:]  # "two Republicans, Ann Roe and Bob Doe"
    return names if joined and len(names) > 1 else []


def _titled(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """The people of "Senators Ann Roe of Ohio and Bob Doe of Iowa": each with a title before or a place after."""
    people = [m for m in inside if m.kind == "person" and not reading.startswith(("'s", "’s"), m.end)]
    if len(people) < 2 or not _PLACE_AFTER.fullmatch(reading, people[-1].end, parts[-1].end):
        return []
    for first, second in pairwise(people):
        joined = _AND_TITLES.fullmatch(reading, first.end, second.start)
        if joined is None or not _is_description(reading, joined.end(1), second.start):
            return []
    lead = WORD.findall(reading, parts[0].start, people[0].start)
    heads = [singular(fold(w)) for w in lead]
    known = not lead or is_post(heads[-1]) or heads[-1] in TITLES or heads[-1] in HONORIFICS
    return people if known and _AND.search(reading, people[-2].end, people[-1].start) else []


def _in_office(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """Whoever holds an office of what the tagger cut in two: "District of Columbia Attorney General Ann Roe"."""
    last = _final_name(reading, parts[0].start, parts[-1].end, inside)
    before = [m for m in inside if last is not None and m.end < last.start and m.kind != "person"]
    if last is None or last.kind != "person" or not before:
        return []
    title = reading[before[-1].end : last.start].split()
    cut = _BODY_OF.fullmatch(reading, parts[0].start, before[-1].start)
    known = bool(title) and all(w[0].isupper() for w in title) and _is_description(reading, before[-1].end, last.start)
    return [last] if cut and known else []


def _final_name(reading: str, low: int, high: int, inside: Sequence[Mention]) -> Mention | None:
    """The name that ends the stretch, if one does."""
    for mention in reversed(inside):
        if low <= mention.start and mention.end <= high:
            rest = reading[mention.end : high].strip(" .,\"”’'")
            if (
                mention.kind == "organization"
                and rest
                and set(rest.split()) <= SORTS
                and not _INDEFINITE.match(reading, low)
            ):
                return mention
            sided = mention.kind == "person" and _PARTY.fullmatch(rest)  # "Ann Roe (Ind)"
            return mention if sided or rest in ("", "s", "himself", "herself", "itself", "also") else None
    return None


def _headed(reading: str, parts: Sequence[Part], inside: Sequence[Mention]) -> list[Mention]:
    """The name that heads the phrase: at the end of its first part, or set beside a post by commas."""
    first = _final_name(reading, parts[0][0], parts[0][1], inside)
    if first is not None:
        return [first]
    one_of = len(parts) > 2 and _ONE.match(reading, parts[0].start) is not None
    head = singular(last_word(reading, *parts[1][:2])) if one_of else last_word(reading, *parts[0][:2])
    kin = singular(head) in KIN
    people = [m for m in inside if m.kind == "person"]
    if not (kin or is_post(singular(head)) or head in ORGANIZATIONS or head in TITLES):
        own = parts[-1].by == "," and _OWN.match(reading, parts[0].start, parts[-1].end)
        return _final(reading, parts[-1].start, parts[-1].end, people) if own else []
    last = _final_name(reading, parts[-1][0], parts[-1][1], inside)
    if last is not None and last.kind == "person" and is_post(head) and _follows_body(reading, parts, last, inside):
        return [last]
    beside = [p for p in parts[1:] if p.by in _DASHES]
    if is_plural(head):
        return next((names for p in beside if (names := _listed(reading, [p], inside))), [])
    for low, high, _ in beside:
        name = _final_name(reading, low, high, inside)
        fits = name is not None and (name.kind == "person") == (kin or is_post(head) or head in TITLES)
        owns = name is not None and head in HOLDERS and name.kind in {"organization", "place"}
        alone = fits and _AND_LAST.search(reading, name.end if name else low, parts[-1].end) is None
        if name is not None and (fits or owns) and _is_description(reading, low, name.start, kin=alone):
            return [name]
    return []


def _follows_body(reading: str, parts: Sequence[Part], name: Mention, inside: Sequence[Mention]) -> bool:
    """Whether a name or a body stands right before: "the envoy for Yemen Ann Roe", "head of its court Bo Dell"."""
    before = last_word(reading, parts[-1].start, name.start)
    return any(m.end + 1 == name.start for m in inside) or (before in ORGANIZATIONS and len(parts) > 1)


def _is_description(reading: str, low: int, high: int, *, kin: bool = False) -> bool:
    """Whether what stands before a name is its title or a post, with *kin* also whose cousin it is, or nothing."""
    words = [fold(w) for w in WORD.findall(reading[low:high])]
    last = words[-1] if words else ""
    described = last in TITLES or last in HONORIFICS or is_post(last) or (kin and last in KIN)
    return not words or (len(words) <= 8 and described)
