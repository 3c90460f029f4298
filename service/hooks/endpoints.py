"""Endpoints: the URLs that take deliveries, registered by their owner or named by a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Engine, Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.hooks.signatures import make_secret
from service.hooks.tables import Endpoint
from service.storage.sessions import read_clock, reading, writing


@dataclass(frozen=True, slots=True)
class Registration:
    """An endpoint as its owner sees it; without a ``secret`` its deliveries are signed with the service's own."""

    id: str
    url: str
    secret: str | None
    created_at: datetime
    disabled_at: datetime | None


def register(engine: Engine, owner: str, url: str, secret: str | None = None) -> Registration:
    """The endpoint of *owner* at *url* with *secret*, or with a new one.

    What is there already gets the secret, and is enabled again.
    """
    ensure(engine, owner, url, shared=False)
    with writing(engine) as session:
        endpoint = session.scalars(_at(owner, url)).one()
        endpoint.secret, endpoint.disabled_at = secret or make_secret(), None
        return _tell(endpoint)


def ensure(engine: Engine, owner: str, url: str, *, shared: bool) -> Registration:
    """The endpoint of *owner* at *url*; where there is none it is added, with a secret of its own or a *shared* one."""
    with reading(engine) as session:
        if found := session.scalar(_at(owner, url)):
            return _tell(found)
    try:
        with writing(engine) as session:
            return _tell(find_or_add(session, owner, url, shared=shared))
    except IntegrityError:  # somebody else has just added it
        with reading(engine) as session:
            return _tell(session.scalars(_at(owner, url)).one())


def find_or_add(session: Session, owner: str, url: str, *, shared: bool) -> Endpoint:
    """The same within a transaction that writes."""
    found = session.scalar(_at(owner, url))
    if found is None:
        secret = None if shared else make_secret()
        found = Endpoint(id=f"wh_{uuid4().hex}", owner=owner, url=url, secret=secret, created_at=read_clock(session))
        session.add(found)
        session.flush()
    return found


def list_endpoints(engine: Engine, owner: str) -> list[Registration]:
    """Every endpoint of *owner*, the oldest first."""
    with reading(engine) as session:
        query = select(Endpoint).where(Endpoint.owner == owner).order_by(Endpoint.created_at, Endpoint.id)
        return [_tell(endpoint) for endpoint in session.scalars(query)]


def find_endpoint(engine: Engine, owner: str, endpoint_id: str) -> Registration | None:
    """The endpoint of *owner* with that id."""
    with reading(engine) as session:
        endpoint = session.get(Endpoint, endpoint_id)
        return _tell(endpoint) if endpoint and endpoint.owner == owner else None


def remove(engine: Engine, owner: str, endpoint_id: str) -> bool:
    """Whether *owner* had that endpoint; it and the log of its deliveries are gone."""
    with writing(engine) as session:
        query = delete(Endpoint).where(Endpoint.id == endpoint_id, Endpoint.owner == owner).returning(Endpoint.id)
        return session.scalar(query) is not None


def _at(owner: str, url: str) -> Select[Endpoint]:
    return select(Endpoint).where(Endpoint.owner == owner, Endpoint.url == url)


def _tell(endpoint: Endpoint) -> Registration:
    return Registration(endpoint.id, endpoint.url, endpoint.secret, endpoint.created_at, endpoint.disabled_at)
