"""What kind of bearer a mention's words and those around it show, where the tagger said another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.extract.names import ROYAL
from service.extract.nouns import ORGANIZATIONS, is_post, singular
from service.extract.sorts import BODIES
from service.extract.values import replace

if TYPE_CHECKING:
    from service.extract.mentions import Mention

_OFFICE = re.compile(r"[ \u00a0](?:administration|campaign|government|family|era|presidency|regime|cabinet|team)\b")
_FIRM = re.compile(r"(?:[A-Z][\w'’-]*, ){0,2}[A-Z][\w'’-]* & [A-Z][\w'’-]*")  # "Roe & Lind"
_THE = re.compile(r"\b[Tt]he[ \u00a0]$")
_DESCRIBED = re.compile(r",\s(?:the|a|an)\s(?:\w+\s)?([a-z-]+)\b")  # "Ann Roe, a harbour pilot"
_DIGNITARIES = ROYAL | {"archbishop", "bishop"}
_SIDES = frozenset({"conservatives", "democrats", "liberals", "republicans", "socialists", "tories"})
_MEMBERS = frozenset(
    {"appellant", "congressman", "critic", "governor", "judge", "juror", "lawmaker", "minister", "official"}
    | {"plaintiff", "prosecutor", "representative", "resident", "senator", "skeptic", "voter"}
)


def with_stated(reading: str, mention: Mention, weights: dict[str, float], stated: float) -> dict[str, float]:
    """The *weights* with *stated* for the kind that the mention is said to be of."""
    if _OFFICE.match(reading, mention.end) and len(mention.key) == 1:
        weights = dict.fromkeys(weights, 0.0)  # "the Roe administration" says nothing of Roe
    return weights | {mention.kind: weights[mention.kind] + stated}


def all_or_none(mentions: Sequence[Mention], reading: str) -> list[Mention]:
    """The mentions with what is once called "the Kremlin" an organisation everywhere."""
    things = {
        m.key
        for m in mentions
        if m.kind == "person" and len(m.key) == 1 and _THE.search(reading, max(0, m.start - 6), m.start)
    }
    things -= {m.key for m in mentions if m.titles or m.text.endswith("s")}
    return [replace(m, kind="organization") if m.key in things and m.kind == "person" else m for m in mentions]


def mend_kind(reading: str, mention: Mention) -> Mention:
    """The mention with its kind changed where the words around it leave no doubt."""
    words = mention.key
    if mention.kind in {"person", "organization"} and _is_members(mention):
        return replace(mention, kind="group")
    if mention.kind == "organization" and len(words) > 2 and words[0] in _DIGNITARIES and words[1] == "of":
        return replace(mention, kind="person")
    if mention.kind == "person":
        the = (
            len(words) == 1
            and _word_before(reading, mention) in {"The", "the"}
            and not mention.titles
            and not mention.text.endswith("s")
        )
        made = _word_before(reading, mention).lower().endswith("maker") and not mention.titles
        body = made or (len(words) > 1 and (words[-1] in BODIES or _FIRM.fullmatch(mention.text)))
        return replace(mention, kind="organization") if the or body else mention
    if len(words) not in (2, 3) or mention.kind not in {"place", "organization"} or set(words) & ORGANIZATIONS:
        return mention
    before = _word_before(reading, mention)
    headed = before.islower() and is_post(before.rstrip("."))
    described = None if headed else _DESCRIBED.match(reading, mention.end, mention.end + 60)
    return replace(mention, kind="person") if headed or (described and is_post(described[1])) else mention


def _word_before(reading: str, mention: Mention) -> str:
    """The word before the mention, or what its last 30 code points hold; "" if none stands there."""
    return next(iter(reading[max(0, mention.start - 30) : mention.start].split()[-1:]), "")


def _is_members(mention: Mention) -> bool:
    """Whether several people are named by their side or their office: "Carra Republicans", "Senators"."""
    last = mention.key[-1]
    if mention.text.isupper() or not last.endswith("s") or mention.titles or not ORGANIZATIONS.isdisjoint(mention.key):
        return False
    return last in _SIDES or (len(mention.key) == 1 and singular(last) in _MEMBERS)
