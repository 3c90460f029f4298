"""Spans that break off where no phrase ends: "the head of the | Harbour Board", "a clerk, who | left in May"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.claims import find_maker
from service.extract.contents import found_at
from service.extract.cues import is_uttering
from service.extract.encoder import Tags
from service.extract.nouns import DOCUMENTS, PRONOUNS, singular
from service.extract.quoted import Quoted, in_marks
from service.extract.records import Document
from service.extract.silences import find_left_out
from service.extract.sorts import sorts_of
from service.extract.subjects import IMPERSONAL, PERIOD, TIMED, is_of_noun
from service.extract.tagged import Attribution, Found
from service.extract.values import replace
from service.extract.voices import is_voice
from service.extract.words import SPEECH

_WHO = re.compile(r"[ \u00a0]who[ \u00a0][a-z]{3,12}$")
_WHICH = re.compile(r",[ \u00a0](?:which|who|whose)[ \u00a0]")
_CUT_CLAUSE = re.compile(r"([ \u00a0][^,;:.“”\"\n]{3,80}),[ \u00a0]$")  # the rest of one that is cut
_RELATIVE = re.compile(r",[ \u00a0](?:(?:both|many|some|most|all|one|two)[ \u00a0]of[ \u00a0])?(?:which|who|whom)$")
_DANGLING = re.compile(r"[ \u00a0](?:of|in|at|on|for|to|from|with|by)(?:[ \u00a0]the)?$")
_NAME = re.compile(
    r"[ \u00a0]{1,3}[A-Z][\w’'-]+(?:[ \u00a0](?:(?:of|and|for)[ \u00a0](?:the[ \u00a0])?)?[A-Z][\w’'-]+){0,6}"
)
_DAY = re.compile(r"[ \u00a0]{1,3}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]{2,8} \d)")
_NOUNS = re.compile(r"(?:[ \u00a0][a-z]{3,20}){1,2}[ \u00a0]")
_UNENDED = re.compile(
    r"(?:^|[ \u00a0])(?:who|whom|which|among|of|in|at|on|for|to|from|with|by|the|an?|and|or|than|because"
    r"|(?:when|while|if|as|because|before|after|since)[ \u00a0](?:he|she|it|they|we))$"
)
_TAIL = re.compile(r",[ \u00a0](?:after|although|and|as|before|but|or|though|when|where|which|while|who)$")
_REST = re.compile(r"[ \u00a0](?:[^.,;:!?()\[\]\"“”\n—–]|(?<=\d)[.,:](?=\d)|(?<=[ \u00a0][ap])\.(?=m)){2,200}")
_ANOTHER = re.compile(r"\b(?:and|or)$")
_FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|will|would)\b")
_SHARE = re.compile(r"(?:%|[ \u00a0]per[ \u00a0]?cent)[ \u00a0]of[ \u00a0][^,.;:()“”\"\n]{3,60}")
_PARENTHETICAL = re.compile(r"[ \u00a0](?:agree|argue|believe|claim|note|report|say|warn)$")
_TIME = re.compile(PERIOD)
_COMPOUND = re.compile(r"-[A-Za-z]{2,20}(?=[ \u00a0])")
_SMALL = re.compile(r"[ \u00a0][a-z][a-z-]{1,24}\b")
_NAMED = re.compile(r"[ \u00a0]named[ \u00a0][A-Z][\w’'-]+(?:[ \u00a0][A-Z][\w’'-]+){0,3}")
_FEW = 4  # words of a noun phrase
_ADVERB = re.compile(r"(?:also|later|then|again|once|\w{2,15}ly)")
_MANNER = re.compile(  # "said | publicly he would go"
    r"[ \u00a0](?!nearly|roughly|exactly|hardly)\w{4,15}ly"
    r"(?=[ \u00a0](?:that|the|an?|he|she|it|they|we|I|there|his|her|its|their|no)\b)"
)
_BEGUN_TIME = re.compile(r"[ \u00a0](?:last|next)$")
_VERB = re.compile(r"[ \u00a0](\w{3,15})\b")
_LONGEST = 24  # code points that show how a span ends
_SIGNED = re.compile(  # "The letter, signed by | 40 doctors, warns"
    r"\b((?:[Aa]n?|[Tt]h(?:e|at|is|eir)|[Hh]is|[Hh]er|[Ii]ts)[ \u00a0](?:[a-z-]{2,16}[ \u00a0])?([a-z]{4,14})),"
    r"[ \u00a0](?:drafted|issued|published|sent|signed|written)[ \u00a0]by[ \u00a0]$"
)
_IMAGINED = re.compile(
    r"[Oo]ne[ \u00a0](?:can|could|may|might)[ \u00a0](?:(?:almost|easily|just)[ \u00a0])?(?:hear|imagine|picture)\b"
)
_LONGEST_SIGNED = 64  # code points that such a document takes


def with_whole_edges(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attributions: Sequence[Attribution]
) -> Iterator[Attribution]:
    """The attributions with their sources and contents ending where a phrase does."""
    spans = [s for a in attributions for s in (a.cue, a.source, *a.contents) if s]
    starts = sorted({s.start for s in spans})
    for attribution in attributions:
        source = attribution.source
        if source and _TIME.fullmatch(document.reading, source.start, source.end):
            source = None  # "but last year | promised": the subject stands before
        if source and attribution.cue and source.end <= attribution.cue.start:
            maker = find_maker(document.reading, attribution.cue.start, attribution.cue.end)
            source = found_at(document, tags, *maker) if maker else source  # "complaints from | nurses | that"
        if source and IMPERSONAL.match(document.reading, source.start):
            source = None  # "it became known that": nobody says so
        if source and _IMAGINED.match(document.reading, source.start):
            source = None  # "one can imagine her saying"
        if source and attribution.cue and is_of_noun(document.reading, (source.start, source.end), attribution.cue):
            source = None  # "one | theory is | that"
        if source and (timed := TIMED.match(document.reading, source.start, source.end)):
            source = found_at(document, tags, timed.end(), source.end) or source  # "last week | the report"
        whole = _whole_source(document, tags, attribution, source) if source else None
        cue = _whole_cue(document, tags, attribution.cue) if attribution.cue else None
        cue, contents = _with_manner(document, tags, cue, attribution.contents)
        contents = tuple(
            _without_tail(document, quoted, tags, _whole_content(document, quoted, tags, starts, c)) for c in contents
        )
        alike = whole == attribution.source and contents == attribution.contents and cue == attribution.cue
        yield attribution if alike else replace(attribution, source=whole, cue=cue, contents=contents)


def _whole_cue(document: Document, tags: Tags, cue: Found) -> Found:
    """The cue with the verb that its adverb stops before, "later | said", without a time begun: "warned | last"."""
    if timed := _BEGUN_TIME.search(document.reading, cue.start, cue.end):
        cue = found_at(document, tags, cue.start, timed.start()) or cue
    verb = _VERB.match(document.reading, cue.end) if _ADVERB.fullmatch(document.reading, cue.start, cue.end) else None
    said = verb is not None and (verb[1] in SPEECH or is_uttering(verb[1]))
    return (found_at(document, tags, cue.start, verb.end()) if verb and said else None) or cue


def _with_manner(
    document: Document, tags: Tags, cue: Found | None, contents: tuple[Found, ...]
) -> tuple[Found | None, tuple[Found, ...]]:
    """The cue with the adverb that a content right behind it opens with, and the contents without it."""
    how = _MANNER.match(document.reading, cue.end) if cue else None
    if cue is None or how is None or not contents or contents[0].start != how.start() + 1:
        return cue, contents
    longer = found_at(document, tags, cue.start, how.end())
    rest = found_at(document, tags, how.end(), contents[0].end)
    return (
        (longer, (replace(rest, certainty=contents[0].certainty), *contents[1:]))
        if longer and rest
        else (cue, contents)
    )


def _whole_source(document: Document, tags: Tags, attribution: Attribution, source: Found) -> Found:
    """The source without a relative pronoun at its end, or with the noun or rest of a clause that it stops before."""
    reading, cue = document.reading, attribution.cue
    low = max(source.start, source.end - _LONGEST)
    relative = _RELATIVE.search(reading, low, source.end)
    if relative is None and cue is not None and cue.start > source.end + 1:
        relative = _WHO.search(reading, low, source.end)
    if relative:
        return found_at(document, tags, source.start, relative.start()) or source
    clause = _CUT_CLAUSE.match(reading, source.end, cue.start) if cue is not None else None
    if clause and _WHICH.search(reading, source.start, source.end):
        return found_at(document, tags, source.start, clause.end(1)) or source
    verb = _PARENTHETICAL.search(reading, low, source.end)
    if verb and reading[source.start - 2 : source.start].strip() + reading[source.end : source.end + 1] == ",,":
        return found_at(document, tags, source.start, verb.start()) or source  # ", most pilots say, "
    if cue is not None and (document_start := _signed_start(reading, source, cue)) is not None:
        return found_at(document, tags, document_start, source.end) or source
    if dangling := _DANGLING.search(reading, low, source.end):
        named = None if _DAY.match(reading, source.end) else _NAME.match(reading, source.end)
        end = named.end() if named else source.end if " of" in dangling[0] else dangling.start()
        return found_at(document, tags, source.start, end) or source
    if cue is None or reading[source.start : source.end].lower() in PRONOUNS:
        return source
    stop = None if is_voice(reading, tags, source.start, source.end) else _noun_end(reading, tags, source, cue)
    return (found_at(document, tags, source.start, stop) if stop else None) or source


def _signed_start(reading: str, source: Found, cue: Found) -> int | None:
    """Where a document begins whose signers the source names, where the document is what speaks behind them."""
    if reading[source.end : cue.start].strip() != ",":
        return None
    signed = _SIGNED.search(reading, max(0, source.start - _LONGEST_SIGNED), source.start)
    return signed.start(1) if signed and signed[2] in DOCUMENTS else None


def _noun_end(reading: str, tags: Tags, source: Found, cue: Found) -> int | None:
    """Where the noun ends that a source stops before: "45 | percent of voters", "the drug | maker"."""
    if reading[source.start : source.end].isdigit():
        share = _SHARE.fullmatch(reading, source.end, cue.start)
        return share.end() if share else None
    if compound := _COMPOUND.match(reading, source.end):
        return _voice_end(reading, tags, source.start, compound.end())
    if cue.start < source.start:
        return _voice_end(reading, tags, source.start, source.end)
    nouns = _NOUNS.fullmatch(reading, source.end, cue.start)
    if nouns and is_voice(reading, tags, source.start, nouns.end() - 1, papers=False):
        return nouns.end()
    firm = _SMALL.match(reading, source.end)
    return firm.end() if firm and "company" in sorts_of(frozenset({singular(firm.group()[1:])})) else None


def _voice_end(reading: str, tags: Tags, start: int, end: int) -> int | None:
    """Where the first noun for somebody ends behind *end*, some words on, a name behind it too."""
    for _ in range(_FEW):
        word = _SMALL.match(reading, end)
        if word is None or word.group().endswith(("ly", "ing")):
            return None
        end = word.end()
        if is_voice(reading, tags, start, end, papers=False):
            named = _NAMED.match(reading, end)
            return named.end() if named else end
    return None


def _whole_content(
    document: Document, quoted: Sequence[Quoted], tags: Tags, starts: Sequence[int], content: Found
) -> Found:
    """The content with the rest of its clause, where it stops at a word that no clause ends with."""
    reading = document.reading
    told = find_left_out(reading, content.start, content.end)
    if told is not None and not in_marks(quoted, told):
        return _cut_at(document, tags, content, told)
    if not _UNENDED.search(reading, max(content.start, content.end - _LONGEST), content.end):
        return content
    rest = _REST.match(reading, content.end)
    if rest is None or in_marks(quoted, content.end - 1):
        return content
    if _ANOTHER.search(reading, content.start, content.end) and _FINITE.search(reading, *rest.span()):
        return content  # "the quay and | the lock was shut"
    at = bisect_left(starts, content.end)
    if at < len(starts) and starts[at] < rest.end():
        return content
    longer = found_at(document, tags, content.start, rest.end())
    return replace(longer, certainty=content.certainty) if longer else content


def _without_tail(document: Document, quoted: Sequence[Quoted], tags: Tags, content: Found) -> Found:
    """The content without a word behind a comma that leads to what is no part of it: "it came in March, | when"."""
    tail = _TAIL.search(document.reading, max(content.start, content.end - _LONGEST), content.end)
    return (
        content if tail is None or in_marks(quoted, tail.end() - 1) else _cut_at(document, tags, content, tail.start())
    )


def _cut_at(document: Document, tags: Tags, content: Found, end: int) -> Found:
    cut = found_at(document, tags, content.start, end)
    return replace(cut, certainty=content.certainty) if cut else content
