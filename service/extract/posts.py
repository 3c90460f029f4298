"""What the article says a person is: the post before the name, beside it between commas, or after "who"."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.appositions import LONGEST, ends_office
from service.extract.mentions import Mention
from service.extract.modifiers import are_adjacent, extend_left
from service.extract.names import ROYAL, WORD, fold, key_of
from service.extract.nouns import (
    COPULAS,
    DOCUMENTS,
    HEADINGS,
    HONORIFICS,
    KIN,
    MODIFIERS,
    STOPS,
    TITLES,
    is_post,
    singular,
)
from service.extract.role_spans import find_close, quoted_start, trim_role
from service.extract.role_words import PREPOSITIONS, heads_post, leads_role, tells_post, weigh
from service.extract.values import dataclass

MOST = 12  # so many of those listed before a name are looked at
REACH = 160  # code points a post may stand before a name
FARTHEST = REACH + 20  # code points before a name at which the comma before its post or title may stand
_BESIDE = re.compile(
    r"[ \u00a0]?(?:,|\(|—|–|[ ]-[ ]|--)[ \u00a0]*(?:who[ \u00a0]+(?:is|was)[ \u00a0]+)?(?:\d{1,3}[ \u00a0]?,[ \u00a0]*)?"  # noqa: E501 a pattern or a case is read best in one line
)
_WHO = re.compile(
    r"[ \u00a0]?,[ \u00a0]*(?:\d{1,3}[ \u00a0]?,[ \u00a0]*)?who[ \u00a0]+(?:now |also |currently |previously |formerly |once |has |had |have )*(\w+)[ \u00a0]+"  # noqa: E501 a pattern or a case is read best in one line
)
_IS = re.compile(
    r"[ \u00a0]+(?:(?:is|was|serves as)[ \u00a0]+(?=(?:the|a|an)[ \u00a0])|(?:became|has been|was (?:named|appointed|elected|made))[ \u00a0]+)"  # noqa: E501 a pattern or a case is read best in one line
)
_NEXT_CLAUSE = re.compile(r"[ \u00a0]and[ \u00a0](?:[a-z]+ed|(?:runs|owns|leads|has))\b")
_LISTED = re.compile(
    r",[ \u00a0]+(?:(?:and|or|nor)[ \u00a0]+)?|[ \u00a0](?:and|nor)[ \u00a0](?=(?:his|her|their|its)\b)"
)
_FOREIGN = STOPS - {"of", "for", "and", "the"}  # to a post
_LEARNED = frozenset(  # posts that stand as titles do
    {"brother", "father", "justice", "mother", "prof", "professor", "sister"}
)
_PAST = re.compile(r"(?:\w[\w.-]{0,30}[ \u00a0])?(?:former|formerly|ex|then|onetime|one-time)\b", re.IGNORECASE)
_OWNER = re.compile(r"([a-z][a-z-]{0,30})['’]s[ \u00a0]+(?=\S)")
_OWN = re.compile(r"[ \u00a0](?:his|her|their|its|our|my|whose)[ \u00a0]+")  # "in a letter | its chair"
_BEFORE_NAME = re.compile(
    r"\b(?:the|a|an|his|her|their|its|our|my|whose|[^\W\d_][\w.&-]*[’']s?)[ \u00a0]+"
    r"([^,;:.!?()\"“”\n]{3,90}),[ \u00a0]*$",
    re.IGNORECASE,
)


_PAPER_BY = re.compile(r"(?:an?|the|one)[ \u00a0](?:[\w-]+[ \u00a0])?(\w+)[ \u00a0](?:by|from)[ \u00a0]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """A role and where the article states it; ``weight`` says how much it tells."""

    start: int
    end: int
    text: str
    weight: int


def best_post(posts: Sequence[Post]) -> Post | None:
    """The first of the roles that tell most; one that is held no more only where no other is known.

    "President Roe" does not say that the "former president" is in office.
    """
    past = {word for p in posts if _PAST.match(p.text) for word in key_of(p.text)}
    held = [p for p in posts if p.weight >= 0 and not _PAST.match(p.text) and not past.issuperset(key_of(p.text))]
    return max(held or posts, key=lambda p: (p.weight, -p.start)) if posts else None


def find_posts(
    reading: str,
    mentions: Sequence[Mention],
    sources: Sequence[tuple[int, int]],
    people: Sequence[tuple[int, int]] = (),
) -> Iterator[Post]:
    """All roles stated around the *mentions* of one person.

    *sources* are tagged sources, which hold whole phrases; *people* all names of people, in order.
    """
    for mention in mentions:
        floor, ceiling = next(((s, e) for s, e in sources if s <= mention.start and mention.end <= e), (None, None))
        floor = None if floor == mention.start and mention.titles else floor
        others = [(s, e) for s, e in sources if e <= mention.start or s >= mention.end]
        before = _before(reading, mention, floor)
        for span in (
            before,
            _beside(reading, mention, ceiling),
            _who(reading, mention),
            _set_before(reading, mention, floor, before),
            _is(reading, mention),
        ):
            if span is None or span[0] >= span[1] or any(s < span[1] and span[0] < e for s, e in others):
                continue
            if not _holds_another(reading, span, people):
                yield Post(*span, text := reading[span[0] : span[1]], weigh(text))


def _holds_another(reading: str, span: tuple[int, int], people: Sequence[tuple[int, int]]) -> bool:
    """Whether the stretch names somebody else after a post: "…, Prime Minister Bob Doe and others"."""
    for start, end in people[bisect_left(people, span) :]:
        if start >= span[1]:
            return False
        words = WORD.findall(reading[span[0] : start])
        last = fold(words[-1]) if words else ""
        owns = tells_post(words[:-1]) and not PREPOSITIONS.isdisjoint(words)  # "an aide to Senator Bob Doe"
        if (is_post(last) or (last in TITLES and last not in MODIFIERS)) and end <= span[1] and not owns:
            return True
    return False


def _before(reading: str, mention: Mention, floor: int | None) -> tuple[int, int] | None:
    """The post right before the name, with all that belongs to it."""
    beside = reading[max(0, mention.start - 5) : mention.start].rstrip()[-1:]
    if floor is None and not (beside.isalnum() or beside in "_.&'’-"):
        return None
    low = max(0, mention.start - REACH) if floor is None else max(floor, mention.start - LONGEST)
    words = list(WORD.finditer(reading, low, mention.start))
    end = len(words)
    while end and fold(words[end - 1].group()) in HONORIFICS and are_adjacent(reading, words, end - 1, mention.start):
        end -= 1
    if not end or not are_adjacent(reading, words, end - 1, mention.start):
        return None
    if floor is not None and ends_office(reading, floor, mention) and not _ends_post(words, end):
        return trim_role(reading, floor, words[end - 1].end())
    if not _ends_post(words, end):
        return None
    first = extend_left(reading, words, end - 1)
    stop = words[end - 1].end()
    stop += reading[stop : stop + 1] == "." and len(words[end - 1].group()) < 6
    start, _ = trim_role(reading, words[first].start(), stop)
    return quoted_start(reading, start), stop


def _ends_post(words: Sequence[re.Match[str]], end: int) -> bool:
    """Whether the words before *end* end in a post or a title, or in what the post is of: "head of the navy"."""
    last = fold(words[end - 1].group())
    if last in ROYAL or last in STOPS:
        return False
    folded = [fold(w.group()) for w in words[max(0, end - 5) : end]]
    if is_post(last) or any(is_post(a) and b in {"of", "for"} for a, b in itertools.pairwise(folded)):
        return True
    return last in TITLES and (last not in MODIFIERS or (len(folded) > 1 and folded[-2] in {"of", *MODIFIERS}))


def _beside(reading: str, mention: Mention, ceiling: int | None) -> tuple[int, int] | None:
    """The phrase set beside the name: "Ann Roe, 43, a teacher from Ulm, said"."""
    lead = _BESIDE.match(reading, mention.end)
    if lead is None:
        return None
    start = lead.end()
    close = find_close(reading, start)
    end = close.start() if close else len(reading)
    if ceiling is not None and ceiling > end and close and close.group() == ",":
        end = _grow(reading, end, ceiling)
    words = WORD.findall(reading[start:end])
    if not words or len(words) > 25 or not leads_role(words) or not tells_post(words):
        return None
    return trim_role(reading, start, end)


def _grow(reading: str, end: int, ceiling: int) -> int:
    """The end moved over commas inside the tagged source, but not into a relative clause."""
    close = re.search(
        r",\s*(?:who|whose|whom|which|where|when|that|an?|the|one of|including)\b|[;(—–]|--", reading[end:ceiling]
    )
    return end + close.start() if close else ceiling


def _who(reading: str, mention: Mention) -> tuple[int, int] | None:
    """What "..., who heads the bank" says: with the verb, unless it only says what the person is."""
    lead = _WHO.match(reading, mention.end)
    if lead is None:
        return None
    verb = fold(lead[1])
    close = find_close(reading, lead.end())
    end = close.start() if close else len(reading)
    if verb in COPULAS:
        start = lead.end() + (3 if reading.startswith("as ", lead.end()) else 0)
        return trim_role(reading, start, end) if tells_post(WORD.findall(reading[start:end])) else None
    more = _NEXT_CLAUSE.search(reading, lead.end(), end)
    end = more.start() if more else end
    if verb not in HEADINGS or len(reading[lead.end() : end].split()) > 14:
        return None
    return trim_role(reading, lead.start(1), end)


def _set_before(
    reading: str, mention: Mention, floor: int | None, before: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The post before the name and a comma: "The prime minister, Ann Roe, said"; titles may follow the comma.

    *before* is the post that ``_before`` finds.
    """
    if floor is None and "," not in reading[max(0, mention.start - FARTHEST) : mention.start]:
        return None
    at = _title_start(reading, mention, before if floor is None else _before(reading, mention, None))
    if floor is not None:
        paper = _PAPER_BY.match(reading, floor, at)
        floor = paper.end() if paper and fold(paper[1]) in DOCUMENTS else floor
    if floor is not None and reading[floor:at].rstrip().endswith(",") and tells_post(WORD.findall(reading[floor:at])):
        return _without_owner(reading, *trim_role(reading, _last_part(reading, floor, at), at))
    after = reading[mention.end : mention.end + 1]
    close = reading[max(0, at - 120) : at].rstrip(" \u00a0").endswith(",")
    lead = _BEFORE_NAME.search(reading, max(0, at - 120), at) if close else None
    if lead is None or after not in {",", ".", " ", ")", "—", ""}:
        return None
    words, possessor, begin = WORD.findall(lead[1]), lead.group().split()[0], lead.start(1)
    owned = possessor[0].isupper()
    own = None if heads_post(words, owned=owned) else _OWN.search(reading, *lead.span(1))
    if own is not None:
        words, possessor, begin = WORD.findall(reading, own.end(), lead.end(1)), own.group(), own.end()
    if not heads_post(words, owned=owned) or any(fold(w) in _FOREIGN for w in words):
        return None
    start = lead.start() if possessor.endswith(("'s", "’s", "s'", "s’")) else begin
    return _without_owner(reading, *trim_role(reading, start, lead.end(1)))


