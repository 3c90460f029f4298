"""Headers that every response gets: request id, security, timing, and CORS for the origins that are listed."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Request, Response

_EVERY: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_EXPOSED = "X-Request-ID, Link, Location, Retry-After, RateLimit, RateLimit-Policy, Server-Timing"
_WANTED = "Authorization, X-API-Key, Content-Type, Content-Encoding, Idempotency-Key, X-Request-ID"


def add_headers(response: Response, *, request_id: str, timing: str) -> None:
    """Give *response* what every response has; what a view set stays."""
    for name, value in _EVERY.items():
        response.headers.setdefault(name, value)
    page = response.mimetype == "text/html"
    response.headers.setdefault("Content-Security-Policy", _PAGE_POLICY if page else _POLICY)
    if "Allow" in response.headers:
        response.headers["Allow"] = ", ".join(sorted(response.allow))
    response.headers["X-Request-ID"] = request_id
    if timing:
        response.headers["Server-Timing"] = timing


def add_cors(response: Response, request: Request, origins: tuple[str, ...]) -> None:
    """Let the page that sent *request* read *response* where its origin is one of *origins*."""
    if not origins:
        return
    response.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if origin not in origins:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET, POST")
        response.headers["Access-Control-Allow-Headers"] = _WANTED
        response.headers["Access-Control-Max-Age"] = "600"
