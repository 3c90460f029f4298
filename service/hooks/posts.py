"""One post to one judged address: connected to that address itself, the host's name verified, no redirect followed.

Everything together has one deadline, from connecting to the last byte of the answer, however slowly its bytes drip;
of the answer's body no more is read than a log needs.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from service.hooks.addresses import Target

_BODY = 4096  # bytes of an answer's body that are read; none is kept


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or the ``error`` that kept one from coming; ``retry_after`` in seconds."""

    status: int | None = None
    error: str | None = None
    retry_after: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the receiver has taken it."""
        return self.status is not None and 200 <= self.status < 300


class _Arriving(io.RawIOBase):
    """The bytes that come from a socket until the deadline; ``TimeoutError`` afterwards."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # any writable buffer
        self._connection.settimeout(_left(self._deadline))
        return self._connection.recv_into(buffer)


class _Timed:
    """As much of a socket as ``http.client`` uses, with one deadline for all of it."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection, self._deadline = connection, deadline

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Arriving(self._connection, self._deadline))

    def sendall(self, data: bytes) -> None:
        self._connection.settimeout(_left(self._deadline))
        self._connection.sendall(data)

    def close(self) -> None:
        self._connection.close()


def post(target: Target, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Answer:
    """What *target* answers to *body* within *seconds*; failures are answers too, told by their kind alone."""
    deadline = time.monotonic() + seconds
    try:
        with _connect(target, deadline) as connection:
            return _ask(connection, target, body, headers, deadline)
    except TimeoutError:
        return Answer(error="timeout")
    except ssl.SSLCertVerificationError:
        return Answer(error="certificate_invalid")
    except ssl.SSLError:
        return Answer(error="tls_failed")
    except http.client.HTTPException:
        return Answer(error="answer_invalid")
    except OSError:
        return Answer(error="connection_failed")


def _connect(target: Target, deadline: float) -> socket.socket:
    """A connection to the first of the target's own addresses that takes one."""
    failure: OSError = OSError("no address")
    for address in target.addresses:
        try:
            plain = socket.create_connection((address, target.port), timeout=_left(deadline))
        except TimeoutError:
            raise
        except OSError as error:
            failure = error
            continue
        if not target.secure:
            return plain
        try:
            plain.settimeout(_left(deadline))
            return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise failure


def _ask(connection: socket.socket, target: Target, body: bytes, headers: Mapping[str, str], deadline: float) -> Answer:
    client = http.client.HTTPConnection(target.host, target.port)
    client.auto_open = 0
    client.sock = _Timed(connection, deadline)
    sent = {"Host": target.authority, "Content-Length": str(len(body)), "Connection": "close", **headers}
    client.request("POST", target.path, body, sent)
    with client.getresponse() as answer:
        retry_after = answer.headers.get("Retry-After", "")
        told = Answer(answer.status, retry_after=float(retry_after) if retry_after.isdecimal() else 0.0)
        with suppress(OSError, http.client.HTTPException):  # its status has come, and that is what counts
            answer.read(_BODY)  # a receiver that is cut off while it answers logs an error of its own
        return told


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
