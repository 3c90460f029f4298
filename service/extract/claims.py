"""What nouns report inside of what others say: "Roe's claim that …", "accusations by the union that …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.extract.encoder import Tags
from service.extract.voices import is_voice

Words = tuple[int, int]

_NOUN = (
    r"(?:accusation|acknowledge?ment|admission|allegation|announcement|argument|assertion|assessment|charge|claim|comment"
    r"|complaint|conclusion|contention|criticism|declaration|denial|estimate|finding|forecast|insistence|prediction"
    r"|promise|recommendation|remark|report|ruling|statement|suggestion|testimony|threat|tweet|vow|warning)s?"
)
_SAYS = r"(?=[ \u00a0]that\b|[:,]?[ \u00a0][\"“])"
_SAYING = r"[ \u00a0](?:saying|claiming|suggesting|arguing|warning)\b"
_FOR = r"(?=[ \u00a0](?:for|to)[ \u00a0])"
_OWN = re.compile(
    r"(?<![\w’'])(?P<source>(?:(?:[Tt]he|some|his|her|their|its)[ \u00a0])?(?:[A-Z][\w.-]{0,30}[ \u00a0]){0,5}"
    r"[\w.-]{1,30}?)(?:['’]s|(?<=s)['’])[ \u00a0](?:own |(?:[a-z]{1,15}|\d{4}) )?"
    rf"(?P<cue>{_NOUN}(?:{_SAYS}|{_SAYING})|(?:call|demand|request)s?{_FOR}"
    r"|(?:pledge|promise|vow)s?(?=[ \u00a0]to[ \u00a0])"
    r"|calling(?=[ \u00a0](?:an?|for|her|him|it|on|that|the|them|this)[ \u00a0]))"
)
_BY = re.compile(rf"\b(?P<cue>{_NOUN})[ \u00a0](?:by|from)[ \u00a0](?P<source>[^,;:“”\"\n]{{3,80}}?){_SAYS}")
_SINGLE = re.compile(r"[A-Z]\w*")  # a name of one word, which behind "from" is a place's more often
_OWNS, _BYS = re.compile(r"['’]"), re.compile(r"by[ \u00a0]|from[ \u00a0]")  # without which there is none, soon found


def find_claims(reading: str, tags: Tags, start: int, end: int) -> Iterator[tuple[Words, Words]]:
    """Whose claims the stretch reports, and the nouns for them, where those who make them can speak."""
    for pattern, needed in ((_OWN, _OWNS), (_BY, _BYS)):
        for found in pattern.finditer(reading, start, end) if needed.search(reading, start, end) else ():
            if is_voice(reading, tags, *found.span("source")):
                yield found.span("source"), found.span("cue")


def find_maker(reading: str, start: int, end: int) -> Words | None:
    """Whose words a cue from *start* to *end* means that is but a noun for them: "warnings from landlords that …"."""
    found = _BY.match(reading, start)
    if found is None or found.end("cue") != end or _SINGLE.fullmatch(found["source"]):
        return None
    return found.span("source")
