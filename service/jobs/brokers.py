"""What the queue of jobs is kept in: huey's, in a file for one machine or in Redis for many."""

from __future__ import annotations

import json
from typing import Any

from huey import Huey
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import RedisStorage, SqliteStorage

from service.settings import Settings

_NAME = "ascribe-jobs"
_SECONDS = 2  # that Redis may take to be reached


class _JsonSerializer(Serializer):  # type: ignore[misc]  # huey is untyped
    """Messages as JSON, of which nothing is ever executed; huey's own could be."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


def open_broker(settings: Settings) -> Huey:
    """The queue that *settings* name."""
    return Huey(_NAME, results=False, serializer=_JsonSerializer(), **_storage(settings))


def close_broker(broker: Huey) -> None:
    """Let go of its file or its connections."""
    if isinstance(broker.storage, SqliteStorage):
        broker.storage.close()
    else:
        broker.storage.pool.disconnect()


def _storage(settings: Settings) -> dict[str, Any]:
    """What huey is to keep its messages in."""
    if not settings.queue_url:
        settings.data_path.mkdir(parents=True, exist_ok=True)
        return {"storage_class": SqliteStorage, "filename": str(settings.queue_path), "timeout": 30}
    from redis import ConnectionPool

    patience = {"socket_connect_timeout": _SECONDS, "socket_timeout": _SECONDS + 1}
    pool = ConnectionPool.from_url(settings.queue_url, **patience)
    return {"storage_class": RedisStorage, "connection_pool": pool, "read_timeout": 1}
