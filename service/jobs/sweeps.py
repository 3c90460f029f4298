"""The sweep: what every worker does every few seconds, so that nothing hangs on a lost message or process."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, delete, exists, select

from service.jobs.erasures import erase_expired
from service.jobs.idempotency import STALE
from service.jobs.queues import Queue
from service.jobs.records import State
from service.jobs.tables import CachedResult, IdempotencyKey, Job, JobArticle
from service.storage.sessions import purge_log, read_clock, reading, writing

_ONCE = 100  # jobs announced in one sweep


def sweep(engine: Engine, queue: Queue, lease: timedelta) -> None:
    """Announce the jobs that wait and that nobody was told of for a *lease*; erase what has expired."""
    for job_id in _find_waiting(engine, lease):
        queue.announce(job_id)
    if _is_something_over(engine):
        with writing(engine) as session:
            now = read_clock(session)
            erase_expired(session, now)
            session.execute(delete(IdempotencyKey).where(*_stale(now)))
        purge_log(engine)


def _find_waiting(engine: Engine, lease: timedelta) -> list[str]:
    """The ids of jobs with articles to claim; those of them are marked as announced now."""
    with reading(engine) as session:
        if not session.scalars(_waiting(read_clock(session), lease)).first():
            return []
    with writing(engine) as session:
        now = read_clock(session)
        jobs = session.scalars(_waiting(now, lease).with_for_update(skip_locked=True)).all()
        for job in jobs:
            job.queued_at = now
        return [job.id for job in jobs]


def _waiting(now: datetime, lease: timedelta) -> Select[Job]:
    claimable = exists().where(JobArticle.job_id == Job.id, JobArticle.available_at <= now)
    open_ = Job.state.in_([State.QUEUED.value, State.RUNNING.value])
    return select(Job).where(open_, Job.queued_at <= now - lease, claimable).limit(_ONCE)


def _stale(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What marks the keys of requests that died before they made a job."""
    return IdempotencyKey.job_id.is_(None), IdempotencyKey.reserved_at <= now - STALE


def _is_something_over(engine: Engine) -> bool:
    """Whether there is anything to erase; most sweeps need not write."""
    with reading(engine) as session:
        now = read_clock(session)
        queries = (
            select(Job.id).where(Job.expires_at <= now),
            select(CachedResult.key).where(CachedResult.expires_at <= now),
            select(IdempotencyKey.key).where(
                IdempotencyKey.job_id.is_(None), IdempotencyKey.reserved_at <= now - STALE
            ),
        )
        return any(session.execute(query.limit(1)).first() for query in queries)
