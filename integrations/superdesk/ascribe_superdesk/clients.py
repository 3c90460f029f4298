"""One call of Ascribe's API. The key goes to the configured address alone: redirects are not followed."""

from __future__ import annotations

from typing import Any

import requests

_SENT = ("guid", "headline", "byline", "authors", "body_html", "source", "versioncreated", "firstpublished")
_CONNECT = 3.05  # seconds


class CallError(Exception):
    """What kept an answer from coming; never holds the key or words of the article."""


def extract(url: str, key: str | None, item: dict[str, Any], *, seconds: float) -> dict[str, Any]:
    """What Ascribe at *url* finds in the text of a Superdesk *item*, offsets counted as JavaScript counts.

    :raises CallError: when it cannot be reached within *seconds*, or refuses.
    """
    sent = {name: item[name] for name in _SENT if item.get(name) is not None}
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    asked = {"profile": "ninjs", "offset_unit": "utf16"}
    try:
        answer = requests.post(
            url.rstrip("/") + "/v1/extractions",
            params=asked,
            json={"body_html": "", **sent},
            headers=headers,
            timeout=(_CONNECT, seconds),
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise CallError(f"Ascribe cannot be reached: {type(error).__name__}") from None
    if answer.status_code != 200:
        raise CallError(f"Unexpected return code ({answer.status_code}) from Ascribe: {_code(answer)}")
    found: dict[str, Any] = answer.json()
    return found


def _code(answer: requests.Response) -> str:
    """The problem's stable name."""
    try:
        return str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        return "no problem document"
