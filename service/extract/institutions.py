"""Names of institutions in full: "Office for the Coordination of Relief" where the tagger saw its parts only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from service.extract.names import SMALL_IN_NAMES, WORD, fold, initials, strip_possessive
from service.extract.nouns import ORGANIZATIONS, is_post, singular

Tagged = tuple[int, int, str]
LONGEST = 120  # code points of an institution's name

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December"  # noqa: E501 a pattern or a case is read best in one line
_CAPITAL = rf"(?!(?:{_WEEKDAY})\b)[A-Z][\w'’-]*(?<!['’]s)(?<![’'])"
_RUN = rf"{_CAPITAL}(?: (?:(?:and|of|the|&) ){{0,2}}{_CAPITAL})*"
_LIST = rf"{_RUN}(?:, {_RUN})+,? and {_CAPITAL}(?: {_CAPITAL})*"
_FIELD = re.compile(rf" (?:of|for|on) (?:the )?(?:\d+(?:st|nd|rd|th) (?:District|Circuit)|{_LIST}|{_RUN})")
_MEMBERS = re.compile(rf"(?<=s) in {_CAPITAL}(?: {_CAPITAL})?")
_PORTFOLIO = re.compile(r"(?:, [A-Z][a-z]+)+,? and (?:[A-Z][a-z]+ )?[A-Z][a-z]+\b")
_MINISTRY = re.compile(r"\b(?:Ministry|Ministries|Department) (?:of|for) [A-Z][a-z]+$")
_LAST_FIELD = re.compile(
    r" and (?:[A-Z]\w+ ){1,2}(?:Agency|Authority|Board|Bureau|Commission|Committee|Council|Department|Institute"
    r"|Ministry|Office)\b"
)
_FIELDS = re.compile(rf"(?<=[\w’'] ){_CAPITAL}(?:, {_CAPITAL}){{1,3}},?$")  # before the last
_EXPANDED = re.compile(rf"(?<![\w.])([A-Z]{{3,8}}) \((?:the )?((?:{_LIST}|{_RUN}))\)")
_TICKER = re.compile(r"(?<=[ \u00a0]\()(?:[A-Z]{2,8}: ?[A-Z]{1,5}|[A-Z0-9]{1,6}[a-z]{0,2}\.[A-Z]{1,3})(?=\))")
_TICKER_AFTER = re.compile(r"[ \u00a0](?:[A-Z0-9]{1,6}\.[A-Z]{1,3}|[A-Z0-9]{2,6})$")
_EXCHANGE = re.compile(r"\.[A-Z]{1,3}\b")  # where a ticker was cut
_COMPANY_AFTER = re.compile(
    r"(?:\.com)? (?:Inc|Corp|Ltd|LLC|LP|LLP|PLC|Plc|plc|NV|GmbH|SpA|Co|Group|Holdings?|Lines|Airlines|Airways|Motors"
    r"|Industries)\b"
)
_NOUN_AFTER = re.compile(r"(?<=\w) (?!Administration|Campaign|Team)([A-Z][a-z]+)\b")  # not "the Roe Campaign"
_OFFICE_AFTER = re.compile(
    r"['’]s (?:[A-Z][a-z]+ )?(?:Office|Department|Bureau|Council|Association|Federation|Union|Fund)\b"
)
_SHORT = re.compile(r"(?<=[ \u00a0]\()[A-Z]{2,8}(?=\))")
_CUT = re.compile(r" (?:of|for|on)(?: the)?$")
_SOCIETY = re.compile(
    r"(?:Friends|Citizens|Parents|Mothers|Doctors|Lawyers|Scientists|Students|Families)"
    rf"(?P<for> (?:of|for|against|without) (?:the )?{_CAPITAL}(?: {_CAPITAL}){{0,3}})"
)
_ON = re.compile(rf"(?: and (?={_CAPITAL} [a-z(])| ){_CAPITAL}(?: {_CAPITAL})*")  # of a name that tells its field
_WORD_REST = re.compile(r"(?:-?\w){1,20}")
_BRANCH = re.compile(r" in the [A-Z][a-z]+(?:ic|ian|an|ese|ish) [A-Z]\w+")
_COURT = re.compile(r"(?<=[Tt]he )\d{1,2}(?:st|nd|rd|th) (?:U\.S\. )?Circuit(?: Court(?: of Appeals)?)?\b")
_OFFICES = re.compile(r" of (?:the )?(?:President|Vice|Sen|Rep|Gov|Mayor|Governor|Senator|Mr|Ms|Mrs|Dr)\b")


def lengthen_institutions(reading: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """The spans, in order, with the field of an institution taken in: "Centre" grown to "Centre for Sea Weather"."""
    found: list[Tagged] = []
    named = [
        _whole_office(reading, *_whole_company(reading, *_with_noun(reading, *s))) for s in _unlisted(reading, spans)
    ]
    listed = _with_courts(reading, _abbreviated(reading, _expanded(reading, named)))
    for i, (start, end, kind) in enumerate(listed):
        if found and start < found[-1][1]:
            continue
        stop = _field_end(reading, start, end) if kind == "organization" else end
        limit = listed[i + 1][0] if i + 1 < len(listed) else len(reading)
        stop = _field_rest(reading, start, stop, limit) if stop == end and kind == "organization" else stop
        if stop == end and kind == "organization" and reading.endswith(" of", start + 1, end):
            stop = end = end - len(" of")
        inner = listed[i + 1 : bisect_left(listed, (stop,), lo=i + 1)] if stop > end else []
        if any(k == "person" for _, _, k in inner):
            stop = end
        found.append((start, max(stop, *(e for _, e, _ in inner)) if inner and stop > end else stop, kind))
    return found


def _unlisted(reading: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """The spans without those in a ticker: "Roe Holdings (ROE.L)"."""
    tickers = [found.span() for found in _TICKER.finditer(reading)] if "(" in reading else []
    ends = [end for _, end in tickers]
    named = [s for s in spans if (i := bisect_right(ends, s[0])) == len(ends) or tickers[i][0] >= s[1]]
    last = ((s, _TICKER_AFTER.search(reading, s[0], s[1])) for s in named)
    return [
        (s[0], t.start(), s[2]) if t and ("." in t.group() or _EXCHANGE.match(reading, s[1])) else s for s, t in last
    ]


def _whole_company(reading: str, start: int, end: int, kind: str) -> Tagged:
    """The span with "Inc" and the like that stand behind it: the name of a company."""
    more = _COMPANY_AFTER.match(reading, end) if kind != "group" else None
    return (start, more.end(), "organization") if more else (start, end, kind)


def _with_noun(reading: str, start: int, end: int, kind: str) -> Tagged:
    """The span with the noun behind it that ends an institution's name: "Harbour Relief" and "Agency"."""
    more = _NOUN_AFTER.match(reading, end) if kind == "organization" else None
    return (start, more.end(), kind) if more and fold(more[1]) in ORGANIZATIONS else (start, end, kind)


