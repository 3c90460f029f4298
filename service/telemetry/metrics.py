"""Metrics for Prometheus and the stopwatch that feeds them; no label ever holds words of an article."""

from __future__ import annotations

import os
import time
from collections import Counter as Counts
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from service.extract.corrections import UNAPPLIED
from service.extract.records import Extraction
from service.telemetry.traces import Tracer

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """The service's metrics, summed over all worker processes where there are several."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = self._counter("ascribe_requests", "Requests answered.", "route", "method", "status")
        self.refusals = self._counter("ascribe_refusals", "Requests refused, by problem code.", "code")
        self.articles = self._counter("ascribe_articles", "Articles read.")
        self.characters = self._counter("ascribe_characters", "Characters of the articles read.")
        self.tokens = self._counter("ascribe_tokens", "Word pieces the model read.")
        self.sentences = self._counter("ascribe_sentences", "Sentences found, by label or role.", "label")
        self.jobs = self._counter("ascribe_jobs", "Jobs finished, by state.", "state")
        self.job_articles = self._counter("ascribe_job_articles", "Articles of jobs, by what came of them.", "outcome")
        self.recalled = self._counter("ascribe_recalled", "Articles answered from the cache of results.")
        self.job_articles_waiting = Gauge(
            "ascribe_job_articles_waiting", "Articles of jobs that have no result yet.",
            registry=self.registry, multiprocess_mode="mostrecent",
        )  # fmt: skip
        self.corrections = self._counter(
            "ascribe_corrections", "Corrections, by what became of them.", "finding", "event"
        )
        self.webhook_tries = self._counter("ascribe_webhook_tries", "Tries to deliver, by outcome.", "outcome")
        self.inbound = self._counter("ascribe_inbound", "Items that content systems pushed.", "system", "outcome")
        self.request_seconds = self._histogram("ascribe_request_seconds", "Time to answer a request.", "route")
        self.stage_seconds = self._histogram("ascribe_stage_seconds", "Time spent in one stage.", "stage")
        self.queue_depth = Gauge(
            "ascribe_queue_depth", "Requests that wait for the model or are at it.",
            registry=self.registry, multiprocess_mode="livesum",
        )  # fmt: skip

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Histogram:
        return Histogram(name, meaning, labels, registry=self.registry, buckets=_SECONDS)

    def write(self) -> bytes:
        """All metrics in Prometheus's text format."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self.registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped
        return generate_latest(together)


def count_extraction(metrics: Metrics, extraction: Extraction) -> None:
    """Count in *metrics* what was read."""
    metrics.articles.inc()
    metrics.characters.inc(len(extraction.text))
    metrics.tokens.inc(extraction.tokens)
    for kind, count in Counts(str(sentence.label or sentence.role) for sentence in extraction.sentences).items():
        metrics.sentences.labels(kind).inc(count)
    _count_corrected(metrics, extraction)


def _count_corrected(metrics: Metrics, extraction: Extraction) -> None:
    """Count the findings that corrections hold for, and the corrections that found nothing to correct."""
    for name in ("sentences", "quotations", "speakers", "quantities"):
        corrected = sum(bool(finding.corrections) for finding in getattr(extraction, name))
        metrics.corrections.labels("quantity" if name == "quantities" else name[:-1], "applied").inc(corrected)
    missed = sum(warning.code == UNAPPLIED for warning in extraction.warnings)
    metrics.corrections.labels("unknown", "not_applied").inc(missed)


class Stopwatch:
    """How long each stage of one request took."""

    def __init__(self, metrics: Metrics, tracer: Tracer) -> None:
        self._metrics, self._tracer = metrics, tracer
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time the block as stage *name*."""
        began = time.perf_counter()
        try:
            with self._tracer.stage(name):
                yield
        finally:
            took = time.perf_counter() - began
            self.seconds[name] = self.seconds.get(name, 0.0) + took
            self._metrics.stage_seconds.labels(name).observe(took)

    def server_timing(self) -> str:
        """The stages as the value of a Server-Timing header, in milliseconds."""
        return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in self.seconds.items())
