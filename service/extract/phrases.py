"""The words of a source read as a phrase: a pronoun, a name, several names, or a noun with its modifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.extract.mentions import Mention, widen
from service.extract.names import POSSESSIVE, WORD, fold, strip_possessive
from service.extract.nouns import (
    ANONYMOUS,
    COLLECTIVES,
    DEFINITE,
    DETERMINERS,
    DOCUMENTS,
    HONORIFICS,
    KIN,
    ORGANIZATIONS,
    PRONOUNS,
    TITLES,
    is_plural,
    is_post,
    singular,
)
from service.extract.records import SpeakerKind

_LEADING = re.compile(
    r"(?:(?:by|from|of|for|to|with|as|among|like|according to|even|only|just|both|but|and|that)\s+)+(?=\S)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:(?:only|just|about|nearly|almost|roughly|around|some|over|more than|fewer than|less than|at least|up to|another|a|an|the|"  # noqa: E501 a pattern or a case is read best in one line
    r"overwhelming|large|small|slim|narrow|clear|bare|vast|full)\s+)*"
    r"(?:[\d.,]+\s?(?:%|percent|per cent|pc)|majority|minority|plurality|half|quarter|third|number|"
    r"(?:two|three|four|nine)[- ](?:thirds|quarters|fifths)|(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) (?:\w+))\s+(?:of\s+)?(?:all\s+|the\s+|those\s+)*(?=[^\W\d_])",  # noqa: E501 a pattern or a case is read best in one line
    re.IGNORECASE,
)
_BREAK = re.compile(
    r",(?!\d)|;|:|\((?![A-Z]{2,6}\))|\[|—|–| - |--|\b(?:of|for|from|in|at|on|with|by|to|as|about|against|behind|near|within|inside|outside|across|around|among|"  # noqa: E501 a pattern or a case is read best in one line
    r"over|under|after|before|during|who|which|that|whose|whom|where|when|close|familiar|briefed|involved|speaking|interviewed|seen|"
    r"obtained|published|released|issued|posted|conducted|commissioned|written|signed|titled|called|entitled|based|directly|here|there|citing|quoting|relating|regarding|unveiled|conducted|taken|tallied|polled|surveyed|previously|overall|out|"
    r"has|have|had|is|was|were|are|would|could|cannot|did|does|\w+n['’]t|last|next|this|yesterday|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s+(?:of|for|from|in|at|on|with|by|to|as|and|or|the|a|an|who|which|that))+\s*$", re.IGNORECASE)
_OUTPUTS = frozenset(
    {
        "story",
        "article",
        "bulletin",
        "data",
        "figures",
        "model",
        "models",
        "advisory",
        "forecast",
        "report",
        "footage",
        "estimates",
    }
)
_INDEFINITE = re.compile(r"(?:a|an|one|another)\s", re.IGNORECASE)
_SERIES = re.compile(r"\w+(?: \w+){0,3}(?:, \w+(?: \w+){0,3})*,? and \w+(?: \w+){0,3}")
_RELATIVE = re.compile(r"\s+(?:who|which|that|whose|whom|where)\b")
_DOING = re.compile(r"(?<=[ \u00a0])([a-z'’]+)[ \u00a0]+([a-z]+ing)\b")
_LATE = re.compile(
    r"\s+(?:released|published|issued|posted|conducted|seen|obtained|out|unveiled|relating|last|this|earlier|taken|on|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:named|called|known as)[ \u00a0]+", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*)?(?:\band\b|&)\s+", re.IGNORECASE)
_EMPHATIC = frozenset(
    {"himself", "herself", "itself", "themselves", "myself", "ourselves", "both", "all", "also", "too", "each"}
)
_SORTS = frozenset(
    {
        "news",
        "agency",
        "newspaper",
        "magazine",
        "daily",
        "website",
        "site",
        "network",
        "tabloid",
        "television",
        "channel",
    }
)
LONGEST_NAME = 14  # words


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


def kind_of_noun(head: str) -> SpeakerKind:
    """The sort of source that a noun in lower case names.

    >>> [kind_of_noun(n).value for n in ("report", "ministry", "officials", "spokeswoman", "polls")]
    ['document', 'organization', 'group', 'unnamed', 'document']
    """
    last = head.rsplit("-", 1)[-1]
    one = singular(last)
    if last in KIN:
        return SpeakerKind.PERSON
    if last in COLLECTIVES or last.isdigit():
        return SpeakerKind.GROUP
    if is_post(one):
        return SpeakerKind.UNNAMED if one == last else SpeakerKind.GROUP
    if one in ORGANIZATIONS:
        return SpeakerKind.ORGANIZATION if one == last else SpeakerKind.GROUP
    if last in DOCUMENTS or one in DOCUMENTS:
        return SpeakerKind.DOCUMENT
    return SpeakerKind.GROUP if one != last else SpeakerKind.UNNAMED


def read_phrase(reading: str, start: int, end: int, mentions: Sequence[Mention]) -> Phrase | None:
    """What the source from *start* to *end* is; ``None`` if there is no word in it."""
    start, end = _grown(reading, start, end, mentions)
    start = _skip(_LEADING, reading, start, end)
    words = [fold(w) for w in WORD.findall(reading[start:end])]
    if all(w in DETERMINERS - PRONOUNS for w in words):
        return None
    pronoun = _read_pronoun(WORD.findall(reading[start:end]))
    if pronoun is not None:
        return Phrase(Form.PRONOUN, start, end, pronoun)
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    parts = _parts(reading, start, end, inside)
    named = (
        _written_by(reading, parts, inside)
        or _called(reading, start, end, inside)
        or _listed(reading, parts, inside)
        or _headed(reading, parts, inside)
    )
    if len(named) == 1 and named[0].adjectival and _SERIES.fullmatch(reading[start:end].strip(" ,")):
        return _noun(reading, start, end, (start, end, ""), [])
    if len(named) == 1 and _is_one_of_many(reading, start, named[0]):
        return _noun(reading, start, end, (start, named[0].end, ""), inside)
    if named:
        return Phrase(
            Form.NAME if len(named) == 1 else Form.NAMES, named[0].start, named[-1].end, mentions=tuple(named)
        )
    return _noun(reading, start, end, parts[0], inside)


def _read_pronoun(words: Sequence[str]) -> str | None:
    """The pronoun that the words are: "she", "He himself", "I've"; "US captain" is none."""
    first = re.split(r"['’]", words[0])[0]
    if first.lower() not in PRONOUNS or (first.isupper() and len(first) > 1):
        return None
    alone = len(words) == 1 or fold(words[1]) in _EMPHATIC or first.lower() in {"who", "whom"}
    return first.lower() if alone else None


def _grown(reading: str, start: int, end: int, mentions: Sequence[Mention]) -> tuple[int, int]:
    """The span grown to whole words and to the whole of a name at its edges, without a preposition at its end."""
    start, end = _whole(reading, start, end)
    for mention in mentions:
        if mention.start < end and start < mention.end:
            start, end = min(start, mention.start), max(end, mention.end)
        elif 0 < mention.start - end <= 2 and _ends_with_title(reading, start, end):
            end = mention.end
    tail = _TAIL.search(reading, start, end)
    return start, tail.start() if tail and tail.start() > start else end


def _is_one_of_many(reading: str, start: int, name: Mention) -> bool:
    """Whether the name is that of a people, party or faith and stands for one of its members: "the Vermont Republican"."""  # noqa: E501 a pattern or a case is read best in one line
    before = WORD.match(reading, start)
    plural = name.key[-1].endswith(("s", "ese", "ish", "ch"))
    return (
        name.kind == "group"
        and not plural
        and before is not None
        and fold(before.group()) in DETERMINERS | {"another", "one"}
    )


def _whole(reading: str, start: int, end: int) -> tuple[int, int]:
    """The span grown to whole words, but not by a possessive ending."""
    low, high = widen(reading, start, end)
    return low, end if POSSESSIVE.fullmatch(reading[end:high]) else high


def _ends_with_title(reading: str, start: int, end: int) -> bool:
    last = _last_word(reading, (start, end, ""))
    return last in TITLES or last in HONORIFICS


def _skip(pattern: re.Pattern[str], reading: str, start: int, end: int) -> int:
    found = pattern.match(reading, start, end)
    return found.end() if found else start


def _parts(reading: str, start: int, end: int, inside: Sequence[Mention]) -> list[tuple[int, int, str]]:
    """The phrase cut at commas, prepositions and relative words outside names: start, end, what it was cut by."""
    cuts = [b for b in _BREAK.finditer(reading, start, end) if not any(m.start <= b.start() < m.end for m in inside)]
    cuts += [
        b
        for b in _DOING.finditer(reading, start, end)
        if _is_noun(fold(b[1])) and not any(m.start <= b.start() < m.end for m in inside)
    ]
    cuts.sort(key=lambda cut: cut.start())
    low, parts, by = start, [], ""
    for cut in cuts:
        if cut.start() > start:
            parts.append((low, max(low, cut.start(cut.re.groups)), by))
        low, by = cut.end(), cut.group().strip().lower()
    parts.append((low, end, by))
    return [p for p in parts if WORD.search(reading, p[0], p[1])] or [(start, end, "")]


def _written_by(reading: str, parts: Sequence[tuple[int, int, str]], inside: Sequence[Mention]) -> list[Mention]:
    """Whoever a document is stated to come from: "a poll from Harbour Research", "the Tribune story"."""
    head = _last_word(reading, parts[0])
    if kind_of_noun(head) != SpeakerKind.DOCUMENT:
        return []
    if inside and inside[-1].kind == "person" and _final_name(reading, inside[-1].start, parts[-1][1], inside):
        return list(inside[-1:])
    for low, high, by in parts[1:]:
        named = by in {"by", "from"} and (
            _listed(reading, [(low, high, "")], inside) or _final(reading, low, high, inside)
        )
        if named:
            return named
    own = [m for m in inside if m.kind == "organization" and parts[0][0] <= m.start and m.end <= parts[0][1]]
    rest = fold(reading[own[-1].end : parts[0][1]]).split() if own else []
    return own[-1:] if own and head in _OUTPUTS and 1 <= len(rest) <= 3 else []


def _final(reading: str, low: int, high: int, inside: Sequence[Mention]) -> list[Mention]:
    name = _final_name(reading, low, high, inside)
    return [name] if name else []


def _called(reading: str, start: int, end: int, inside: Sequence[Mention]) -> list[Mention]:
    """The name in "a bearded man named Ron" or "an agency called The Local"."""
    for found in _CALLED.finditer(reading, start, end):
        name = next((m for m in inside if m.start - found.end() in range(7)), None)
        if name is not None:
            return [name]
    return []


def _listed(reading: str, parts: Sequence[tuple[int, int, str]], inside: Sequence[Mention]) -> list[Mention]:
    """The names of "Ann Roe and Bob Doe", of "Jim and Jane Roe" and of longer lists; none for anything else."""
    region = [
        p for i, p in enumerate(parts) if i == 0 or (p[2] == "," and _AND.search(reading, parts[0][0], parts[-1][1]))
    ]
    names: list[Mention] = []
    joined = False
    for low, high, _ in region:
        ands = [a for a in _AND.finditer(reading, low, high) if not any(m.start <= a.start() < m.end for m in inside)]
        joined = joined or bool(ands)
        edges = [low, *(x for a in ands for x in (a.start(), a.end())), high]
        for first, last in zip(edges[::2], edges[1::2], strict=True):
            if not reading[first:last].strip(" ,"):
                continue
            name = _final_name(reading, first, last, inside)
            if name is None:
                return []
            names.append(name)
        if joined:
            break
    if len(names) > 2 and names[0].kind == "group" and {m.kind for m in names[1:]} == {"person"}:
        names = names[1:]  # "two Republicans, Ann Roe and Bob Doe"
    return names if joined and len(names) > 1 else []


def _is_noun(word: str) -> bool:
    return is_plural(word) or is_post(word)


def _final_name(reading: str, low: int, high: int, inside: Sequence[Mention]) -> Mention | None:
    """The name that ends the stretch, if one does."""
    for mention in reversed(inside):
        if low <= mention.start and mention.end <= high:
            rest = reading[mention.end : high].strip(" .,\"”’'")
            if (
                mention.kind == "organization"
                and rest
                and set(rest.split()) <= _SORTS
                and not _INDEFINITE.match(reading, low)
            ):
                return mention
            return mention if rest in ("", "s", "himself", "herself", "itself", "also") else None
    return None


def _headed(reading: str, parts: Sequence[tuple[int, int, str]], inside: Sequence[Mention]) -> list[Mention]:
    """The name that heads the phrase: at the end of its first part, or set beside a post by commas."""
    first = _final_name(reading, parts[0][0], parts[0][1], inside)
    if first is not None:
        return [first]
    head = _last_word(reading, parts[0])
    if not (is_post(singular(head)) or head in ORGANIZATIONS or head in TITLES):
        return []
    last = _final_name(reading, parts[-1][0], parts[-1][1], inside)
    if last is not None and last.kind == "person" and any(m.end + 1 == last.start for m in inside) and is_post(head):
        return [last]  # "the envoy for Yemen Ann Roe"
    beside = [p for p in parts[1:] if p[2] in {",", "—", "–", "-", "--", "("}]
    if is_plural(head):
        return next((names for p in beside if (names := _listed(reading, [p], inside))), [])
    for low, high, _ in beside:
        name = _final_name(reading, low, high, inside)
        fits = name is not None and (name.kind == "person") == (is_post(head) or head in TITLES)
        if name is not None and fits and _is_description(reading, low, name.start):
            return [name]
    return []


def _is_description(reading: str, low: int, high: int) -> bool:
    """Whether what stands before a name is its title or a post, or nothing."""
    words = [fold(w) for w in WORD.findall(reading[low:high])]
    return not words or (len(words) <= 8 and (words[-1] in TITLES or words[-1] in HONORIFICS or is_post(words[-1])))


def _last_word(reading: str, part: tuple[int, int, str]) -> str:
    words = WORD.findall(reading[part[0] : part[1]])
    return fold(words[-1]) if words else ""


def _noun(reading: str, start: int, end: int, part: tuple[int, int, str], inside: Sequence[Mention]) -> Phrase:
    """A phrase that no name heads."""
    first = WORD.search(reading, start, end)
    definite = first is not None and (fold(first.group()) in DEFINITE or first.group().endswith(("'s", "’s")))
    shared = _skip(_SHARE, reading, start, end)
    if shared > start:
        start, definite = shared, False
        part = (start, max(part[1], _next_break(reading, start, end)), "")
    head, comma = _head_of(reading, part, end)
    start = _without_determiner(reading, start, end)
    stop = _clause_end(reading, max(start, comma), end, inside)
    if kind_of_noun(head) == SpeakerKind.DOCUMENT:
        late = _LATE.search(reading, start, stop)
        stop = late.start() if late and late.start() > start else stop
    if not inside and head and is_plural(head) and _SERIES.fullmatch(reading[start:end].strip(" ,")):
        stop = end
    words = reading[start:stop] if head in ANONYMOUS or not is_post(head) else _RELATIVE.split(reading[start:stop])[0]
    end = start + len(strip_possessive(_cut_long(words).rstrip(' ,.;:"”')).rstrip(" .,;:\"”’'"))
    return Phrase(Form.NOUN, start, end, head, definite=definite)


def _head_of(reading: str, part: tuple[int, int, str], end: int) -> tuple[str, int]:
    """The head noun, and where the last comma between adjectives before it stands: "the bald, 71-year-old diplomat"."""
    head = _last_word(reading, part)
    if kind_of_noun(head) == SpeakerKind.UNNAMED and not is_post(head) and reading[part[1] : part[1] + 1] == ",":
        after = _next_break(reading, part[1] + 1, end)
        further = _last_word(reading, (part[1] + 1, after, ","))
        if is_post(further) or further in DOCUMENTS:
            return further, part[1] + 1
    return head, 0


def _next_break(reading: str, start: int, end: int) -> int:
    found = _BREAK.search(reading, start, end)
    return found.start() if found else end


def _without_determiner(reading: str, start: int, end: int) -> int:
    word = WORD.search(reading, start, end)
    if word and fold(word.group()) in {"the", "a", "an", "this", "that", "these", "those", "one"}:
        after = WORD.search(reading, word.end(), end)
        return after.start() if after and fold(after.group()) not in {"of", "in", "who"} else word.start()
    return word.start() if word else start


def _clause_end(reading: str, start: int, end: int, inside: Sequence[Mention]) -> int:
    """Where the phrase ends before a comma, dash or bracket outside a name."""
    for found in re.finditer(r",(?!\d)|;|\(|—|–| - |--", reading[start:end]):
        at = start + found.start()
        if at > start and not any(m.start <= at < m.end for m in inside):
            return at
    return end


def _cut_long(words: str) -> str:
    """*words* without a relative clause where they are too many for a name."""
    if len(words.split()) <= LONGEST_NAME:
        return words
    return _RELATIVE.split(words)[0]