def _whole_office(reading: str, start: int, end: int, kind: str) -> Tagged:
    """The span with the office that it names the holder of: "Data Commissioner" in "the Data Commissioner’s Office"."""
    more = _OFFICE_AFTER.match(reading, end) if kind == "organization" else None
    holder = WORD.findall(reading, start, end)[-1:] if more else []
    return (start, more.end(), kind) if more and holder and is_post(singular(fold(holder[0]))) else (start, end, kind)


def _expanded(reading: str, spans: list[Tagged]) -> list[Tagged]:
    """The spans with what stands in brackets after its acronym made one name, and "Trade, Rivers and Harbour Board"."""
    whole = [
        found.span(2)
        for found in (_EXPANDED.finditer(reading) if "(" in reading else ())
        if found[1][0] == found[2][0] and initials(found[2]).endswith(found[1][-1])
    ]
    for last in _LAST_FIELD.finditer(reading):
        found = _FIELDS.search(reading, max(0, last.start() - LONGEST), last.start())
        low, high = bisect_left(spans, (found.start() if found else 0,)), bisect_left(spans, (last.end(),))
        if found and high - low < 3 and all(k == "organization" and end <= last.end() for _, end, k in spans[low:high]):
            whole.append((found.start(), last.end()))
    whole.sort()
    ends = [end for _, end in whole]
    kept = [s for s in spans if (i := bisect_right(ends, s[0])) == len(whole) or whole[i][0] >= s[1]]
    return sorted([*kept, *((start, end, "organization") for start, end in whole)])


