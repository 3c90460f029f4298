"""What the doorway asks of an analyzer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from service.extract.records import Article, Extraction
from service.extract.stages import UNWATCHED, Stages


class Analyzer(Protocol):
    """Reads articles; ``service.extract.analyzer.Analyzer`` is the one there is."""

    @property
    def name(self) -> str:
        """The model's name."""

    @property
    def version(self) -> str:
        """The model's version."""

    @property
    def card(self) -> Mapping[str, Any]:
        """What the model's card states: labels, scores, limits."""

    def analyze(self, article: Article, stages: Stages = UNWATCHED) -> Extraction:
        """Everything found in *article*, watched by *stages*."""

    def analyze_many(self, articles: Sequence[Article], stages: Stages = UNWATCHED) -> list[Extraction]:
        """Everything found in each of *articles*, in their order."""
