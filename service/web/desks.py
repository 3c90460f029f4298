"""The desk: what every view works with, kept in the application rather than in a global."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from flask import current_app, g

from service.edits.readings import correct
from service.edits.records import Caller
from service.edits.stores import EditStore
from service.extract.records import Article, Extraction
from service.jobs.offices import Office
from service.settings import Settings
from service.telemetry.metrics import Metrics, Stopwatch, count_extraction
from service.telemetry.traces import Tracer
from service.web.analyzers import Analyzer, analyze_each
from service.web.findings import check_findings
from service.web.keys import Keys
from service.web.problems import TooManyFindings
from service.web.turns import Deadline, Turns, Watch


@dataclass(frozen=True, slots=True)
class Desk:
    """One worker's settings, model, keys, queue, jobs and metrics."""

    settings: Settings
    analyzer: Analyzer
    keys: Keys
    turns: Turns
    office: Office
    edits: EditStore
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
        check_findings(extraction, self.settings.max_findings)
        extraction = correct(self.edits, extraction, current_caller())
        count_extraction(self.metrics, extraction)
        return extraction

    def extract_each(
        self, articles: Sequence[Article], deadline: Deadline, watch: Stopwatch
    ) -> list[Extraction | Exception]:
        """Everything found in each of *articles*, which share one turn and one pass, or why it cannot be told.

        :raises QueueFull: when too many wait already.
        :raises DeadlineExceeded: when its turn does not come in time, or not all are read in time.
        """
        with ExitStack() as stack:
            stack.enter_context(self.metrics.queue_depth.track_inprogress())
            with watch.stage("wait"):
                stack.enter_context(self.turns.take(deadline))
            with watch.stage("analyze"):
                found = analyze_each(self.analyzer, articles, Watch(watch.stage, deadline, self.turns))
        return [self._check(each) for each in found]

    def _check(self, found: Extraction | Exception) -> Extraction | Exception:
        if isinstance(found, Exception):
            return found
        found = correct(self.edits, found, current_caller())
        count_extraction(self.metrics, found)
        try:
            check_findings(found, self.settings.max_findings)
        except TooManyFindings as problem:
            return problem
        return found


def current_desk() -> Desk:
    """The desk of the application that answers now."""
    desk: Desk = current_app.extensions["desk"]
    return desk


def current_caller() -> Caller:
    """Who asks now, as far as corrections are concerned."""
    return Caller(g.key.name, g.key.id) if g.key else Caller()


def current_watch() -> Stopwatch:
    """The stopwatch of the request that is answered now."""
    watch: Stopwatch = g.watch
    return watch
