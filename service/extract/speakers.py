"""Who is quoted: the source of every attribution resolved to one speaker of the article.

Found first, resolved later: names are gathered into entities (``entities``), a source's words are
read as a phrase (``phrases``), and each phrase is led to one of the ``referents``: a name to its
entity, a pronoun by its evidence (``pronouns``), a noun to whom the article says it of or to itself
(``nominals``), and no source at all to whoever is speaking (``continuations``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.extract.continuations import LETTERS, find_turns, label_mentions
from service.extract.encoder import Tags
from service.extract.entities import gather
from service.extract.makers import credit_makers
from service.extract.mentions import Mention, find_mentions, make_mention
from service.extract.names import SMALL_IN_NAMES, WORD, is_acronym
from service.extract.nouns import COLLECTIVES, DOCUMENTS, ORGANIZATIONS, PAPERS, PRONOUNS, STOPS, is_post, singular
from service.extract.pronouns import find_gendered, learn_genders, mend_kinds
from service.extract.quoted import Quoted
from service.extract.records import Document, Role, Sentence, Span, Speaker
from service.extract.referents import Cast, Referent, name_referents
from service.extract.scenes import Choice, Scene
from service.extract.sorts import companies
from service.extract.tagged import Attribution
from service.extract.values import START, dataclass, replace

_INTRODUCED = re.compile(
    r"([A-Z][\w'’&-]+(?:[ \u00a0][A-Z][\w'’&-]+){0,3}),[ \u00a0](?:the|an?)[ \u00a0]"
    r"((?:[\w'’-]+[ \u00a0]){0,3}?[\w'’-]+)(?=,|$|[ \u00a0](?:that|which|who|of|for|in|from|at|representing)\b)"
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers, and for each attribution the id of its speaker (or ``None``) and how sure that is, 0 to 1.

    ``sources`` are the words that name the source of each: as tagged, or the subject of the cue where none was.
    """

    speakers: tuple[Speaker, ...]
    ids: tuple[str | None, ...]
    confidences: tuple[float, ...]
    sources: tuple[Span | None, ...] = ()


def resolve(
    document: Document,
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    quoted: Sequence[Quoted],
    tags: Tags,
) -> Resolution:
    """Name the speaker of every attribution, in their order."""
    sources = [(a.source.start, a.source.end) for a in attributions if a.source]
    bylines = [s for s in sentences if s.role is Role.BYLINE]
    named = name_mentions(document, sources, tags, quoted)
    mentions = [m for m in named if not any(b.start <= m.start < b.end for b in bylines)]  # who writes does not speak
    cast = gather_cast(document.reading, mentions, sources, tags)
    scene = Scene(document, sentences, attributions, quoted, cast, mentions)
    spans = tuple(document.span(s.start, s.end) if s else None for s in scene.sources)
    return replace(_number(document, credit_makers(scene, scene.play())), sources=spans)


def name_mentions(
    document: Document, sources: Sequence[tuple[int, int]], tags: Tags, quoted: Sequence[Quoted] = ()
) -> tuple[Mention, ...]:
    """The tagger's names, papers in quotation marks, labels of turns, and sources that are names it did not see."""
    reading = document.reading
    papers = (q for q in quoted if q.closed and is_paper(reading[q.start : q.end]))
    titled = [(q.start, q.end) for q in papers if not _is_line(reading, q)]
    found = [m for m in find_mentions(reading, tags) if not any(s <= m.start < e for s, e in titled)]
    found += [m for s, e in titled if (m := make_mention(reading, s, e, "organization", tags))]
    turns = find_turns(reading, document.blocks)
    made = [make_mention(reading, start, end, "person", tags) for start, end in label_mentions(reading, turns, found)]
    found += [m for m in made if m]
    kinds = {m.key: m.kind for m in found}
    for start, end in sources:
        if any(m.start < end and start < m.end for m in found):
            continue
        untagged = _read_name(reading, start, end) or _read_introduced(reading, start, end)
        mention = make_mention(reading, *untagged, tags) if untagged else None
        if mention is not None and untagged is not None:
            kind = kinds.get(mention.key, mention.kind)
            found.append(make_mention(reading, untagged[0], untagged[1], kind, tags) or mention)
    return companies(sorted(found, key=START))


