"""A shift: one process that works on jobs and delivers webhooks, beside the server or on a machine of its own."""

from __future__ import annotations

import logging
import os
import signal
from threading import Event, Thread
from typing import BinaryIO

import structlog

from service.hooks.couriers import Courier
from service.jobs.workers import JobWorker
from service.server import load_analyzer, thread_environment
from service.settings import Settings
from service.telemetry.logs import set_up_logging
from service.telemetry.metrics import Metrics

_NICE = 10  # lower priority than the server's workers, for whom somebody waits
_log = structlog.get_logger("ascribe")


def run_worker(settings: Settings, parent: int | None = None, compiled: BinaryIO | None = None) -> None:
    """Work on jobs and deliver webhooks until told to stop; under a *parent* process only as long as it lives.

    *compiled* is as ``load_analyzer`` takes it.
    """
    set_up_logging(settings.log_level)
    logging.getLogger("huey").setLevel(logging.WARNING)  # it has a line for every message
    os.environ.update(thread_environment(settings))
    os.nice(_NICE)
    stopping = _listen()
    worker = JobWorker(settings, lambda: load_analyzer(settings, compiled), Metrics())
    if parent is None:  # a server upgrades the database before it starts workers
        from service.storage.upgrades import upgrade

        upgrade(worker.office.engine)
    courier = Courier(worker.office.store, settings, count=lambda how: worker.metrics.webhook_tries.labels(how).inc())
    stop = Event()
    delivering = Thread(target=courier.run, args=(stop,), name="courier")
    delivering.start()
    _log.info("worker_started", pid=os.getpid())
    try:
        worker.run(lambda: not stopping and (parent is None or os.getppid() == parent))
    finally:
        stop.set()
        delivering.join()
        worker.office.close()
    _log.info("worker_stopped", pid=os.getpid())


def _listen() -> list[int]:
    """The signals that have told this process to stop."""
    heard: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: heard.append(number))
    return heard
