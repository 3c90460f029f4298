"""What OpenAPI cannot say, told to schemathesis: seven kinds of requests that its description does not decide."""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis import Case, HookContext, SerializationContext

LINES = ("application/x-ndjson", "application/jsonl")


@schemathesis.serializer(*LINES)
def write_lines(_context: SerializationContext, value: object) -> bytes:
    """*value* as it stands: a description knows nothing of lines."""
    return str(value).encode("utf-8", "replace")


@schemathesis.hook
def filter_case(_context: HookContext, case: Case) -> bool:
    """Whether the description alone says how *case* must be answered."""
    if (case.media_type or "").startswith("text/"):
        return isinstance(case.body, str)  # any other value is sent as text too, and any text is an article
    if "Idempotency-Key" in (case.headers or {}):
        return False  # whether the same was sent under it before is no matter of the description
    if len(f"{case.query}{case.path_parameters}") > 1000:
        return False  # percent-encoded it may be longer than any address may be
    if names_url(case):
        return False
    if case.media_type in LINES:
        return isinstance(case.body, str) and bool(case.body.strip())  # any line is an item, faulty or not
    if case.operation.path == "/v1/corrections" and isinstance(case.body, dict):
        return not is_at_odds(case.body)
    return "profile" not in (case.query or {})  # it makes the body one of another schema


def names_url(case: Case) -> bool:
    """Whether *case* names a URL that webhooks are to go to: which may be reached is for the network to say."""
    told = case.body.get("callback_url") if isinstance(case.body, dict) else None
    registers = case.operation.path == "/v1/webhooks" and isinstance(case.body, dict) and "url" in case.body
    return registers or told is not None or "callback_url" in (case.query or {})


def is_at_odds(body: dict[str, Any]) -> bool:
    """Whether members of a correction that are right each by itself may be wrong together."""
    pairs = ((body.get("start"), body.get("end")), (body.get("value"), body.get("upper")))
    numbers = [(one, other) for one, other in pairs if isinstance(one, int | float) and isinstance(other, int | float)]
    return "text" in body or any(one >= other for one, other in numbers) or bool(body.get("also"))
