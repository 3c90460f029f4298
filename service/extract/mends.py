"""Attributions mended by their words: a recipient is no content, a cited source speaks itself, silence is none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from service.extract.contents import EDGE, make_found
from service.extract.encoder import Tags
from service.extract.nouns import DETERMINERS
from service.extract.passives import NAME, NAMED, with_passive, with_quoted, with_what, without_hearer
from service.extract.pieces import own_pieces
from service.extract.quoted import Quoted
from service.extract.records import Document, Sentence, sentences_over
from service.extract.silences import is_countered, is_lack, is_unanswered
from service.extract.tagged import Attribution, Found
from service.extract.topics import is_marked
from service.extract.values import START, replace
from service.extract.voices import is_person
from service.extract.words import SPEECH

_TELLING = re.compile(r"\b(?:told|tell|tells|telling|informed|assured|reminded)$")
_CLAUSE = re.compile(
    r"(?:[*_]*(?:the[ \u00a0]+)?(?P<name>" + NAME + r")|me|us|him|her|them|reporters|journalists)[*_]*[ \u00a0]+"
    r"(?=(?:it|he|she|they|we|I|that|there|his|its|their|this|if|how|what|why|whether)\b)"
)
_CITING = re.compile(r"\b(?:cit(?:e|es|ed|ing)|quot(?:e|es|ed|ing))(?: \w+ly)?$")
_CITED = re.compile(r"((?:[^:,;\"“”]{1,90} )?[A-Z][^\s:,;\"“”]+):\s*(?=[\"“‘'])")
_INTRODUCED = re.compile(rf"[ \u00a0]+({NAME})[ \u00a0]*:")
_ASKED = re.compile(r"(?:when )?asked(?: about| if| whether| why| how)?", re.IGNORECASE)
_ACCUSED = re.compile(r"accused[ \u00a0]of\b")
_NAMING = re.compile(r"\b(?:nicknam\w+|christen\w+|(?:also|better|commonly|otherwise|popularly|widely) known as)$")
_BETWEEN = re.compile(r"[ \u00a0]+(?:[\w'’-]+[ \u00a0]+){1,5}")
_NAMED = re.compile(r"[ \u00a0]+([A-Z][\w.'’-]*(?:[ \u00a0]+[A-Z][\w.'’-]*){0,3})[ \u00a0]+")


def mend(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    tags: Tags,
    attributions: Iterable[Attribution],
) -> Iterator[Attribution]:
    """The attributions without what is no content, and those cited by another speaking for themselves."""
    reading = document.reading
    listed = list(attributions)
    for attribution, after in zip(listed, [*listed[1:], None], strict=False):
        if _is_silence(reading, attribution) or _is_question_put(reading, attribution) or _names(reading, attribution):
            continue
        if any(vain(reading, attribution) for vain in (_is_accused, _is_lack, _is_countered)):
            continue
        attribution = with_what(reading, attribution, after)
        attribution = _turned(document, tags, _joined(document, tags, attribution))
        attribution = with_whole_source(document, tags, attribution)
        attribution = with_passive(document, tags, without_hearer(reading, with_quoted(reading, attribution)))
        attribution = replace(attribution, contents=own_pieces(reading, sentences, quoted, attribution))
        attribution = _without_opening(reading, quoted, attribution)
        found = _without_recipients(document, sentences, quoted, tags, attribution)
        if found is not None:
            yield from _parted(sentences, quoted, _with_cited(document, tags, found))


def _parted(sentences: Sequence[Sentence], quoted: Sequence[Quoted], attribution: Attribution) -> Iterator[Attribution]:
    """The attribution; what follows its cue apart where that is verbatim and the sentence before it is not."""
    contents, cue = attribution.contents, attribution.cue
    at = bisect_right(contents, cue.start, key=START) if cue else 0
    before, after = contents[:at], contents[at:]
    if before and after and all(is_marked(c, quoted) for c in after) and not all(is_marked(c, quoted) for c in before):
        ends = sentences_over(sentences, before[-1].start, before[-1].end)
        begins = sentences_over(sentences, after[0].start, after[0].end)
        if ends and begins and ends[-1] < begins[0]:
            yield replace(attribution, contents=before)
            yield replace(attribution, contents=after)
            return
    yield attribution


def _is_silence(reading: str, attribution: Attribution) -> bool:
    """Whether it only says that someone says nothing: "declined to comment"."""
    cue, first = attribution.cue, attribution.contents[0]
    if cue is None or len(attribution.contents) > 1:
        return False
    words = " ".join(reading[first.start : first.end].split())
    both = " ".join(reading[min(cue.start, first.start) : max(cue.end, first.end)].split())
    return is_unanswered(both, words)


def _is_lack(reading: str, attribution: Attribution) -> bool:
    """Whether it only says what was not told: "offered no evidence", "mentioned no names"."""
    cue, first = attribution.cue, attribution.contents[0]
    behind = cue is not None and cue.end <= first.start and len(attribution.contents) == 1
    return behind and is_lack(reading[first.start : first.end])


def _is_countered(reading: str, attribution: Attribution) -> bool:
    """Whether it only says that another denies what its source said: "…, a charge he denies"."""
    source, start = attribution.source, attribution.contents[0].start
    denier = attribution.cue is not None and source is not None and start <= source.start
    return not denier and is_countered(reading, start)


def _is_question_put(reading: str, attribution: Attribution) -> bool:
    """Whether it says what the source was asked: "Asked about the fund, he said …"; it may have no source then."""
    cue, source, first = attribution.cue, attribution.source, attribution.contents[0]
    if cue is None or cue.end > first.start or _ASKED.fullmatch(reading, cue.start, cue.end) is None:
        return False
    if source and source.end + 2 == cue.start and reading[source.end] == ",":  # "Roe, asked if he would go, laughed"
        return "," not in reading[max(0, source.start - 2) : source.end]
    return first.start < source.start if source else reading[cue.start].isupper()


def _is_accused(reading: str, attribution: Attribution) -> bool:
    """Whether its source is only called the accused: "a teacher accused of theft" says nothing."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or not 0 <= cue.start - source.end <= 1:
        return False
    return _ACCUSED.match(reading, cue.start) is not None and reading[cue.start : cue.end].count(" ") < 2


