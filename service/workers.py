"""gunicorn's threaded worker with what it lacks.

Errors below HTTP are answered as problems; slow clients get a time limit instead of a thread for ever; and a
worker that is told to stop first takes in every connection the kernel has already accepted for it.
"""

from __future__ import annotations

import errno
import socket
import time
from typing import TYPE_CHECKING, Any, cast

import structlog
from gunicorn import util
from gunicorn.config import Config
from gunicorn.glogging import Logger as GunicornLogger
from gunicorn.http import errors
from gunicorn.workers.gthread import TConn, ThreadWorker
from werkzeug.http import HTTP_STATUS_CODES

from service.web.bodies import SlowClientError
from service.web.problems import (
    ExpectationFailed,
    HeadersTooLarge,
    InternalError,
    InvalidRequest,
    Problem,
    RequestTimeout,
    TransferCodingUnknown,
    UriTooLong,
)
from service.web.refusals import pick_request_id, refuse

if TYPE_CHECKING:
    from service.server import Server

_STEP_BACK = 0.002  # seconds for each request at work
_LONGEST = 0.02
_log = structlog.get_logger("ascribe")
_PROBLEMS: dict[type[Exception], type[Problem]] = {
    SlowClientError: RequestTimeout,
    errors.LimitRequestLine: UriTooLong,
    errors.LimitRequestHeaders: HeadersTooLarge,
    errors.ExpectationFailed: ExpectationFailed,
    errors.UnsupportedTransferCoding: TransferCodingUnknown,
    errors.ParseException: InvalidRequest,
}


class PatientSocket(socket.socket):
    """A blocking socket that waits for its peer until a deadline and no longer."""

    _deadline: float | None = None

    def limit(self, seconds: float) -> None:
        """Let everything that is received from now on arrive within *seconds*."""
        self._deadline = time.monotonic() + seconds

    def recv(self, *args: Any) -> bytes:  # as socket.recv
        """What has arrived.

        :raises SlowClientError: when nothing has before the deadline.
        """
        if self._deadline is None or not self.getblocking():
            return super().recv(*args)
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise SlowClientError
        self.settimeout(left)
        try:
            return super().recv(*args)
        except TimeoutError:
            raise SlowClientError from None
        finally:
            self.settimeout(None)

    def sendall(self, *args: Any) -> None:  # as socket.sendall
        """Send everything; a peer that takes nothing for half a minute counts as gone."""
        if not self.getblocking():
            return super().sendall(*args)
        self.settimeout(30)
        try:
            return super().sendall(*args)
        except TimeoutError:
            raise BrokenPipeError(errno.EPIPE, "The client takes no more.") from None
        finally:
            self.settimeout(None)


class Worker(ThreadWorker):
    """One process of the service.

    Processes share the door, and a connection kept open stays with the one that took it: eight clients would be
    three to one and five to another for good. So whoever has work lets others to the door first, and keeps no
    connection whose request comes while others are at work here.
    """

    def accept(self, listener: socket.socket) -> None:
        """Take a connection that no process with less to do has taken in the meantime."""
        if self.cfg.workers > 1:
            time.sleep(min(self._at_work() * _STEP_BACK, _LONGEST))
        super().accept(listener)

    def _at_work(self) -> int:
        """How many connections have a request that is being read or answered."""
        return max(0, self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns))

    def enqueue_req(self, conn: TConn) -> None:
        """Hand a connection to the threads, with a socket that has a deadline."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> bool:
        """Answer one request on *conn*, which must arrive in time."""
        if isinstance(conn.sock, PatientSocket):
            conn.sock.limit(cast("Server", self.app).settings.read_timeout)
        crowded = self.cfg.workers > 1 and self._at_work() > 1
        self.max_keepalived = 0 if crowded else self.worker_connections - self.cfg.threads
        return super().handle(conn)

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """Begin or cease to accept; the last time, take in what waits and close the door."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            known = -1
            while known != self.nr_conns:
                known = self.nr_conns
                self.accept(listener)
            listener.close()

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:  # noqa: ARG002 (gunicorn's signature)
        """Answer what is no proper HTTP request with a problem."""
        problem = _problem_of(exc)
        request_id = pick_request_id(None)
        told = _log.error if problem.status == InternalError.status else _log.info
        told("refused", request_id=request_id, refused=problem.code(), exc_info=exc)
        response = refuse(problem, path=getattr(req, "path", None) or "/", request_id=request_id)
        response.headers["Connection"] = "close"
        lines = [f"HTTP/1.1 {problem.status} {HTTP_STATUS_CODES[problem.status]}"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        head = "\r\n".join([*lines, "", ""])
        try:
            util.write_nonblock(client, head.encode("latin-1") + response.get_data())
        except OSError:
            _log.debug("client_gone", request_id=request_id)


def _problem_of(error: BaseException) -> Problem:
    for kind, problem in _PROBLEMS.items():
        if isinstance(error, kind):
            return problem()
    return InternalError()


class Logger(GunicornLogger):
    """gunicorn's own lines, through the service's JSON log."""

    def setup(self, cfg: Config) -> None:
        """Send what gunicorn says where everything else goes."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
