"""The words of a source read as a phrase: a pronoun, a name, several names, or a noun with its modifiers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import StrEnum

from service.extract.appositions import ENDS, read_apposed, read_office
from service.extract.bearers import find_bearers
from service.extract.mentions import Mention
from service.extract.name_spans import widen
from service.extract.names import LETTERS_AFTER, POSSESSIVE, WORD, fold, strip_possessive
from service.extract.nouns import (
    ANONYMOUS,
    DEFINITE,
    DETERMINERS,
    DOCUMENTS,
    HONORIFICS,
    ORGANIZATIONS,
    PRONOUNS,
    RELATIVE,
    TITLES,
    is_plural,
    is_post,
    kind_of_noun,
    singular,
)
from service.extract.parts import Part, cut_parts, last_word, next_break, trim_dangling
from service.extract.records import SpeakerKind
from service.extract.values import START, dataclass

_LEADING = re.compile(
    r"(?:(?:by|from|of|for|to|with|as|among|like|according to|even|only|just|both|but|and|that)\s+)+(?=\S)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:(?:only|just|about|nearly|almost|roughly|around|some|over|more than|fewer than|less than|at least|up to|another|a|an|the|"  # noqa: E501 a pattern or a case is read best in one line
    r"overwhelming|large|small|slim|narrow|clear|bare|vast|full)\s+)*"
    r"(?:[\d.,]+\s?(?:%|percent|per cent|pc)|[\w-]+\s(?:percent|per cent)|majority|minority|plurality|"
    r"half|quarter|third|number|"
    r"(?:two|three|four|nine)[- ](?:thirds|quarters|fifths)|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:\w+))\s+(?:of\s+)?(?:all\s+|the\s+|those\s+(?!surveyed|polled|asked|interviewed))*(?=[^\W\d_])",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<!\s)(?:\s+(?:of|for|from|in|at|on|with|by|to|as|and|or|the|a|an|who|which|that))+\s*$", re.IGNORECASE
)
_SERIES = re.compile(r"\w+(?: \w+){0,3}(?:, \w+(?: \w+){0,3})*,? and \w+(?: \w+){0,3}")
_RELATIVE = re.compile(r"(?<!\s)\s+(?:who|which|that|whose|whom|where)\b")
_CLAUSES = re.compile(r"(?<!\s)\s+(?:who|which|that|whose|whom|where|in|at|on|from|with|for|to|by|during|after)\b")
_LATE = re.compile(
    r"(?<!\s)\s+(?:of (?:about |some |nearly |almost |more than |over )?(?=\d)|reviewed|viewed|provided|sent|that|"
    r"which|released|published|issued|posted|conducted|seen|obtained|out|unveiled|unearthed|titled|entitled|leaked|relating|"
    r"last|this|earlier|taken|on|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = re.compile(
    rf"(?<![ \u00a0])[ \u00a0]+(?:in|since|during)[ \u00a0]+(?:early |late |mid-)?(?:{_MONTHS}|\d{{4}})\b.*$", re.DOTALL
)
_SOME = re.compile(r"(?<![ \u00a0]),?[ \u00a0]+(?:including|such as|among them|among others|led by|notably)\b")
_TICKER_LAST = re.compile(r"(?<=\w)[ \u00a0][A-Z0-9]{2,6}\.[A-Z]{1,3}$")
_LETTERS = re.compile(rf"(?<=\w),?[ \u00a0](?:{'|'.join(sorted(LETTERS_AFTER))})$", re.IGNORECASE)
_ONE_OF = re.compile(r"(?:another|one|some|two)(?:[ \u00a0]of[ \u00a0]them)?", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][A-Z.,/ ]+(?:, [A-Z][\w.]+ \d{1,2})? ?\([A-Z][\w/ ]*\) ?(?:-|–|—|--) ?")
_DONE = re.compile(r"[a-z]+(?:ing|ed)\b")  # to a paper
_ASIDE = re.compile(
    r"(?<![ \u00a0])[ \u00a0]+(?:(?:contacted|reached)[ \u00a0]+(?:by|via|in|at|on)|"
    r"(?:who|which)[ \u00a0]+(?:spoke|asked|declined|requested|insisted|wished|refused|"
    r"did not want|(?:was|were|is|are)(?: not|n[’']t) (?:authori[sz]ed|allowed|permitted))|"
    r"speaking[ \u00a0]+(?:to|with|on))\b"
)
_IN_PAPER = re.compile(
    r"(?<![ \u00a0])[ \u00a0]+in[ \u00a0]+(?:an?|his|her|its|their)[ \u00a0]+(?:[a-z]+[ \u00a0]+)?"
    r"(?:affidavit|appeal|brief|e-?mail|filing|interview|letter|memo|notice|post|report|speech|statement|tweet)\b"
)
_TIED = re.compile(
    r"(?<![ \u00a0])[ \u00a0]+(?:loyal|affiliated|linked|allied|aligned|tied|connected)[ \u00a0]+(?:to|with)\b"
)
_AFTERTHOUGHT = re.compile(
    r"(?<![ \u00a0])(?<!\bthose)[ \u00a0]+(?:there|here|overall|nationwide|alone|alike|abroad|"
    r"elsewhere|polled|surveyed|interviewed)[ \u00a0]*$"
)
_EMPHATIC = frozenset(
    {"himself", "herself", "itself", "themselves", "myself", "ourselves", "both", "all", "also", "too", "each"}
)
_LEADS = DETERMINERS - PRONOUNS
_HELD = frozenset({"of", "in", "who", "surveyed", "polled", "asked", "interviewed"})  # words that "those" stays before
_SOMEONE = re.compile(r"(?:one|another|an?)[ \u00a0]", re.IGNORECASE)
_LAST = re.compile(r"(?:, \d{1,3})?\.(?=[\s”\"]|$)")  # behind a name: "said one of them, Ann Roe."
_CAPITALS = r"(?:[A-Z][\w.’'-]*[ \u00a0]){0,2}[A-Z]"
_SEATED = re.compile(rf"[ \u00a0]?{_CAPITALS}[\w.]*-based\b")
# Where something has its seat: "the Ulm, Narvia-based carrier".
SEAT = re.compile(rf"{_CAPITALS}[\w.’'-]*,[ \u00a0]{_CAPITALS}[\w.]*-based\b")
LONGEST_NAME = 9  # words
NEAR = 400  # code points around a source at which names that it is part of may begin


class Form(StrEnum):
    """What a source's words are."""

    PRONOUN = "pronoun"
    NAME = "name"
    NAMES = "names"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source's words: *start* to *end* without determiner, possessive and what follows a comma.

    ``head`` is the pronoun or the head noun, folded; ``mentions`` the names that are the head, in order.
    """

    form: Form
    start: int
    end: int
    head: str = ""
    mentions: tuple[Mention, ...] = ()
    definite: bool = False

    @property
    def plural(self) -> bool:
        """Whether the head noun means several."""
        return is_plural(self.head)

    @property
    def kind(self) -> SpeakerKind:
        """What sort of source the head noun is."""
        return kind_of_noun(self.head)


def read_phrase(reading: str, start: int, end: int, mentions: Sequence[Mention]) -> Phrase | None:
    """What the source from *start* to *end* is; ``None`` if there is no word in it."""
    low, high = (bisect_left(mentions, at, key=START) for at in (start - NEAR, end + NEAR))
    mentions = mentions[low:high]
    start, end = _grown(reading, start, end, mentions)
    start = _skip(_LEADING, reading, _skip(_DATELINE, reading, start, end), end)
    some = _SOME.search(reading, start, end)
    end = some.start() if some and some.start() > start else end
    words = WORD.findall(reading[start:end])
    if all(fold(w) in _LEADS for w in words):
        return None
    pronoun = _read_pronoun(words)
    if pronoun is not None:
        return Phrase(Form.PRONOUN, start, end, pronoun)
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    parts = _rejoined(reading, cut_parts(reading, start, end, inside))
    named = find_bearers(reading, parts, inside)
    if len(named) == 1 and named[0].kind == "group" and _SERIES.fullmatch(reading[start:end].strip(" ,")):
        return _noun(reading, start, end, Part(start, end, ""), [])
    if len(named) == 1 and _is_one_of_many(reading, start, named[0]):
        return _noun(reading, start, end, Part(start, named[0].end, ""), inside)
    named = named or read_office(reading, start, end, inside) or read_apposed(reading, start, end, inside)
    if named:
        return Phrase(
            Form.NAME if len(named) == 1 else Form.NAMES, named[0].start, named[-1].end, mentions=tuple(named)
        )
    told = _told_apart(reading, start, parts)
    return _noun(reading, told.start if told else start, end, told or parts[0], inside)


def _told_apart(reading: str, start: int, parts: Sequence[Part]) -> Part | None:
    """The part that says what one of several is: "one of them, a former pilot"."""
    beside = next((p for p in parts[1:] if p.by == ","), None)
    if beside is None or not _ONE_OF.fullmatch(reading[start : beside.start].rstrip(" ,\u00a0")):
        return None
    return beside if is_post(last_word(reading, beside.start, beside.end)) else None


def _rejoined(reading: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with those cut inside where something has its seat made one: "Ulm, Narvia-based carrier"."""
    whole: list[Part] = []
    for part in parts:
        hyphened = part.by == "based" and whole and reading.startswith("-", whole[-1].end - 1)
        if hyphened or (part.by == "," and whole and _SEATED.match(reading, part.start)):
            whole[-1] = Part(whole[-1].start, part.end, whole[-1].by)
        else:
            whole.append(part)
    return whole


