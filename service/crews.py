"""The crew: worker processes for jobs beside the server, forked, watched and stopped by gunicorn's parent process."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections.abc import Callable

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

NAME = b"ascribe-jobs"
_PR_SET_NAME = 15  # of Linux's prctl.h
_SOON = 5.0  # seconds within which a worker is started again once and no oftener


class Crew:
    """The *size* job workers of one server, each doing *work* under its parent's process id."""

    def __init__(self, size: int, work: Callable[[int], None]) -> None:
        self.size, self.work = size, work
        self.hands: set[int] = set()
        self._started: list[float] = []

    def tend(self, let_go: Callable[[], None]) -> None:
        """Start the workers that are missing; *let_go*, called in each, gives up what it inherits."""
        self.reap()
        now = time.monotonic()
        self._started = [at for at in self._started if now - at < _SOON]
        while len(self.hands) < self.size and len(self._started) < 2 * self.size:
            self._started.append(now)
            parent = os.getpid()
            pid = os.fork()
            if not pid:
                self._begin(parent, let_go)
            self.hands.add(pid)

    def reap(self) -> None:
        """Forget the workers that have ended."""
        self.hands = {pid for pid in self.hands if _is_alive(pid)}

    def tell(self, number: int) -> None:
        """Send every worker the signal *number*."""
        for pid in self.hands:
            os.kill(pid, number)

    def stop(self, seconds: float) -> None:
        """Let the workers finish what they hold; those that have not ended within *seconds* are killed."""
        self.size = 0
        ends = time.monotonic() + seconds
        while self.hands and time.monotonic() < ends:
            time.sleep(0.05)
            self.reap()
        self.tell(signal.SIGKILL)

    def _begin(self, parent: int, let_go: Callable[[], None]) -> None:
        """The life of a forked worker; it never returns to the code it was forked from."""
        code = 1
        try:
            for number in Arbiter.SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _take_name()
            let_go()
            self.work(parent)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)


class CrewArbiter(Arbiter):
    """gunicorn's parent process, which tends a crew beside its own workers."""

    def __init__(self, app: BaseApplication, crew: Crew) -> None:
        self.crew = crew
        super().__init__(app)

    def manage_workers(self) -> None:
        """As gunicorn does, about every second; then the crew."""
        super().manage_workers()
        self.crew.tend(self._let_go)

    def stop(self, graceful: bool = True) -> None:
        """As gunicorn does; the crew finishes meanwhile."""
        ends = time.monotonic() + self.cfg.graceful_timeout
        self.crew.reap()
        self.crew.tell(signal.SIGTERM)
        super().stop(graceful)
        self.crew.stop(ends - time.monotonic() if graceful else 0.0)

    def _let_go(self) -> None:
        """Close what belongs to the server: its door, and the files its workers show life with."""
        for listener in self.LISTENERS:
            listener.sock.close()
        for worker in self.WORKERS.values():
            worker.tmp.close()


def _take_name() -> None:
    """Let ``ps -o comm`` tell this process from the server's workers."""
    if hasattr(libc := ctypes.CDLL(None), "prctl"):
        libc.prctl(_PR_SET_NAME, NAME)


def _is_alive(pid: int) -> bool:
    """Whether our child *pid* runs; one that has ended is buried here, where gunicorn has not done so before."""
    try:
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        return False
