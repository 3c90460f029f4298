"""Whose figure it is: "police put the number of marchers at 3,000", "by Roe's count, 12 left", "gave his age as 54"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.contents import found_at
from service.extract.encoder import Tags
from service.extract.records import Document, Role, Sentence
from service.extract.subjects import words_before
from service.extract.tagged import Attribution
from service.extract.values import START, replace
from service.extract.voices import can_say, is_person

_NOT_TIME = r"(?![.,]?\d)(?![ \u00a0]?(?:[ap]\.?m\b|o['’]clock)|[:.]\d\d[ap. ])"
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|nearly|almost|just|only|over|under|above|below|up to|some|somewhere|well"
    r"|at least|(?:more|less|fewer|higher|lower) than|as (?:high|low|much|little|many|few) as)[ \u00a0]){0,3}"
)
_SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|half|zero|nil|a (?:third|quarter|half|fifth|tenth|dozen|hundred|thousand|million|billion|record))\b"
)
_AT, _AS = (re.compile(rf"[ \u00a0]{word}[ \u00a0]") for word in ("at", "as"))  # soon found where it is not
_NUMBER = rf"(?:[A-Z]{{0,3}}[$£€¥]?\d|[A-Z]{{3}}[ \u00a0]\d|{_SMALL})"
_PUT = re.compile(
    r"(?<![\w’'-])(?P<cue>puts?|pegs|pegged|places|placed)[ \u00a0]"
    r"(?P<what>[a-z](?:[^,.;:()“”\"\n]|(?<=\d)[.,](?=\d)){1,110}?)[ \u00a0]"
    rf"at[ \u00a0](?P<amount>{_ABOUT}(?:between[ \u00a0]|from[ \u00a0])?{_NUMBER}[\d,.]*(?<![.,]){_NOT_TIME})"
)
_GAVE = re.compile(
    r"(?<![\w’'-])(?P<cue>gives?|gave)[ \u00a0]"
    r"(?P<what>(?:the|his|her|its|their)(?:[ \u00a0](?!as\b)[a-z-]{2,20}){1,6})[ \u00a0]"
    rf"as[ \u00a0](?P<amount>{_ABOUT}{_NUMBER}[\d,.]*(?<![.,]){_NOT_TIME})"
)
_MOVED = re.compile(  # "put the children to bed at …", "two men at …": things in places
    rf"(?:{_SMALL}|an?\b(?! \w+ of\b))|.*\b(?:into|onto|to|on|up|down|off|out|away|aside|back|in the|in a)\b"
)
_SHARE = re.compile(r"%|[ \u00a0]per[ \u00a0]?cent\b")  # at which no thing is put
_BY = re.compile(
    r"[Bb](?<![\w’'-].)y[ \u00a0](?P<who>his|her|their|its|[^,;:.“”\"\n]{2,60}?(?:['’]s|(?<=s)['’]))[ \u00a0]"
    r"(?:own[ \u00a0])?(?:[a-z]{3,12}[ \u00a0])?"
    r"(?P<cue>account|admission|calculations?|count|estimates?|estimation|figures|reckoning|tally)\b"
)
_NAME = re.compile(r"[A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){0,3}")
_REST = re.compile(r"(?:[^,.;:()“”\"\n]|(?<=\d)[.,:](?=\d)|(?<=[a-z])\.(?=\d))*")
_NEXT = re.compile(r"[ \u00a0](?:and|but|while|who|which|though|although|as)[ \u00a0](?!(?:[A-Z]{0,3}[$£€¥]?\d))")


def with_estimates(
    document: Document, sentences: Sequence[Sentence], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """The attributions, with whoever puts a figure at an amount as the source of a statement."""
    found = sorted(_find(document, sentences, tags), key=START)
    for attribution in attributions:
        put = next((f for f in _near(found, attribution) if _are_one(attribution, f)), None)
        yield _whole(document, tags, attribution, put) if put else attribution
    taken = [(s.start, s.end) for a in attributions for s in (a.cue, *a.contents) if s]
    held = {at for start, end in taken for at in range(start, end)} if found else set()
    for put in found:
        if not any(at in held for s in (put.cue, *put.contents) if s for at in range(s.start, s.end)):
            yield put


def _near(found: Sequence[Attribution], attribution: Attribution) -> Sequence[Attribution]:
    """Those of *found*, which come in order, that stand by the attribution's cue or its first content."""
    places = [at for at in (attribution.start, attribution.cue.start if attribution.cue else None) if at is not None]
    nearest = {bisect_left(found, at, key=START) for at in places}
    return [found[i] for n in sorted(nearest) for i in range(max(0, n - 2), min(len(found), n + 2))]


