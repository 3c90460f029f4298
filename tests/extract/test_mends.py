"""Attributions mended by their words. Every sentence and name was made up; spans are marked as in ``test_speakers``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.agents import with_agents, with_both
from service.extract.cited import with_cited
from service.extract.edges import with_whole_edges
from service.extract.mends import mend
from service.extract.nested import find_nested
from service.extract.quoted import find_quoted
from service.extract.records import Article
from service.extract.sentences import split
from service.extract.tagged import Attribution
from service.extract.text import read
from tests.extract.test_speakers import lay, pair, unmark

Pieces = list[tuple[str | None, list[str]]]  # the source's words and the pieces of each attribution


def mended(marked: str, *, together: bool = False) -> Pieces:
    """What is left of the marked attributions; *together*: all contents are of the first one."""
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    sentences = split(document)
    tags = lay(given_text.text, given_text.entities, [(s.start, s.end) for s in sentences])
    found: Sequence[Attribution] = pair(given_text.spans, tags)
    if together:
        cue, source = (next((m for a in found if (m := getattr(a, k))), None) for k in ("cue", "source"))
        found = [Attribution(tuple(c for a in found for c in a.contents), cue, source)]
    quoted = find_quoted(document.reading, document.blocks)
    reading = document.reading
    return [
        (reading[a.source.start : a.source.end] if a.source else None, [reading[c.start : c.end] for c in a.contents])
        for a in mend(document, sentences, quoted, tags, found)
    ]


ALONE = [
    # a silence states nothing, what is asked about and what someone is called neither
    ("{s Sir Alan Petrie} {c declined} {q to comment}.", []),
    ("{s The firm} {c did not respond} {q to a request for comment}.", []),
    ("{c Asked about} {q the fund}, {s he} left.", []),
    ("{c Asked} {q if he would go}, he left.", []),
    ("He {c asked} {q if he would go}.", [(None, ["if he would go"])]),
    ("{s Colleagues} {c nicknamed} {q her “the Compass”}.", []),
    ("The gang of {s Bo Lind}, {c also known as} “{q Skipper}”, fled.", []),
    # a recipient is no content
    ("{s She} {c told} {q Le Matin it is planning a sale}.", [("She", ["it is planning a sale"])]),
    ("{s She} {c told} {q reporters that it rained}.", [("She", ["that it rained"])]),
    ("{s She} {c said} {q Reuters it is not}.", [("She", ["Reuters it is not"])]),
    # one who is cited speaks
    ("{s The Mercury} {c cited} {q analyst Tove Lind: “No fleet”}.", [("analyst Tove Lind", ["No fleet"])]),
    ("{s It} {c cited} {q two reasons: “cost and time}”.", [("It", ["two reasons: “cost and time"])]),
    # one who is quoted by others speaks
    ("[p Bo Roe] was quoted by the Mercury in May {c as saying} {q that it sails}.", [("Bo Roe", ["that it sails"])]),
    ("The quay was cited in a report {c as saying} {q that it sails}.", [(None, ["that it sails"])]),
    # a verb before a name is no source
    ("{s Continued} Dame Tove Lind: “{q No fleet.}”", [("Dame Tove Lind", ["No fleet."])]),
    # a source of a determiner only
    # who is called the accused says nothing
    ("{s A pilot} {c accused} {q of theft} was freed.", []),
    ("{s A pilot} {c accused} {q Bo Roe of theft}.", [("A pilot", ["Bo Roe of theft"])]),
    # a name that ends the source is of it
    ("{s Norrland's envoy} [p Bo Lind] {c said} {q it will sail}.", [("Norrland's envoy Bo Lind", ["it will sail"])]),
    ("{s Norrland's envoy} Monday {c said} {q it will sail}.", [("Norrland's envoy", ["it will sail"])]),
    ("{s The} ferry company {c says} {q it will sail}.", [("The ferry company", ["it will sail"])]),
]


@pytest.mark.parametrize(("marked", "expected"), ALONE, ids=[m[:50] for m, _ in ALONE])
def test_one_attribution(marked: str, expected: Pieces) -> None:
    assert mended(marked) == expected


PIECES = [
    ("{s He} {c told} {q Le Figaro} {q on Monday that it rains}.", [("He", ["Le Figaro on Monday that it rains"])]),
    ("{s He} {c told} *{q Le Figaro}* {q it rains}.", [("He", ["it rains"])]),
    ("In a word to {q Mrs May}, {s she} {c added}: “{q Keep it.}”", [("she", ["Keep it."])]),
    ("{q Europe}, {s Rutte} {c said}, {q is ready}.", [("Rutte", ["Europe", "is ready"])]),
    ("“{q It floats},” {s Lund} {c said} of {q the plan}.", [("Lund", ["It floats"])]),
    ("“{q It floats},” {s Lund} {c told} a crowd, stressing {q the fact of it}.", [("Lund", ["It floats"])]),
    ("{q Asked about the plan}, {s Lund} {c said}: “{q It floats.}”", [("Lund", ["It floats."])]),
    ("It is a boat, {q one which} {s Lund} {c calls} “{q a fine one}”.", [("Lund", ["a fine one"])]),
    ("“{q It floats},” {s he} {c said, adding} {q that it sails}.", [("he", ["It floats", "that it sails"])]),
    ("It was {q so loud} {s Lund} {c said}: “{q I sail.}”", [("Lund", ["I sail."])]),
    ("Delighted {q how it went}, {s Lund} {c said}: “{q I sail.}”", [("Lund", ["I sail."])]),
    ("It is {q what} {s Lund} {c calls} “{q a fine one}”.", [("Lund", ["what", "a fine one"])]),
    ("In a reference to {q the quay}, {s Lund} {c said}: “{q I sail.}”", [("Lund", ["I sail."])]),
    ("{q If it floats}, {s he} {c said}, “{q I sail.}”", [("he", ["If it floats", "I sail."])]),
    # those who are told are no content beside what they are told
    ("{q The gate was shut}, {q a judge} {c was told}.", [(None, ["The gate was shut"])]),
    ("Then {q Roe} {c was quoted by} {s state media} {q as saying} that {q it rains}.", [("Roe", ["it rains"])]),
]


@pytest.mark.parametrize(("marked", "expected"), PIECES, ids=[m[:50] for m, _ in PIECES])
def test_an_attribution_in_pieces(marked: str, expected: Pieces) -> None:
    assert mended(marked, together=True) == expected


def test_a_paraphrase_with_quoted_words_and_the_quotation_after_it_are_two() -> None:
    text = "{q The plan is “a farce,”} {s Mr Lund} {c said}. “{q It helps nobody. It never will.}”"
    assert mended(text, together=True) == [
        ("Mr Lund", ["The plan is “a farce,”"]),
        ("Mr Lund", ["It helps nobody. It never will."]),
    ]
    text = "“{q It is a farce},” {s he} {c said}. “{q It helps nobody.}”"
    assert mended(text, together=True) == [("he", ["It is a farce", "It helps nobody."])]


NESTED = [
    ("{s Ms Roe} {c said} {q [p Bo Lind] told her that it would sail}.", [("Bo Lind", ["that it would sail"])]),
    ("{s The Mercury} {c reported} {q [p Lind] said on Monday that it would sail}.", []),
    ("{s Ms Roe} {c hopes} {q [p Bo Lind] told her that it would sail}.", []),
    ("{s Ms Roe} {c said}: “{q [p Bo Lind] told her that it would sail}.”", []),
    (
        "“{q It sails,” Bo Lind, a pilot, said in May}, {c according to} {s the Mercury}.",
        [("Bo Lind, a pilot", ["It sails"])],
    ),
    ("“{q It sails,” he said}, {c according to} {s the Mercury}.", [("he", ["It sails"])]),
    ("“{q It sails,” he will say}, {c according to} {s the Mercury}.", [("he", ["It sails"])]),
    (
        "{q [p Bo Lind] made clear that it would sail}, {c according to} {s the Mercury}.",
        [("Bo Lind", ["that it would sail"])],
    ),
    ("{s Ms Roe} {c asked} {q why when Bo Lind said it would sail}.", []),
    ("{s Ms Roe} {c asked} {q why pilots had told her it would sail}.", [("pilots", ["it would sail"])]),
    ("{s Ms Roe} {c said} {q pilots had pointed out that it would sail}.", [("pilots", ["that it would sail"])]),
    ("“{q It sails},” said Bo Lind, a pilot, in May, {c according to} {s the Mercury}.", [("Bo Lind", ["It sails"])]),
    ("“{q It sails},” said to be slow, {c according to} {s the Mercury}.", []),
    ("“{q It sails,” and that is so}, {c according to} {s the Mercury}.", []),
    ("{s Ms Roe} {c said} {q the [o Grange] told her that it would sail}.", [("the Grange", ["that it would sail"])]),
    (
        "{q Two pilots have told reporters that it would sail}, {s police} {c said}.",
        [("Two pilots", ["that it would sail"])],
    ),
    ("{q Two in three pilots, or 66 percent, said it would sail}, {s a poll} {c reported}.", []),
    ("{s Ms Roe} {c said} {q the pilots who told lies would not sail}.", []),
    ("{s Ms Roe} {c said} {q what the pilots said was no reason to sail}.", []),
    ("{s Police} {c said} {q she has also claimed that it would sail}.", [("she", ["that it would sail"])]),
    ("{s Police} {c said} {q she told it all in vain}.", []),
    ("{s Ms Roe} {c denied} {q [p Bo Lind]’s claim that it would sail}.", [("Bo Lind’s", ["that it would sail"])]),
    (
        "{s Ms Roe} {c denied} {q accusations by port officials that it would sail}.",
        [("port officials", ["that it would sail"])],
    ),
    (
        "{s Ms Roe} {c rejected} {q the pilots’ 2024 warning that it would sail}.",
        [("the pilots", ["that it would sail"])],
    ),
    (
        "{s Ms Roe} {c rejected} {q the pilots’ tweet saying it would sail again}.",
        [("the pilots", ["it would sail again"])],
    ),
    (
        "{s Ms Roe} {c rejected} {q the pilots’ call for another long strike}.",
        [("the pilots", ["for another long strike"])],
    ),
    ("{s Ms Roe} {c rejected} {q claims by pilots for another long strike}.", []),
    ("{s Ms Roe} {c denied} {q the weather’s promise that it would sail}.", []),
]


def test_a_quotation_that_is_passed_on_may_go_on_behind_those_who_pass_it_on() -> None:
    given_text = unmark("“{q It sails,” he said}, {c according to} {s the Mercury}. “{q It will for years.}”")
    document = read(Article(given_text.text))
    tags = lay(given_text.text, [], [(s.start, s.end) for s in split(document)])
    passed, going_on = pair(given_text.spans, tags)
    first = replace(passed, source=going_on.source or passed.source, cue=going_on.cue or passed.cue)
    quoted = find_quoted(document.reading, document.blocks)
    nested = find_nested(document, quoted, tags, [first, replace(first, contents=going_on.contents)])
    reading = document.reading
    assert [(reading[a.source.start : a.source.end], reading[slice(*_ends(a))]) for a in nested if a.source] == [
        ("he", "It sails"),
        ("he", "It will for years."),
    ]


def _ends(attribution: Attribution) -> tuple[int, int]:
    return attribution.contents[0].start, attribution.contents[-1].end


@pytest.mark.parametrize(("marked", "expected"), NESTED, ids=[m[:50] for m, _ in NESTED])
def test_a_report_within_a_paraphrase(marked: str, expected: Pieces) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    sentences = split(document)
    tags = lay(given_text.text, given_text.entities, [(s.start, s.end) for s in sentences])
    quoted = find_quoted(document.reading, document.blocks)
    nested = find_nested(document, quoted, tags, pair(given_text.spans, tags))
    assert [
        (document.reading[a.source.start : a.source.end], [document.reading[c.start : c.end] for c in a.contents])
        for a in mend(document, sentences, quoted, tags, nested)
        if a.source
    ] == expected


SAILS = "It sails"
CITED = [
    ("{q It sails}, {s the Mercury} {c reported} on Monday, citing port officials.", [("port officials", [SAILS])]),
    ("{q It sails}, {s the Mercury} {c reported}, citing port officials (PO).", [("port officials", [SAILS])]),
    ("{q It sails}, {c according to} {s the Mercury} citing a report by Lind.", [("a report by Lind", [SAILS])]),
    ("{s The Mercury}, citing its envoy to Harby, {c reported} {q it sails}.", [("its envoy to Harby", ["it sails"])]),
    (
        "{s The Mercury} reported, {c citing} {q two officials briefed on it, that it sails}.",
        [("two officials briefed on it", ["that it sails"])],
    ),
    (
        "{s The Mercury} {c quoted} {q two pilots as saying it sails}.",
        [("The Mercury", ["it sails"]), ("two pilots", ["it sails"])],
    ),
    ("{s The Mercury} {c quoted} {q two reasons as saying it sails}.", []),
    ("“{q It sails},” {s the Mercury} {c reported} the mayor saying.", [("the mayor", [SAILS])]),
    ("“{q It sails},” {s the Mercury} {c said} the mayor kept saying.", []),
    ("{q It sails}, {s the firm} {c said}, citing a report by Lind.", []),  # a reason rather than who says so
    ("{q It sails}, {s the Mercury} {c reported}, citing high water.", []),
    ("{s The firm} {c closed} {q the lock}, citing port officials.", []),
]


@pytest.mark.parametrize(("marked", "expected"), CITED, ids=[m[:50] for m, _ in CITED])
def test_what_is_reported_is_the_word_of_those_whom_the_report_cites(marked: str, expected: Pieces) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    tags = lay(given_text.text, [], [(s.start, s.end) for s in split(document)])
    attributions = pair(given_text.spans, tags)
    found = [a for a in with_cited(document, tags, attributions) if a not in attributions]
    assert [
        (document.reading[a.source.start : a.source.end], [document.reading[c.start : c.end] for c in a.contents])
        for a in found
        if a.source
    ] == expected


AGENTS = [
    (
        "“{q It sails},” [p Tove Lind] {c told} the board, {s the Mercury} reported.",
        [("Tove Lind", ["It sails"]), ("the Mercury", ["It sails"])],
    ),
    ("Some pilots {c question} {q the fee}. {s I} do not.", [("Some pilots", ["the fee"])]),
    ("Surely he {c said} {q it sails}. {s Lind} was there.", [("he", ["it sails"])]),
    ("[p Tove Lind] can be heard {c shouting} {q that it sails}.", [("Tove Lind", ["that it sails"])]),
    ("[p Tove Lind] was {c told} by {s the Mercury} {q that it sails}.", [("the Mercury", ["that it sails"])]),
    ("{q It sails}, a pilot in May, {c according to} {s the Mercury}.", [("the Mercury", ["It sails"])]),
    ("A bid by [p Tove Lind], {c said} {s the Mercury}, {q sails}.", [("the Mercury", ["sails"])]),
    ("“No,” [p Tove Lind] {c said}. “{q Never?}” {s Bo Roe} asked.", [("Bo Roe", ["Never?"])]),
    # the content takes in who speaks
    (
        "“{q It sails,” [p Tove Lind], a pilot}, {c said} Friday, {s the Mercury} reported.",
        [("Tove Lind, a pilot", ["It sails"]), ("the Mercury", ["It sails"])],
    ),
    # "according to" is followed by whose word it is, and a verb beside it has a subject of its own
    (
        "{q It sails}, {s the report} said, {c according to} two pilots.",
        [("two pilots", ["It sails"]), ("the report", ["It sails"])],
    ),
    ("[l Norrland] {c ruled out} {q a fee} after calls by {s Bo Roe}.", [("Norrland", ["a fee"])]),
    ("{q A man who police} {c said} {q fled} is home.", [("police", ["A man"])]),
    ("{q A day that was wet} {c said} {s Bo Roe}.", [("Bo Roe", ["A day that was wet"])]),
]


@pytest.mark.parametrize(("marked", "expected"), AGENTS, ids=[m[:50] for m, _ in AGENTS])
def test_the_subject_right_before_a_verb_is_its_source(marked: str, expected: Pieces) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    sentences = split(document)
    tags = lay(given_text.text, given_text.entities, [(s.start, s.end) for s in sentences])
    quoted = find_quoted(document.reading, document.blocks)
    assert [
        (document.reading[a.source.start : a.source.end], [document.reading[c.start : c.end] for c in a.contents])
        for a in with_agents(document, sentences, quoted, tags, pair(given_text.spans, tags))
        if a.source
    ] == expected


EDGES = [
    ("“{q No},” said {s Bo Roe, head of Sail, which} {c expects} more.", "Bo Roe, head of Sail", "expects", "No"),
    (
        "{s Bo Roe, head of the} Harbour Board, {c said} {q it sails}.",
        "Bo Roe, head of the Harbour Board",
        "said",
        None,
    ),
    ("{s A report on} Friday {c said} {q it sails}.", "A report", "said", None),
    ("{s Local} politicians {c said} {q it sails}.", "Local politicians", "said", None),
    ("{s Bo Roe} never {c said} {q it sails}.", "Bo Roe", "said", None),
    ("Roe went and, {s most pilots say}, {c urged} {q her to sail}.", "most pilots", "urged", "her to sail"),
    (
        "It was, {s most biographers say}, {c recommended} {q that she rest}.",
        "most biographers",
        "recommended",
        "that she rest",
    ),
    ("It is, {s many pilots agree}, {c said} to be {q safe}.", "many pilots", "said", "safe"),
    ("{s The media reports} {c say} {q it sails}.", "The media reports", "say", None),
    (
        "The letter, signed by {s 40 pilots}, {c says} {q it sails}.",
        "The letter, signed by 40 pilots",
        "says",
        None,
    ),
    ("The quay, signed for by {s 40 pilots}, {c says} {q it sails}.", "40 pilots", "says", None),
    ("{s 45} percent of pilots {c said} {q it sails}.", "45 percent of pilots", "said", None),
    ("{s Anti}-quay groups on shore were {c saying} {q it sails}.", "Anti-quay groups", "saying", None),
    ("{s Pilots who met} Bo Roe {c said} {q it sails}.", "Pilots", "said", None),
    ("{q It sails}, {c said} {s a} bearded man named Roe.", "a bearded man named Roe", "said", "It sails"),
    ("{q It sails}, {c said} {s a} slowly moving boat.", "a", "said", "It sails"),
    ("{s He} {c later} said {q it sails}.", "He", "later said", None),
    ("{s It} {c also} found {q it sails}.", "It", "also found", None),
    (
        "{s He} {c said} {q it hit a pilot, who} fled at 11:45 p.m. It sank.",
        "He",
        "said",
        "it hit a pilot, who fled at 11:45 p.m",
    ),
    ("{s He} {c said} {q it hit Bo Roe when he} fled, but it sank.", "He", "said", "it hit Bo Roe when he fled"),
    ("{s He} {c praised} {q the quay and} the gate was shut.", "He", "praised", "the quay and"),
    ("{s He} {c said} {q it hit a man who} {s police} {c said} {q fled}.", "He", "said", "it hit a man who"),
]


@pytest.mark.parametrize(("marked", "source", "cue", "content"), EDGES, ids=[m[:50] for m, *_ in EDGES])
def test_spans_end_where_a_phrase_does(marked: str, source: str, cue: str, content: str | None) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    tags = lay(given_text.text, given_text.entities, [(s.start, s.end) for s in split(document)])
    quoted = find_quoted(document.reading, document.blocks)
    found = next(with_whole_edges(document, quoted, tags, pair(given_text.spans, tags)))
    spans = (found.source, found.cue, found.contents[0])
    assert [document.reading[s.start : s.end] for s in spans if s] == [source, cue, content or "it sails"]


@pytest.mark.parametrize(
    "marked",
    [
        "Bo Roe stayed, but {s last year} {c promised} {q to sail}.",
        "{s One} can almost hear the pilots {c saying}: {q it sails}.",
    ],
)
def test_what_says_nothing_is_no_source(marked: str) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    tags = lay(given_text.text, [], [(s.start, s.end) for s in split(document)])
    (found,) = with_whole_edges(document, (), tags, pair(given_text.spans, tags))
    assert found.source is None


BOTH = [
    (
        "{s Ms Roe} {c said} {q she would stay and called it a rumour}.",
        [("said", "she would stay"), ("called", "it a rumour")],
    ),
    (
        "{s Ms Roe} {c promised} {q to stay, and then asked pilots to wait}.",
        [("promised", "to stay"), ("asked", "pilots to wait")],
    ),
    (
        "{s Ms Roe} {c said} {q the pilot was late and called it off}.",
        [("said", "the pilot was late and called it off")],
    ),
    (
        "{s Ms Roe} {c said} {q Lind stayed and called it a rumour}.",
        [("said", "Lind stayed and called it a rumour")],
    ),
    ("{s Ms Roe} {c said}: “{q It sails and asked for more}.”", [("said", "It sails and asked for more")]),
    (
        "{s Police} {c said} {q he grabbed a phone and called his mother}.",
        [("said", "he grabbed a phone and called his mother")],
    ),
    (
        "{s Ms Roe} {c said} {q the pilot panicked and called the coast guard}.",
        [("said", "the pilot panicked and called the coast guard")],
    ),
    ("{s Ms Roe} {c says} {q she will stay and called it off}.", [("says", "she will stay and called it off")]),
]


@pytest.mark.parametrize(("marked", "expected"), BOTH, ids=[m[:50] for m, _ in BOTH])
def test_each_verb_of_a_subject_has_its_own_content(marked: str, expected: list[tuple[str, str]]) -> None:
    given_text = unmark(marked)
    document = read(Article(given_text.text))
    tags = lay(given_text.text, [], [(s.start, s.end) for s in split(document)])
    quoted = find_quoted(document.reading, document.blocks)
    assert [
        (given_text.text[a.cue.start : a.cue.end], given_text.text[slice(*_ends(a))])
        for given in pair(given_text.spans, tags)
        for a in with_both(document, quoted, tags, given)
        if a.cue
    ] == expected


def test_a_quotation_goes_on_as_the_word_of_the_subject_before_the_verb() -> None:
    given_text = unmark("“{q It sails},” [p Tove Lind] {c told} us, {s the Mercury} reported. “{q It will for years.}”")
    document = read(Article(given_text.text))
    sentences = split(document)
    tags = lay(given_text.text, given_text.entities, [(s.start, s.end) for s in sentences])
    told, going_on = pair(given_text.spans, tags)
    found = [replace(told, source=going_on.source), going_on]
    quoted = find_quoted(document.reading, document.blocks)
    reading = document.reading
    assert [
        (reading[a.source.start : a.source.end], reading[slice(*_ends(a))])
        for a in with_agents(document, sentences, quoted, tags, found)
        if a.source
    ] == [
        ("Tove Lind", "It sails"),
        ("the Mercury", "It sails"),
        ("the Mercury", "It will for years."),
        ("Tove Lind", "It will for years."),
    ]


@given(
    st.lists(st.sampled_from([*"“”:.,", "told ", "{c told} ", "{s The} ", "{q Le Matin it} ", "{q to comment} ", "\n"]))
)
def test_nothing_is_added(parts: list[str]) -> None:
    marked = "".join(parts)
    text = unmark(marked).text
    for source, pieces in mended(marked):
        assert pieces
        assert all(p and p in text for p in [*pieces, *([source] if source else [])])
