"""What a delivery says: the job, and the lines of its results where they are few."""

from __future__ import annotations

import json
from typing import Any

from service.hooks.deliveries import Message
from service.jobs.records import JobRecord
from service.jobs.stores import JobStore

_LINES, _CHARACTERS = 25, 1 << 20  # of results beyond which the receiver fetches them itself


def write_payload(message: Message, store: JobStore) -> bytes | None:
    """The body of *message*, the same bytes at every try; ``None`` when its job has been erased meanwhile."""
    data = {"webhook_id": message.endpoint_id}
    if message.job_id is not None:
        job = store.find(message.job_id, message.owner)
        if job is None or job.erased_at is not None:
            return None
        data = _describe(job, _read_lines(job, store))
    told = {"type": message.event, "timestamp": message.created_at.isoformat(timespec="seconds"), "data": data}
    return json.dumps(told, ensure_ascii=False).encode("utf-8")


def _read_lines(job: JobRecord, store: JobStore) -> list[str] | None:
    if job.total > _LINES:
        return None
    lines = list(store.read_results(job, 0, job.total).lines)
    return lines if sum(map(len, lines)) <= _CHARACTERS else None


def _describe(job: JobRecord, lines: list[str] | None) -> dict[str, Any]:
    """The job as ``GET /v1/jobs/{id}`` tells it, and its results."""
    moments = {name: getattr(job, name) for name in ("created_at", "started_at", "finished_at", "expires_at")}
    return {
        "id": job.id,
        "status": job.state.value,
        "origin": job.origin,
        "done": job.done,
        "failed": job.failed,
        "total": job.total,
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "results": None if lines is None else [json.loads(line) for line in lines],
    }
