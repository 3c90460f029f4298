"""Who speaks through a paper: "the statement" is its author's where the article says whose it is.

"A survey by the institute", "he said in a statement", "the ministry's letter": whoever made the paper is its
speaker, there and where the article only says "the survey" or "the statement".
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from service.extract.names import WORD, key_of
from service.extract.nouns import DETERMINERS, MADE, ORGANIZATIONS, OWNED, PLAIN, STATEMENTS, STUDIES, SURVEYS, singular
from service.extract.phrases import Form, Phrase, read_phrase
from service.extract.records import SpeakerKind, sentences_over
from service.extract.referents import Referent
from service.extract.scenes import Choice, Scene
from service.extract.tagged import Attribution, Found
from service.extract.values import START, replace

MADE_SURE = 0.8  # share of the certainty that the paper was meant
_NOUNS = "|".join(sorted((re.escape(noun) for noun in MADE), key=len, reverse=True))
_BY = re.compile(rf"\b(?:{_NOUNS})s?(?:,?[ \u00a0]+[\w-]+){{0,5}}?[ \u00a0]+(?:by|from)[ \u00a0]+(?=\S)", re.IGNORECASE)
_LEADS = re.compile(r"(?:by|from)[ \u00a0]+(?:the[ \u00a0]+)?$", re.IGNORECASE)  # how the next ends
_BY_NAME = re.compile(
    rf"\b({_NOUNS})s?(?:,?[ \u00a0]+[\w-]+){{0,5}}?[ \u00a0]+(?:by|from)[ \u00a0]+(?:the[ \u00a0]+)?$", re.IGNORECASE
)
_SORT_BEFORE = re.compile(r"((?:by|from)[ \u00a0]+the[ \u00a0]+)(?:[a-z-]+[ \u00a0]+){1,2}$")
_ISSUES = re.compile(
    r"[ \u00a0]+(?:has |have |had |also )*(?:issued|issues|released|provided|published|put out|sent out|posted|wrote)"
    rf"[ \u00a0]+(?:an?|its|his|her|their|the)[ \u00a0]+(?:[\w-]+[ \u00a0]+){{0,3}}?({_NOUNS})\b"
)
_PASSED = re.compile(
    r"\b(?:(?:seen|read|known|paid|driven"
    r"|(?!(?:author|carri|collect|commission|compil|conduct|deliver|draft|fil|gather|head|issu|l|organi[sz]|penn|perform|post|prepar|present"
    r"|produc|provid|publish|releas|sign|submitt|unveil)ed)[a-z]+ed)"  # "funded by", not "compiled by"
    r"(?:[ \u00a0]+(?:earlier|exclusively|first|for|in part|on|previously|up|[a-z]+ly))?[ \u00a0]+by"
    r"|including|such as)\b"
)
_OWN = re.compile(
    rf"(?:['’]s|(?<=s)['’])[ \u00a0]+(?:[\w-]+[ \u00a0]+){{0,3}}?({'|'.join(sorted(OWNED))})s?\b", re.IGNORECASE
)
_PUT_OUT = re.compile(
    r"\b(?:in|through|via|issued|released|published|sent|sent out)[ \u00a0]+(?:an?|the|his|her|its|their|this)"
    rf"[ \u00a0]+(?:[\w-]+[ \u00a0]+){{0,3}}?({_NOUNS})\b",
    re.IGNORECASE,
)
_SURVEY = re.compile(
    r"(?<![\w’'./&-])(?!The |A |An |New |This |That |In |One |Another )((?:[A-Z][\w.&/-]*[ \u00a0]){0,5}[A-Z][\w.&/-]*)"
    r"[ \u00a0](?:national |tracking |statewide |exit |opinion )*(poll|survey)\b"
)
_REPORTS = re.compile(r"\breport(?:s|ed|ing)?\b", re.IGNORECASE)
_A_REPORT = re.compile(
    r"\b(?:an?|its|his|her|their|new|recent)[ \u00a0](?:[a-z][\w'’-]*[ \u00a0]){0,4}?(report|article|story)\b"
)
_IN_PAPER = re.compile(
    r"\b(?:article|column|editorial|op-ed|story)(?:[ \u00a0][\w-]+){0,2}?[ \u00a0]in[ \u00a0](?:the[ \u00a0])?(?=\S)"
)
_HANDED_ON = re.compile(r"\b(?:released|published|provided|posted|shared)\b")
_ITS_REPORT = re.compile(r"['’]?s?[ \u00a0](?:report|article|story|investigation)\b")
NEWS = frozenset({"article", "report", "story"})  # what a newspaper's account is called
COUNTING = frozenset({"data", "estimate", "figure", "statistic", "study", "survey"})  # sorts of papers
NEAR = 80  # code points from the noun of a paper to its maker's name


class Paper(NamedTuple):
    """A paper whose maker is known: where the article says so, and what sort of paper it is."""

    at: int
    sort: str
    maker: Referent


class Papers:
    """The papers of an article by their sort, in order."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.known: dict[str, list[Paper]] = {}
        self.makers: dict[str, set[Referent]] = {}
        self.add(*papers)

    def add(self, *papers: Paper) -> None:
        """Take in more papers."""
        for paper in papers:
            insort(self.known.setdefault(paper.sort, []), paper, key=lambda p: p.at)
            self.makers.setdefault(paper.sort, set()).add(paper.maker)

    def last_before(self, at: int, sort: str) -> Referent | None:
        """The maker of the last paper of its sort before code point *at*."""
        known = self.known.get(sort, [])
        index = bisect_left(known, at, key=lambda p: p.at)
        return known[index - 1].maker if index else None

    def only_maker(self, sort: str) -> Referent | None:
        """The maker of all papers of a sort, if it is one."""
        makers = self.makers.get(sort, set())
        return next(iter(makers)) if len(makers) == 1 else None


