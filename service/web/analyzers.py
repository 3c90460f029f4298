"""What the doorway asks of an analyzer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from service.extract.records import Article, Extraction
from service.extract.stages import UNWATCHED, Stages
from service.web.problems import Problem


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


def analyze_each(
    analyzer: Analyzer, articles: Sequence[Article], stages: Stages = UNWATCHED
) -> list[Extraction | Exception]:
    """Everything found in each of *articles*, read together; where that fails each is read alone, or its error told.

    :raises Problem: whatever *stages* raises to end the work.
    """
    try:
        return list(analyzer.analyze_many(articles, stages)) if articles else []
    except Problem:
        raise
    except Exception as error:  # noqa: BLE001 (whatever one article does to the model, the others are to be read)
        if len(articles) == 1:
            return [error]
    return [each for article in articles for each in analyze_each(analyzer, [article], stages)]
