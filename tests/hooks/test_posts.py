"""Posts to real receivers: what comes back, how long it may take, to which address and to whom it goes."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from service.hooks.addresses import Target, find_target
from service.hooks.posts import Answer, post
from tests.hooks.receivers import Behaviour, Receiver, run_receiver, status


def send(receiver: Receiver, *, host: str = "127.0.0.1", seconds: float = 60.0) -> Answer:
    """What the receiver answers, reached under the name *host*."""
    target = find_target(receiver.url("/hook?desk=7", host), allow_private=True, resolve=lambda *_: ["127.0.0.1"])
    return post(target, b'{"a": 1}', {"Content-Type": "application/json"}, seconds=seconds)


def test_the_body_goes_to_the_checked_address_under_the_hosts_own_name(receiver: Receiver) -> None:
    assert send(receiver, host="cms.example") == Answer(204)
    (got,) = receiver.received
    assert (got.path, got.body) == ("/hook?desk=7", b'{"a": 1}')
    assert got.headers["host"] == f"cms.example:{receiver.port}"
    assert got.headers["content-type"] == "application/json"


def test_a_redirect_is_an_answer_and_nothing_follows_it(receiver: Receiver) -> None:
    for code in (301, 302, 307, 308):
        receiver.answers = [status(code, Location=receiver.url("/elsewhere"))]
        assert send(receiver) == Answer(code)
    assert [got.path for got in receiver.received] == ["/hook?desk=7"] * 4


def test_how_long_to_wait_is_read_where_the_receiver_says_it(receiver: Receiver) -> None:
    receiver.answers = [status(429, Retry_After="120"), status(503, Retry_After="Sun, 22 Nov 2026 03:00:00 GMT")]
    assert send(receiver) == Answer(429, retry_after=120.0)
    assert send(receiver) == Answer(503)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Headers that never end, a byte at a time."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"z")
        time.sleep(0.05)


def silence(handler: BaseHTTPRequestHandler) -> None:
    """Nothing, until the sender has gone."""
    handler.connection.recv(1)


def flood(handler: BaseHTTPRequestHandler) -> None:
    """A body without an end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def long_headers(handler: BaseHTTPRequestHandler) -> None:
    """More headers than any answer has."""
    handler.send_response(200)
    for number in range(500):
        handler.send_header(f"X-{number}", "y" * 100)
    handler.end_headers()


def greet(handler: BaseHTTPRequestHandler) -> None:
    """The greeting of another protocol."""
    handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")


@pytest.mark.parametrize("slow", [drip, silence])
def test_everything_together_has_one_deadline(receiver: Receiver, slow: Behaviour) -> None:
    receiver.answers = [slow]
    assert send(receiver, seconds=1.0) == Answer(error="timeout")


def test_of_a_body_without_end_only_the_beginning_is_read(receiver: Receiver) -> None:
    receiver.answers = [flood]
    assert send(receiver) == Answer(200)


def test_an_answer_that_is_no_http_or_too_much_of_it_is_a_failure(receiver: Receiver) -> None:
    receiver.answers = [long_headers, greet]
    assert send(receiver) == Answer(error="answer_invalid")
    assert send(receiver) == Answer(error="answer_invalid")


def test_nobody_there_is_a_failure() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        target = Target("cms.example", held.getsockname()[1], False, "/", ("127.0.0.1",))
        assert post(target, b"{}", {}, seconds=60) == Answer(error="connection_failed")


def test_the_next_address_is_tried_where_one_takes_no_connection(receiver: Receiver) -> None:
    target = Target("cms.example", receiver.port, False, "/", ("127.0.0.9", "127.0.0.1"))
    assert post(target, b"{}", {}, seconds=60).status == 204


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for ``cms.example`` and its key, which this machine trusts for the length of the test."""
    path = tmp_path / "certificate.pem"
    made = tmp_path / "key.pem", tmp_path / "public.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", "/CN=cms.example", "-addext", "subjectAltName=DNS:cms.example"]
    subprocess.run([*command, *names, "-keyout", made[0], "-out", made[1]], check=True, capture_output=True)
    path.write_text(made[0].read_text() + made[1].read_text(), encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(made[1]))
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[Receiver]:
    """A receiver with that certificate."""
    with run_receiver(certificate) as running:
        yield running


def test_tls_verifies_the_name_though_the_connection_goes_to_an_address(secure: Receiver) -> None:
    assert send(secure, host="cms.example") == Answer(204)
    assert send(secure, host="other.example") == Answer(error="certificate_invalid")
    assert len(secure.received) == 1


def test_a_certificate_nobody_trusts_is_refused(secure: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert send(secure, host="cms.example") == Answer(error="certificate_invalid")
    assert secure.received == []


def test_a_receiver_without_tls_gets_nothing_that_is_for_one_with_it(receiver: Receiver) -> None:
    target = Target("cms.example", receiver.port, True, "/", ("127.0.0.1",))
    assert post(target, b"{}", {}, seconds=60) == Answer(error="tls_failed")
    assert receiver.received == []


def test_a_handshake_that_never_ends_meets_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = Target("cms.example", server.getsockname()[1], True, "/", ("127.0.0.1",))
        held: list[socket.socket] = []
        thread = threading.Thread(target=lambda: held.append(server.accept()[0]))
        thread.start()
        assert post(target, b"{}", {}, seconds=1.0) == Answer(error="timeout")
        thread.join()
        held[0].close()