def credit_makers(scene: Scene, choices: Sequence[Choice]) -> list[Choice]:
    """The choices, with a paper that has no name of its own led to its maker where the article states one."""
    credited = list(choices)
    waiting: dict[int, str] = {}
    papers = Papers(_named_makers(scene))
    makers_of: dict[Referent, Referent] = {}  # of papers that pronouns mean too
    for i, attribution in enumerate(scene.attributions):
        referent, sure = credited[i]
        if referent is not None and referent.kind != SpeakerKind.DOCUMENT:
            papers.add(*(Paper(at, sort, referent) for at, sort in _put_out(scene, attribution, scene.sources[i])))
            papers.add(*_told(scene, attribution, scene.sources[i], referent))
            continue
        source = scene.sources[i] if referent is not None and referent.entity is None else None
        phrase = read_phrase(scene.reading, source.start, source.end, scene.mentions) if source else None
        if referent in makers_of and (phrase is None or phrase.form == Form.PRONOUN):
            credited[i] = makers_of[referent], sure * MADE_SURE
        if source is None or phrase is None or phrase.form != Form.NOUN:
            continue
        sort = _plain_sort(scene.reading, phrase)
        maker = _stated_maker(scene, attribution, source) or _known_maker(papers, phrase, sort, scene.reading)
        if maker is not None and referent is not None:
            credited[i] = maker, sure * MADE_SURE
            makers_of[referent] = maker
            papers.add(Paper(source.start, _sort_of(phrase.head), maker))
        else:
            waiting[i] = sort
    if "survey" in waiting.values():
        _name_surveys(scene.reading, [credited[i][0] for i, sort in waiting.items() if sort == "survey"])
    makers = {i: maker for i, sort in waiting.items() if (maker := papers.only_maker(sort))}
    return [(makers[i], sure * MADE_SURE) if i in makers else (who, sure) for i, (who, sure) in enumerate(credited)]


def _known_maker(papers: Papers, phrase: Phrase, sort: str, reading: str) -> Referent | None:
    """Whoever was told to have made "the report": the newspaper that reported, if no other report is in question."""
    if not phrase.definite:
        return None
    maker = papers.last_before(phrase.start, sort)
    news = maker is None and sort and phrase.head in NEWS and _is_first(reading, phrase)
    return papers.last_before(phrase.start, "news") if news else maker


def _is_first(reading: str, phrase: Phrase) -> bool:
    """Whether the article has no "a report", "a new story" or the like before, whose maker is not told there."""
    return all(found[1] != phrase.head for found in _A_REPORT.finditer(reading, 0, phrase.start))


def _sort_of(head: str) -> str:
    """What papers called *head* are also called."""
    noun = singular(head)
    sorts = {"statement": STATEMENTS, "survey": SURVEYS, "study": STUDIES}
    return next((sort for sort, nouns in sorts.items() if noun in nouns), noun)


def _plain_sort(reading: str, phrase: Phrase) -> str:
    """The sort of a paper that is told by its noun alone; empty for any other."""
    rest = set(key_of(reading[phrase.start : phrase.end])) - PLAIN - DETERMINERS - {phrase.head}
    return _sort_of(phrase.head) if not rest and phrase.head in MADE else ""


def _name_surveys(reading: str, surveys: Sequence[Referent | None]) -> None:
    """Give surveys told by their noun alone the name of the only one that the article names: "the Tribune poll"."""
    found = {f"{m[1]} {m[2]}" for m in _SURVEY.finditer(reading)}
    for referent in surveys if len(found) == 1 else ():
        if referent is not None and not set(key_of(referent.name)) - PLAIN - DETERMINERS - SURVEYS:
            referent.name = next(iter(found))


