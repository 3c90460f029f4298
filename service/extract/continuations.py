"""Who speaks where no source was tagged: the label of a turn, the words beside the cue, whoever is speaking.

A transcript's turns ("MORROW: …") and an interview's questions and answers ("Q: … A: …") name their
speaker once for all that follows, up to the next label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from service.extract.attributions import Attribution
from service.extract.mentions import Mention
from service.extract.names import WORD, count_titles
from service.extract.quoted import Quoted
from service.extract.records import Block, SpeakerKind
from service.extract.referents import Cast, Referent

LABEL = re.compile(r"[ \t*_]*((?:[A-Z][A-Z.'’\-]*[ \u00a0]?){1,4}|(?:[A-Z][\w.'’\-]+[ \u00a0]){0,3}[A-Z][\w'’\-]+)[ \t*_]*:[ \t*_\u00a0]+(?=\S)")
FEWEST = 2  # labels that make a transcript
BETWEEN = re.compile(r"[ \u00a0]*(?:(?:has|have|had|is|was|also|then|later|now|again|reportedly|and|who|\w+ly),?[ \u00a0]+){0,3}")
AFTER = re.compile(r"[ \u00a0]+(?:[^\W\d_][\w.'’\-]*[ \u00a0]+){0,3}?")
ENOUGH = 0.55  # evidence below which the article is taken not to say
Turn = tuple[int, int, str]


def find_turns(reading: str, blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """The turns of a transcript: start, end and label; none where fewer than two labels occur."""
    labels = [(b.start, m[1].strip()) for b in blocks if (m := LABEL.match(reading, b.start, b.end)) and _is_label(m[1])]
    if len(labels) < FEWEST or len(labels) * 4 < len(blocks):
        return ()
    ends = [start for start, _ in labels[1:]] + [len(reading)]
    return tuple((start, end, label) for (start, label), end in zip(labels, ends, strict=True))


def _is_label(words: str) -> bool:
    return words.strip().isupper() or len(words.split()) > 1


def speaker_of_turn(label: str, at: int, cast: Cast, mentions: Sequence[Mention]) -> Referent | None:
    """Whose turn *label* opens: the one so named, the person interviewed for "A", nobody for "Q"."""
    if label == "Q":
        return None
    people = [r for r in cast.named if r.kind == SpeakerKind.PERSON]
    if label == "A":
        return max(people, key=lambda r: len(r.places), default=None)
    named = next((m for m in mentions if at <= m.start <= at + len(label) + 4), None)
    return cast.at(named.start) if named else None


def label_mentions(reading: str, turns: Sequence[Turn], mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where the labels of turns stand that the tagger saw no name in; titles outside."""
    found = []
    for start, _, label in turns:
        at = reading.index(label, start)
        words = list(WORD.finditer(reading, at, at + len(label)))
        first = count_titles([w.group() for w in words]) if words else 0
        taken = any(m.start < at + len(label) and at < m.end for m in mentions)
        if words and not taken and label not in {"Q", "A"}:
            found.append((words[first].start(), words[-1].end()))
    return found


def beside_cue(reading: str, cue: tuple[int, int], mentions: Sequence[Mention]) -> Mention | None:
    """The name right before the cue, as its subject, or right after it."""
    start, end = cue
    for mention in mentions:
        if mention.end <= start and start - mention.end < 40 and BETWEEN.fullmatch(reading, mention.end, start):
            return mention
    for mention in mentions:
        if 0 < mention.start - end < 60 and AFTER.fullmatch(reading, end, mention.start):
            words = WORD.findall(reading[end : mention.start])
            if count_titles([*words, "Name"]) == len(words):
                return mention
    return None


def is_running_on(reading: str, attribution: Attribution, before: Attribution, quoted: Sequence[Quoted]) -> bool:
    """Whether an attribution without source and cue goes on with the words of the one before it.

    So it does in the same paragraph, and in the next one if both are in quotation marks.
    """
    gap = reading[before.contents[-1].end : attribution.contents[0].start]
    if gap.count("\n") == 0:
        return True
    both = all(any(q.start <= c.start < q.end for q in quoted) for c in (before.contents[-1], attribution.contents[0]))
    return both and not gap.strip(" \n\t\r\u00a0\"“”'‘’.,!?…")


def weigh_speakers(
    shares: Mapping[Referent, float], before: Referent | None, after: Referent | None, near: bool
) -> tuple[Referent | None, float]:
    """The likeliest speaker by the learned link and by who speaks around; nobody below ``ENOUGH``."""
    scores = dict(shares)
    if before is not None and near:
        scores[before] = scores.get(before, 0.0) + 0.35
    if after is not None:
        scores[after] = scores.get(after, 0.0) + 0.1
    best = max(scores, key=lambda r: scores[r], default=None)
    return (best, min(0.9, scores[best] * 0.7)) if best is not None and scores[best] >= ENOUGH else (None, 0.0)