def _read_pronoun(words: Sequence[str]) -> str | None:
    """The pronoun that the words are: "she", "He himself", "I've"; "US captain" is none."""
    first = re.split(r"['’]", words[0])[0]
    if first.lower() not in PRONOUNS or (first.isupper() and len(first) > 1):
        return None
    alone = len(words) == 1 or fold(words[1]) in _EMPHATIC or first.lower() in {"which", "who", "whom"}
    return first.lower() if alone else None


def _grown(reading: str, start: int, end: int, mentions: Sequence[Mention]) -> tuple[int, int]:
    """The span grown to whole words and to the whole of a name at its edges, without a preposition at its end."""
    start, end = _whole(reading, start, end)
    for mention in mentions:
        if mention.start < end and start < mention.end:
            start, end = min(start, mention.start), max(end, mention.end)
        elif 0 < mention.start - end <= 2 and _ends_with_title(reading, start, end):
            end = mention.end
        elif mention.kind == "person" and reading[end : mention.start] == ", " and _LAST.match(reading, mention.end):
            end = mention.end if _SOMEONE.match(reading, start, end) else end
    for pattern in (_TAIL, _TICKER_LAST):
        tail = pattern.search(reading, start, end)
        end = tail.start() if tail and tail.start() > start else end
    letters = _LETTERS.search(reading, start, end)
    behind = letters is not None and any(m.end == letters.start() and m.kind == "person" for m in mentions)
    return start, letters.start() if letters is not None and behind else end


