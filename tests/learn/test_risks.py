"""Risk and coverage: what a quotation's confidence says of its speaker. Articles and figures are made up."""

from __future__ import annotations

import re
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from service.extract.records import Act, Extraction, Kind, Quotation, Span, Speaker, SpeakerKind
from service.learn.risks import THRESHOLDS, judge_speakers, tabulate

TEXT = "“It holds,” Ann Roe said. “It leaks,” he said."
SPEAKERS = (Speaker("p1", "Ann Roe", SpeakerKind.PERSON), Speaker("p2", "Bob Doe", SpeakerKind.PERSON))


def quotation(words: str, speaker: str | None, confidence: float, act: Act = Act.STATEMENT) -> Quotation:
    start = TEXT.index(words)
    content = (Span(start, start + len(words), words),)
    return Quotation("q", Kind.DIRECT, content, speaker=speaker, confidence=confidence, act=act)


def scorer() -> ModuleType:
    module = ModuleType("score")
    module.same_name = lambda a, b: a == b  # type: ignore[attr-defined]  # a module made here has no types
    return module


def gold(*names: str) -> dict[str, object]:
    ends = [m.end() for m in re.finditer(r"said\.", TEXT)]
    spans = zip([0, *ends], ends, names, strict=False)
    return {"sentences": [{"start": s, "end": e, "labels": ["quotation"], "speakers": [n]} for s, e, n in spans]}


def test_a_quotation_is_judged_by_the_names_of_its_sentence() -> None:
    found = (quotation("It holds", "p1", 0.9), quotation("It leaks", "p2", 0.4))
    extraction = Extraction(TEXT, quotations=found, speakers=SPEAKERS)
    assert list(judge_speakers(extraction, gold("Ann Roe", "Carl Poe"), scorer())) == [(0.9, True), (0.4, False)]


def test_what_names_nobody_or_has_no_known_speaker_is_not_judged() -> None:
    found = (
        quotation("It holds", None, 0.0),
        quotation("It leaks", "p2", 0.4),
        quotation("holds", "p1", 0.9, Act.THOUGHT),
    )
    extraction = Extraction(TEXT, quotations=found, speakers=SPEAKERS)
    assert list(judge_speakers(extraction, gold("Ann Roe", "?"), scorer())) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_a_higher_threshold_keeps_no_more(judged: list[tuple[float, bool]]) -> None:
    table = tabulate(judged)
    kept = [risk.kept for risk in table]
    assert kept == sorted(kept, reverse=True)
    assert [risk.threshold for risk in table] == list(THRESHOLDS)
    assert kept[0] == len(judged)
    assert all(risk.right <= risk.kept and 0 <= risk.accuracy <= 100 for risk in table)
