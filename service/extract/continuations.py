"""Who speaks where no source was tagged: the label of a turn, the words beside the cue, whoever is speaking.

A transcript's turns ("MORROW: …") and an interview's questions and answers ("Q: … A: …") name their
speaker once for all that follows, up to the next label.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence

from service.extract.mentions import Mention
from service.extract.names import WORD, count_titles
from service.extract.passages import asks, is_interview
from service.extract.quoted import Quoted
from service.extract.records import Block, Sentence, SpeakerKind
from service.extract.referents import Cast, Referent
from service.extract.tagged import Attribution
from service.extract.values import START

LABEL = re.compile(
    r"[ \t*_]*([A-Z][A-Z.'’\-]*(?:[ \u00a0][A-Z][A-Z.'’\-]*){0,3}[ \u00a0]?"
    r"|(?:[A-Z][\w.'’\-]+[ \u00a0]){0,3}[A-Z][\w'’\-]+)[ \t*_]*:[ \t*_\u00a0]+(?=\S)"
)
FEWEST = 2  # labels that make a transcript
LETTERS = frozenset({"Q", "A"})  # labels that stand for asking and answering
OPENING = 1200  # code points in which an interview names the one it is with
FAR = 400  # code points over which a speaker may go on in quotation marks
ENOUGH = 0.55  # evidence below which the article is taken not to say
INTERVIEWS = re.compile(r"\b[Ii]nterview(?:s|ed|ing)? (?:with )?(?!by\b)")  # the one it is with comes next
NAMED = re.compile(r"[^\w .’'-]|\b(?:of|for|with|on|by|and|in|at|to)\b")  # nothing of the kind comes between
# "Asked about it, Roe shook her head." is followed by her words.
_SPEAKING_UP = re.compile(
    r"\b(?:[Aa]sked|[Pp]ressed|shook|shakes|shrug(?:s|ged)|nod(?:s|ded)|laugh(?:s|ed)|smile[sd]?|grin(?:s|ned)|sigh(?:s|ed)"
    r"|pause[sd]|wept|weeps|applauded|cheered|took the (?:stand|floor|microphone)|spoke|speaks|remembers|recalls"
    r"|(?:is|was|were|are) (?:not |un)?(?:adamant|apologetic|blunt|clear|convinced|defiant|delighted|furious|impressed"
    r"|moved|repentant|scathing|sure))\b"
)
FARTHEST = 60  # code points from there to the name
Turn = tuple[int, int, str]


def find_turns(reading: str, blocks: Sequence[Block]) -> tuple[Turn, ...]:
    """The turns of a transcript: start, end and label; none where fewer than two labels occur."""
    labels = [
        (b.start, m[1].strip()) for b in blocks if (m := LABEL.match(reading, b.start, b.end)) and _is_label(m[1])
    ]
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
        if words and not taken and label not in LETTERS:
            found.append((words[first].start(), words[-1].end()))
    return found


def is_running_on(reading: str, attribution: Attribution, before: Attribution, quoted: Sequence[Quoted]) -> bool:
    """Whether an attribution without source and cue goes on with the words of the one before it.

    So it does in the same paragraph, and in the next ones if it stands in quotation marks.
    """
    at = attribution.contents[0].start
    gap = reading[before.contents[-1].end : at]
    if "\n" not in gap:
        return True
    opened = reading[:at].rstrip(" \u00a0")[-1:] in set("\"“”'‘’«„`") or any(q.start <= at < q.end for q in quoted)
    return opened and len(gap) < FAR


def find_led(
    reading: str, sentences: Sequence[Sentence], at: int, mentions: Sequence[Mention], heard: Sequence[tuple[int, int]]
) -> Mention | None:
    """The one person named in the sentence before the paragraph that begins at *at*, where it tells how he speaks up.

    *heard* are all contents, in order; a sentence with one of them leads up to nothing.
    """
    home = bisect_right(sentences, at, key=START) - 1
    if home < 1 or sentences[home - 1].paragraph == sentences[home].paragraph or sentences[home].start < at - 2:
        return None
    start, end = sentences[home - 1].start, sentences[home - 1].end
    last = bisect_left(heard, (end,)) - 1
    if (last >= 0 and heard[last][1] > start) or not _SPEAKING_UP.search(reading, start, end):
        return None
    low, high = (bisect_left(mentions, edge, key=START) for edge in (start, end))
    people = [m for m in mentions[low:high] if m.kind == "person"]
    return people[0] if len(people) == 1 else None


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


def find_interviewed(reading: str, blocks: Sequence[Block], cast: Cast) -> Referent | None:
    """Whom an interview printed as questions and answers is with; ``None`` if the article is no such thing.

    Many of its paragraphs ask, and its title or opening says whom it interviews, or names the person it goes on to
    name most.
    """
    if not is_interview(reading, blocks):
        return None
    early = [r for r in cast.named if r.kind == SpeakerKind.PERSON and r.places[0][0] < OPENING]
    said = {m.end() for m in INTERVIEWS.finditer(reading, 0, OPENING)}
    for referent in early:
        if any(_follows(reading, said, start) for start, _ in referent.places):
            return referent
    full = [r for r in early if " " in r.name]
    return max(full, key=lambda r: (len(r.places), -r.places[0][0]), default=None)


def _follows(reading: str, said: Collection[int], start: int) -> bool:
    """Whether the name at *start* follows one of the places *said*, but for titles."""
    return any(0 <= start - at < FARTHEST and not NAMED.search(reading, at, start) for at in said)


def is_answer(reading: str, block: Block | None) -> bool:
    """Whether a paragraph of an interview answers rather than asks."""
    return block is not None and not asks(reading, block)
