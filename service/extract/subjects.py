"""The words that must be the source of a cue whose source was not tagged: its agent, its subject, or the noun it is.

Where the cue shares the subject of what stands before it ("…, adding that …", "… and vowed to …"), there are
no such words beside it: it speaks for the source before it in its sentence, or for the sentence's own subject.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.extract.claims import find_maker
from service.extract.names import WORD, fold
from service.extract.nouns import COPULAS, DETERMINERS, KIN, ORGANIZATIONS, PRONOUNS, is_plural, is_post, singular
from service.extract.records import Sentence, SpeakerKind
from service.extract.tagged import Attribution, Found

if TYPE_CHECKING:
    from service.extract.phrases import Phrase

PASSIVE = re.compile(r"(?:(?:has|have|had) been|was|were|is|are|be|being|been|get|got)\b", re.IGNORECASE)
AUXILIARIES = re.compile(
    r"(?<![ \u00a0])(?:[ \u00a0]+(?:(?:on[ \u00a0])?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|has|have|had|also|then|later|now|again|once|and|who|to|will|would|did|does|do|not|never|\w+ly|\w+n['’]t|then|,))*[ \u00a0]*$"  # noqa: E501 a pattern or a case is read best in one line
)
IMPERSONAL = re.compile(
    r"[Ii]t[ \u00a0](?:(?:has|had|later|soon|then)[ \u00a0])?"
    r"(?:bec(?:ame|omes?)[ \u00a0](?:apparent|clear|known)|emerge[sd]|transpire[sd]|turn(?:s|ed)[ \u00a0]out"
    r"|(?:is|was|been)[ \u00a0](?:(?:now|still|widely|also|\w+ly)[ \u00a0])?(?:thought|believed|understood|feared|hoped"
    r"|estimated|expected|assumed|rumou?red|claimed|alleged|said|reported)[ \u00a0]that)\b"
)
PERIOD = r"(?:earlier[ \u00a0])?(?:this|last)[ \u00a0](?:year|month|week|spring|summer|autumn|fall|winter)"
TIMED = re.compile(  # "last week | the report"
    rf"(?i:yesterday|today|{PERIOD}),?[ \u00a0](?=(?:the|an?|its|his|her|their|[A-Z][a-z]+)\b)"
)
CLAUSE = re.compile(
    r",(?!\d)|[;:“”\"«»()—–\n]|[ ]-[ ]|\b(?:and|but|as|while|when|that|because|although|though|if|where)\b",
    re.IGNORECASE,
)
STOPPED = re.compile(r",(?!\d)|[;:“”\"«»()—–\n.!?]|[ ]-[ ]|\b(?:that|in|on|at|to|during|after|when|while|as)\b")
OPENERS = DETERMINERS | PRONOUNS | {"another", "one", "some", "several", "many"}
LONGEST = 14  # words of a subject
_QUOTED = re.compile(
    r"\b(?:cited|quoted|reported)[ \u00a0](?:\w+[ \u00a0]){0,6}?as[ \u00a0](?:having|saying|telling)\b"
)
_AGENT = re.compile(r"[ \u00a0]+by[ \u00a0]+(?=\S)")
_SHARED = re.compile(r"(?:[,;—–(-]|\b(?:and|but|or|then))$")
_LED = re.compile(r"\b(?:by|in|for|of|from|with|without|while|after|before|when|since|despite|first)$")  # a participle
_AND = re.compile(r"[ \u00a0]and\b")
_UNLED = re.compile(
    r"(?:[a-z]\w*ing|[Aa]mong|[Aa]mid|[Aa]fter|[Bb]efore|[Ww]hile|[Bb]y|[Ww]ith|[Ii]n|[Oo]n|[Ff]or|[Tt]o)\b"
)
_REPORTS = re.compile(r"(?:media |news |press )?(?:reports|rumou?rs)$")
_BEFORE_REPORTS = re.compile(
    r"\b(?:amid|after|following|despite|by|of|on|to|heard|were|are|with)[ \u00a0]+(?:\w+[ \u00a0]+)?$"
)
_ADVERBIAL = re.compile(
    r"(?:After|Amid|As|At|Before|By|Despite|During|For|From|In|On|Since|Under|Until|When|While|With)\b"
)
_VERB = re.compile(
    r"[,“”\"(—:;]|[ \u00a0](?:has|have|had|was|were|is|are|will|would|did|does|do|can|could|may|might|must|should"
    r"|went|came|put|took|made|gave|began|got|set|held|met|ran|led|won|lost|told|said|says|wrote|spoke"
    r"|\w+ly|[a-z]+ed)[ \u00a0]"
)
_ASKED = re.compile(r"(?:was |were |when )?asked\b", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"[,—–][ \u00a0]?with[ \u00a0]((?:(?:an?|the|one|some|many|several|both|his|her|its|their)[ \u00a0]|[A-Z])"
    r"[^,.;:()“”\"—–]{1,60}?)[ \u00a0]$"
)
_LONGEST_ABSOLUTE = 90  # code points of "with an executive "
_SINGLE = re.compile(r"[^i]as$")  # "a fracas", "an atlas"; not "militias"
_CLAUSAL = re.compile(r"\b(?:be|been|am|is|are|was|were|has|have|had|hold|holds|not|to)\b")
_LONGEST_IT = 9  # code points of "it later "
_LONGEST_NOUN = 10  # words
Words = tuple[int, int]


def implied_source(reading: str, attribution: Attribution, sentence: Sentence) -> Words | None:
    """The words that are the source of a cue whose source was not tagged; ``None`` if none beside it can be."""
    cue = attribution.cue
    if cue is None:
        return None
    if agent := _AGENT.match(reading, cue.end, sentence.end):
        return _after(reading, agent.end(), _limit(attribution, agent.end(), sentence))
    if maker := find_maker(reading, cue.start, cue.end):
        return maker
    quoted = _QUOTED.search(reading, cue.start, min(sentence.end, cue.end + 12))
    if PASSIVE.match(reading, cue.start, cue.end) and not quoted:
        return None
    if _REPORTS.search(reading, cue.start, cue.end) and _BEFORE_REPORTS.search(reading[sentence.start : cue.start]):
        return cue.start, cue.end
    if is_shared(reading, attribution, sentence):
        return None
    start, end = words_before(reading, _floor(attribution, sentence), cue.start)
    if is_of_noun(reading, (start, end), cue):
        return None
    if start < end:
        return None if _UNLED.match(reading, start, end) or IMPERSONAL.match(reading, start) else (start, end)
    return _after(reading, cue.end, _limit(attribution, cue.end, sentence))


def is_of_noun(reading: str, source: Words, cue: Found) -> bool:
    """Whether a source is but the determiner of the noun that its cue begins with: "one | theory is"."""
    *noun, verb = reading[cue.start : cue.end].split()
    beside = reading[slice(*source)].lower() in OPENERS and 0 <= cue.start - source[1] <= 1
    return beside and bool(noun) and verb in COPULAS


def absolute_subject(reading: str, cue: Words) -> Words | None:
    """The words between "with" and a cue that is a participle: "…, with an executive describing it as …"."""
    if not reading[slice(*cue)].split()[0].endswith("ing"):
        return None
    found = _ABSOLUTE.search(reading, max(0, cue[0] - _LONGEST_ABSOLUTE), cue[0])
    return found.span(1) if found else None


def is_shared(reading: str, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether the cue stands without a subject of its own, behind a comma, "and" or the like: "…, adding that …"."""
    cue = attribution.cue
    if cue is None or PASSIVE.match(reading, cue.start, cue.end) or _ASKED.match(reading, cue.start, cue.end):
        return False
    low = _floor(attribution, sentence)
    tail = AUXILIARIES.search(reading, low, cue.start)
    before = reading[sentence.start : tail.start() if tail else cue.start].rstrip(" \u00a0")
    participle = reading[cue.start : cue.end].split()[0].endswith("ing")
    joined = _SHARED.search(before) or (tail and _AND.search(tail.group())) or (participle and _LED.search(before))
    return bool(joined) and low < sentence.start + len(before)


