"""Whose figure it is: "police put the number of marchers at 3,000" is the statement of the police."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.names import fold
from service.extract.nouns import PRONOUNS
from service.extract.records import Document, Role, Sentence
from service.extract.subjects import words_before
from service.extract.tagged import Attribution
from service.extract.voices import is_voice

_NOT_TIME = r"(?![.,]?\d)(?![ \u00a0]?(?:[ap]\.?m\b|o['’]clock)|[:.]\d\d[ap. ])"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|just|only|over|under|above|below|up to|some|somewhere|well"
    r"|at least|(?:more|less|fewer|higher|lower) than|as (?:high|low|much|little|many|few) as)[ \u00a0]){0,3}"
)
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|half|zero|nil|a (?:third|quarter|half|fifth|tenth|dozen|hundred|thousand|million|billion|record))\b"
)
_NUMBER = rf"(?:[A-Z]{{0,3}}[$£€¥]?\d|[A-Z]{{3}}[ \u00a0]\d|{_SMALL})"
_PUT = re.compile(
    r"(?<![\w’'-])(?P<cue>puts?|pegs|pegged|places|placed)[ \u00a0]"
    r"(?P<what>[a-z](?:[^,.;:()“”\"\n]|(?<=\d)[.,](?=\d)){1,110}?)[ \u00a0]"
    rf"at[ \u00a0](?P<amount>{_ABOUT}(?:between[ \u00a0]|from[ \u00a0])?{_NUMBER}[\d,.]*(?<![.,]){_NOT_TIME})"
)
_MOVED = re.compile(  # "put the children to bed at …", "two men at …": things in places
    rf"(?:{_SMALL}|an?\b(?! \w+ of\b))|.*\b(?:into|onto|to|on|up|down|off|out|away|aside|back|in the|in a)\b"
)
_REST = re.compile(r"(?:[^,.;:()“”\"\n]|(?<=\d)[.,:](?=\d)|(?<=[a-z])\.(?=\d))*")
_NEXT = re.compile(r"[ \u00a0](?:and|but|while|who|which|though|although|as)[ \u00a0](?!(?:[A-Z]{0,3}[$£€¥]?\d))")
_NOBODY = {"nobody", "no one", "none"}
_SELVES = PRONOUNS - {"him", "her", "them", "me", "us", "you", "it"} | {"it"}


def with_estimates(
    document: Document, sentences: Sequence[Sentence], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """The attributions, with whoever puts a figure at an amount as the source of a statement."""
    found = list(_find(document, sentences, tags))
    for attribution in attributions:
        cue = attribution.cue
        put = next((f for f in found if cue and f.cue and cue.start < f.cue.end and f.cue.start < cue.end), None)
        yield _whole(document, tags, attribution, put) if put else attribution
    taken = [(s.start, s.end) for a in attributions for s in (a.cue, *a.contents) if s]
    for put in found:
        spans = (put.cue, *put.contents)
        if not any(s and low < s.end and s.start < high for s in spans for low, high in taken):
            yield put


def _find(document: Document, sentences: Sequence[Sentence], tags: Tags) -> Iterator[Attribution]:
    reading = document.reading
    for sentence in sentences:
        if sentence.role is not Role.BODY:
            continue
        for put in find_puts(reading, sentence.start, sentence.end):
            start, end = words_before(reading, sentence.start, put.start())
            if start == end or not _can_say(reading, tags, start, end):
                continue
            source, cue = found_at(document, tags, start, end), found_at(document, tags, *put.span("cue"))
            content = found_at(document, tags, put.start("what"), _end(reading, put.end(), sentence.end))
            if source and cue and content:
                yield Attribution((content,), cue, source, stated=True)


def _whole(document: Document, tags: Tags, attribution: Attribution, put: Attribution) -> Attribution:
    """The attribution as the statement that it is, its content from right behind the verb on."""
    only, contents = put.contents[0], attribution.contents
    end = max(only.end, contents[0].end)
    content = found_at(document, tags, only.start, end) if len(contents) == 1 and contents[0].start < only.end else None
    if content is None or contents[0].start < only.start:
        return replace(attribution, stated=True)
    return replace(attribution, stated=True, cue=put.cue, contents=(content,))


def find_puts(reading: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where something is put at an amount, not in a place or at an hour: ``cue``, ``what``, ``amount``."""
    return (put for put in _PUT.finditer(reading, start, end) if not _MOVED.match(put["what"]))


def _can_say(reading: str, tags: Tags, start: int, end: int) -> bool:
    """Whether the subject is a pronoun, a name by its capitals or a noun for somebody or a document."""
    words = reading[start:end]
    if fold(words) in _NOBODY:
        return False
    return fold(words) in _SELVES or words.istitle() or is_voice(reading, tags, start, end)


def _end(reading: str, start: int, stop: int) -> int:
    """Where the amount that goes on at code point *start* ends."""
    rest = _REST.match(reading, start, stop)
    end = rest.end() if rest else start
    another = _NEXT.search(reading, start, end)
    return another.start() if another else end
