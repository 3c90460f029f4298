"""Who speaks, on short made-up texts whose names and sources are given: no network is needed.

The entity tags are laid by hand as logits; the links say nothing, so that what is tested is what the words
themselves show. What the shipped network makes of such texts is tested by the table of cases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.continuations import find_turns
from service.extract.encoder import Tags
from service.extract.features import Pieces
from service.extract.mentions import ENTITY_NAMES
from service.extract.quoted import find_quoted
from service.extract.records import Article, SpeakerKind
from service.extract.sentences import split
from service.extract.speakers import Resolution, resolve
from service.extract.tagged import Attribution, Found
from service.extract.text import read
from service.extract.wordings import join_names

MARK = re.compile(r"\[(p|o|l|g) |\{(c|s|q) |[\]}]")
KINDS = {"p": "person", "o": "organization", "l": "place", "g": "group"}
WIDTH = 4


@dataclass(frozen=True)
class Given:
    """A text without its marks, the entities and the spans of cues, sources and contents marked in it."""

    text: str
    entities: list[tuple[int, int, str]]
    spans: list[tuple[int, int, str]]


def unmark(marked: str) -> Given:
    """``[p Ann Roe]`` marks an entity; ``{q …}``, ``{c said}`` and ``{s she}`` content, cue and source."""
    text, at = "", 0
    opened: list[tuple[int, str]] = []
    entities: list[tuple[int, int, str]] = []
    spans: list[tuple[int, int, str]] = []
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() in "]}":
            start, code = opened.pop()
            (entities if code in KINDS else spans).append((start, len(text), code))
        else:
            opened.append((len(text), mark[1] or mark[2]))
    return Given(text + marked[at:], [(s, e, KINDS[k]) for s, e, k in entities], spans)


def lay(text: str, entities: list[tuple[int, int, str]], sentences: list[tuple[int, int]]) -> Tags:
    """Tags of one piece a word, sure of the entities and of nothing else."""
    words = [(m.start(), m.end()) for m in re.finditer(r"[^\W_]+(?:[-.’'][^\W_]+)*|[^\w\s]", text)]
    n = len(words)
    starts, ends = (np.array([w[i] for w in words], np.int64).reshape(n) for i in (0, 1))
    inside = [next((i for i, (s, e) in enumerate(sentences) if s <= at < e), -1) for at in starts.tolist()]
    logits = np.zeros((n, len(ENTITY_NAMES)), np.float32)
    logits[:, 0] = 9
    for start, end, kind in entities:
        held = np.flatnonzero((starts >= start) & (starts < end))
        logits[held, 0] = 0
        logits[held, ENTITY_NAMES.index(f"I-{kind}")] = 9
        logits[held[:1], ENTITY_NAMES.index(f"I-{kind}")] = 0
        logits[held[:1], ENTITY_NAMES.index(f"B-{kind}")] = 9
    zeros = np.zeros(n, np.int64)
    pieces = Pieces(zeros, starts, ends, zeros, zeros, zeros, np.array(inside, np.int64).reshape(n))
    links = np.zeros((n, 4, WIDTH), np.float32)
    nothing = np.zeros((n, 1), np.float32)
    return Tags(
        pieces,
        tags=nothing,
        entities=logits,
        sentences=np.zeros((len(sentences), 7), np.float32),
        weights=nothing,
        queries=links,
        keys=links,
        nulls=np.zeros((1, 4, WIDTH), np.float32),
        window=zeros,
        distances=np.zeros((4, 17), np.float32),
        crossings=np.zeros((4, 7), np.float32),
    )


def pair(spans: list[tuple[int, int, str]], tags: Tags) -> tuple[Attribution, ...]:
    """The marks as attributions: a content, and the cue and source marked next to it in the same run."""
    found = {k: [_found(s, e, tags) for s, e, code in sorted(spans) if code == k] for k in "qcs"}
    made = []
    for content in found["q"]:
        cue, source = (next((f for f in found[k] if _belongs(f, content, found["q"])), None) for k in "cs")
        made.append(Attribution((content,), cue, source))
    return tuple(made)


def _found(start: int, end: int, tags: Tags) -> Found:
    low, high = (int(x) for x in np.searchsorted(tags.pieces.starts, (start, end)))
    return Found(low, high, start, end, 1.0)


def _belongs(mark: Found, content: Found, contents: list[Found]) -> bool:
    """Whether a cue or source stands nearer to this content than to any other."""
    own = min(abs(mark.start - content.end), abs(content.start - mark.end))
    return all(own <= min(abs(mark.start - c.end), abs(c.start - mark.end)) for c in contents)


def solve(marked: str) -> tuple[Resolution, str]:
    given = unmark(marked)
    document = read(Article(given.text))
    sentences = split(document)
    tags = lay(given.text, given.entities, [(s.start, s.end) for s in sentences])
    quoted = find_quoted(document.reading, document.blocks)
    return resolve(document, sentences, pair(given.spans, tags), quoted, tags), given.text


PERSON, ORGANIZATION, GROUP, DOCUMENT, UNNAMED = SpeakerKind

SPEAKERS = [
    ("“{q No},” {c said} {s [p Ann Roe]}.", [("Ann Roe", PERSON)]),
    ("“{q No},” {c said} {s [p Roe]}. Councillor [p Ann Roe] then left.", [("Ann Roe", PERSON)]),
    ("Mr. [p Bob Doe] met [p Ann Roe]. “{q No},” {s he} {c said}.", [("Bob Doe", PERSON)]),
    (
        "{s [p Ann Roe]} {c said} {q it was late}. {s She} {c added} {q that rain would come}.",
        [("Ann Roe", PERSON)] * 2,
    ),
    # whoever is spoken to by "he" does not speak
    (
        "Mr. [p Bob Doe] left. Mr. [p Jim Fell] came. “{q No},” {s he} {c told} [p Fell], while all waited.",
        [("Bob Doe", PERSON)],
    ),
    # what goes on is the reporter's, not that of whom the report has speak
    (
        "{s [p Ann Roe]} {c said} {q that {s [p Bob Doe]} {c said} {q he had left}}. “{q It rained.}”",
        [("Ann Roe", PERSON), ("Bob Doe", PERSON), ("Ann Roe", PERSON)],
    ),
    ("{s The prime minister, [p Ann Roe],} {c said} {q it was late}.", [("Ann Roe", PERSON)]),
    ("[p Ann Roe], the mayor, came. {s The mayor} {c said} {q it was late}.", [("Ann Roe", PERSON)]),
    ("{s [p Jim] and [p Jane Roe]} {c said} {q it was late}.", [("Jim and Jane Roe", GROUP)]),
    (
        "{s A person familiar with the talks} {c said} {q they had failed}.",
        [("person familiar with the talks", UNNAMED)],
    ),
    ("{s Officials} {c said} {q it was late}.", [("officials", GROUP)]),
    ("{s The [l Kremlin]} {c said} {q no}.", [("Kremlin", ORGANIZATION)]),
    (
        "{s The [o National Grange] (NG)} {c said} {q no}. {s The [o NG]} {c added} {q never}.",
        [("National Grange", ORGANIZATION)] * 2,
    ),
    (
        "{s A leaked report} {c says} {q the dam is weak}. {s It} {c blames} {q the builders}.",
        [("leaked report", DOCUMENT)] * 2,
    ),
    ("{s Researchers} {c found} {q lead in the water}. {s They} {c urged} {q a ban}.", [("researchers", GROUP)] * 2),
    ("[p Ann Roe] came. {s Her lawyer} {c said} {q she would appeal}.", [("Ann Roe's lawyer", UNNAMED)]),
    (  # a name that only tells what a noun is of
        "Mr. [p Bob Doe] left. Mr. [p Jim Fell], once a [p Doe] supporter, came. “{q No},” {s he} {c said}.",
        [("Jim Fell", PERSON)],
    ),
    ("The crowd saw [p Ann Roe], {s who} {c said} {q it was late}.", [("Ann Roe", PERSON)]),
    ("A row with the [o Grange] on Tuesday, {s which} {c said} {q it was late}.", [("Grange", ORGANIZATION)]),
    ("[o Grange], {s which represents most of them}, {c said} {q it was late}.", [("Grange", ORGANIZATION)]),
    # whose name begins the post is no other one named first
    ("Yesterday [o Tarn Bank] analyst [p Ann Roe] met [p Bo Dell]. {s She} {c said} {q no}.", [("Ann Roe", PERSON)]),
    # a paragraph of quotation is the word of whom the sentence before it shows about to speak
    (
        "{s A parent} {c said} {q no}.\n\nAsked whether he would, Mr [p Bo Roe] shook his head.\n\n“{q Would you?}”",
        [("parent", PERSON), ("Bo Roe", PERSON)],
    ),
    ("{s A parent} {c said} {q no}.\n\n[p Bo Roe] left.\n\n“{q Would you?}”", [("parent", PERSON)] * 2),
    # set off by commas from what is said of her
    ("It was [p Ann Roe], a retired nurse, {s who} {c said} {q it was late}.", [("Ann Roe", PERSON)]),
    ("They heard [p Ann Roe], 43, curator of the museum, {s who} {c said} {q no}.", [("Ann Roe", PERSON)]),
    ("It was [p Ann Roe], who met a nurse {s who} {c said} {q it was late}.", [("nurse", UNNAMED)]),
    (
        "He was heckled by a man in blue overalls, {s who} {c shouted} {q no}.",
        [("man in blue overalls", UNNAMED)],
    ),
    ("The last word went to a small child, {s who} {c said} {q it was late}.", [("small child", UNNAMED)]),
    # … or whoever is of the place before "who", or both of two
    ("It was Senator [p Ann Roe] of [l Norland], {s who} {c said} {q no}.", [("Ann Roe", PERSON)]),
    ("We heard families in the [l Harby Fens] {s who} {c fear} {q the sea}.", [("families", GROUP)]),
    (
        "It met its allies, [l Norland] and the [o Harbour Union], {s who} {c deplored} {q it}.",
        [("Norland and Harbour Union", GROUP)],
    ),
    ("They met [p Ann Roe] and [p Bob Doe], {s who} {c said} {q no}.", [("Bob Doe", PERSON)]),
    # a pronoun and a name
    (
        "{s [p Ann Roe]} {c said} {q no}. It rained, {s she and [p Bob Doe]} {c said}: {q yes}.",
        [("Ann Roe", PERSON), ("Ann Roe and Bob Doe", GROUP)],
    ),
    # an owner is no head, though what he owns ends like a deed
    ("{s The [g Democrats]’ leading candidate, [l Harby] Mayor [p Ann Roe],} {c said} {q no}.", [("Ann Roe", PERSON)]),
    # after a body, too, the holder of an office ends the phrase; and is called by it afterwards
    (
        "{s The spokesman of the harbour’s fishing ministry [p Bo Dell]} {c said} {q no}. It froze. {s The spokesman of the ministry} {c said} {q yes}.",  # noqa: E501 a pattern or a case is read best in one line
        [("Bo Dell", PERSON)] * 2,
    ),
    # where and how it was said is no part of a name
    ("{s The harbour board in an affidavit to the court} {c said} {q no}.", [("harbour board", ORGANIZATION)]),
    ("It was, {s most biographers} say, {c recommended} {q that she rest}.", [("most biographers", GROUP)]),
    ("It came from voters in the north, {s who} {c said} {q it was late}.", [("voters", GROUP)]),
    (
        "[l HARBY] (Wire) - [o Mirren Ferries] is for sale, {q the firm’s fleet too}, {s it} {c said}.",
        [("Mirren Ferries", ORGANIZATION)],
    ),
    (
        "{s [p Ann Roe]} {c said} {q no}. The researchers left. {s They} {c urged} {q a ban}.",
        [("Ann Roe", PERSON), ("researchers", GROUP)],
    ),
    (
        "It was [p Ann Roe], a teacher at [o Harby College], {s who} {c said} {q it was late}.",
        [("Ann Roe", PERSON)],
    ),
    # some of those named before
    (
        "Bankers doubt it. {s One} {c said} {q it was late}, while {s another} {c said} {q it was early}.",
        [("one of the bankers", UNNAMED), ("another banker", UNNAMED)],
    ),
    ("One local driver left. {s Another} {c said} {q it was late}.", [("another local driver", UNNAMED)]),
    ("One driver left. {s Another} {c said} {q it was late}.", [("another driver", UNNAMED)]),
    ("Union leaders came, since {s most} {c said} {q it was late}.", [("most union leaders", GROUP)]),
    ("{s Some} {c said} {q it was late}.", [("some", GROUP)]),
    # owners by their names
    (
        "Mr. [p Bob Doe] came. {s One member of his cabinet} {c said} {q no}.",
        [("member of Bob Doe's cabinet", UNNAMED)],
    ),
    ("[p Ann Roe] left. {s Harby President [p Roe]’s office} {c said} {q no}.", [("Ann Roe’s office", ORGANIZATION)]),
    (
        "Mr. [p Bob Doe] left. {s Mr. [p Doe] and other men} {c said} {q no}.",
        [("Bob Doe and other men", GROUP)],
    ),
    # whoever is told something does not say it
    (
        "The driver [p Ann Roe] rode home. {s The driver} {c told} her {q it was late}.",
        [("driver", UNNAMED)],
    ),
    # a source set beside a name is no post of whoever bears it
    (
        "The mayor [p Bo Dell] met hosts [p Jo Fell] and [p Ann Roe], {s the town mayor} {c stated} {q it was late}.",
        [("Bo Dell", PERSON)],
    ),
    ("I met [p Ann Roe]. {s I} {c said} {q it was late}.", [(None, None)]),
    ("{s [p Ann Roe]} {c said}: “{q We left.}\n\n“{q Then it rained.}”", [("Ann Roe", PERSON)] * 2),
    ("[p Ann Roe] {c said} {q it was late}.", [("Ann Roe", PERSON)]),  # the tagger missed the source
    ("[p Ann Roe] {c was quoted as saying} {q it was late}.", [("Ann Roe", PERSON)]),
    ("[p Ann Roe] {c is accused} by [o Mirren Ferries] {q of theft}.", [("Mirren Ferries", ORGANIZATION)]),
    ("[p Ann Roe] {c is accused of} {q theft}.", [(None, None)]),
    ("[p Ann Roe] left amid {c reports} {q she was ill}.", [("reports", DOCUMENT)]),
    (
        "{s [p Ann Roe]} {c denounced} {q the tests of Mirren Ferries}, and {c vowed} {q to stay}.",
        [("Ann Roe", PERSON), ("Ann Roe", PERSON)],
    ),
    (
        "{s [p Bo Lind]} {c said} {q no}. On Monday, [p Ann Roe] walked to the lock, {c shouting} {q no}.",
        [("Bo Lind", PERSON), ("Ann Roe", PERSON)],
    ),
    ("{s His daughter, [p Carla Renn],} {c said} {q he knew the line}.", [("Carla Renn", PERSON)]),
    ("{s Her predecessor, Sir [p Alan Petrie],} {c said} {q no}.", [("Alan Petrie", PERSON)]),
    ("{s One of his grandsons, [p Michael Vann],} {c said} {q no}.", [("Michael Vann", PERSON)]),
    ("{s The dam’s owner, [o Highland Water],} {c said} {q it held}.", [("Highland Water", ORGANIZATION)]),
    ("{s One of them, who gave her name only as [p Bernie],} {c said} {q no}.", [("Bernie", PERSON)]),
    ("{s Officials there} {c said} {q it was late}.", [("officials", GROUP)]),
    (
        "Of the sample, 70 percent of registered voters came. {s Two in three} {c said} {q it was late}.",
        [("registered voters", GROUP)],
    ),
    (
        "Of all, 70 percent of voters in New Harby came. {s Two in three} {c said} {q it was late}.",
        [("voters in New Harby", GROUP)],
    ),
    (
        "[o Brackley Freight Ltd] grew. {s [p Brackley]} {c said} {q it was glad}.",
        [("Brackley Freight Ltd", ORGANIZATION)],
    ),
    (
        "They issued a “Joint Statement on Fisheries.” {s The statement} {c says} {q stocks are low}.",
        [("Joint Statement on Fisheries", DOCUMENT)],
    ),
    (
        "{s A Harbour poll} {c shows} {q a lead}. {s A Tribune poll} {c shows} {q none}. {s The Tribune poll} {c adds} {q doubt}.",  # noqa: E501 a pattern or a case is read best in one line
        [("Harbour poll", DOCUMENT), ("Tribune poll", DOCUMENT), ("Tribune poll", DOCUMENT)],
    ),
    (
        "{s Fundraising documents} {c show} {q a loan}. {s His travel documents} {c show} {q a visit}.",
        [("fundraising documents", DOCUMENT), ("his travel documents", DOCUMENT)],
    ),
    # of two who share a surname, the one who speaks
    (
        "{s [p Ann Roe], mother of the pilot [p Bo Roe],} {c said} {q no}. The rain went on all night. {s [p Roe]} {c added} {q more}.",  # noqa: E501 a pattern or a case is read best in one line
        [("Ann Roe", PERSON)] * 2,
    ),
    # what a noun says of a name
    (
        "The [o National Weather Bureau] met. {s The weather bureau} {c said} {q no}.",
        [("National Weather Bureau", ORGANIZATION)],
    ),
    ("{s The city’s top treasurer} {c said} {q no}. Later, treasurer [p Ann Roe] left.", [("Ann Roe", PERSON)]),
    (
        "[p Bo Dell] met Lindholm aide [p Ann Roe]. Aide [p Jo Fell] left. {s The Lindholm aide} {c said} {q no}.",
        [("Ann Roe", PERSON)],
    ),
    # a company's short name that the tagger did not see
    ("[o Harbour AG] fell. {s Harbour} {c blamed} {q the rain}.", [("Harbour AG", ORGANIZATION)]),
    # nor a name that is explained at once
    ("{s Stay, the union of most pilots,} {c said} {q no}.", [("Stay", ORGANIZATION)]),
    ("{s Roe, a retired pilot,} {c said} {q no}.", [("Roe", PERSON)]),
    ("{s Pilots, a group of whom met,} {c said} {q no}.", [("pilots", GROUP)]),
    # an acronym that would else be a pronoun
    (
        "The [o World Heron Organisation] (WHO) met. {s WHO} {c says} {q herons thrive}, as those who count say.",
        [("World Heron Organisation", ORGANIZATION)],
    ),
    # papers speak for their makers
    (
        "{s [p Ann Roe]} {c said in a statement} {q the dam held}. {s The statement} {c added} {q no more}.",
        [("Ann Roe", PERSON)] * 2,
    ),
    (
        "{q It fell}, {s a new survey} {c found}. {s The survey by the [o Harbour Trust]} {c put} {q it at a foot}.",
        [("Harbour Trust", ORGANIZATION)] * 2,
    ),
    (
        "The [o Harbour Trust] issued a short statement. {s The statement} {c said} {q the dam held}.",
        [("Harbour Trust", ORGANIZATION)],
    ),
    (
        "{s A new poll} {c shows} {q a lead}. The Tribune poll asked 900 people. {s The poll} {c adds} {q doubt}.",
        [("Tribune poll", DOCUMENT)] * 2,
    ),
    ("{s A statement from the ministry} {c said} {q it held}.", [("statement from the ministry", DOCUMENT)]),
    ("{s An estimate by the ministry} {c put} {q it at ten}.", [("ministry", ORGANIZATION)]),
    # the noun for a sort of maker stands before its name; the tagger may take that for a person's
    ("“{q No excuse},” {c reads} {s a statement} by the group [p Clear Harby], now.", [("Clear Harby", ORGANIZATION)]),
    ("“{q No excuse},” {c reads} {s a statement} by the wife of [p Bo Harby], now.", [("statement", DOCUMENT)]),
    ("It rained. {s [p Harby Bus], which runs late,} {c said} {q no}.", [("Harby Bus", ORGANIZATION)]),
    ("In a letter to {s [p Ann Roe], which was long, she} {c said} {q no}.", [("Ann Roe", PERSON)]),
    ("{s A statement from [p Roe]’s office} {c said} {q it held}.", [("Roe’s office", ORGANIZATION)]),
    ("{s [p Roe]’s research} {c shows} {q a rise}.", [("Roe", PERSON)]),
    ("{s A report seen by the [o Tribune]} {c says} {q it leaks}.", [("report", DOCUMENT)]),
    # "it" is the paper whose maker was told
    (
        "{s [p Ann Roe]} {c said in a statement} {q the dam held}. {s The statement} {c said} {q it was old}. After a night of rain, {s it} {c added} {q no more}.",  # noqa: E501 a pattern or a case is read best in one line
        [("Ann Roe", PERSON)] * 3,
    ),
    # what a newspaper reported is its report; another's is not
    (
        "{s The [o Harby Post]} {c reported} {q the dam held}. {q It was old and leaked}, {s the report} {c said}.",
        [("Harby Post", ORGANIZATION)] * 2,
    ),
    (
        "{q It held}, {s the [o Harby Post]} {c reported}. The mayor has a new report. {s The report} {c said} {q no}.",
        [("Harby Post", ORGANIZATION), ("report", DOCUMENT)],
    ),
    (
        "[p Ann Roe] called a [o Harby Post] article false. {s The article} {c said} {q she had left}.",
        [("Harby Post", ORGANIZATION)],
    ),
    ("{s An op-ed piece in the [o Harby Post]} {c called} {q it rash}.", [("Harby Post", ORGANIZATION)]),
    (
        "{s A [o Harbour Trust] report released by the mayor} {c says} {q it leaks}.",
        [("Harbour Trust", ORGANIZATION)],
    ),
    (
        "The [o Harbour Office] met. {s A readout provided by the office of Mayor [p Ann Roe], who was away,} {c said} {q it held}.",  # noqa: E501 a pattern or a case is read best in one line
        [("office of Mayor Ann Roe", ORGANIZATION)],
    ),
    (
        "{s [p Ann Roe]} {c said} {q no}. {s The statement} {c said} {q it was late}.",
        [("Ann Roe", PERSON), ("statement", DOCUMENT)],
    ),
    # whom a message is for does not write it; an adjective before a name is none of it
    (
        "{s [p Ann Roe]} {c said} {q no}. In a note to Ms [p Dee Poe], {s she} {c added}: {q never}.",
        [("Ann Roe", PERSON)] * 2,
    ),
    ("But the [p ever-cautious Roe] sighed. {s [p Roe]} {c said} {q no}.", [("Roe", PERSON)]),
    # who speaks is nobody's description
    (
        "In a letter to the [o Ulm Courier], {s the environment agency} {c warned} {q of dust}. {s The letter} {c adds} {q no}.",  # noqa: E501 a pattern or a case is read best in one line
        [("environment agency", ORGANIZATION)] * 2,
    ),
    # a company's name has the words behind it that end such names
    (
        "She accused [o Norrland] Lines of delay. {s The company} {c said} {q it was late}.",
        [("Norrland Lines", ORGANIZATION)],
    ),
    ("[p Ann Roe] came. {q The roof} {c is seen} {q as unsafe}.", [(None, None)] * 2),  # nobody is said to see it so
    (
        "ROE: {q Did you sign?}\n\nDOE: {q Never.}\n\nROE: {q Look again.}",
        [("ROE", PERSON), ("DOE", PERSON), ("ROE", PERSON)],
    ),
    # what a noun before it, a ticker or general knowledge shows to be no person
    ("{s The daily newspaper [p Lumière]} {c wrote} {q so}.", [("Lumière", ORGANIZATION)]),
    ("{s [p Velmark] (VLMg.DE)} {c said} {q so}.", [("Velmark", ORGANIZATION)]),
    ("{s [p Reuters]} {c reported} {q so}.", [("Reuters", ORGANIZATION)]),
    ("[p Ann Roe] left. The company [p Roe] founded closed. {s [p Roe]} {c said} {q so}.", [("Ann Roe", PERSON)]),
    # members are a group
    (
        "{s [o Carra Republicans]} {c said} {q no}. {s [o Senators]} {c said} {q yes}.",
        [("Carra Republicans", GROUP), ("Senators", GROUP)],
    ),
    # letters that stand for question and answer name nobody
    (
        "The singer [p Ann Roe] looks back.\n\n{s Q}: {q Did you sign?}\n\n{s A}: {q Never.}\n\n{s Q}: {q Why?}\n\n{s A}: {q It rained.}",  # noqa: E501 a pattern or a case is read best in one line
        [(None, None), ("Ann Roe", PERSON)] * 2,
    ),
]


@pytest.mark.parametrize(("marked", "expected"), SPEAKERS, ids=[m[:50] for m, _ in SPEAKERS])
def test_speakers(marked: str, expected: list[tuple[str | None, SpeakerKind | None]]) -> None:
    resolution, _ = solve(marked)
    known = {s.id: (s.name, s.kind) for s in resolution.speakers}
    assert [known.get(i or "", (None, None)) for i in resolution.ids] == expected


def test_an_interview_is_with_the_one_it_says_it_interviews_however_often_others_are_named() -> None:
    text = (
        "The Post interviews harbour master [p Ann Roe] on locks.\n\nWhat is a lock?\n\n"
        "{q I asked [p Bob Doe] that, and he asked [p Doe] senior, and I am none the wiser.}\n\nAre you glad?\n\n"
        "{q We all are.}\n"
    )
    assert {s.name for s in solve(text)[0].speakers} == {"Ann Roe"}


def test_an_interview_is_with_nobody_of_whom_only_one_name_is_told() -> None:
    text = (
        "[p Ann Roe] on her boat: an interview by the Post.\n\nDid you like [p Bella]?\n\n{q I loved [p Bella].}\n\n"
        "Did you sail her?\n\n{q I and [p Bella] sailed on.}\n"
    )
    assert {s.name for s in solve(text)[0].speakers} == {"Ann Roe"}


def test_a_speaker_has_role_and_mentions_with_their_places() -> None:
    resolution, text = solve(
        "{s [p Ann Roe], the EU's defence commissioner,} {c said} {q no}. {s She} {c smiled} {q at that}."
    )
    (speaker,) = resolution.speakers
    assert speaker.role == "EU's defence commissioner"
    assert speaker.role_span is not None
    assert text[speaker.role_span.start : speaker.role_span.end] == speaker.role
    assert [m.text for m in speaker.mentions] == ["Ann Roe", "She"]


def test_the_source_is_told_where_the_tagger_missed_it() -> None:
    resolution, _ = solve("[p Ann Roe] {c said} {q it was late}.")
    assert [s.text if s else None for s in resolution.sources] == ["Ann Roe"]


WORDS = st.lists(
    st.sampled_from(
        [
            "[p Ann Roe]",
            "[o Grange]",
            "{s she}",
            "{c said}",
            "{q no}",
            "“",
            "”",
            "\n\n",
            ". ",
            "who",
            "{s They}",
            "Q:",
            "é",
        ]
    ),
    max_size=14,
).map(" ".join)


@given(WORDS)
def test_every_finding_is_its_text_and_every_id_a_speaker(marked: str) -> None:
    resolution, text = solve(marked)
    spans = [m for s in resolution.speakers for m in (*s.mentions, *([s.role_span] if s.role_span else []))]
    assert all(text[m.start : m.end] == m.text for m in [*spans, *(s for s in resolution.sources if s)])
    assert {i for i in resolution.ids if i} == {s.id for s in resolution.speakers}
    assert all(
        0 <= c <= 1 and (i is not None or c == 0) for i, c in zip(resolution.ids, resolution.confidences, strict=True)
    )
    assert solve(marked)[0] == resolution


@given(st.text(max_size=80))
def test_turns_of_any_text_lie_in_it_and_do_not_overlap(text: str) -> None:
    document = read(Article(text))
    turns = find_turns(document.reading, document.blocks)
    assert all(0 <= start < end <= len(text) for start, end, _ in turns)
    assert all(a[1] <= b[0] for a, b in pairwise(turns))


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Ann Roe", "Bob Doe"], "Ann Roe and Bob Doe"),
        (["Jim Roe", "Jane Roe"], "Jim and Jane Roe"),
        (["Ann Roe", "Bob Doe", "Cy Poe"], "Ann Roe, Bob Doe and Cy Poe"),
        (["Grange"], "Grange"),
    ],
)
def test_joined_names(names: list[str], joined: str) -> None:
    assert join_names(names) == joined