def _is_line(reading: str, quoted: Quoted) -> bool:
    """Whether nothing but what is in quotation marks stands in its line: a heading."""
    before = reading[max(0, quoted.start - 2) : quoted.start]
    return "\n" in before and reading[quoted.end + 1 : quoted.end + 2] == "\n"


def is_paper(words: str) -> bool:
    """Whether *words* are the title of a declaration, a treaty or the like.

    >>> is_paper("Joint Statement on Fisheries."), is_paper("Statement"), is_paper("The statement is false")
    (True, False, False)
    """
    listed = WORD.findall(words)
    papers = any(w.lower() in PAPERS for w in listed)
    return papers and 2 <= len(listed) <= 8 and all(w[0].isupper() or w in SMALL_IN_NAMES for w in listed)


def _read_name(reading: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The name that a source without a tagged name is, and its likely kind; ``None`` where it is none."""
    words = list(WORD.finditer(reading, start, end))
    inner = [w for w in words if w.group().lower() not in {"the", "a", "an"}]
    if not inner or not all(w.group()[0].isupper() for w in inner):
        return None
    stated = f"({inner[0].group()})" in reading and is_acronym(inner[0].group())
    if inner[0].group().lower() in PRONOUNS and not stated:
        return None
    if reading[start:end] in LETTERS:
        return None
    bare = words[0] is inner[0]
    if not stated and ((len(inner) == 1 and not bare) or all(_is_common(reading, w.group()) for w in inner)):
        return None
    nouns = {w.group().lower() for w in inner}
    person = bare and len(inner) < 4 and not is_acronym(inner[0].group()) and not nouns & (ORGANIZATIONS | DOCUMENTS)
    person = person or (bare and reading[end : end + 1] == ":")
    return inner[0].start(), end, "person" if person else "organization"


def _read_introduced(reading: str, start: int, end: int) -> tuple[int, int, str] | None:
    """The name that a source begins with and then explains, and its kind: "Stay, the union that has most members"."""
    name = _INTRODUCED.match(reading, start, end)
    if name is None or _read_name(reading, start, name.end(1)) is None:
        return None
    said = [w.lower() for w in name[2].split()]
    if any(w in ORGANIZATIONS for w in said):
        return start, name.end(1), "organization"
    return (start, name.end(1), "person") if is_post(said[-1]) else None


def _is_common(reading: str, word: str) -> bool:
    """Whether *word* is a noun that only begins a sentence: the lists or the article have it small."""
    small = word.lower()
    one = singular(small)
    return (
        any(small in listed for listed in (COLLECTIVES, STOPS, DOCUMENTS))
        or is_post(one)
        or one in ORGANIZATIONS
        or one in DOCUMENTS
        or f" {small} " in reading
    )


def gather_cast(reading: str, mentions: Sequence[Mention], sources: Sequence[tuple[int, int]], tags: Tags) -> Cast:
    """Everyone the article names, with what it says of them."""
    cast = Cast(reading, name_referents(reading, gather(reading, mentions, sources), sources), tags)
    gendered = list(find_gendered(reading, cast))
    mend_kinds(cast, gendered)
    learn_genders(cast, gendered)
    cast.add_pairs(mentions)
    return cast


def _number(document: Document, choices: Sequence[Choice]) -> Resolution:
    """The chosen referents as speakers, numbered as they come to speak."""
    order = list(dict.fromkeys(r for r, _ in choices if r is not None))
    ids = {referent: f"p{n}" for n, referent in enumerate(order, 1)}
    return Resolution(
        tuple(_speaker(document, referent, ids[referent]) for referent in order),
        tuple(ids[r] if r is not None else None for r, _ in choices),
        tuple(round(sure, 4) if r is not None else 0.0 for r, sure in choices),
    )


def _speaker(document: Document, referent: Referent, number: str) -> Speaker:
    span = document.span(referent.post.start, referent.post.end) if referent.post else None
    return Speaker(
        number,
        referent.name,
        referent.kind,
        role=" ".join(span.text.split()) if span else None,
        role_span=span,
        mentions=tuple(document.span(start, end) for start, end in referent.places),
    )
