"""Requests that a service meets sooner or later, byte for byte, and the answer each must get.

Written after RFC 9110, 9112 and 8259, the request-smuggling literature (CL.TE, TE.CL, TE.TE), and what
scanners send. A status of 0 stands for a connection that is closed without an answer, which is right
only where nothing that could be answered ever arrived.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass

PATH = b"/v1/extractions"
OK = b'{"text": "The dam will hold."}'


@dataclass(frozen=True, slots=True)
class BadInput:
    """One exchange: what is sent, with pauses between the parts, and the statuses that are right."""

    name: str
    parts: tuple[bytes, ...]
    statuses: tuple[int, ...]
    code: str | None = None
    pause: float = 0.0


def request(
    body: bytes = b"", *headers: bytes, method: bytes = b"POST", path: bytes = PATH, version: bytes = b"HTTP/1.1",
    kind: bytes | None = b"application/json", length: bytes | None = None, host: bytes | None = b"Host: localhost",
) -> bytes:  # fmt: skip
    """A raw request, wrong only where it is told to be."""
    lines = [b" ".join((method, path, version)), b"Connection: close"]
    lines += [host] if host else []
    lines += [b"Content-Type: " + kind] if kind else []
    if length != b"none":
        lines.append(b"Content-Length: " + (length or str(len(body)).encode()))
    return b"\r\n".join([*lines, *headers, b"", b""]) + body


def chunked(
    *chunks: bytes, end: bytes = b"0\r\n\r\n", headers: tuple[bytes, ...] = (b"Transfer-Encoding: chunked",)
) -> bytes:
    """A raw request whose body comes in *chunks*."""
    body = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end
    return request(b"", *headers, length=b"none") + body


def said(name: str, body: bytes, status: int, code: str | None = None, kind: bytes = b"application/json") -> BadInput:
    """A well-formed request with a strange body."""
    return BadInput(name, (request(body, kind=kind),), (status,), code)


JSON_BODIES = [
    said("nothing", b"", 400, "invalid_json"),
    said("blank", b"   \n", 400, "invalid_json"),
    said("half an object", b'{"text": "a"', 400, "invalid_json"),
    said("two objects", OK + OK, 400, "invalid_json"),
    said("trailing comma", b'{"text": "a",}', 400, "invalid_json"),
    said("single quotes", b"{'text': 'a'}", 400, "invalid_json"),
    said("a comment", b'{"text": "a" /* b */}', 400, "invalid_json"),
    said("not a number", b'{"text": NaN}', 400, "invalid_json"),
    said("infinity", b'{"text": -Infinity}', 400, "invalid_json"),
    said("a number of 100,000 digits", b'{"text": ' + b"9" * 100_000 + b"}", 400, "invalid_json"),
    said("a number beyond floats", b'{"text": 1e999}', 422, "validation_failed"),
    said("100,000 brackets", b"[" * 100_000, 400, "invalid_json"),
    said("900 brackets, closed", b'{"text":' + b"[" * 900 + b"]" * 900 + b"}", 422, "validation_failed"),
    said("100,000 braces", b'{"a":' * 100_000, 400, "invalid_json"),
    said("a raw control character", b'{"text": "a\x01b"}', 400, "invalid_json"),
    said("a raw NUL", b'{"text": "a\x00b"}', 400, "invalid_json"),
    said("an escaped NUL", b'{"text": "a\\u0000b"}', 200),
    said("a lone high surrogate", b'{"text": "a\\ud83cb"}', 422, "validation_failed"),
    said("a lone low surrogate", b'{"text": "\\udf0a"}', 422, "validation_failed"),
    said("surrogates the wrong way round", b'{"text": "\\udf0a\\ud83c"}', 422, "validation_failed"),
    said("a surrogate as a name", b'{"text": "a", "\\ud800": 1}', 422, "validation_failed"),
    said("a surrogate in UTF-8", b'{"text": "\xed\xa0\x80"}', 400, "invalid_encoding"),
    said("overlong UTF-8", b'{"text": "\xc0\xaf"}', 400, "invalid_encoding"),
    said("latin-1", b'{"text": "caf\xe9"}', 400, "invalid_encoding"),
    said("a UTF-8 byte order mark", b"\xef\xbb\xbf" + OK, 200),
    said("UTF-16 with its mark", OK.decode().encode("utf-16"), 400, "invalid_encoding"),
    said("UTF-32", OK.decode().encode("utf-32-le"), 400, "invalid_json"),
    said("a name twice", b'{"text": "a", "text": "b"}', 400, "invalid_json"),
    said("a string", b'"text"', 422, "validation_failed"),
    said("null", b"null", 422, "validation_failed"),
    said("an array of articles", b"[" + OK + b"]", 422, "validation_failed"),
    said("a text that is a number", b'{"text": 4}', 422, "validation_failed"),
    said("a text that is an object", b'{"text": {"$ne": null}}', 422, "validation_failed"),
    said("an unknown field", b'{"text": "a", "__proto__": {"x": 1}}', 422, "validation_failed"),
    said("10,000 unknown fields", b'{"text": "a"' + b"".join(b', "f%d": 1' % n for n in range(10_000)) + b"}", 422),
    said("a field of every wrong type", b'{"text": [], "format": {}, "url": 1, "title": false}', 422),
    said("a template", b'{"text": "{{7*7}} ${7*7} <%= 7*7 %> %s%n"}', 200),
    said("markup", b'{"text": "<script>alert(1)</script>", "format": "html"}', 200),
    said("markup that never ends", b'{"text": "' + b"<div>" * 30_000 + b'", "format": "html"}', 200),
    said("marks that never end", b'{"text": "' + b"*_`[" * 20_000 + b'", "format": "markdown"}', 200),
    said("quotation marks alone", b'{"text": "' + b"\xe2\x80\x9c" * 50_000 + b'"}', 200),
    said("full stops alone", b'{"text": "' + b". " * 50_000 + b'"}', 200),
    said("digits alone", b'{"text": "' + b"1" * 100_000 + b'"}', 200),
    said("one word of 199,999 letters", b'{"text": "' + b"a" * 199_999 + b'"}', 200),
    said("200,001 letters", b'{"text": "' + b"a" * 200_001 + b'"}', 413, "article_too_long"),
    said("200,001 escaped letters", b'{"text": "' + b"\\u0061" * 174_000 + b"a" * 26_001 + b'"}', 413),
]

TEXT_BODIES = [
    said("no text", b"", 200, kind=b"text/plain"),
    said("NULs", b"\0" * 1000, 200, kind=b"text/plain"),
    said("bytes that are no text", bytes(range(256)), 400, "invalid_encoding", kind=b"text/plain"),
    said("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", 400, "invalid_encoding", kind=b"text/plain"),
    said("bytes that latin-1 takes", bytes(range(256)), 200, kind=b"text/plain; charset=iso-8859-1"),
    said("half a UTF-16 unit", b"a\0b", 400, "invalid_encoding", kind=b"text/plain; charset=utf-16le"),
    said("an unknown charset", b"a", 415, "unsupported_encoding", kind=b"text/plain; charset=klingon"),
    said("a codec that is no charset", b"a", 415, "unsupported_encoding", kind=b"text/plain; charset=zlib"),
    said("a charset with a NUL", b"a", 400, kind=b"text/plain; charset=utf\0-8"),
    said("a charset of 1,000 letters", b"a", 415, "unsupported_encoding", kind=b"text/plain; charset=" + b"x" * 1000),
    said("JSON in UTF-16", OK, 415, "unsupported_encoding", kind=b"application/json; charset=utf-16"),
    said("a form", b"text=a", 415, "unsupported_media_type", kind=b"application/x-www-form-urlencoded"),
    said("an upload", b"--x--", 415, "unsupported_media_type", kind=b"multipart/form-data; boundary=x"),
    said(
        "XML with an entity", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", 415, "unsupported_media_type", kind=b"application/xml"
    ),
    said("a pickle", b"\x80\x04.", 415, "unsupported_media_type", kind=b"application/x-pickle"),
    said("no media type at all", b"a", 415, "unsupported_media_type", kind=b";;;"),
    BadInput("no Content-Type", (request(OK, kind=None),), (415,), "unsupported_media_type"),
]

GZIP = b"Content-Encoding: gzip"
BOMB = gzip.compress(b"a" * (1 << 27))

CODINGS = [
    BadInput("a gzip bomb of 128 MiB", (request(BOMB, GZIP, kind=b"text/plain"),), (413,), "body_too_large"),
    BadInput("a gzip bomb within a bomb", (request(gzip.compress(BOMB), GZIP, kind=b"text/plain"),), (400,)),
    BadInput("no gzip", (request(OK, GZIP),), (400,), "invalid_encoding"),
    BadInput("half a gzip", (request(gzip.compress(OK)[:-9], GZIP),), (400,), "invalid_encoding"),
    BadInput(
        "a gzip with a wrong sum", (request(gzip.compress(OK)[:-8] + b"\0" * 8, GZIP),), (400,), "invalid_encoding"
    ),
    BadInput("zlib called gzip", (request(zlib.compress(OK), GZIP),), (400,), "invalid_encoding"),
    BadInput("an unknown coding", (request(OK, b"Content-Encoding: br"),), (415,), "unsupported_encoding"),
    BadInput("gzip twice", (request(OK, b"Content-Encoding: gzip, gzip"),), (415,), "unsupported_encoding"),
]

LENGTHS = [
    BadInput("2 MiB announced", (request(b"a", length=b"2097152"),), (413,), "body_too_large"),
    BadInput("2^64 announced", (request(b"a", length=b"18446744073709551616"),), (413, 400)),
    BadInput("a negative length", (request(OK, length=b"-1"),), (400,), "invalid_request"),
    BadInput("a length in words", (request(OK, length=b"thirty"),), (400,), "invalid_request"),
    BadInput("a length with a plus", (request(OK, length=b"+30"),), (400,), "invalid_request"),
    BadInput("two lengths", (request(OK, b"Content-Length: 5"),), (400,), "invalid_request"),
    BadInput("a body shorter than its length", (request(OK, length=b"99"),), (400,), "invalid_request"),
    BadInput("no length", (request(OK, length=b"none"),), (400,), "invalid_json"),
    BadInput("2 MiB in chunks", (chunked(*[b"a" * 65536] * 32),), (413,), "body_too_large"),
    BadInput("many tiny chunks", (chunked(*[b'{"text": "'], *[b"a"] * 5000, b'"}'),), (200,)),
    BadInput("a chunk of no known size", (chunked(OK, end=b"xyz\r\n"),), (400,), "invalid_request"),
    BadInput("a chunk shorter than its size", (chunked(end=b"ff\r\nabc"),), (400,), "invalid_request"),
    BadInput("a chunk of negative size", (chunked(end=b"-1\r\nabc\r\n0\r\n\r\n"),), (400,), "invalid_request"),
    BadInput("a chunk of 2^70 bytes", (chunked(end=b"400000000000000000\r\nabc"),), (400, 413)),
    BadInput("no last chunk", (chunked(OK, end=b""),), (400,), "invalid_request"),
]

SMUGGLED = [
    BadInput(
        "a length and chunks", (chunked(OK, headers=(b"Transfer-Encoding: chunked", b"Content-Length: 4")),), (400,)
    ),
    BadInput("chunked twice", (chunked(OK, headers=(b"Transfer-Encoding: chunked, chunked",)),), (400, 501)),
    BadInput("chunked with a vertical tab", (chunked(OK, headers=(b"Transfer-Encoding: \x0bchunked",)),), (400, 501)),
    BadInput("an unknown transfer coding", (chunked(OK, headers=(b"Transfer-Encoding: cow",)),), (400, 501)),
    BadInput("chunked by a name with a blank", (chunked(OK, headers=(b"Transfer-Encoding : chunked",)),), (400,)),
    BadInput("a folded header", (request(OK, b"X-A: b\r\n c"),), (400,)),
    BadInput("a header without a name", (request(OK, b": b"),), (400,)),
    BadInput("a header without a colon", (request(OK, b"nonsense"),), (400,)),
    BadInput("a header with a NUL", (request(OK, b"X-A: b\0c"),), (400,)),
    BadInput("a bare line feed in a header", (request(OK, b"X-A: b\nContent-Length: 1"),), (400,)),
    BadInput("a header of 100,000 letters", (request(OK, b"X-A: " + b"a" * 100_000),), (431,), "headers_too_large"),
    BadInput("1,000 headers", (request(OK, *[b"X-%d: a" % n for n in range(1000)]),), (431,), "headers_too_large"),
    BadInput("a request id with a line end", (request(OK, b"X-Request-ID: a%0d%0aSet-Cookie: b"),), (200,)),
    BadInput("two hosts", (request(OK, b"Host: elsewhere"),), (200, 400)),
    BadInput("an impossible expectation", (request(OK, b"Expect: the-moon"),), (417,), "expectation_failed"),
    BadInput("an upgrade", (request(OK, b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABkAAQAAP__"),), (200,)),
]

LINES = [
    BadInput("an unknown method", (request(method=b"BREW", path=b"/healthz"),), (405,), "method_not_allowed"),
    BadInput("a method in lower case", (request(OK, method=b"post"),), (400, 405)),
    BadInput("CONNECT", (request(method=b"CONNECT", path=b"example.org:443"),), (400, 404, 405)),
    BadInput("TRACE", (request(method=b"TRACE"),), (405,), "method_not_allowed"),
    BadInput("an address of 20,000 letters", (request(path=b"/" + b"a" * 20_000),), (414,), "uri_too_long"),
    BadInput("a query of 5,000 letters", (request(OK, path=PATH + b"?title=" + b"a" * 5000),), (200,)),
    BadInput("an absolute address", (request(OK, path=b"http://elsewhere" + PATH),), (200,)),
    BadInput("a NUL in the address", (request(method=b"GET", path=b"/docs/%00"),), (404,), "not_found"),
    BadInput("a way up", (request(method=b"GET", path=b"/docs/../../../etc/passwd"),), (404,), "not_found"),
    BadInput("an escaped way up", (request(method=b"GET", path=b"/docs/..%2f..%2fapp.py"),), (404,), "not_found"),
    BadInput("a way up escaped twice", (request(method=b"GET", path=b"/docs/%252e%252e/app.py"),), (404,), "not_found"),
    BadInput("backslashes", (request(method=b"GET", path=b"/docs/..\\..\\app.py"),), (404,), "not_found"),
    BadInput("an escape that is none", (request(method=b"GET", path=b"/%zz"),), (404,), "not_found"),
    BadInput("an address that is no text", (request(method=b"GET", path=b"/%ff%fe"),), (404,), "not_found"),
    BadInput("a query that is no text", (request(OK, path=PATH + b"?title=%ff"),), (200,)),
    BadInput("a query of equals signs", (request(OK, path=PATH + b"?====&&&"),), (422,), "validation_failed"),
    BadInput("HTTP/0.9", (b"GET /healthz\r\n\r\n",), (400,), "invalid_request"),
    BadInput("HTTP/9.9", (request(method=b"GET", path=b"/healthz", version=b"HTTP/9.9"),), (400,), "invalid_request"),
    BadInput("HTTP/2 out of the blue", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), (400,), "invalid_request"),
    BadInput("TLS to a plain port", (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 300,), (400, 408, 0)),
    BadInput("noise", (bytes(range(255, 0, -1)) * 40 + b"\r\n\r\n",), (400, 414)),
    BadInput("a line end alone", (b"\r\n\r\n",), (400, 408, 0)),
    BadInput("nothing at all", (b"",), (0,)),
]

SLOW = [
    BadInput(
        "a head that stops", (b"POST /v1/extractions HTTP/1.1\r\nHost: a\r\n", b"X-A: "), (408,), "request_timeout", 3
    ),
    BadInput("a head in drops", tuple(bytes([c]) for c in b"POST /v1/ext"), (408,), "request_timeout", 0.3),
    BadInput("a body that stops", (request(OK[:5], length=b"99"), b" "), (408,), "request_timeout", 3),
    BadInput("a body in drops", (request(length=b"99"), *[b" "] * 9), (408,), "request_timeout", 0.4),
    BadInput("chunks that stop", (chunked(OK[:5], end=b""), b" "), (408,), "request_timeout", 3),
]

BAD_INPUTS = [*JSON_BODIES, *TEXT_BODIES, *CODINGS, *LENGTHS, *SMUGGLED, *LINES, *SLOW]
