"""A worker: takes up announcements, claims, reads, settles; a loop in one process, with a model of its own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from service.edits.stores import EditStore
from service.jobs.claims import Claim, Claims, Settled
from service.jobs.offices import open_office
from service.jobs.readings import Corrector, Reader
from service.jobs.sweeps import sweep
from service.settings import Settings
from service.telemetry.metrics import Metrics
from service.web.analyzers import Analyzer
from service.web.keys import Keys

_IDLE = 0.25  # seconds between looks at a queue in which nothing was
_BROKEN = 1.0  # seconds before a queue or database out of reach is asked again
_SWEEP = 5.0  # seconds between sweeps, less where leases are shorter
_log = structlog.get_logger("ascribe")


class JobWorker:
    """One worker on *settings*; *load* gives it the model as soon as there is something to read."""

    def __init__(self, settings: Settings, load: Callable[[], Analyzer], metrics: Metrics) -> None:
        self.settings, self.load, self.metrics = settings, load, metrics
        self.office = open_office(settings, self.read)
        self.claims = Claims(
            self.office.store,
            lease=timedelta(seconds=settings.job_lease),
            attempts=settings.job_attempts,
            watch=self._count,
        )
        self._reader: Reader | None = None
        self._swept = 0.0

    def run(self, goes_on: Callable[[], bool]) -> None:
        """Work while *goes_on*; what was claimed is finished before this returns."""
        while goes_on():
            try:
                self._sweep()
                if not self.office.queue.take():
                    time.sleep(_IDLE)
            except Exception as error:  # noqa: BLE001 (whichever broker or database is away, it will be back)
                _log.warning("worker_waits", reason=type(error).__name__)
                time.sleep(_BROKEN)

    def read(self, job_id: str) -> None:
        """Claim a few articles of the job, read them, and announce the job again for those that are left."""
        reader = self._open_reader()  # before anything is claimed: a model that is not there is no article's fault
        claim = self.claims.claim(job_id)
        if claim is None:
            return
        with _renewing(self.claims, claim, self.settings.job_timeout):
            reading = reader.read(claim)
        self.claims.settle(claim, reading.outcomes)
        if reading.again:
            self.claims.put_back(claim, reading.again)
        self.office.queue.announce(job_id)

    def _open_reader(self) -> Reader:
        if self._reader is None:
            corrector = Corrector(EditStore(self.office.engine), Keys(self.settings.keys_path))
            self._reader = Reader(self.load(), self.office.cache, self.metrics, self.settings.max_findings, corrector)
        return self._reader

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept < min(_SWEEP, self.settings.job_lease / 2):
            return
        self._swept = now
        sweep(self.office.engine, self.office.queue, self.claims.lease)

    def _count(self, settled: Settled) -> None:
        self.metrics.job_articles.labels("done").inc(settled.done)
        self.metrics.job_articles.labels("failed").inc(settled.failed)
        if settled.state:
            self.metrics.jobs.labels(settled.state.value).inc()


@contextmanager
def _renewing(claims: Claims, claim: Claim, limit: float) -> Iterator[None]:
    """Renew the lease of *claim* within the block; a process that is not done after *limit* seconds is ended."""
    done = Event()
    thread = Thread(target=_renew, args=(claims, claim, done, limit), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(claims: Claims, claim: Claim, done: Event, limit: float) -> None:
    ends = time.monotonic() + limit
    while not done.wait(claims.lease.total_seconds() / 3):
        if time.monotonic() > ends:
            _log.error("worker_stuck", job=claim.job_id, indexes=sorted(claim.submissions))
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            claims.renew(claim)
        except SQLAlchemyError as error:
            _log.warning("lease_not_renewed", job=claim.job_id, reason=type(error).__name__)
