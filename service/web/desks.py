"""The desk: what every view works with, kept in the application rather than in a global."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field

from flask import current_app, g

from service.extract.records import Article, Extraction
from service.settings import Settings
from service.telemetry.metrics import Metrics, Stopwatch
from service.telemetry.traces import Tracer
from service.web.analyzers import Analyzer
from service.web.keys import Keys
from service.web.turns import Deadline, Turns


@dataclass(frozen=True, slots=True)
class Desk:
    """One worker's settings, model, keys, queue and metrics."""

    settings: Settings
    analyzer: Analyzer
    keys: Keys
    turns: Turns
    metrics: Metrics = field(default_factory=Metrics)
    tracer: Tracer = field(default_factory=Tracer)

    def extract(self, article: Article, deadline: Deadline, watch: Stopwatch) -> Extraction:
        """Everything found in *article*, once it is its turn.

        :raises QueueFull: when too many wait already.
        :raises DeadlineExceeded: when its turn does not come in time.
        """
        with ExitStack() as stack:
            stack.enter_context(self.metrics.queue_depth.track_inprogress())
            with watch.stage("wait"):
                stack.enter_context(self.turns.take(deadline))
            with watch.stage("analyze"):
                extraction = self.analyzer.analyze(article)
        self._count(extraction)
        return extraction

    def _count(self, extraction: Extraction) -> None:
        self.metrics.articles.inc()
        self.metrics.characters.inc(len(extraction.text))
        self.metrics.tokens.inc(extraction.tokens)
        kinds = Counter(str(sentence.label or sentence.role) for sentence in extraction.sentences)
        for kind, count in kinds.items():
            self.metrics.sentences.labels(kind).inc(count)


def current_desk() -> Desk:
    """The desk of the application that answers now."""
    desk: Desk = current_app.extensions["desk"]
    return desk


def current_watch() -> Stopwatch:
    """The stopwatch of the request that is answered now."""
    watch: Stopwatch = g.watch
    return watch
