"""Idempotency keys as in the IETF draft (draft-ietf-httpapi-idempotency-key-header): a request sent twice acts once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Engine, delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.jobs.tables import IdempotencyKey
from service.storage.sessions import read_clock, writing
from service.web.problems import IdempotencyKeyReused, RequestInProgress

STALE = timedelta(minutes=2)  # after which a request that made no job, and took nothing back, has died


class Reservation:
    """One caller's *key* for the request whose body hashes to *fingerprint*."""

    def __init__(self, engine: Engine, owner: str, key: str, fingerprint: str) -> None:
        self.engine, self.owner, self.key, self.fingerprint = engine, owner, key, fingerprint

    def take(self) -> str | None:
        """The id of the job that the same request made before; ``None`` where this one is to make it.

        :raises IdempotencyKeyReused: when the key was given to a request with another body.
        :raises RequestInProgress: when the same request is being worked on.
        """
        try:
            with writing(self.engine) as session:
                return self._look(session)
        except IntegrityError:
            raise RequestInProgress(headers={"Retry-After": "2"}) from None

    def give_back(self) -> None:
        """Forget the key: the request was refused and may be sent again."""
        with writing(self.engine) as session:
            session.execute(delete(IdempotencyKey).where(*self._own(), IdempotencyKey.job_id.is_(None)))

    def keep(self, session: Session, job_id: str) -> None:
        """Bind the key to the job made in the transaction of *session*."""
        session.execute(update(IdempotencyKey).where(*self._own()).values(job_id=job_id))

    def _look(self, session: Session) -> str | None:
        now = read_clock(session)
        row = session.get(IdempotencyKey, (self.owner, self.key), with_for_update=True)
        if row is None:
            session.add(
                IdempotencyKey(
                    owner=self.owner, key=self.key, fingerprint=self.fingerprint, reserved_at=now, job_id=None
                )
            )
            return None
        if row.fingerprint != self.fingerprint:
            raise IdempotencyKeyReused
        if row.job_id is None and row.reserved_at > now - STALE:
            raise RequestInProgress(headers={"Retry-After": "2"})
        row.reserved_at = now
        return row.job_id

    def _own(self) -> tuple[ColumnElement[bool], ...]:
        return IdempotencyKey.owner == self.owner, IdempotencyKey.key == self.key
