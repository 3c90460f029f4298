"""Signatures of what is sent, after Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
_BYTES = 32
_LEAST, _MOST = 24, 64  # bytes of a secret, as the standard has it


def make_secret() -> str:
    """A new secret: 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode("ascii")


def is_secret(words: str) -> bool:
    """Whether *words* are a secret that both sides can sign with: ``whsec_`` and 24 to 64 bytes in base64.

    >>> is_secret(make_secret()), is_secret("whsec_c2hvcnQ="), is_secret("secret")
    (True, False, False)
    """
    if not words.startswith(PREFIX):
        return False
    try:
        return _LEAST <= len(base64.b64decode(words.removeprefix(PREFIX), validate=True)) <= _MOST
    except (binascii.Error, ValueError):
        return False


def sign(secret: str, identity: str, body: bytes, now: float) -> Mapping[str, str]:
    """The headers that prove *body*, sent as *identity* at *now* (seconds since 1970), to whoever has *secret*."""
    at = datetime.fromtimestamp(int(now), UTC)
    signature = Webhook(secret).sign(identity, at, body.decode("utf-8"))
    return {"webhook-id": identity, "webhook-timestamp": str(int(now)), "webhook-signature": signature}
