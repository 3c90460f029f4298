"""Bodies of requests, read with their limits held while reading, decompressed, decoded, parsed."""

from __future__ import annotations

import codecs
import json
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from flask import Request
from gunicorn.http.errors import ParseException

from service.web.problems import (
    BodyTooLarge,
    InvalidEncoding,
    InvalidJson,
    InvalidRequest,
    RequestTimeout,
    UnsupportedEncoding,
)
from service.web.turns import Deadline

_CHUNK = 1 << 16
_GZIP, _ZLIB = 31, 15  # zlib's window bits: which container to expect
_CODINGS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
CHARSETS = {
    "utf-8": "utf-8",
    "ascii": "us-ascii",
    "iso8859-1": "iso-8859-1",
    "iso8859-15": "iso-8859-15",
    "cp1252": "windows-1252",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
}


class SlowClientError(Exception):
    """A client that did not send what it announced in time; the server's sockets raise it."""


class Stream(Protocol):
    """A body to read from, as WSGI gives it."""

    def read(self, size: int, /) -> bytes:
        """At most *size* bytes; none at the end."""


def read_body(request: Request, *, limit: int, deadline: Deadline, setting: str = "MAX_BODY_BYTES") -> bytes:
    """The body of *request*, decompressed; never more than *limit* bytes (of *setting*) are held at any time.

    :raises BodyTooLarge: as soon as the limit is passed, before anything is read where the length is stated.
    :raises RequestTimeout: when it has not arrived by *deadline*.
    :raises InvalidRequest: when it ends early or its chunks are broken.
    :raises InvalidEncoding: when its content coding is broken.
    :raises UnsupportedEncoding: when its content coding is unknown.
    """
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {*_CODINGS, "identity", ""}:
        headers = {"Accept-Encoding": "gzip, deflate"}
        raise UnsupportedEncoding(f"Content-Encoding '{coding}' is not taken. Taken: gzip, deflate.", headers=headers)
    chunks = _capped(_arriving(request, limit, deadline, setting), limit, setting)
    if coding in _CODINGS:
        chunks = _capped(_decompressed(chunks, _CODINGS[coding], limit), limit, setting)
    return b"".join(chunks)


def _capped(chunks: Iterator[bytes], limit: int, setting: str) -> Iterator[bytes]:
    held = 0
    for chunk in chunks:
        held += len(chunk)
        if held > limit:
            raise BodyTooLarge(f"The body is larger than {limit} bytes ({setting}).")
        yield chunk


def _arriving(request: Request, limit: int, deadline: Deadline, setting: str) -> Iterator[bytes]:
    stream: Stream = request.environ["wsgi.input"]
    chunked = bool(request.environ.get("wsgi.input_terminated")) and request.content_length is None
    left = limit + 1 if chunked else request.content_length or 0
    if left > limit and not chunked:
        raise BodyTooLarge(f"The body has {left} bytes; at most {limit} are taken ({setting}).")
    while left > 0:
        chunk = _read_chunk(stream, min(left, _CHUNK), deadline)
        if not chunk and not chunked:
            raise InvalidRequest("The body ended before the length that Content-Length states.")
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


def _read_chunk(stream: Stream, size: int, deadline: Deadline) -> bytes:
    if not deadline.left():
        raise RequestTimeout("The body did not arrive in time (READ_TIMEOUT).")
    try:
        return stream.read(size)
    except (SlowClientError, TimeoutError):
        raise RequestTimeout("The body did not arrive in time (READ_TIMEOUT).") from None
    except (ParseException, OSError):
        raise InvalidRequest("The body could not be read to its end.") from None


def _decompressed(chunks: Iterator[bytes], window: int, limit: int) -> Iterator[bytes]:
    """The plain bytes of one or more compressed members, never more than *limit* + 1 of them at a time."""
    decoder = zlib.decompressobj(window)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if decoder.eof:
                    decoder = zlib.decompressobj(window)
                yield decoder.decompress(rest, limit + 1)
                rest = decoder.unconsumed_tail or decoder.unused_data
    except zlib.error:
        raise InvalidEncoding("The body is not what its Content-Encoding says.") from None
    if not decoder.eof:
        raise InvalidEncoding("The compressed body ends too early.")


def decode_text(body: bytes, charset: str | None) -> str:
    """*body* as text in *charset*, UTF-8 where none is stated; a byte order mark of UTF-8 stays in the text.

    :raises UnsupportedEncoding: when the charset is none of ``CHARSETS``.
    :raises InvalidEncoding: when the bytes are not text in it.
    """
    codec = _find_codec(charset or "utf-8")
    try:
        return body.decode(codec)
    except UnicodeDecodeError as error:
        raise InvalidEncoding(f"The body is not {CHARSETS[codec]} at byte {error.start}.") from None


def _find_codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip()).name
    except (LookupError, ValueError):
        name = ""
    if name not in CHARSETS:
        taken = ", ".join(CHARSETS.values())
        raise UnsupportedEncoding(f"The charset '{charset[:40]}' is not taken. Taken: {taken}.")
    return name


def parse_json(body: bytes) -> Any:  # JSON is any of seven types; the schemas look at it next
    """What the JSON text *body* says.

    :raises InvalidEncoding: when it is not UTF-8.
    :raises InvalidJson: when it is not JSON, says a name twice in an object, or nests too deep to read.
    """
    text = decode_text(body.removeprefix(codecs.BOM_UTF8), "utf-8")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidJson(f"{error.msg} at line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise InvalidJson("The JSON nests too deep.") from None
    except ValueError:
        raise InvalidJson("A number in the JSON is too long.") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InvalidJson("An object in the JSON says the same name twice.")
    return found


def _refuse_constant(name: str) -> None:
    raise InvalidJson(f"{name} is no JSON number.")
