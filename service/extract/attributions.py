"""Who-said-what before anyone is resolved: contents, each with its cue and the words of its source.

The tagger finds the three kinds of span; the link heads say which belong together; quotation marks
correct the edges; the sentence scores say where a content must be and was missed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

import numpy as np

from service.extract.absolutes import with_absolute
from service.extract.agents import with_agents, with_both
from service.extract.by_phrases import with_passive_agent
from service.extract.cited import with_cited
from service.extract.contents import Decoding, find_spans, found_at
from service.extract.edges import with_whole_edges
from service.extract.encoder import Tags
from service.extract.estimates import with_estimates
from service.extract.features import Ints
from service.extract.inverted import with_inverted
from service.extract.links import Linked, Place, best_linked, link_contents
from service.extract.mends import mend, with_whole_source
from service.extract.nested import find_nested
from service.extract.outputs import QUOTATION, SOURCE
from service.extract.passages import Passage, find_answers, find_passages
from service.extract.quoted import Quoted
from service.extract.records import Document, Role, Sentence
from service.extract.subjects import absolute_subject
from service.extract.tagged import Attribution, Found
from service.extract.values import START, replace
from service.extract.voices import is_voice

STUB = 3  # pieces
NONE: Ints = np.zeros(0, np.int64)
TITLES = {Role.TITLE, Role.HEADING}  # lines whose words and the body's have no cue in common


def find_attributions(
    document: Document, sentences: Sequence[Sentence], quoted: Sequence[Quoted], tags: Tags, decoding: Decoding
) -> tuple[Attribution, ...]:
    """All attributions in the order of their contents."""
    if not len(tags.pieces):
        return ()
    found = find_spans(document, sentences, quoted, tags, decoding)
    passages = find_passages(document, sentences)
    passages += find_answers(document, sentences, [float(x) for x in tags.sentences[:, QUOTATION] - decoding.quotation])
    made = [_from_passage(document, tags, p, found) for p in passages]
    laid_out = [with_whole_source(document, tags, a) for a in made if a]
    taken = [(c.start, c.end) for a in laid_out for c in a.contents]
    contents = [c for c in found["content"] if not any(s < c.end and c.start < e for s, e in taken)]
    titles = np.array([s.role in TITLES for s in sentences], np.bool_)[tags.pieces.sentence]
    lows, paragraphs = np.array([c.low for c in contents], np.int64), np.array([b.start for b in document.blocks])
    place = Place(tags, lows, paragraphs, titles)
    linked = link_contents(document, place, contents, found, quoted)
    doubtful = [i for i, s in enumerate(sentences) if tags.sentences[i, QUOTATION] < decoding.quotation]
    spans = [(sentences[i].start, sentences[i].end) for i in doubtful]
    led = {a.cue for a in laid_out if a.cue}
    grouped = _grouped(linked, quoted, tags.pieces.sentence)
    alone = [a for a in grouped if len(a.contents) == 1]
    stubs = {a for a in alone if (_is_stub(a) and (a.cue in led or _is_strayed(a, tags))) or _leads(a, led)}
    said = [a for a in grouped if _credible(document.reading, a, spans, tags, decoding.credible) and a not in stubs]
    said = list(with_agents(document, sentences, quoted, tags, said))
    said = [b for a in mend(document, sentences, quoted, tags, said) for b in with_both(document, quoted, tags, a)]
    said = list(with_whole_edges(document, quoted, tags, said))
    said += mend(document, sentences, quoted, tags, find_nested(document, quoted, tags, tuple(said)))
    said = [b for a in with_cited(document, tags, said) for b in with_absolute(document, tags, a)]
    said = list(with_inverted(document, quoted, tags, list(with_estimates(document, sentences, tags, said))))
    said = [with_passive_agent(document, tags, _with_own_subject(document, tags, a)) for a in said]
    return tuple(sorted([*said, *laid_out], key=START))


def _with_own_subject(document: Document, tags: Tags, attribution: Attribution) -> Attribution:
    """With the one between "with" and the cue as the source: "…, with an executive describing it as …"."""
    cue, source = attribution.cue, attribution.source
    words = absolute_subject(document.reading, (cue.start, cue.end)) if cue else None
    if words is None or cue is None or (source and source.start < cue.start and words[0] < source.end):
        return attribution
    own = found_at(document, tags, *words)
    return replace(attribution, source=own) if own else attribution


def _is_stub(attribution: Attribution) -> bool:
    """Whether the content is but a word that stands for the passage that follows ("puts it plainly:")."""
    return attribution.contents[0].high - attribution.contents[0].low <= STUB


def _leads(attribution: Attribution, led: Collection[Found]) -> bool:
    """Whether the content holds its own cue, which leads to a passage: "Her will said:"."""
    cue, content = attribution.cue, attribution.contents[0]
    return cue is not None and cue in led and content.start <= cue.start < content.end


def _is_strayed(attribution: Attribution, tags: Tags) -> bool:
    """Whether a content of unquoted words stands in another sentence than its cue, where no such content can."""
    content, cue, pieces = attribution.contents[0], attribution.cue, tags.pieces
    if cue is None or pieces.quote[content.low : content.high].any():
        return False
    return bool(pieces.sentence[content.low] != pieces.sentence[cue.low])


def _from_passage(
    document: Document, tags: Tags, passage: Passage, found: dict[str, list[Found]]
) -> Attribution | None:
    """The passage as an attribution; cue and source are its label's or the leading sentence's last ones."""
    made = [found_at(document, tags, start, end) for start, end in passage.pieces]
    contents = tuple(m for m in made if m)
    if not contents:
        return None
    cue = source = None
    if passage.label:
        source = found_at(document, tags, *passage.label)
    elif passage.lead:
        start, end = passage.lead
        cue = next((c for c in reversed(found["cue"]) if start <= c.start < end), None)
        near = [s for s in found["source"] if start <= s.start < end]
        alone = Place(tags, NONE, NONE, np.zeros(0, np.bool_))  # titles matter to cues alone
        source = best_linked(alone, SOURCE, contents[:1], near)[0] or next(iter(near), None)
    return Attribution(contents, cue, source, verbatim=True)


def _credible(
    reading: str, attribution: Attribution, doubtful: Sequence[tuple[int, int]], tags: Tags, least: float
) -> bool:
    """Whether a cue or a name or noun vouches for its source, or it is sure, or stands in what is a quotation."""
    first = attribution.contents[0]
    source = attribution.source
    linked = source is not None and (attribution.cue is not None or is_voice(reading, tags, source.start, source.end))
    if linked or min(c.certainty for c in attribution.contents) >= least:
        return True
    at = bisect_right(doubtful, first.start, key=lambda span: span[0]) - 1
    return at < 0 or first.start >= doubtful[at][1]


def _grouped(linked: Sequence[Linked], quoted: Sequence[Quoted], sentence: Ints) -> tuple[Attribution, ...]:
    """Contents with one cue become one attribution, unless another's content stands between them.

    A paraphrase and a quotation in another sentence stay two.
    """
    groups: list[Attribution] = []
    for content, cue, source in linked:
        last = groups[-1] if groups else None
        if (
            last is not None
            and cue is not None
            and last.cue == cue
            and (source is None or last.source in (None, source))
        ):
            before = last.contents[-1]
            same = sentence[before.high - 1] == sentence[content.low]
            if same or _in_marks(before, quoted) == _in_marks(content, quoted):
                groups[-1] = replace(last, contents=(*last.contents, content), source=last.source or source)
                continue
        groups.append(Attribution((content,), cue, source))
    return tuple(groups)


def _in_marks(content: Found, quoted: Sequence[Quoted]) -> bool:
    middle = (content.start + content.end) // 2
    return any(q.start <= middle < q.end for q in quoted)
