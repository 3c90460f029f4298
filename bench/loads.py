"""The service under load: ``service serve`` as anybody starts it, asked over HTTP on the loopback."""

from __future__ import annotations

import http.client
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Service:
    """A server that runs: its port, its parent process, and the seconds from its start until it was ready."""

    port: int
    process: int
    start: float

    def ask(self, texts: Iterable[str], until: float = math.inf) -> list[float]:
        """Seconds that each text took, asked one after another on one connection, none begun later than *until*."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        spent = []
        for text in texts:
            if (began := time.perf_counter()) > until:
                break
            connection.request("POST", "/v1/extractions", text.encode(), PLAIN)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise RuntimeError(f"The service answered {answer.status}.")
            spent.append(time.perf_counter() - began)
        connection.close()
        return spent

    def saturate(self, texts: Sequence[str], clients: int, seconds: float | None = None) -> float:
        """Articles a second that *clients* get answered who go round *texts*: once, or for *seconds*."""
        began = time.perf_counter()
        until = math.inf if seconds is None else began + seconds
        rounds = (islice(cycle(texts), n, None if seconds else n + len(texts)) for n in range(clients))
        with ThreadPoolExecutor(clients) as pool:
            done = list(pool.map(lambda each: self.ask(each, until), rounds))
        return sum(map(len, done)) / (time.perf_counter() - began)

    def memory(self) -> dict[str, float]:
        """Megabytes of the largest worker: resident, and its share where pages are shared (Pss)."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii").split()
        largest = max(({name: _memory(child, name) for name in ("Rss", "Pss")} for child in children), key=_resident)
        return {name.lower(): round(size) for name, size in largest.items()}

    def restart(self) -> float:
        """Seconds from the death of the only worker until its successor answers."""
        child = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii").split()[0]
        os.kill(int(child), signal.SIGKILL)
        began = time.perf_counter()
        _wait(self.port)
        return time.perf_counter() - began


@contextmanager
def serve(**settings: object) -> Iterator[Service]:
    """The service with *settings*, ready; stopped afterwards."""
    port = _pick_port()
    with tempfile.TemporaryDirectory() as folder:
        told = {"PORT": port, "DATA_PATH": folder, "LOG_LEVEL": "error", "RATE_LIMIT": "1000000/minute"}
        told |= {"REQUEST_TIMEOUT": 120, "JOB_WORKERS": 0} | settings
        environment = os.environ | {name: str(value) for name, value in told.items()}
        began = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-m", "service", "serve"], cwd=ROOT, env=environment)
        try:
            _wait(port)
            yield Service(port, process.pid, time.perf_counter() - began)
        finally:
            process.terminate()
            process.wait(60)


def typical(spent: Sequence[float]) -> float:
    """The median in milliseconds."""
    return round(median(spent) * 1000, 1)


def _wait(port: int) -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise RuntimeError("The service does not become ready.")


def _memory(process: str, name: str) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


def _resident(memory: dict[str, float]) -> float:
    return memory["Rss"]


def _pick_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
