"""How a job ends: its final state, and those who are told in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service.jobs.records import Finisher, State, record_of
from service.jobs.tables import Job
from service.storage.sessions import read_clock


def finish_if_done(session: Session, job: Job, finishers: Sequence[Finisher]) -> bool:
    """Whether *job* ends here, because no article of it is left; the *finishers* are called then, and only then."""
    if job.state not in {State.QUEUED.value, State.RUNNING.value} or job.done + job.failed < job.total:
        return False
    job.state = _decide(job).value
    job.finished_at = _later(job, read_clock(session))
    session.flush()
    for finisher in finishers:
        finisher(session, record_of(job))
    return True


def _decide(job: Job) -> State:
    if not job.failed:
        return State.SUCCEEDED
    return State.PARTLY_FAILED if job.done else State.FAILED


def _later(job: Job, now: datetime) -> datetime:
    """*now*, or the job's beginning where clocks disagree."""
    return max(now, job.created_at)