def _last_part(reading: str, start: int, end: int) -> int:
    """Where the last begins of those listed before the name: "Neither I nor the whip, nor the chair, "."""
    listed = reading[start:end].rstrip(", ")
    parts = [start + found.end() for found in _LISTED.finditer(listed)][-MOST:]
    return next((at for at in reversed(parts) if tells_post(WORD.findall(reading[at:end]))), start)


def _title_start(reading: str, mention: Mention, post: tuple[int, int] | None) -> int:
    """Where the titles right before the name begin, or the *post* it held once: "Dr", "former army pilot Dame"."""
    if post is not None and fold(reading[slice(*post)]) not in _LEARNED:
        # "the judge, President Roe" are two people
        return post[0] if _PAST.match(reading, post[0]) else mention.start
    words = list(WORD.finditer(reading, max(0, mention.start - REACH), mention.start))
    first = len(words)
    while first and fold(words[first - 1].group()) in HONORIFICS | _LEARNED:
        if not are_adjacent(reading, words, first - 1, mention.start):
            break
        first -= 1
    return words[first].start() if first < len(words) else mention.start


def _without_owner(reading: str, start: int, end: int) -> tuple[int, int]:
    """The post without what it is held at where that has no name: "the line's managing director"."""
    owner = _OWNER.match(reading, start, end)
    last = WORD.findall(reading, start, end)[-1:]
    keeps = owner is None or is_post(owner[1]) or (last and singular(fold(last[0])) in KIN)
    return start if keeps or owner is None else owner.end(), end


def _is(reading: str, mention: Mention) -> tuple[int, int] | None:
    """What "Ann Roe is the director of the museum" says."""
    lead = _IS.match(reading, mention.end)
    if lead is None:
        return None
    close = find_close(reading, lead.end())
    end = close.start() if close else len(reading)
    words = WORD.findall(reading[lead.end() : end])
    return trim_role(reading, lead.end(), end) if len(words) <= 14 and tells_post(words) else None