def main_subject(reading: str, sentence: Sentence, end: int) -> Words | None:
    """The words from the beginning of a sentence's main clause to its verb or a comma, before *end*."""
    low = sentence.start
    if _ADVERBIAL.match(reading, low, end):
        low = reading.find(",", low, end) + 1
        if not low:
            return None
    verb = _VERB.search(reading, low, end)
    words = list(WORD.finditer(reading, low, verb.start())) if verb else []
    return (words[0].start(), words[-1].end()) if 0 < len(words) <= LONGEST else None


def _floor(attribution: Attribution, sentence: Sentence) -> int:
    """Where the sentence, or the content before the cue, leaves room for a subject."""
    cue = attribution.cue
    return max([sentence.start, *(c.end for c in attribution.contents if cue and c.end <= cue.start)])


def _limit(attribution: Attribution, at: int, sentence: Sentence) -> int:
    return min([sentence.end, *(c.start for c in attribution.contents if c.start >= at)])


def _after(reading: str, low: int, high: int) -> Words | None:
    """The words from *low* to the end of their phrase, where they begin like a name or a noun."""
    found = STOPPED.search(reading, low, high)
    end = found.start() if found else high
    start, end = end - len(reading[low:end].lstrip()), low + len(reading[low:end].rstrip())
    words = WORD.findall(reading[start:end])
    fits = 0 < len(words) <= LONGEST and (words[0][0].isupper() or fold(words[0]) in OPENERS)
    return (start, end) if fits else None


def words_before(reading: str, low: int, high: int) -> Words:
    """The words between the last border of a clause and the cue, without auxiliaries; empty if there are none."""
    tail = AUXILIARIES.search(reading, low, high)
    high = tail.start() if tail else high
    last = max((word.end() for word in WORD.finditer(reading, low, high)), default=low)
    low = max((border.end() for border in CLAUSE.finditer(reading, low, high) if border.end() < last), default=low)
    words = list(WORD.finditer(reading, low, high))
    if not words or len(words) > LONGEST:
        return low, low
    timed = TIMED.match(reading, words[0].start(), high)
    return timed.end() if timed else words[0].start(), high


def is_nobodys(reading: str, start: int, end: int) -> bool:
    """Whether the cue from *start* to *end* is a passive, or impersonal: "it became known"."""
    return bool(PASSIVE.match(reading, start, end) or IMPERSONAL.search(reading, max(0, start - _LONGEST_IT), end))


def is_speaking(reading: str, phrase: Phrase) -> bool:
    """Whether a noun phrase that was only guessed at is headed by a noun that speaks."""
    head, one = phrase.head, singular(phrase.head)
    if _CLAUSAL.search(reading, phrase.start, phrase.end):
        return False
    listed = is_post(one) or one in ORGANIZATIONS | KIN or phrase.kind == SpeakerKind.DOCUMENT
    several = is_plural(head) and not _SINGLE.search(head)
    return (listed or several) and len(reading[phrase.start : phrase.end].split()) < _LONGEST_NOUN
