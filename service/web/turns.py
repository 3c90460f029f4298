"""Turns at the model: one request computes, a bounded number waits in order, the rest is refused.

A worker process computes one article at a time: torch already uses every thread it was given, so
two at once would only make both slower.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Condition

from service.web.problems import DeadlineExceeded, QueueFull

_WEIGHT = 0.2  # of the newest turn in the running mean of how long turns take


class Deadline:
    """A point in time by which something must have begun."""

    __slots__ = ("at",)

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until the deadline, 0 when it has passed."""
        return max(0.0, self.at - time.monotonic())


class Turns:
    """A first-come queue of at most *waiting* requests in front of the model."""

    def __init__(self, waiting: int) -> None:
        self._waiting = waiting
        self._queue: deque[object] = deque()
        self._changed = Condition()
        self._mean = 0.1  # seconds

    def __len__(self) -> int:
        """How many requests wait or compute."""
        return len(self._queue)

    def retry_after(self) -> dict[str, str]:
        """The header that tells a refused caller when the queue should have emptied, in seconds."""
        return {"Retry-After": str(max(1, math.ceil(self._mean * len(self._queue))))}

    @contextmanager
    def take(self, deadline: Deadline) -> Iterator[None]:
        """Wait for one's turn and hold it.

        :raises QueueFull: when as many requests wait as may.
        :raises DeadlineExceeded: when the turn does not come before *deadline*.
        """
        ticket = self._join()
        try:
            self._wait(ticket, deadline)
            began = time.monotonic()
            yield
            self._mean += _WEIGHT * (time.monotonic() - began - self._mean)
        finally:
            with self._changed:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def check(self) -> None:
        """Refuse early, before a body is read for nothing.

        :raises QueueFull: when as many requests wait as may.
        """
        if len(self._queue) > self._waiting:
            raise QueueFull(f"{self._waiting} requests wait already.", headers=self.retry_after())

    def _join(self) -> object:
        with self._changed:
            self.check()
            ticket = object()
            self._queue.append(ticket)
            return ticket

    def _wait(self, ticket: object, deadline: Deadline) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._queue[0] is ticket, deadline.left())
            if self._queue[0] is not ticket or not deadline.left():
                raise DeadlineExceeded(headers=self.retry_after())


@dataclass(frozen=True, slots=True)
class Watch:
    """Watches one analysis: *time* times its stages, and it ends at the first check after *deadline*.

    It is the ``Stages`` that ``service.extract.stages`` speaks of.
    """

    time: Callable[[str], AbstractContextManager[None]]
    deadline: Deadline
    turns: Turns

    def stage(self, name: str) -> AbstractContextManager[None]:
        """Stage *name*, timed.

        :raises DeadlineExceeded: when the deadline has passed.
        """
        self.check()
        return self.time(name)

    def check(self) -> None:
        """Nothing, in time.

        :raises DeadlineExceeded: when the deadline has passed.
        """
        if not self.deadline.left():
            raise DeadlineExceeded("The article was not read in time.", headers=self.turns.retry_after())
