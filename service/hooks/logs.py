"""The delivery log of an endpoint, newest first, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select, tuple_
from sqlalchemy.orm import Session

from service.hooks.tables import Delivery, Endpoint, Try
from service.storage.sessions import reading


@dataclass(frozen=True, slots=True)
class TryRecord:
    """One try: a status, or the kind of failure."""

    at: datetime
    milliseconds: int
    status: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """One delivery with its tries; ``next_try_at`` while there is to be one."""

    id: str
    event: str
    job_id: str | None
    state: str
    created_at: datetime
    next_try_at: datetime | None
    tries: tuple[TryRecord, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some deliveries and the ``cursor`` that gives the next older ones, ``None`` at the end."""

    deliveries: tuple[DeliveryRecord, ...]
    cursor: str | None


def read_log(engine: Engine, owner: str, endpoint_id: str, *, before: str | None, limit: int) -> Page | None:
    """At most *limit* deliveries to the endpoint, older than the one with the id *before*.

    ``None`` where *owner* has no such endpoint. A delivery *before* that is no longer there starts from the newest.
    """
    with reading(engine) as session:
        endpoint = session.get(Endpoint, endpoint_id)
        if endpoint is None or endpoint.owner != owner:
            return None
        query = select(Delivery).where(Delivery.endpoint_id == endpoint_id)
        if mark := session.get(Delivery, before) if before else None:
            query = query.where(tuple_(Delivery.created_at, Delivery.id) < (mark.created_at, mark.id))
        newest_first = query.order_by(Delivery.created_at.desc(), Delivery.id.desc()).limit(limit + 1)
        found = list(session.scalars(newest_first))
        cursor = found[limit - 1].id if len(found) > limit else None
        return Page(tuple(_tell(session, delivery) for delivery in found[:limit]), cursor)


def _tell(session: Session, delivery: Delivery) -> DeliveryRecord:
    tries = session.scalars(select(Try).where(Try.delivery_id == delivery.id).order_by(Try.number))
    return DeliveryRecord(
        id=delivery.id,
        event=delivery.event,
        job_id=delivery.job_id,
        state=delivery.state,
        created_at=delivery.created_at,
        next_try_at=delivery.due_at if delivery.state == "pending" else None,
        tries=tuple(TryRecord(each.at, each.milliseconds, each.status, each.error) for each in tries),
    )
