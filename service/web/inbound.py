"""What content systems push: proof, article, job; the same body is the same job for as long as that is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from flask import Request

from service.extract.records import Article
from service.hooks.endpoints import ensure
from service.hooks.proofs import ProofError, StaleError, check_ghost, check_superdesk, check_token
from service.jobs.idempotency import Reservation
from service.jobs.offices import Office
from service.jobs.records import Callback, JobRecord
from service.settings import Settings
from service.storage.sessions import writing
from service.web.bodies import decode_text, parse_json, read_body
from service.web.formats import FieldErrors
from service.web.formats.ghost import read_ghost
from service.web.formats.ninjs import read_ninjs
from service.web.formats.wordpress import read_wordpress
from service.web.problems import (
    Fault,
    SignatureInvalid,
    SignatureMissing,
    SignatureStale,
    SystemNotConfigured,
    UnsupportedMediaType,
    ValidationFailed,
)
from service.web.submissions import Submission, check_length, find_surrogates
from service.web.turns import Deadline

_FORM = "application/x-www-form-urlencoded"
TOKEN_HEADER = "X-Webhook-Token"  # noqa: S105 (the name of a header)


@dataclass(frozen=True, slots=True)
class System:
    """A content system: how it proves itself, how its items are read."""

    name: str
    secret: Callable[[Settings], str]
    shown: Callable[[Request], str | None]
    check: Callable[[str, str, bytes, Settings], None]
    read: Callable[[Mapping[str, object]], Article | None]
    nothing: str  # what an item is that holds no article
    forms: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of a push: a job, or why there is nothing to read."""

    job: JobRecord | None = None
    skipped: str | None = None


def accept(system: System, request: Request, settings: Settings, office: Office, token: str | None = None) -> Accepted:
    """The job for what *system* pushed with *request*, or with a *token* that stood in the path.

    :raises SignatureMissing: when it shows no proof.
    :raises SystemNotConfigured: when no secret is set for the system.
    :raises Problem: when what is shown proves nothing, or the body holds no item of the system's.
    """
    shown = token or system.shown(request)
    if not shown:
        raise SignatureMissing
    secret = system.secret(settings)
    if not secret:
        raise SystemNotConfigured(f"INBOUND_{system.name.upper()}_* is not set.")
    body = read_body(request, limit=settings.max_body_bytes, deadline=Deadline(settings.read_timeout))
    try:
        system.check(secret, shown, body, settings)
    except StaleError:
        raise SignatureStale(f"It may be off by {settings.inbound_tolerance} seconds (INBOUND_TOLERANCE).") from None
    except ProofError:
        raise SignatureInvalid from None
    article = _read_article(system, request, body)
    if article is None:
        return Accepted(skipped=system.nothing)
    check_length(article, settings)
    return Accepted(_submit(system, Submission(article), body, settings, office))


def _read_article(system: System, request: Request, body: bytes) -> Article | None:
    taken = ("application/json", _FORM) if system.forms else ("application/json",)
    if request.mimetype not in taken:
        raise UnsupportedMediaType(f"Taken: {', '.join(taken)}.", headers={"Accept": ", ".join(taken)})
    content = dict(parse_qsl(decode_text(body, None))) if request.mimetype == _FORM else parse_json(body)
    if not isinstance(content, dict):
        raise ValidationFailed(faults=(Fault("", "Not an object."),))
    if broken := tuple(find_surrogates(content)):
        raise ValidationFailed(faults=broken)
    try:
        return system.read(content)
    except FieldErrors as error:
        raise ValidationFailed(faults=tuple(Fault(*each) for each in error.errors)) from None


def _submit(system: System, submission: Submission, body: bytes, settings: Settings, office: Office) -> JobRecord:
    owner, digest = settings.inbound_owner, sha256(body).hexdigest()
    reservation = Reservation(office.engine, owner, f"inbound:{system.name}:{digest}", digest)
    known = reservation.take()
    job = office.store.find(known, owner) if known else None
    if job is not None:
        return job
    try:
        callback = _make_callback(settings, office)
        with writing(office.engine) as session:
            made = [submission]
            job = office.store.submit(made, owner=owner, origin=system.name, callback=callback, session=session)
            reservation.keep(session, job.id)
    except BaseException:
        reservation.give_back()
        raise
    office.announce(job)
    return job


def _make_callback(settings: Settings, office: Office) -> Callback | None:
    """Where the operator wants results; each delivery judges the address, no push waits for its name to resolve."""
    url = settings.inbound_callback_url
    if not url:
        return None
    endpoint = ensure(office.engine, settings.inbound_owner, url, shared=bool(settings.webhook_secret))
    return Callback(url, endpoint.id)


def _read_superdesk(content: Mapping[str, Any]) -> Article | None:
    if content.get("type", "text") != "text" and content.get("body_html") is None:
        return None  # pictures, graphics, packages
    return read_ninjs(content)


def _check_ghost(secret: str, shown: str, body: bytes, settings: Settings) -> None:
    check_ghost(secret, shown, body, now=time.time(), tolerance=settings.inbound_tolerance)


def _shown_token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return request.headers.get(TOKEN_HEADER) or (token.strip() if scheme.lower() == "bearer" else None)


GHOST = System(
    "ghost",
    secret=lambda settings: settings.inbound_ghost_secret,
    shown=lambda request: request.headers.get("X-Ghost-Signature"),
    check=_check_ghost,
    read=read_ghost,
    nothing="The event carries no post or page with a text.",
)
WORDPRESS = System(
    "wordpress",
    secret=lambda settings: settings.inbound_wordpress_token,
    shown=_shown_token,
    check=lambda token, shown, _body, _settings: check_token(token, shown),
    read=read_wordpress,
    nothing="The post has no text.",
    forms=True,
)
SUPERDESK = System(
    "superdesk",
    secret=lambda settings: settings.inbound_superdesk_secret,
    shown=lambda request: request.headers.get("X-Superdesk-Signature"),
    check=lambda secret, shown, body, _settings: check_superdesk(secret, shown, body),
    read=_read_superdesk,
    nothing="The item is no text.",
)
