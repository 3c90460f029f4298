"""A process that is killed while it delivers: what it held arrives all the same, under the same id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from service.hooks.deliveries import enter
from service.hooks.endpoints import list_endpoints
from service.hooks.logs import read_log
from service.jobs.records import Callback
from service.jobs.stores import JobStore
from tests.hooks.receivers import Receiver
from tests.hooks.test_deliveries import OWNER, TOO_LONG


@contextmanager
def run_process(folder: Path, database: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ``service work`` that delivers from *database*."""
    told = {"DATABASE_URL": database, "DATA_PATH": str(folder), "WEBHOOK_ALLOW_PRIVATE": "1", "WEBHOOK_TIMEOUT": "2"}
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    process = subprocess.Popen([sys.executable, "-m", "service", "work"], env=environment | told)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(120)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """No answer, until the sender has gone."""
    handler.connection.recv(1)


def test_killed_in_the_middle_of_a_delivery_the_next_process_makes_it(
    store: JobStore, receiver: Receiver, tmp_path: Path
) -> None:
    assert store.finishers == (enter,)
    receiver.answers = [hang]
    store.submit([TOO_LONG], owner=OWNER, callback=Callback(receiver.url()))
    database = store.engine.url.render_as_string(hide_password=False)
    with run_process(tmp_path, database) as process:
        receiver.wait_for(1, 180)
        process.kill()
        process.wait()
    with run_process(tmp_path, database):
        first, second = receiver.wait_for(2, 180)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    (endpoint,) = list_endpoints(store.engine, OWNER)
    page = read_log(store.engine, OWNER, endpoint.id, before=None, limit=9)
    assert page is not None
    assert [entry.state for entry in page.deliveries] == ["delivered"]
