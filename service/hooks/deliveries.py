"""Deliveries: entered with the job that they tell of, claimed one by one, tried until they are taken or given up.

A claim is a lease: a process that dies while it sends leaves a row that the next one claims when the lease has ended,
so every message arrives at least once, under the same webhook-id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Engine, Select, and_, delete, or_, select, update
from sqlalchemy.orm import Session, aliased

from service.hooks.endpoints import find_or_add
from service.hooks.posts import Answer
from service.hooks.schedules import wait_after
from service.hooks.signatures import make_secret
from service.hooks.tables import Delivery, Endpoint, Try
from service.jobs.records import JobRecord, State
from service.storage.sessions import read_clock, reading, writing

_TOLD = {State.SUCCEEDED, State.PARTLY_FAILED, State.FAILED}  # who cancels a job knows it
_LOG = timedelta(days=30)


class Outcome(StrEnum):
    """How a delivery is: still to be made, taken, given up after its last try, or pointless."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    ABANDONED = "abandoned"  # its endpoint is disabled, or what it tells of has been erased


@dataclass(frozen=True, slots=True)
class Message:
    """A delivery that this process has claimed, with all that is needed to make it."""

    id: str
    endpoint_id: str
    owner: str
    url: str
    secret: str | None
    job_id: str | None
    event: str
    tries: int
    created_at: datetime


def enter(session: Session, job: JobRecord) -> None:
    """Enter the delivery of a job that finishes in this very transaction, where it asked for one."""
    if job.callback is None or job.state not in _TOLD:
        return
    endpoint = session.get(Endpoint, job.callback.secret_id) if job.callback.secret_id else None
    if endpoint is None or endpoint.owner != job.owner or endpoint.url != job.callback.url:
        endpoint = find_or_add(session, job.owner, job.callback.url, shared=True)
    session.add(_new(endpoint, f"job.{job.state}", job.id, read_clock(session)))


def enter_test(engine: Engine, owner: str, endpoint_id: str) -> str | None:
    """The id of a new delivery that says nothing but ``test``; ``None`` where *owner* has no such endpoint."""
    with writing(engine) as session:
        endpoint = session.get(Endpoint, endpoint_id)
        if endpoint is None or endpoint.owner != owner:
            return None
        delivery = _new(endpoint, "test", None, read_clock(session))
        session.add(delivery)
        return delivery.id


def _new(endpoint: Endpoint, event: str, job_id: str | None, now: datetime) -> Delivery:
    state, ended = (Outcome.PENDING, None) if endpoint.disabled_at is None else (Outcome.ABANDONED, now)
    return Delivery(
        id=f"msg_{uuid4().hex}",
        endpoint_id=endpoint.id,
        job_id=job_id,
        event=event,
        state=state,
        tries=0,
        created_at=now,
        due_at=now,
        finished_at=ended,
    )


def claim(engine: Engine, seconds: float, *, shared: bool) -> Message | None:
    """The delivery that has been due longest, this process's for *seconds*; ``None`` when none is.

    An endpoint gets one delivery at a time, so one that is slow holds up none but its own. An endpoint whose secret was
    *shared* when it was added, and is no longer, gets its own now.
    """
    with reading(engine) as session:
        if session.scalar(_due(read_clock(session))) is None:
            return None
    with writing(engine) as session:
        now = read_clock(session)
        delivery = session.scalar(_due(now).with_for_update(skip_locked=True, of=Delivery))
        if delivery is None:
            return None
        delivery.claimed_until = now + timedelta(seconds=seconds)
        endpoint = session.get_one(Endpoint, delivery.endpoint_id)
        if endpoint.secret is None and not shared:
            endpoint.secret = make_secret()
        return Message(
            id=delivery.id,
            endpoint_id=endpoint.id,
            owner=endpoint.owner,
            url=endpoint.url,
            secret=endpoint.secret,
            job_id=delivery.job_id,
            event=delivery.event,
            tries=delivery.tries,
            created_at=delivery.created_at,
        )


def _due(now: datetime) -> Select[Delivery]:
    busy = aliased(Delivery)
    waiting = and_(Delivery.state == Outcome.PENDING, Delivery.due_at <= now)
    free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= now)
    elsewhere = select(busy.id).where(
        busy.endpoint_id == Delivery.endpoint_id, busy.state == Outcome.PENDING, busy.claimed_until > now
    )
    return select(Delivery).where(waiting, free, ~elsewhere.exists()).order_by(Delivery.due_at).limit(1)


def conclude(engine: Engine, message: Message, answer: Answer, milliseconds: int) -> Outcome:
    """What becomes of the delivery now that *answer* has come to it, entered into its log.

    A 410 disables the endpoint: all that waits for it is abandoned.
    """
    with writing(engine) as session:
        delivery = session.get(Delivery, message.id, with_for_update=True)
        if delivery is None or delivery.state != Outcome.PENDING:  # its endpoint was removed or disabled meanwhile
            return Outcome.ABANDONED
        now = read_clock(session)
        delivery.tries += 1
        session.add(
            Try(
                delivery_id=delivery.id,
                number=delivery.tries,
                at=now,
                milliseconds=milliseconds,
                status=answer.status,
                error=answer.error,
            )
        )
        wait = wait_after(delivery.tries, asked=answer.retry_after)
        delivery.claimed_until = None
        if answer.accepted or answer.status == 410 or wait is None:
            delivery.state = Outcome.DELIVERED if answer.accepted else Outcome.FAILED
            delivery.finished_at = now
        else:
            delivery.due_at = now + timedelta(seconds=wait)
        if answer.status == 410:
            _disable(session, message.endpoint_id, now)
        return Outcome(delivery.state)


def _disable(session: Session, endpoint_id: str, now: datetime) -> None:
    session.execute(update(Endpoint).where(Endpoint.id == endpoint_id).values(disabled_at=now))
    waiting = and_(Delivery.endpoint_id == endpoint_id, Delivery.state == Outcome.PENDING)
    session.execute(update(Delivery).where(waiting).values(state=Outcome.ABANDONED, finished_at=now))


def abandon(engine: Engine, message: Message) -> None:
    """Give up a delivery whose job has been erased."""
    with writing(engine) as session:
        ended = {"state": Outcome.ABANDONED, "finished_at": read_clock(session), "claimed_until": None}
        session.execute(update(Delivery).where(Delivery.id == message.id).values(**ended))


def purge(engine: Engine) -> None:
    """Forget the log of deliveries that ended more than thirty days ago."""
    with writing(engine) as session:
        session.execute(delete(Delivery).where(Delivery.finished_at < read_clock(session) - _LOG))
