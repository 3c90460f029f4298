"""Those who are spoken to or about, and so do not speak: a name after a pronoun is another's, "he told Roe"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from service.extract.mentions import Mention
from service.extract.quoted import Quoted, in_marks
from service.extract.tagged import Attribution
from service.extract.values import START

OBJECT = re.compile(  # "told her that …", not "said her decision …"
    r"[ \u00a0](him|them|her(?![ \u00a0](?!(?:I|about|after|and|as|at|before|by|during|for|he|his|how|if|in|it|last"
    r"|later|never|no|nobody|not|nothing|of|on|or|she|that|the|there|they|this|these|to|today|we|what|when|where|whether|while|who|why|yesterday|you)\b)[^\W\d_]))\b"
)
_LEAD = re.compile(r"[ \u00a0]{0,2}(?:that[ \u00a0])?(?:(?:the|[A-Z][a-z]{1,12}\.?)[ \u00a0]){0,2}")  # before a name


def names_beside(
    reading: str, attribution: Attribution, mentions: Sequence[Mention], quoted: Sequence[Quoted], at: int
) -> Iterator[Mention]:
    """The names right after the cue and first in its paraphrases, if its source stands before it, at *at*."""
    cue = attribution.cue
    if cue is None or cue.start < at:
        return
    said = (c for c in attribution.contents if c.start >= cue.end and not in_marks(quoted, c.start))
    for begin in [cue.end, *(c.start for c in said)]:
        i = bisect_left(mentions, begin, key=START)
        if i < len(mentions) and _LEAD.fullmatch(reading, begin, mentions[i].start):
            yield mentions[i]
