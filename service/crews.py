"""The crew: worker processes for jobs beside the server, started, watched and stopped by gunicorn's parent process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

_SOON = 5.0  # seconds before a worker that has just been started is started again


class Crew:
    """The job workers of one server."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.hands: list[subprocess.Popen[bytes]] = []
        self._started: list[float] = []

    def tend(self) -> None:
        """Start the workers that are missing; one that ends again at once only after a while."""
        now = time.monotonic()
        self.hands = [hand for hand in self.hands if hand.poll() is None]
        self._started = [at for at in self._started if now - at < _SOON]
        while len(self.hands) < self.size and len(self._started) < 2 * self.size:
            command = [sys.executable, "-m", "service", "work", "--under", str(os.getpid())]
            self.hands.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))  # noqa: S603 (our own command)
            self._started.append(now)

    def stop(self, seconds: float) -> None:
        """Tell the workers to finish what they hold and end; those that have not within *seconds* are ended."""
        self.size = 0
        for hand in self.hands:
            hand.send_signal(signal.SIGTERM)
        ends = time.monotonic() + seconds
        for hand in self.hands:
            try:
                hand.wait(max(0.0, ends - time.monotonic()))
            except subprocess.TimeoutExpired:
                hand.kill()
                hand.wait()
        self.hands = []


class CrewArbiter(Arbiter):
    """gunicorn's parent process, which tends a crew beside its own workers."""

    def __init__(self, app: BaseApplication, crew: Crew) -> None:
        self.crew = crew
        super().__init__(app)

    def manage_workers(self) -> None:
        """As gunicorn does, about every second; then the crew."""
        super().manage_workers()
        self.crew.tend()

    def stop(self, graceful: bool = True) -> None:
        """As gunicorn does; the crew finishes meanwhile."""
        for hand in self.crew.hands:
            hand.send_signal(signal.SIGTERM)
        super().stop(graceful)
        self.crew.stop(self.cfg.graceful_timeout if graceful else 0.0)
