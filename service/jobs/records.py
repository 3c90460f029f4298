"""What is known of a job, as plain records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from service.jobs.tables import Job


class State(StrEnum):
    """How far a job is; the last four are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    PARTLY_FAILED = "partly_failed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Callback:
    """Where to tell that a job has finished, and the id of the secret that signs it."""

    url: str
    secret_id: str | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job at one moment. ``done`` counts articles with an extraction, ``failed`` those that can have none."""

    id: str
    owner: str
    origin: str
    state: State
    total: int
    done: int
    failed: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime
    erased_at: datetime | None
    callback: Callback | None

    @property
    def is_final(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.state not in {State.QUEUED, State.RUNNING}


Finisher = Callable[[Session, JobRecord], None]
"""Called in the transaction that finishes a job, with its final record: what it writes is there exactly when the
job is finished. It must be quick and must not reach for the network: a row that somebody else acts upon."""


def record_of(job: Job) -> JobRecord:
    """*job* as it is now."""
    return JobRecord(
        id=job.id,
        owner=job.owner,
        origin=job.origin,
        state=State(job.state),
        total=job.total,
        done=job.done,
        failed=job.failed,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        expires_at=job.expires_at,
        erased_at=job.erased_at,
        callback=Callback(job.callback_url, job.callback_secret) if job.callback_url else None,
    )
