"""Couriers: threads that make the deliveries that are due, in any number of processes at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, Semaphore
from typing import TypeVar
from urllib.parse import urlsplit

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service.hooks.addresses import AddressRefusedError, NameUnknownError, Resolve, find_target, resolve
from service.hooks.deliveries import Message, Outcome, abandon, claim, conclude, purge
from service.hooks.payloads import write_payload
from service.hooks.posts import Answer, post
from service.hooks.signatures import sign
from service.jobs.stores import JobStore
from service.settings import Settings

_COURIERS = 4
_PAUSE = 1.0  # seconds between looks at a database where nothing is due
_SPARE = 15.0  # seconds of a lease beside the try itself, for names that resolve slowly
_PURGE = 3600.0  # seconds between purges of the log
_AGENT = "Ascribe-Webhooks/1"
_log = structlog.get_logger("ascribe")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Courier:
    """Makes deliveries by *settings*; ``count`` is told how each try went."""

    store: JobStore
    settings: Settings
    resolve: Resolve = resolve
    count: Callable[[str], None] = lambda _: None

    @property
    def engine(self) -> Engine:
        """The database of the deliveries."""
        return self.store.engine

    def run(self, stop: Event) -> None:
        """Deliver until *stop* is set; what is being sent then is finished first."""
        free, purged = Semaphore(_COURIERS), -_PURGE
        with ThreadPoolExecutor(_COURIERS, "courier") as pool:
            while not stop.is_set():
                if time.monotonic() - purged > _PURGE:
                    purged = time.monotonic()
                    self._guard(lambda: purge(self.engine))
                if not free.acquire(timeout=_PAUSE):
                    continue
                message = self._guard(self.take)
                if message is None:
                    free.release()
                    stop.wait(_PAUSE)
                else:
                    pool.submit(self._carry, message, free)

    def take(self) -> Message | None:
        """A delivery that is due, leased for as long as one try may take and then some."""
        return claim(self.engine, self.settings.webhook_timeout + _SPARE, shared=bool(self.settings.webhook_secret))

    def deliver(self, message: Message) -> Outcome:
        """What becomes of *message* with one try more."""
        body = write_payload(message, self.store)
        if body is None:
            abandon(self.engine, message)
            return Outcome.ABANDONED
        began = time.monotonic()
        answer = self._send(message, body)
        took = round((time.monotonic() - began) * 1000)
        outcome = conclude(self.engine, message, answer, took)
        self.count("accepted" if answer.accepted else answer.error or "refused")
        _log.info(
            "webhook_tried",
            delivery=message.id,
            host=urlsplit(message.url).hostname,  # not the rest: its path or query may be a secret
            try_number=message.tries + 1,
            status=answer.status,
            error=answer.error,
            outcome=outcome.value,
            milliseconds=took,
        )
        return outcome

    def _send(self, message: Message, body: bytes) -> Answer:
        try:
            allowed = self.settings.webhook_allow_private
            target = find_target(message.url, allow_private=allowed, resolve=self.resolve)
        except NameUnknownError:
            return Answer(error="name_unknown")
        except AddressRefusedError:
            return Answer(error="address_refused")
        headers = {"Content-Type": "application/json", "User-Agent": _AGENT}
        signed = sign(message.secret or self.settings.webhook_secret, message.id, body, time.time())
        return post(target, body, {**headers, **signed}, seconds=self.settings.webhook_timeout)

    def _carry(self, message: Message, free: Semaphore) -> None:
        try:
            self._guard(lambda: self.deliver(message))
        finally:
            free.release()

    def _guard(self, act: Callable[[], Result]) -> Result | None:
        """What *act* gives; ``None`` and a line in the log where it fails: its lease ends, and it is done again."""
        try:
            return act()
        except SQLAlchemyError as error:
            _log.warning("webhooks_wait_for_database", exc_info=error)
        except Exception as error:  # noqa: BLE001 (one delivery that breaks the code must not end all others)
            _log.error("webhook_broke", exc_info=error)
        return None
