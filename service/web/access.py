"""Who may ask: callers with a key, or while there is none those on the same machine."""

from __future__ import annotations

import sqlite3
from ipaddress import ip_address

from flask import Request

from service.settings import Settings
from service.web.keys import Key, Keys
from service.web.problems import KeyInvalid, KeyRequired, LoopbackOnly, NotReady

_GUARDED = "/v1/"
_ALWAYS = ("/healthz", "/readyz")
_SIGNED = "/v1/inbound/"  # what is pushed there proves itself, since a content system can show no key
_CHALLENGE = 'Bearer realm="ascribe"'


def check_access(request: Request, settings: Settings, keys: Keys) -> Key | None:
    """The key that *request* shows, ``None`` where none is needed.

    :raises LoopbackOnly: when there is no key and the caller is on another machine.
    :raises KeyRequired: when one is needed and none is shown.
    :raises KeyInvalid: when the one shown opens nothing.
    :raises NotReady: when the keys cannot be read.
    """
    if request.path in _ALWAYS:
        return None
    if not keys.configured():
        if not settings.allow_open and not _is_local(request):
            raise LoopbackOnly
        return None
    if not request.path.startswith(_GUARDED) or request.path.startswith(_SIGNED) or _is_preflight(request):
        return None
    return _find_key(request, keys)


def _find_key(request: Request, keys: Keys) -> Key:
    shown = _shown_key(request)
    if not shown:
        raise KeyRequired(headers={"WWW-Authenticate": _CHALLENGE})
    try:
        key = keys.find(shown)
    except sqlite3.Error:
        raise NotReady("The keys cannot be read.", headers={"Retry-After": "5"}) from None
    if key is None:
        raise KeyInvalid(headers={"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
    return key


def _shown_key(request: Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    return request.headers.get("X-API-Key", "").strip()


def _is_preflight(request: Request) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def _is_local(request: Request) -> bool:
    """Whether the caller is on this machine and not somebody behind a proxy on this machine."""
    if "Forwarded" in request.headers or "X-Forwarded-For" in request.headers:
        return False
    return is_loopback(request.remote_addr or "")


def is_loopback(host: str) -> bool:
    """Whether the address or name *host* is the loopback; an empty one, of a Unix socket, is."""
    try:
        return host in {"", "localhost"} or ip_address(host).is_loopback
    except ValueError:
        return False