def _with_courts(reading: str, spans: list[Tagged]) -> list[Tagged]:
    """The spans with courts of appeal called by their number: "the 7th Circuit"."""
    if "Circuit" not in reading:
        return spans
    courts = [(*found.span(), "organization") for found in _COURT.finditer(reading)]
    starts = [start for start, _, _ in spans]
    ends = [end for _, end, _ in spans]
    free = [c for c in courts if bisect_left(starts, c[1]) == bisect_right(ends, c[0])]
    return sorted([*spans, *free]) if free else spans


def _field_rest(reading: str, start: int, end: int, limit: int) -> int:
    """Where the name ends whose field or branch was cut: "Centre for Hydro-Thermal" and "Forecasting"."""
    branch = _BRANCH.match(reading, end)
    if branch and limit == end + len(" in the "):
        return branch.end()
    words = WORD.findall(reading, start, end)
    if not any(w in {"for", "of"} for w in words[1:-1]) or not set(map(fold, words)) & ORGANIZATIONS:
        return end
    rest = _WORD_REST.match(reading, end)
    more = _ON.match(reading, rest.end() if rest else end, limit)
    after = WORD.findall(more.group()) if more else []
    return more.end() if more and not any(is_post(fold(w)) for w in after) else end


def _abbreviated(reading: str, spans: list[Tagged]) -> list[Tagged]:
    """The spans with institutions that were not tagged though their acronyms stand in brackets behind them."""
    found = list(spans)
    for short in _SHORT.finditer(reading) if "(" in reading else ():
        end = short.start() - 2
        start = _institution_start(reading, end)
        low, high = bisect_left(found, (start,)), bisect_left(found, (end,))
        inner = found[low:high]
        before = found[low - 1][1] if low else 0
        if start < end and before <= start and all(k in {"organization", "place"} and e < end for _, e, k in inner):
            found[low:high] = [(start, end, "organization")]
    return found


def _institution_start(reading: str, end: int) -> int:
    """Where the institution's name begins that ends at *end* with what it is for; *end* if there is none."""
    words = list(WORD.finditer(reading, max(0, end - LONGEST), end))
    first = len(words)
    for word in reversed(words):
        apart = reading[word.end() : words[first].start() if first < len(words) else end] not in {"", " "}
        text = word.group()
        if apart or not (text[0].isupper() or text in SMALL_IN_NAMES) or strip_possessive(text) != text:
            break
        first -= 1
    while first < len(words) and words[first].group().lower() in SMALL_IN_NAMES:
        first += 1
    named = [w.group() for w in words[first:]]
    fits = len(named) > 3 and singular(fold(named[0])) in ORGANIZATIONS and named[1] in {"of", "for"}
    return words[first].start() if fits else end


def _field_end(reading: str, start: int, end: int) -> int:
    """Where the name ends with what it is for; *end* if it is no institution or nothing is stated."""
    cut = _CUT.search(reading, start, end)
    at = cut.start() if cut else end
    society = _SOCIETY.match(reading, start)
    if society and society.start("for") >= at and not _OFFICES.match(reading, at):
        return society.end()
    words = WORD.findall(reading, start, at)
    nouns = [singular(fold(w)) for w in words if w[0].isupper()]
    if not nouns or not set(nouns) & ORGANIZATIONS:
        return end
    if _MINISTRY.search(reading, start, end):
        portfolio = _PORTFOLIO.match(reading, end)
        return portfolio.end() if portfolio else end
    if len(nouns) > 2 and nouns[-1] != "appeal" and " of " in reading[start:end]:
        members = _MEMBERS.match(reading, end)
        return members.end() if members else end
    if not (nouns[-1] in ORGANIZATIONS or nouns[-1] == "appeal") or not words[-1][0].isupper():
        return end
    field = _FIELD.match(reading, at)
    return field.end() if field and not _OFFICES.match(reading, at) else end
