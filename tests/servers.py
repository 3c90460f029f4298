"""Real servers for tests: ``service serve`` in a process group of its own, on a free port of the loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.crews import NAME


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as JSON data."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers at *port*, its process and the file of what it printed."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Its answer to a GET, or with a *body* to a POST; ``Content_Type`` stands for ``Content-Type``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.url + path, data=body, headers=named)
        try:
            with urllib.request.urlopen(request, timeout=180) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def send(self, *parts: bytes, pause: float = 0.0, limit: float = 30.0) -> bytes:
        """Everything it answers to raw bytes, sent in *parts* with a *pause* between, until it closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=limit) as connection:
            answer = b""
            try:
                for number, part in enumerate(parts):
                    time.sleep(pause if number else 0.0)
                    connection.sendall(part)
                connection.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError, OSError):
                pass  # it closed early, and its answer can still be read
            try:
                while piece := connection.recv(1 << 16):
                    answer += piece
            except ConnectionResetError:
                pass
            return answer

    def workers(self) -> list[int]:
        """The process ids of its workers that answer requests, as gunicorn tells when it starts one.

        A worker for jobs takes its name only some time after it was forked, so none is known by not having it.
        """
        told = "Booting worker with pid: "
        booted = {line["event"].removeprefix(told) for line in self.lines() if line["event"].startswith(told)}
        return [pid for pid, _ in self._children() if str(pid) in booted]

    def crew(self) -> list[int]:
        """The process ids of its workers that work on jobs."""
        return [pid for pid, name in self._children() if name == NAME.decode()]

    def _children(self) -> Iterator[tuple[int, str]]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        for child in children.split():
            try:
                yield int(child), Path(f"/proc/{child}/comm").read_text(encoding="utf-8").strip()
            except OSError:
                continue  # it has just ended

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged, line by line."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self, timeout: float = 30.0) -> int:
        """Tell it to stop as a supervisor does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)


@contextmanager
def run_server(folder: Path, **settings: object) -> Iterator[RunningServer]:
    """A server with *settings* that is ready, and stopped afterwards; its files lie in *folder*."""
    port = pick_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as output:
        process = start_service(folder, port, output, **settings)
    server = RunningServer(port, process, log)
    try:
        wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None and _is_stuck(server):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _is_stuck(server: RunningServer) -> bool:
    """Whether the server does not stop when told to."""
    try:
        server.stop()
    except subprocess.TimeoutExpired:
        return True
    return False


def start_service(folder: Path, port: int, output: Any, **settings: object) -> subprocess.Popen[bytes]:
    """The process of ``service serve`` on *port*, not necessarily ready yet."""
    told = {"PORT": port, "DATA_PATH": folder / "var", "REQUEST_TIMEOUT": 150} | settings
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment |= {name: str(value) for name, value in told.items()}
    return subprocess.Popen(
        [sys.executable, "-m", "service", "serve"],
        env=environment,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_until_ready(server: RunningServer, seconds: float = 120.0) -> None:
    """Return as soon as the server says it is ready; an ``AssertionError`` with its log when it does not."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and server.process.poll() is None:
        try:
            if server.ask("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(server.log.read_text(encoding="utf-8"))


def pick_port() -> int:
    """A port of the loopback that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
