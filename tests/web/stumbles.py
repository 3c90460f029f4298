"""An analyzer that one article fails, as a fault in the model would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from service.extract.analyzer import Analyzer
from service.extract.records import Article, Extraction
from service.extract.stages import UNWATCHED, Stages

FATAL = "Xylocopa falls."


@dataclass
class Stumbling(Analyzer):
    """The *analyzer*, which raises at every article that says ``FATAL``; it counts its passes."""

    analyzer: Analyzer
    passes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.analyzer.artifact, self.analyzer.encoder)

    def analyze_many(self, articles: Sequence[Article], stages: Stages = UNWATCHED) -> list[Extraction]:
        """As the analyzer does, where none of *articles* is fatal."""
        self.passes.append(len(articles))
        if any(FATAL in article.text for article in articles):
            raise ZeroDivisionError(FATAL)
        return self.analyzer.analyze_many(articles, stages)