def _names(reading: str, attribution: Attribution) -> bool:
    """Whether it says what someone is called."""
    cue = attribution.cue
    return cue is not None and _NAMING.search(reading, cue.start, cue.end) is not None


def _without_opening(reading: str, quoted: Sequence[Quoted], attribution: Attribution) -> Attribution:
    """Without what stands before a clause of source, cue and content: "When | I asked, | Roe | said | it was empty"."""
    cue, source, (first, *rest) = attribution.cue, attribution.source, attribution.contents
    if cue is None or source is None or not rest or is_marked(first, quoted):
        return attribution
    leads = cue.end < rest[0].start and not reading[cue.end : rest[0].start].strip(" \u00a0")
    apart = leads and first.end <= source.start < cue.start and reading[first.end : source.start] == ", "
    return replace(attribution, contents=tuple(rest)) if apart else attribution


def _joined(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With pieces that only space parts as one."""
    contents: list[Found] = []
    for content in attribution.contents:
        last = contents[-1] if contents else None
        if last is not None and not document.reading[last.end : content.start].strip(" \u00a0"):
            sure = min(last.certainty, content.certainty)
            content = make_found(document, tags, last.low, content.high, sure) or content
            contents.pop()
        contents.append(content)
    alike = len(contents) == len(attribution.contents)
    return attribution if alike else replace(attribution, contents=tuple(contents))


def _turned(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With the name as the source where the verb before it was taken for that: "Added Roe: …"."""
    source, reading = attribution.source, document.reading
    if source is None or reading[source.start : source.end].lower() not in SPEECH:
        return attribution
    named = _INTRODUCED.match(reading, source.end)
    found = make_found(document, tags, _piece(tags, named.start(1)), _piece(tags, named.end(1)), 1.0) if named else None
    return replace(attribution, cue=attribution.cue or source, source=found) if found else attribution


def with_whole_source(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With what stands between a source and its cue and belongs to it.

    It does where the source is but a determiner, "The | ferry firm | posts", or a name ends it: "its envoy | Bo Lind |
    told".
    """
    cue, source, reading = attribution.cue, attribution.source, document.reading
    if cue is None or source is None:
        return attribution
    only = reading[source.start : source.end].lower() in DETERMINERS - {"that"}
    named = _NAMED.fullmatch(reading, source.end, cue.start) if not only else None
    if not only and (named is None or not is_person(tags, named.start(1))):
        return attribution
    between = named or _BETWEEN.fullmatch(reading, source.end, cue.start)
    if between is None or any(c.start < cue.start and c.end > source.end for c in attribution.contents):
        return attribution
    whole = make_found(document, tags, source.low, _piece(tags, cue.start), source.certainty)
    return replace(attribution, source=whole or source)


def _without_recipients(
    document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted], tags: Tags, attribution: Attribution
) -> Attribution | None:
    """Without the pieces that name who is spoken to, or the source again; ``None`` if nothing is left."""
    reading, cue = document.reading, attribution.cue
    contents = list(attribution.contents)
    if len(contents) > 1:
        contents = [c for c in contents if not _is_recipient(reading, sentences, quoted, c)] or contents
    elif attribution.source and _words(reading, contents[0]) == _words(reading, attribution.source):
        return None
    first = contents[0]
    if cue is not None and _TELLING.search(reading[cue.start : cue.end]) and cue.end <= first.start <= cue.end + 3:
        lead = _CLAUSE.match(reading, first.start, first.end)
        cut = make_found(document, tags, _piece(tags, lead.end()), first.high, first.certainty) if lead else None
        contents[0] = cut or first
    made = tuple(contents)
    return attribution if made == attribution.contents else replace(attribution, contents=made)


def _words(reading: str, found: Found) -> str:
    return reading[found.start : found.end].casefold()


def _piece(tags: Tags, at: int) -> int:
    return int(tags.pieces.starts.searchsorted(at))


def _is_recipient(reading: str, sentences: Sequence[Sentence], quoted: Sequence[Quoted], content: Found) -> bool:
    """Whether a piece is a bare name or pronoun, out of quotation marks and not at its sentence's beginning."""
    if not NAMED.fullmatch(reading, content.start, content.end):
        return False
    if any(q.start <= content.start < q.end for q in quoted):
        return False
    held = sentences_over(sentences, content.start, content.end)
    return bool(held) and bool(reading[sentences[held[0]].start : content.start].strip(EDGE))


def _with_cited(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With the one who is cited as the source: "The paper cited analyst Bo Roe: "…""."""
    reading, cue, first = document.reading, attribution.cue, attribution.contents[0]
    if cue is None or not _CITING.search(reading[cue.start : cue.end]) or not cue.end <= first.start <= cue.end + 3:
        return attribution
    lead = _CITED.match(reading, first.start)
    if lead is None or lead.end() >= attribution.contents[-1].end + 3:
        return attribution
    source = make_found(document, tags, first.low, _piece(tags, lead.end(1)), 1.0)
    rest = list(attribution.contents[1:])
    if lead.end() < first.end:
        cut = make_found(document, tags, _piece(tags, lead.end()), first.high, first.certainty)
        rest = [cut, *rest] if cut else rest
    return replace(attribution, contents=tuple(rest), source=source) if rest and source else attribution
