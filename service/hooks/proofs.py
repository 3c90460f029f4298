"""Proofs that what arrives is a content system's own, each in the form that the system publishes it.

Ghost signs its body and the time: ``X-Ghost-Signature: sha256=<hex>, t=<milliseconds>`` is the HMAC-SHA256 of body and
time together. (Releases of Ghost before 5.87.1 signed the body alone; their time proves nothing and they are refused.)
Superdesk's HTTP push signs the body: ``x-superdesk-signature: sha1=<hex>``; the newer ``sha256=`` is taken as well.
WordPress signs nothing, so it shows a token. All are compared in constant time.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable

_GHOST = re.compile(r"sha256=([0-9a-f]{64}),\s*t=([0-9]{1,16})", re.IGNORECASE | re.ASCII)
_SUPERDESK = re.compile(r"(sha1|sha256)=([0-9a-f]{40,64})", re.IGNORECASE | re.ASCII)
_DIGESTS: dict[str, Callable[..., hashlib._Hash]] = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


class ProofError(Exception):
    """What was shown proves nothing."""


class StaleError(ProofError):
    """The signature is right, and its time too far from now."""


def check_ghost(secret: str, shown: str, body: bytes, *, now: float, tolerance: float) -> None:
    """Return where *shown* is Ghost's signature of *body*, made within *tolerance* seconds of *now*.

    :raises ProofError: where it is not; a ``StaleError`` where only the time is wrong.
    """
    parts = _GHOST.fullmatch(shown.strip())
    if not parts:
        raise ProofError
    made = hmac.new(secret.encode(), body + parts[2].encode("ascii"), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(made, parts[1].lower()):
        raise ProofError
    if abs(now - int(parts[2]) / 1000) > tolerance:
        raise StaleError


def check_superdesk(secret: str, shown: str, body: bytes) -> None:
    """Return where *shown* is Superdesk's signature of *body*.

    :raises ProofError: where it is not.
    """
    parts = _SUPERDESK.fullmatch(shown.strip())
    if not parts:
        raise ProofError
    made = hmac.new(secret.encode(), body, _DIGESTS[parts[1].lower()]).hexdigest()
    if not hmac.compare_digest(made, parts[2].lower()):
        raise ProofError


def check_token(token: str, shown: str) -> None:
    """Return where *shown* is *token*.

    :raises ProofError: where it is not.
    """
    if not hmac.compare_digest(token.encode(), shown.encode("utf-8", "replace")):
        raise ProofError
