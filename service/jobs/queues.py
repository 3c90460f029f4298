"""The queue: messages that say "there is work on this job", in a file for one machine or in Redis for many.

A message holds a job's id and nothing else. Losing it loses nothing: the sweep announces again what waits.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import structlog
from huey import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import RedisStorage, SqliteStorage

from service.settings import Settings

_NAME = "ascribe-jobs"
_MOST = 32  # messages about one job at a time: as many workers may read it together
_SECONDS = 2  # that Redis may take to be reached
_log = structlog.get_logger("ascribe")


class _JsonSerializer(Serializer):  # type: ignore[misc]  # huey is untyped
    """Messages as JSON, of which nothing is ever executed; huey's own could be."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class Queue:
    """Announces jobs, and hands each announcement to *read* in the process that takes it up."""

    def __init__(self, settings: Settings, read: Callable[[str], None] | None = None) -> None:
        self.huey = Huey(_NAME, results=False, serializer=_JsonSerializer(), **_storage(settings))
        self._read = read
        self._task = self.huey.task(name="read_job")(self._run)

    def announce(self, job_id: str, messages: int = 1) -> None:
        """Tell the workers of work on the job, *messages* times at most 32; a queue out of reach is no error here."""
        try:
            for _ in range(min(messages, _MOST)):
                self.huey.enqueue(self._task.s(job_id))
        except Exception as error:  # noqa: BLE001 (whichever broker: the sweep announces again)
            _log.warning("queue_unreachable", job=job_id, reason=type(error).__name__)

    def take(self) -> bool:
        """Whether there was a message; it has been worked off then. On Redis this waits a second for one.

        :raises Exception: any that the broker's client has, when it cannot be reached.
        """
        task = self.huey.dequeue()
        if task is None:
            return False
        self.huey.execute(task)
        return True

    def close(self) -> None:
        """Let go of the file or the connections."""
        if isinstance(self.huey.storage, SqliteStorage):
            self.huey.storage.close()
        else:
            self.huey.storage.pool.disconnect()

    def _run(self, job_id: str) -> None:
        if self._read:
            self._read(job_id)


def _storage(settings: Settings) -> dict[str, Any]:
    """What huey is to keep its messages in."""
    if not settings.queue_url:
        settings.data_path.mkdir(parents=True, exist_ok=True)
        return {"storage_class": SqliteStorage, "filename": str(settings.queue_path), "timeout": 30}
    from redis import ConnectionPool

    patience = {"socket_connect_timeout": _SECONDS, "socket_timeout": _SECONDS + 1}
    pool = ConnectionPool.from_url(settings.queue_url, **patience)
    return {"storage_class": RedisStorage, "connection_pool": pool, "read_timeout": 1}
