"""The queue: messages that say "there is work on this job", in a file for one machine or in Redis for many.

A message holds a job's id and nothing else. Losing it loses nothing: the sweep announces again what waits.
Its library is loaded with the first message, which a server that is starting need not wait for.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import structlog

from service.settings import Settings

_MOST = 32  # messages about one job at a time: as many workers may read it together
_log = structlog.get_logger("ascribe")


class Queue:
    """Announces jobs, and hands each announcement to *read* in the process that takes it up."""

    def __init__(self, settings: Settings, read: Callable[[str], None] | None = None) -> None:
        self.settings, self._read = settings, read
        self._opened: tuple[Any, Any] | None = None  # huey and its one kind of task
        self._lock = Lock()

    def announce(self, job_id: str, messages: int = 1) -> None:
        """Tell the workers of work on the job, *messages* times at most 32; a queue out of reach is no error here."""
        try:
            broker, task = self._open()
            for _ in range(min(messages, _MOST)):
                broker.enqueue(task.s(job_id))
        except Exception as error:  # noqa: BLE001 (whichever broker: the sweep announces again)
            _log.warning("queue_unreachable", job=job_id, reason=type(error).__name__)

    def take(self) -> bool:
        """Whether there was a message; it has been worked off then. On Redis this waits a second for one.

        :raises Exception: any that the broker's client has, when it cannot be reached.
        """
        broker, _ = self._open()
        task = broker.dequeue()
        if task is None:
            return False
        broker.execute(task)
        return True

    def close(self) -> None:
        """Let go of the file or the connections."""
        if self._opened:
            from service.jobs.brokers import close_broker

            close_broker(self._opened[0])

    def _open(self) -> tuple[Any, Any]:
        with self._lock:
            if not self._opened:
                from service.jobs.brokers import open_broker

                broker = open_broker(self.settings)
                self._opened = broker, broker.task(name="read_job")(self._run)
            return self._opened

    def _run(self, job_id: str) -> None:
        if self._read:
            self._read(job_id)
