"""Erasing: texts and results of a job that was deleted or has expired, also from the cache."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service.jobs.records import State
from service.jobs.tables import CachedResult, IdempotencyKey, Job, JobArticle, JobResult

_ONCE = 100  # expired jobs erased in one transaction


def erase_job(session: Session, job: Job, now: datetime) -> None:
    """Erase what *job* holds; it stays known, as cancelled where it had not ended, until it expires."""
    if job.state in {State.QUEUED.value, State.RUNNING.value}:
        job.state = State.CANCELLED.value
        job.finished_at = now
    job.erased_at = job.erased_at or now
    _erase_rows(session, [job.id])
    session.flush()


def erase_expired(session: Session, now: datetime) -> int:
    """How many jobs had expired; nothing is left of them, nor of cached results that had expired."""
    ids = session.scalars(select(Job.id).where(Job.expires_at <= now).limit(_ONCE).with_for_update(skip_locked=True))
    expired = list(ids)
    session.execute(delete(CachedResult).where(CachedResult.expires_at <= now))
    if expired:
        _erase_rows(session, expired)
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.job_id.in_(expired)))
        session.execute(delete(Job).where(Job.id.in_(expired)))
    return len(expired)


def _erase_rows(session: Session, job_ids: list[str]) -> None:
    keys = select(JobResult.cache_key).where(JobResult.job_id.in_(job_ids), JobResult.cache_key.is_not(None))
    session.execute(delete(CachedResult).where(CachedResult.key.in_(keys)), execution_options=_PLAIN)
    session.execute(delete(JobArticle).where(JobArticle.job_id.in_(job_ids)), execution_options=_PLAIN)
    session.execute(delete(JobResult).where(JobResult.job_id.in_(job_ids)), execution_options=_PLAIN)


_PLAIN = {"synchronize_session": False}