def _is_one_of_many(reading: str, start: int, name: Mention) -> bool:
    """Whether the name is that of a people, party or faith and stands for one of its members: "the Vermont Republican"."""  # noqa: E501 a pattern or a case is read best in one line
    before = WORD.match(reading, start)
    return name.adjectival and before is not None and fold(before.group()) in DETERMINERS | {"another", "one"}


def _whole(reading: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words, but not by a possessive ending."""
    low, high = widen(reading, start, end)
    return low, end if POSSESSIVE.fullmatch(reading[end:high]) else high


def _ends_with_title(reading: str, start: int, end: int) -> bool:
    last = last_word(reading, start, end)
    return last in TITLES or last in HONORIFICS


def _skip(pattern: re.Pattern[str], reading: str, start: int, end: int) -> int:
    found = pattern.match(reading, start, end)
    return found.end() if found else start


def _noun(reading: str, start: int, end: int, part: Part, inside: Sequence[Mention]) -> Phrase:
    """A phrase that no name heads."""
    first = WORD.search(reading, start, end)
    definite = first is not None and (fold(first.group()) in DEFINITE or first.group().endswith(("'s", "’s")))
    shared = _skip(_SHARE, reading, start, end)
    if shared > start:
        if fold(reading[shared:end].strip()) in RELATIVE:
            return Phrase(Form.PRONOUN, start, end, "who")  # "half of whom"
        start, definite = shared, False
        part = Part(start, max(part.end, next_break(reading, start, end)), "")
    head, comma = _head_of(reading, part, end)
    start = _without_determiner(reading, start, end)
    seat = SEAT.match(reading, start, end)
    stop = _clause_end(reading, max(start, comma, seat.end() if seat else 0), end, inside)
    paper = kind_of_noun(head) == SpeakerKind.DOCUMENT or head in DOCUMENTS
    stop = _cut(_LATE, reading, start, stop, inside) if paper else stop
    stop = part.end if paper and start < part.end < stop and _DONE.match(reading, part.end) else stop
    if not inside and head and is_plural(head) and _SERIES.fullmatch(reading[start:end].strip(" ,")):
        stop = end
    tied = (_TIED,) if singular(head) in ORGANIZATIONS else ()
    for pattern in (_AFTERTHOUGHT, _WHEN, _ASIDE, _IN_PAPER, *tied):
        stop = _cut(pattern, reading, start, stop, inside)
    words = reading[start:stop] if head in ANONYMOUS or not is_post(head) else _RELATIVE.split(reading[start:stop])[0]
    end = start + len(strip_possessive(_cut_long(words).rstrip(' ,.;:"”')).rstrip(" .,;:\"”’'"))
    return Phrase(Form.NOUN, start, trim_dangling(reading, start, end, part.end), head, definite=definite)


def _cut(pattern: re.Pattern[str], reading: str, start: int, stop: int, inside: Sequence[Mention]) -> int:
    """Where the phrase ends before what *pattern* finds outside its names."""
    for late in pattern.finditer(reading, start, stop):
        if late.start() > start and not any(m.start <= late.start() < m.end for m in inside):
            return late.start()
    return stop


def _head_of(reading: str, part: Part, end: int) -> tuple[str, int]:
    """The head noun, and where the last comma between adjectives before it stands: "the bald, 71-year-old diplomat"."""
    head = last_word(reading, part.start, part.end)
    if kind_of_noun(head) == SpeakerKind.UNNAMED and not is_post(head) and reading[part.end : part.end + 1] == ",":
        after = next_break(reading, part.end + 1, end)
        further = last_word(reading, part.end + 1, after)
        if is_post(further) or further in DOCUMENTS:
            return further, part.end + 1
    return head, 0


def _without_determiner(reading: str, start: int, end: int) -> int:
    word = WORD.search(reading, start, end)
    if word and fold(word.group()) in {"the", "a", "an", "this", "that", "these", "those", "one"}:
        after = WORD.search(reading, word.end(), end)
        return after.start() if after and fold(after.group()) not in _HELD else word.start()
    return word.start() if word else start


def _clause_end(reading: str, start: int, end: int, inside: Sequence[Mention]) -> int:
    """Where the phrase ends before a comma, dash or bracket outside a name."""
    for found in ENDS.finditer(reading[start:end]):
        at = start + found.start()
        if at > start and not any(m.start <= at < m.end for m in inside):
            return at
    return end


def _cut_long(words: str) -> str:
    """*words* without the clauses that make them too many for a name."""
    relative = _RELATIVE.search(words) if len(words.split()) > LONGEST_NAME else None
    words = words[: relative.start()] if relative and relative.start() else words
    while len(words.split()) > LONGEST_NAME:
        at = max((m.start() for m in _CLAUSES.finditer(words)), default=0)
        if not at:
            return words
        words = words[:at]
    return words
