"""Callbacks: the URLs that callers give to have results delivered to, judged before anything is kept."""

from __future__ import annotations

from sqlalchemy import Engine

from service.hooks.addresses import AddressRefusedError, NameUnknownError, find_target
from service.hooks.endpoints import ensure
from service.jobs.records import Callback
from service.settings import Settings
from service.web.problems import Fault, ValidationFailed


def check_url(url: str, settings: Settings, *, pointer: str, part: str = "body") -> None:
    """Return where webhooks may go to *url* now, or its name does not resolve yet; each delivery judges it again.

    :raises ValidationFailed: where they may not, with a fault at *pointer* in that *part* of the request.
    """
    try:
        find_target(url, allow_private=settings.webhook_allow_private)
    except NameUnknownError:
        return
    except AddressRefusedError as error:
        raise ValidationFailed(faults=(Fault(pointer, str(error), part),)) from None


def make_callback(
    url: str, owner: str, settings: Settings, engine: Engine, *, pointer: str = "/callback_url", part: str = "body"
) -> Callback:
    """The callback to *url* for a job of *owner*, which is an endpoint of theirs from now on.

    :raises ValidationFailed: when nothing may be sent there, or the receiver has said that it wants nothing more.
    """
    check_url(url, settings, pointer=pointer, part=part)
    endpoint = ensure(engine, owner, url, shared=bool(settings.webhook_secret))
    if endpoint.disabled_at is not None:
        gone = "It has answered 410 and gets nothing more until it is registered again (POST /v1/webhooks)."
        raise ValidationFailed(faults=(Fault(pointer, gone, part),))
    return Callback(url, endpoint.id)
