"""Real PostgreSQL and Redis servers for tests, on free ports of the loopback, their files in folders of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import pick_port

_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


@dataclass(slots=True)
class RunningStore:
    """A server that holds something, at *url*; it can be killed and started again."""

    url: str
    port: int
    command: list[str]
    user: str | None
    process: subprocess.Popen[bytes]

    def restart(self) -> None:
        """Kill it as a crash does, and start it again."""
        self.process.kill()
        self.process.wait(30)
        self.process = _start(self.command, self.user, self.port)


@contextmanager
def run_redis() -> Iterator[RunningStore]:
    """A Redis that keeps nothing on disk, so that a restart forgets everything."""
    program = require("redis-server")
    folder, port = Path(tempfile.mkdtemp(prefix="ascribe-redis-")), pick_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no"]
    yield from _run(
        RunningStore(f"redis://127.0.0.1:{port}/0", port, command, None, _start(command, None, port)), folder
    )


@contextmanager
def run_postgres() -> Iterator[RunningStore]:
    """A PostgreSQL with one empty database; it refuses to run as root, so root runs it as somebody else."""
    initdb, postgres, createdb = (require(name) for name in ("initdb", "postgres", "createdb"))
    user = _pick_user()
    folder, port = Path(tempfile.mkdtemp(prefix="ascribe-postgres-")), pick_port()
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    make = [initdb, "--pgdata", str(folder / "data"), "--username", "ascribe", "--auth", "trust", "--no-sync"]
    subprocess.run(make, check=True, user=user, cwd=folder, capture_output=True)
    command = [postgres, "-D", str(folder / "data"), "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]
    process = _start(command, user, port)
    address = ["--host", "127.0.0.1", "--port", str(port), "--username", "ascribe"]
    _try([createdb, *address, "ascribe"])
    url = f"postgresql://ascribe@127.0.0.1:{port}/ascribe"
    yield from _run(RunningStore(url, port, command, user, process), folder)


def require(program: str) -> str:
    """Where *program* is; without it the test is skipped, except in CI, where it fails."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *map(str, reversed(_POSTGRES))])
    found = shutil.which(program, path=folders)
    if found is None:
        reason = f"{program} is not installed (.ci/run installs it)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _pick_user() -> str | None:
    if os.getuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(store: RunningStore, folder: Path) -> Iterator[RunningStore]:
    try:
        yield store
    finally:
        store.process.send_signal(signal.SIGINT)
        store.process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _start(command: list[str], user: str | None, port: int) -> subprocess.Popen[bytes]:
    """The process of *command*, once it listens on *port*."""
    process = subprocess.Popen(command, user=user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ends = time.monotonic() + 120
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return process
    raise AssertionError(f"{command[0]} did not start.")


def _try(command: list[str]) -> None:
    """Run *command* until it succeeds: a server that listens may still be starting."""
    ends = time.monotonic() + 120
    while subprocess.run(command, check=False, capture_output=True).returncode:
        assert time.monotonic() < ends, command[0]
        time.sleep(0.1)
