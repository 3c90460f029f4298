"""Signatures of what is sent, after Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
_BYTES = 32


def make_secret() -> str:
    """A new secret: 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode("ascii")


def sign(secret: str, identity: str, body: bytes, now: float) -> Mapping[str, str]:
    """The headers that prove *body*, sent as *identity* at *now* (seconds since 1970), to whoever has *secret*."""
    at = datetime.fromtimestamp(int(now), UTC)
    signature = Webhook(secret).sign(identity, at, body.decode("utf-8"))
    return {"webhook-id": identity, "webhook-timestamp": str(int(now)), "webhook-signature": signature}
