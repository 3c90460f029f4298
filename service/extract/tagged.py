"""What the tagger found: a span, and spans that belong together."""

from __future__ import annotations

from service.extract.values import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A tagged span: pieces *low* to *high*, code points *start* to *end*, and the tagger's certainty."""

    low: int
    high: int
    start: int
    end: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Contents that share a cue, the cue, and the source's words; no speaker yet.

    ``verbatim``: the layout says that the contents are the source's words; ``stated``: the words say that the source
    stated them, whatever the sentence is like on the whole.
    """

    contents: tuple[Found, ...]
    cue: Found | None
    source: Found | None
    verbatim: bool = False
    stated: bool = False

    @property
    def start(self) -> int:
        """Where its first content begins."""
        return self.contents[0].start