def _named_makers(scene: Scene) -> Iterator[Paper]:
    """The papers that the text gives the name of their maker with: "a survey by the Harbour Trust"."""
    for mention in scene.mentions:
        maker = scene.cast.at(mention.start)
        issued = _ISSUES.match(scene.reading, mention.end)
        before = _before_maker(scene.reading, mention.start)
        by = mention.kind in {"person", "organization"} and _LEADS.search(before)
        found = _BY_NAME.search(before) if by else None
        if maker is not None and "press" in maker.sorts and _ITS_REPORT.match(scene.reading, mention.end):
            yield Paper(mention.start, "news", maker)
        if maker is not None and issued:
            yield Paper(mention.start, _sort_of(issued[1]), maker)
        elif maker is not None and found and not _PASSED.search(found.group()):
            yield Paper(mention.start, _sort_of(found[1].lower()), maker)


def _before_maker(reading: str, at: int) -> str:
    """What stands before a name, without the noun for its sort: "a report by the " of "a report by the aid group "."""
    before = reading[max(0, at - NEAR) : at]
    noun = before.rstrip().rpartition(" ")[2]
    return _SORT_BEFORE.sub(r"\1", before) if noun in ORGANIZATIONS else before


def _told(scene: Scene, attribution: Attribution, source: Found | None, teller: Referent) -> Iterator[Paper]:
    """The paper that a source names with its maker, and what a newspaper reports: "the report" from then on."""
    by = _BY.search(scene.reading, source.start, source.end) if source else None
    if source is not None and by and not _PASSED.search(by.group()):
        yield Paper(source.start, _sort_of(_noun_of(by)), teller)
    cue = attribution.cue
    if cue is not None and "press" in teller.sorts and _REPORTS.search(scene.reading, cue.start, cue.end):
        yield Paper(cue.start, "news", teller)


def _put_out(scene: Scene, attribution: Attribution, source: Found | None) -> Iterator[tuple[int, str]]:
    """The papers in which the sentence of the cue says that its content stands: "he said in a statement"."""
    cue = attribution.cue
    if cue is None:
        return
    spans = [*attribution.contents, *([source] if source else [])]  # "Roe, who had no part in the study, said"
    for i in sentences_over(scene.sentences, cue.start, cue.end):
        sentence = scene.sentences[i]
        low, high = max(sentence.start, cue.start - NEAR), min(sentence.end, cue.end + NEAR)
        for found in _PUT_OUT.finditer(scene.reading, low, high):
            inside = any(s.start <= found.start() < s.end for s in spans)
            if not inside and found[1].lower() not in SURVEYS:
                yield found.start(1), _sort_of(found[1].lower())


def _stated_maker(scene: Scene, attribution: Attribution, source: Found) -> Referent | None:
    """Whoever the source's own words say the paper is by: "a survey by the Harbour Trust", "Ann Roe's letter".

    Without a name only what counts has a maker: "an estimate by the union", but no "statement from the union".
    """
    by = _BY.search(scene.reading, source.start, source.end)
    named = _named_beside(scene, source, by)
    if named is not None:
        return named
    own = _OWN.search(scene.reading, source.start, source.end)
    if by and not _PASSED.search(by.group()):
        part = replace(source, start=by.end())
    elif own and own.start() > source.start:
        part = replace(source, end=own.start())
    else:
        return None
    if not WORD.search(scene.reading, part.start, part.end):
        return None
    maker, _ = scene.who_says(attribution, part)
    if maker is None or maker.kind == SpeakerKind.DOCUMENT:
        return None
    first = bisect_left(scene.mentions, part.start, key=START)
    names = maker.entity is not None or any(m.end <= part.end for m in scene.mentions[first : first + 1])
    counts = by is not None and _sort_of(_noun_of(by)) in COUNTING
    return maker if names or counts else None


def _noun_of(by: re.Match[str]) -> str:
    """The noun of the paper that *by* begins with."""
    return by.group().split()[0].lower().rstrip(",")


def _named_beside(scene: Scene, source: Found, by: re.Match[str] | None) -> Referent | None:
    """The Harbour Trust of "a Harbour Trust report released by the mayor", the Tribune of "an op-ed in the Tribune"."""
    printed = _IN_PAPER.search(scene.reading, source.start, source.end)
    handed_on = by is not None and _HANDED_ON.search(by.group()) is not None
    first, last = (bisect_left(scene.mentions, at, key=START) for at in (source.start, source.end))
    for mention in scene.mentions[first:last]:
        maker = scene.cast.at(mention.start)
        own = handed_on and by is not None and mention.end + 1 == by.start() and mention.kind == "organization"
        if maker is not None and (own or (printed and mention.start == printed.end() and "press" in maker.sorts)):
            return maker
    return None
