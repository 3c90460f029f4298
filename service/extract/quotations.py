"""Attributions as quotations: kind by the marks, act by the sentence scores, status by the words of the cue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.contents import EDGE
from service.extract.quoted import Quoted
from service.extract.records import Act, Document, Kind, Quotation, Sentence, Span, Status, sentences_over
from service.extract.silences import is_nobody
from service.extract.tagged import Attribution, Found

SPARED = 0.03  # words outside of the marks, as a share of those inside, that a direct quotation may have
LONGEST_NAME = 5  # words
WORD = re.compile(r"\w[\w'’-]*")
SMALL = frozenset({"the", "of", "and", "for", "in", "a"})
JOINING = frozenset({"that", "and", "but"})  # lead to words in marks and report nothing themselves
CALLED = re.compile(
    r"\b(?:known(?: to \w+)? as|nicknamed|dubbed|named|(?:the|his|her|their) (?:word|words|term|phrase|alias|surname)|so-called)[ \u00a0]*[\"“'‘`]{1,2}$"  # noqa: E501 a pattern or a case is read best in one line
)
HALF_OPEN = re.compile(r"(?:^|[\s])[\"“”]$")
HALF_CLOSED = re.compile(r"[.,!?…]{0,2}[\"”](?=\s|$)")
BEGUN = re.compile(r"(?:^|[.!?…\"”][\s]|\n)$")
Stretch = tuple[int, int]

# What turns a report of speech into one of speech imagined or denied stands right before the cue
# or opens it; the patterns are matched against the end of the words before the cue and against the cue.
_ADVERBS = (
    r"(?: (?:just|simply|well|easily|almost|instead|also|honestly|then|at least|as well|once|actually|ever|even|really"
    r"|publicly|explicitly))"
)
_UTTER = (
    r"(?:say|said|says|saying|claim\w*|tell|told|utter\w*|call\w*|ask\w*|write|wrote|written|argu\w+|repl\w+"
    r"|respond\w*|suggest\w*|promis\w+)"
)
IMAGINED = re.compile(
    rf"\b(?:could|might|(?-i:may)|should|ought to|would have|imagine|suppose|as if to|as though to){_ADVERBS}*(?: have| be)?$",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
IMAGINED_CUE = re.compile(
    rf"(?:could|might|may|should|ought to|would have|as if to|as though to){_ADVERBS}*(?: have| be)? {_UTTER}",
    re.IGNORECASE,
)
AS_IF = re.compile(r"\bas (?:if|though)$", re.IGNORECASE)
ASK = re.compile(r"\bask\b[^.?!]{2,60}\b(?:and|,) (?:they|it|he|she|you)(?:['’]ll| will)\b", re.IGNORECASE)
SUPPOSED = re.compile(r"(?:imagine|picture|suppose|one (?:can|could|might) imagine)\b", re.IGNORECASE)
CONJURED = re.compile(r"\b(?:can|could|might)(?: \w+){0,2} (?:hear|imagine|picture)\b[^,;:]*$", re.IGNORECASE)
NEVER = r"(?:never|nobody|no one|(?:did|does|do|has|had|have)(?: not|n[’']t))"
DENIED = re.compile(rf"\b{NEVER}{_ADVERBS}*$", re.IGNORECASE)
DENIED_CUE = re.compile(
    rf"(?:{NEVER}{_ADVERBS}* {_UTTER}|(?:\w+ ){{0,4}}(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)"
    r"|refut(?:e|es|ed|ing)|rebut\w*)\b)",
    re.IGNORECASE,
)
NOT_ALL = re.compile(r"not[ \u00a0](?:all|every\w*)\b", re.IGNORECASE)
UTTERANCE = re.compile(rf"\b{_UTTER}\b", re.IGNORECASE)


def make_quotations(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    attributions: Sequence[Attribution],
    acts: Sequence[Act],
) -> tuple[Quotation, ...]:
    """One quotation for each attribution; speakers are joined to them later."""
    marks = find_marks(document, quoted)
    return tuple(
        _make(document, sentences, quoted, marks, attribution, act, n)
        for n, (attribution, act) in enumerate(zip(attributions, acts, strict=True), 1)
    )


def _make(
    document: Document,
    sentences: Sequence[Sentence],
    quoted: Sequence[Quoted],
    marks: Sequence[Stretch],
    attribution: Attribution,
    act: Act,
    number: int,
) -> Quotation:
    contents = attribution.contents
    return Quotation(
        id=f"q{number}",
        kind=Kind.DIRECT if attribution.verbatim else kind_of(document.reading, spans_in(contents), marks),
        content=tuple(document.span(*_balanced(document.reading, c, quoted)) for c in contents),
        cue=(_span(document, attribution.cue),) if attribution.cue else (),
        source=_span(document, attribution.source) if attribution.source else None,
        act=act,
        status=status_of(document, sentences, attribution),
        confidence=round(min(c.certainty for c in contents), 4),
        sentences=tuple(sentences[i].id for i in _held(sentences, contents)),
    )


def spans_in(contents: Sequence[Found]) -> list[Stretch]:
    """Where the contents stand."""
    return [(c.start, c.end) for c in contents]


def _held(sentences: Sequence[Sentence], contents: Sequence[Found]) -> list[int]:
    return sorted({i for c in contents for i in sentences_over(sentences, c.start, c.end)})


def _span(document: Document, found: Found) -> Span:
    return document.span(found.start, found.end)


def _balanced(reading: str, content: Found, quoted: Sequence[Quoted]) -> tuple[int, int]:
    """The content with the punctuation that its quotation marks hold, and with marks in pairs.

    Marks around the whole piece stay outside; one whose partner stands within the piece is kept.
    """
    start, end = content.start, content.end
    for q in quoted:
        if start >= q.end:
            continue
        if q.start >= end:
            break
        if q.start < start and not reading[q.start : start].strip(EDGE):
            start = q.start + len(reading[q.start : start]) - len(reading[q.start : start].lstrip())
        if end <= q.end and not reading[end : q.end].strip(EDGE):
            end = end + len(reading[end : q.end].rstrip())
            closing = 2 if reading[q.end : q.end + 2] == "''" else 1
            end = q.end + closing if q.closed and start < q.start else end
        if start == q.start and q.closed and q.end < end:
            start -= 2 if reading[q.start - 2 : q.start] in {"``", "''"} else 1
    return start, end


def kind_of(reading: str, contents: Sequence[tuple[int, int]], marks: Sequence[Stretch]) -> Kind:
    """Direct if all words stand in *marks*, indirect if none does, else mixed.

    Few words outside are let pass in a long quotation, whose own marks may be missing. A name in marks of
    its own is no quotation of what a paraphrase reports.
    """
    inside = outside = 0
    lowest, highest = contents[0][0], contents[-1][1]
    marks = [(low, high) for low, high in marks if low < highest and lowest < high]
    for start, end in contents if marks else ():
        near = [(low, high) for low, high in marks if low < end and start < high]
        own = [(low, high) for low, high in near if low <= start and end <= high]
        if any(low <= start and end <= high for low, high in own):
            inside += len(WORD.findall(reading, start, end))
            continue
        near = own or [(low, high) for low, high in near if not _is_named(reading, low, high)]
        for word in WORD.finditer(reading, start, end):
            at = word.start()
            if any(low <= at < high for low, high in near):
                inside += 1
            elif word.group().lower() not in JOINING:
                outside += 1
    if not inside:
        return Kind.DIRECT if all(_is_half_marked(reading, *piece) for piece in contents) else Kind.INDIRECT
    return Kind.DIRECT if outside <= SPARED * inside else Kind.MIXED


def _is_half_marked(reading: str, start: int, end: int) -> bool:
    """Whether a mark whose partner is missing opens or closes the piece."""
    return HALF_OPEN.search(reading, max(0, start - 2), start) is not None or (
        HALF_CLOSED.match(reading, end) is not None and BEGUN.search(reading, max(0, start - 3), start) is not None
    )


def _is_named(reading: str, start: int, end: int) -> bool:
    """Whether the stretch is a title or nickname in marks, or what something is called."""
    words = WORD.findall(reading[start:end])
    if len(words) > LONGEST_NAME:
        return False
    if CALLED.search(reading, max(0, start - 40), start):
        return True
    return all(word[0].isupper() or word in SMALL for word in words) and reading[end - 1 : end] not in set("!?")


def find_marks(document: Document, quoted: Sequence[Quoted]) -> list[Stretch]:
    """What stands in quotation marks or in a block quotation."""
    return [(q.start, q.end) for q in quoted] + [(b.start, b.end) for b in document.blocks if b.kind == "quote"]


def status_of(document: Document, sentences: Sequence[Sentence], attribution: Attribution) -> Status:
    """Hypothetical where only imagined; denied where the source denies it or the article says nobody said it."""
    cue, first = attribution.cue, attribution.contents[0]
    at = cue.start if cue else first.start
    start = next((sentences[i].start for i in sentences_over(sentences, at, at + 1)), 0)
    sentence = document.reading[start:at].lstrip(" \"“'‘")
    before = sentence.rstrip(" ,:\"“'‘")[-80:]
    within = " ".join(document.reading[cue.start : cue.end].split()) if cue else ""
    uttered = UTTERANCE.search(within) is not None
    if (uttered and IMAGINED.search(before)) or IMAGINED_CUE.match(within) or SUPPOSED.match(sentence):
        return Status.HYPOTHETICAL
    if uttered and CONJURED.search(before):
        return Status.HYPOTHETICAL
    if (within.startswith("to ") and AS_IF.search(before)) or ASK.search(f"{sentence} {within}"):
        return Status.HYPOTHETICAL
    if cue is None and IMAGINED_CUE.search(before[-30:]):
        return Status.HYPOTHETICAL
    source = document.reading[attribution.source.start : attribution.source.end] if attribution.source else ""
    nobody = is_nobody(source) or NOT_ALL.match(source)
    denied = nobody or (uttered and DENIED.search(before)) or DENIED_CUE.match(within)
    return Status.DENIED if denied else Status.ASSERTED


def find_quoted_terms(
    document: Document, quoted: Sequence[Quoted], quotations: Sequence[Quotation]
) -> tuple[Span, ...]:
    """What stands in quotation marks and is nobody's words: scare quotes, titles, nicknames."""
    contents = [span for q in quotations for span in q.content]
    terms: list[Span] = []
    for q in quoted:
        touched = any(q.start < c.end and c.start < q.end for c in contents)
        nested = bool(terms) and q.start < terms[-1].end
        if q.closed and not touched and not nested and q.end > q.start:
            terms.append(document.span(q.start, q.end))
    return tuple(terms)
