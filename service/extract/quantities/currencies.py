"""Which currency a shared name stands for, settled by what else the article speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from .grammars import Grammar
from .tokens import Tokens

# A plain "$" beside "US$" is somebody else's dollar; so much more must the article speak of their country.
MARGIN = 1
# Coins of the past, too, and of many countries: of none without a sign of it.
DOUBTFUL = frozenset({"crown", "shilling"})


class Settlement:
    """The currency of each shared name in one article.

    *named* are the currencies the article names outright ("US$", "Canadian dollars").
    """

    def __init__(self, tokens: Tokens, named: Iterable[str], grammar: Grammar) -> None:
        self._tokens = tokens
        self._named = Counter(named)
        self._grammar = grammar
        self._settled: dict[str, str | None] = {}
        self._counts: Counter[str] | None = None

    def settle(self, name: str) -> str | None:
        """The ISO 4217 code *name* stands for in this article; ``None`` where nothing in it tells."""
        if name not in self._settled:
            self._settled[name] = self._choose(name)
        return self._settled[name]

    def _choose(self, name: str) -> str | None:
        codes = self._grammar.shared[name]
        if name == "dollar":
            return self._choose_dollar(codes)
        if name == "penny" and "GBP" in self._named:
            return "GBP"
        explicit = [code for code in codes if self._named[code]]
        if name != "pound" and len(explicit) == 1:
            return explicit[0]
        if name == "pound" and self._named["GBP"]:
            return "GBP"
        likeliest = max(codes, key=lambda code: (self._mentions(code), -codes.index(code)))
        return None if name in DOUBTFUL and not self._mentions(likeliest) else likeliest

    def _choose_dollar(self, codes: tuple[str, ...]) -> str:
        """The US dollar, unless the article tells its plain dollars from American ones.

        It does by writing "US$" for those, or by naming another dollar in words and America nowhere.
        """
        others = [code for code in codes[1:] if self._named[code]]
        if self._named["USD"]:
            local = max(codes[1:], key=self._mentions)
            return local if self._mentions(local) > MARGIN and not others else "USD"
        if len(others) == 1 and self._mentions(others[0]) > 0 and not self._mentions("USD"):
            return others[0]
        return "USD"

    def _mentions(self, code: str) -> int:
        """How often the article speaks of the places of *code*."""
        places = self._grammar.places.get(code, frozenset())
        if not places:
            return 0
        if self._counts is None:
            self._counts = Counter(word.removesuffix("'s").removesuffix("’s") for word in self._tokens.words)
        return sum(self._counts[place] for place in places)

    def speaks_of(self, code: str) -> bool:
        """Whether the article names *code* as a currency, or speaks of its places and not America's."""
        return bool(self._named[code]) or self._mentions(code) > self._mentions("USD")
