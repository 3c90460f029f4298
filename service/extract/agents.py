"""Who does what a cue says: the subject that stands right before a verb is its source, whoever is named behind it.

"…," Roe told the board, the Mercury reported: the words are Roe's first, and the Mercury passes them on. Of two
verbs of one subject each has its own content: "Roe said she would stay and called it a rumour".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.contents import found_at, make_found
from service.extract.cues import is_uttering
from service.extract.encoder import Tags
from service.extract.quoted import Quoted, whole_end
from service.extract.records import Document, Sentence, sentences_over
from service.extract.subjects import PASSIVE, words_before
from service.extract.tagged import Attribution, Found
from service.extract.topics import is_marked
from service.extract.values import START, replace
from service.extract.voices import is_place, is_voice

_NO_VERB = re.compile(r"(?:\w+ing|according|as|like|per)\b", re.IGNORECASE)  # a participle has no subject before it
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]e|I)$")
_CLAUSE = re.compile(r"\b(?:[Ww]hat|[Ww]hatever|[Hh]ow|whom|which|who|than|percent|\w+ed)\b|%")
_WORDS = 5  # of a subject
_HEARD = re.compile(
    r"[ \u00a0](?:(?:can|could) be|was|were|is|are)[ \u00a0](?:clearly |over)?(?:heard|seen|filmed|recorded)[ \u00a0]$"
)
_LEAST_HEARD = 40  # code points that show it
# Another verb of the same subject behind a content: "said he would stay | and called it …".
_AND = re.compile(
    r",?[ \u00a0](?:and|but)[ \u00a0](?:(?:also|then|later|again|even)[ \u00a0])?(?P<cue>accused|acknowledged|added"
    r"|argued|asked|blamed|called|cautioned|claimed|conceded|criticised|criticized|demanded|denied|denounced|described"
    r"|dismissed|encouraged|expressed|insisted|noted|pledged|praised|predicted|promised|referred|rejected|said"
    r"|suggested|told|urged|vowed|warned)(?=[ \u00a0])"
)
_PAST = re.compile(r"\b(?:\w+ed|said|told|wrote)\b")
_OWN = re.compile(r"(?:that )?(?:he|she|it|they)\b|(?:to|an?|the|his|her|its|their|for|of)\b")
_BUT = re.compile(
    r",?[ \u00a0]but[ \u00a0](?:also[ \u00a0])?(?:acknowledged|added|cautioned|conceded|insisted|warned)\b"
)
_OF_ANOTHER = re.compile(
    r"^(?:the|an?|his|her|their|its)[ ].*\b(?:was|were|ha[ds]|have|is|are|would|will|could|should)\b"
)
_ACTED = re.compile(  # what may have the second verb's subject: "said he fled | and called his mother"
    r"(?<!\bbe )(?<!\bis )(?<!\bwas )(?<!\bare )(?<!\bhad )(?<!\bhas )(?<!\bwere )(?<!\bbeen )(?<!\bhave )"
    r"\b(?:\w{2,20}ed|began|broke|came|drove|fell|felt|fled|fought|found|gave|got|hit|made|ran|saw|sent|shot|stole"
    r"|threw|told|took|went)\b"
)
_STOP = re.compile(r"[.!?][ \u00a0]|\n")
_ACCORDING = re.compile(r"[Aa]ccording[ \u00a0]to[ \u00a0](?P<who>[^,.;:()“”\"\n]{3,80})(?=[,.;:(\n])")
_LEAST = 10  # code points of a content
_GAP = 2  # code points between a content and its cue
_NAMED = re.compile(
    r"[\"”’']{1,2},?[ \u00a0](?P<who>(?:[A-Z]|(?:the|an?|one)[ \u00a0])[^\"“”\n;:.!?]{1,30}[^\"“”\n;:!?]{0,90})"
)
_HEAD = re.compile(r"[^,(]+")
_RELATED = re.compile(
    r"[ \u00a0]?\b(?:who|which|that|what|whom)[ \u00a0](?P<who>(?:[\w.’'-]+[ \u00a0]){0,4}[\w.’'-]+)$"
)
_REPORTS = re.compile(r"[ \u00a0](?:has |had |also |first )?(?P<cue>report(?:s|ed)|wrote|writes|said|says)\b")


def with_agents(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    tags: Tags,
    attributions: Sequence[Attribution],
) -> Iterator[Attribution]:
    """The attributions with the subjects of their cues as the sources, and those who pass them on beside them."""
    passed: dict[Found | None, Attribution] = {}  # by the source that passes it on
    for attribution in attributions:
        parted = None if attribution.verbatim else _parted(document, quoted, tags, attribution)
        attribution = parted[0] if parted else attribution
        own = parted[1] if parted else None
        own = own if own or attribution.verbatim else _agent(document, sentences, tags, attribution)
        if own is None:
            yield attribution
            source, begun = attribution.source, attribution.contents[0]
            first = passed.get(source) if source and begun.start > source.end and is_marked(begun, quoted) else None
            if first is not None:
                yield replace(attribution, cue=first.cue, source=first.source)  # the quotation goes on
            continue
        mended = replace(attribution, source=own)
        yield mended
        source = attribution.source
        reports = _REPORTS.match(document.reading, source.end) if source else None
        cue = found_at(document, tags, *reports.span("cue")) if reports else None
        if cue is not None:
            passed[source] = mended
            yield replace(attribution, cue=cue)


def _agent(document: Document, sentences: Sequence[Sentence], tags: Tags, attribution: Attribution) -> Found | None:
    """The subject right before the cue where the source is named behind it or not at all."""
    cue, source, reading = attribution.cue, attribution.source, document.reading
    held = sentences_over(sentences, cue.start, cue.end) if cue else ()
    if cue is not None and source is not None and source.end <= cue.start:
        return _authority(document, tags, cue)
    if cue is None or not held or (source is not None and source.start < cue.end):
        return None
    low = max([sentences[held[0]].start, *(c.end for c in attribution.contents if c.end <= cue.start)])
    last = attribution.contents[-1]
    if source is not None and last.start >= sentences[held[-1]].end and "\n" not in reading[last.end : source.start]:
        return None  # the cue is another's
    heard = _HEARD.search(reading, max(low, cue.start - _LEAST_HEARD), cue.start)
    if heard is None and (source is None or _is_inert(reading, cue)):
        return None
    start, end = words_before(reading, low, heard.start() if heard else cue.start)
    pronoun = _PRONOUN.search(reading, start, end)
    if pronoun:
        return found_at(document, tags, *pronoun.span())
    fits = 0 < len(reading[start:end].split()) <= _WORDS and not _CLAUSE.search(reading, start, end)
    beside = source is None or source.start <= max(cue.end + _GAP, attribution.contents[0].start)
    speaks = fits and (is_voice(reading, tags, start, end) or (not beside and is_place(tags, end - 1)))
    return found_at(document, tags, start, end) if speaks else None


def _authority(document: Document, tags: Tags, cue: Found) -> Found | None:
    """Whoever follows "according to", as somebody must."""
    named = _ACCORDING.match(document.reading, cue.start) if cue else None
    voice = named and is_voice(document.reading, tags, *named.span("who"))
    return found_at(document, tags, *named.span("who")) if named and voice else None


def _parted(
    document: Document, quoted: Sequence[Quoted], tags: Tags, attribution: Attribution
) -> tuple[Attribution, Found] | None:
    """The attribution without the subject that ends the content right before its cue, and that subject.

    It stands behind a quotation, "“No,” | Bo Lind, the pilot, | said", or in a relative clause, "a man | who police |
    said".
    """
    cue, source, reading = attribution.cue, attribution.source, document.reading
    before = [n for n, c in enumerate(attribution.contents) if cue and 0 <= cue.start - c.end <= _GAP]
    if (
        cue is None
        or not before
        or (source is not None and source.start < cue.start and source.end + _GAP >= cue.start)
    ):
        return None
    content = attribution.contents[before[0]]
    verb = not _is_inert(reading, cue) and is_uttering(reading[cue.start : cue.end]) and cue.start - content.end == 1
    words = None if _NO_VERB.match(reading, cue.start) else _behind_marks(reading, quoted, content)
    words = words or (_RELATED.search(reading, content.start, content.end) if verb else None)
    own = found_at(document, tags, *words.span("who")) if words else None
    head = _HEAD.match(reading, own.start, own.end) if own else None
    if words is None or own is None or head is None or not is_voice(reading, tags, *head.span()):
        return None
    rest = found_at(document, tags, content.start, words.start()) if words.start() > content.start else None
    rest = replace(rest, certainty=content.certainty) if rest else None
    others = attribution.contents
    contents = (*others[: before[0]], *([rest] if rest else []), *others[before[0] + 1 :])
    return (replace(attribution, contents=contents), own) if contents else None


def _behind_marks(reading: str, quoted: Sequence[Quoted], content: Found) -> re.Match[str] | None:
    """What follows the marks that the content opens with, up to its end."""
    at = bisect_left(quoted, content.start - 1, key=START)
    begun = at < len(quoted) and quoted[at].start <= content.start
    end = whole_end(reading, quoted, at) if begun else None
    return _NAMED.fullmatch(reading, end, content.end) if end and end < content.end else None


def with_both(document: Document, quoted: Sequence[Quoted], tags: Tags, attribution: Attribution) -> list[Attribution]:
    """The attribution, cut in two where its last content runs on into another verb of the same subject."""
    cue, last, reading = attribution.cue, attribution.contents[-1], document.reading
    if cue is None or attribution.verbatim or last.start < cue.end or not _PAST.search(reading, cue.start, cue.end):
        return [attribution]
    marked = [q for q in quoted if q.double and q.start < last.end and last.start < q.end]
    for more in _AND.finditer(reading, last.start, last.end - _LEAST):
        if any(q.start <= more.start("cue") < q.end for q in marked):
            continue
        before = reading[last.start : more.start()]
        own = _OWN.match(before) and not _OF_ANOTHER.search(before)
        own = own or _BUT.match(reading, more.start()) is not None
        if not own or any(p.search(before) for p in (_ACTED, _STOP)):
            break
        low, high = (int(x) for x in tags.pieces.starts.searchsorted(more.span("cue")))
        border = int(tags.pieces.starts.searchsorted(more.start() + 1))
        first = make_found(document, tags, last.low, border, last.certainty)
        second = make_found(document, tags, high, last.high, last.certainty) if high < last.high else None
        verb = make_found(document, tags, low, high, 1.0)
        if first and second and verb:
            whole = replace(attribution, contents=(*attribution.contents[:-1], first))
            return [whole, replace(attribution, contents=(second,), cue=verb)]
    return [attribution]


def _is_inert(reading: str, cue: Found) -> bool:
    """Whether a cue is no verb that does: "according to", "was told", "told by", "citing"."""
    words = reading[cue.start : cue.end]
    passive = PASSIVE.match(words) is not None and "ing" not in words
    return passive or _NO_VERB.match(words) is not None or reading.startswith(" by ", cue.end)
