"""Tables of phrases, found by their first or by their last word."""

from __future__ import annotations

from typing import Generic, TypeVar

from .tokens import BREAK, read_tokens

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of tokens, each with what it stands for; the longest that matches counts.

    *backward* phrases are matched by where they end.
    """

    __slots__ = ("_backward", "_sizes", "_table")

    def __init__(self, *, backward: bool = False) -> None:
        self._table: dict[str, T] = {}
        self._sizes: dict[str, int] = {}
        self._backward = backward

    def add(self, phrase: str, meaning: T) -> None:
        """Enter *phrase*, split as a text would be."""
        words = [word for word in read_tokens(phrase, frozenset()).words if word != BREAK]
        key = words[-1 if self._backward else 0]
        self._table[" ".join(words)] = meaning
        self._sizes[key] = max(len(words), self._sizes.get(key, 0))

    def match(self, words: list[str], index: int) -> tuple[T, int] | None:
        """What the longest phrase from *index* on stands for, and the index after it."""
        for length in range(self._sizes.get(words[index], 0), 0, -1):
            meaning = self._table.get(" ".join(words[index : index + length]))
            if meaning is not None:
                return meaning, index + length
        return None

    def match_before(self, words: list[str], index: int) -> tuple[T, int] | None:
        """What the longest phrase that ends before *index* stands for, and where it begins."""
        for length in range(self._sizes.get(words[index - 1], 0), 0, -1):
            meaning = self._table.get(" ".join(words[index - length : index]))
            if meaning is not None:
                return meaning, index - length
        return None
