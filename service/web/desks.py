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
from service.web.problems import TooManyFindings
from service.web.turns import Deadline, Turns, Watch


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
        :raises DeadlineExceeded: when its turn does not come in time, or it is not read in time.
        :raises TooManyFindings: when more was found than one answer may hold.
        """
        with ExitStack() as stack:
            stack.enter_context(self.metrics.queue_depth.track_inprogress())
            with watch.stage("wait"):
                stack.enter_context(self.turns.take(deadline))
            with watch.stage("analyze"):
                extraction = self.analyzer.analyze(article, Watch(watch.stage, deadline, self.turns))
        self._check(extraction)
        self._count(extraction)
        return extraction

    def _check(self, extraction: Extraction) -> None:
        found, most = count_findings(extraction), self.settings.max_findings
        if found > most:
            raise TooManyFindings(f"The article holds {found} findings; at most {most} are told (MAX_FINDINGS).")

    def _count(self, extraction: Extraction) -> None:
        self.metrics.articles.inc()
        self.metrics.characters.inc(len(extraction.text))
        self.metrics.tokens.inc(extraction.tokens)
        kinds = Counter(str(sentence.label or sentence.role) for sentence in extraction.sentences)
        for kind, count in kinds.items():
            self.metrics.sentences.labels(kind).inc(count)


def count_findings(extraction: Extraction) -> int:
    """How many records an answer would hold: sentences, quotations, quantities, mentions, terms in quotation marks."""
    mentions = sum(len(speaker.mentions) for speaker in extraction.speakers)
    lists = (extraction.sentences, extraction.quotations, extraction.quantities, extraction.quoted_terms)
    return mentions + sum(map(len, lists))


def current_desk() -> Desk:
    """The desk of the application that answers now."""
    desk: Desk = current_app.extensions["desk"]
    return desk


def current_watch() -> Stopwatch:
    """The stopwatch of the request that is answered now."""
    watch: Stopwatch = g.watch
    return watch
