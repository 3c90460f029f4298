"""The tables of jobs. An article is a row until it has a result; texts are in ``submission`` and ``line`` alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.tables import Base


class Job(Base):
    """A number of articles that one caller sent together."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)  # id of the key that made it; empty: none was needed
    origin: Mapped[str] = mapped_column(String(40))  # "api", or the doorway it came through
    state: Mapped[str] = mapped_column(String(16))
    total: Mapped[int]
    done: Mapped[int]
    failed: Mapped[int]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    queued_at: Mapped[datetime]  # when a message about it was last put into the queue, or an article of it claimed
    callback_url: Mapped[str | None] = mapped_column(Text)
    callback_secret: Mapped[str | None] = mapped_column(String(64))  # the id of a secret, not the secret


class JobArticle(Base):
    """An article that has no result yet."""

    __tablename__ = "job_articles"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="cascade"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    submission: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int]
    available_at: Mapped[datetime] = mapped_column(index=True)  # while claimed: when the claim's lease ends
    claim: Mapped[str | None] = mapped_column(String(80))


class JobResult(Base):
    """What came of an article: its line of the results. The primary key makes a second one impossible."""

    __tablename__ = "job_results"

    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="cascade"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    succeeded: Mapped[bool]
    line: Mapped[str] = mapped_column(Text)
    cache_key: Mapped[str | None] = mapped_column(String(64))


class IdempotencyKey(Base):
    """A key that a caller gave to a request, and the job that came of it: none while that is being made."""

    __tablename__ = "idempotency_keys"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    job_id: Mapped[str | None] = mapped_column(String(36))
    reserved_at: Mapped[datetime]


class CachedResult(Base):
    """An extraction by the hash of what it follows from."""

    __tablename__ = "cached_results"
    __table_args__ = (Index("ix_cached_results_used_at", "used_at", "size"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
