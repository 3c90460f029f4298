"""The office of jobs: database, store, queue and cache, as every process of the service opens them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from service.hooks.deliveries import enter
from service.jobs.caches import ResultCache
from service.jobs.claims import Claims
from service.jobs.queues import Queue
from service.jobs.records import Finisher, JobRecord
from service.jobs.stores import JobStore
from service.settings import Settings
from service.storage.engines import open_engine

FINISHERS: Sequence[Finisher] = (enter,)
"""Who is told of a job that finishes, in the transaction that finishes it."""


@dataclass(frozen=True, slots=True)
class Office:
    """What is needed to take in jobs, and to work on them."""

    settings: Settings
    engine: Engine
    store: JobStore
    queue: Queue
    cache: ResultCache

    def announce(self, job: JobRecord) -> None:
        """Tell the workers of *job*, which was just kept."""
        if not job.is_final:
            self.queue.announce(job.id, messages=-(-job.total // 8))

    def open_claims(self) -> Claims:
        """The claims of one worker."""
        lease = timedelta(seconds=self.settings.job_lease)
        return Claims(self.store, lease=lease, attempts=self.settings.job_attempts)

    def close(self) -> None:
        """Let go of every connection."""
        self.queue.close()
        self.engine.dispose()


def open_office(settings: Settings, read: Callable[[str], None] | None = None) -> Office:
    """The office that *settings* describe; *read* takes up announced jobs where this process works on them."""
    engine = open_engine(settings.database)
    retention = timedelta(seconds=settings.job_retention)
    return Office(
        settings,
        engine,
        JobStore(engine, retention=retention, finishers=FINISHERS),
        Queue(settings, read),
        ResultCache(engine, settings.cache_bytes, retention),
    )