def _find(document: Document, sentences: Sequence[Sentence], tags: Tags) -> Iterator[Attribution]:
    reading = document.reading
    for sentence in sentences:
        if sentence.role is not Role.BODY:
            continue
        for put in find_puts(reading, sentence.start, sentence.end):
            start, end = words_before(reading, sentence.start, put.start())
            if start == end or not can_say(reading, tags, start, end):
                continue
            source, cue = found_at(document, tags, start, end), found_at(document, tags, *put.span("cue"))
            content = found_at(document, tags, put.start("what"), _end(reading, put.end(), sentence.end))
            if source and cue and content:
                yield Attribution((content,), cue, source, stated=True)
        if by := _BY.search(reading, sentence.start, sentence.end):
            yield from _reckoned(document, sentence, tags, by)


def _reckoned(document: Document, sentence: Sentence, tags: Tags, by: re.Match[str]) -> Iterator[Attribution]:
    """What is so "by Roe's count", which opens or ends its sentence."""
    reading, (start, end) = document.reading, by.span("who")
    opens = by.start() == sentence.start
    if not opens and (
        reading[by.start() - 2 : by.start()] != ", " or reading[by.end() : sentence.end].strip("\"”’'.!?)")
    ):
        return
    low, high = (by.end(), sentence.end) if opens else (sentence.start, by.start())
    own = "'" not in reading[start:end] and "’" not in reading[start:end]
    named = _NAME.match(reading, low + 2, high) if own and opens and is_person(tags, low + 2) else None
    if named:
        start, end = named.span()  # "by his own account, Roe …"
    elif not own:
        end = max(reading.rfind("'", start, end), reading.rfind("’", start, end))
        if not can_say(reading, tags, start, end):
            return
    content, source = found_at(document, tags, low, high), found_at(document, tags, start, end)
    cue = found_at(document, tags, *by.span("cue"))
    if content and source and cue:
        yield Attribution((content,), cue, source, stated=True)


def _are_one(attribution: Attribution, put: Attribution) -> bool:
    """Whether both share a cue, or have one content for which the first has no cue or one that stands elsewhere."""
    cue, own, source, content = attribution.cue, put.cue, put.source, put.contents[0]
    if own is None or source is None:
        return False
    alike = [(c.start, c.end) for c in attribution.contents] == [(content.start, content.end)]
    if cue is None:
        return alike
    low, high = min(source.start, content.start), max(own.end, content.end)
    elsewhere = cue.end <= low or cue.start >= high
    return (alike and elsewhere) or (cue.start < own.end and own.start < cue.end)


def _whole(document: Document, tags: Tags, attribution: Attribution, put: Attribution) -> Attribution:
    """The attribution as the statement that it is, its content from right behind the verb on."""
    only, contents = put.contents[0], attribution.contents
    end = max(only.end, contents[0].end)
    content = found_at(document, tags, only.start, end) if len(contents) == 1 and contents[0].start < only.end else None
    if content is None or contents[0].start < only.start:
        return replace(attribution, stated=True)
    return replace(attribution, stated=True, cue=put.cue, source=put.source, contents=(content,))


def find_puts(reading: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Where something is put at an amount, not in a place or at an hour: ``cue``, ``what``, ``amount``."""
    if _AT.search(reading, start, end):
        for put in _PUT.finditer(reading, start, end):
            if _SHARE.match(reading, put.end()) or not _MOVED.match(put["what"]):
                yield put
    if _AS.search(reading, start, end):
        yield from _GAVE.finditer(reading, start, end)


def _end(reading: str, start: int, stop: int) -> int:
    """Where the amount that goes on at code point *start* ends."""
    rest = _REST.match(reading, start, stop)
    end = rest.end() if rest else start
    another = _NEXT.search(reading, start, end)
    return another.start() if another else end
