"""Rate limits, by key or by address, and the headers that tell of them."""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RequestLimit

from service.settings import Settings
from service.web.counters import SharedFileStorage
from service.web.problems import RateLimited


def set_up_rates(app: Flask, settings: Settings) -> None:
    """Hold every caller of ``/v1`` to its rate, counted over all worker processes.

    Where the counters cannot be reached each worker counts in its own memory until they can.
    """
    limiter = Limiter(
        _caller,
        app=app,
        application_limits=[lambda: _rate(settings)],
        storage_uri=settings.rate_limit_storage or SharedFileStorage.uri(settings.rates_path),
        in_memory_fallback=[settings.rate_limit],
    )
    limiter.request_filter(lambda: not request.path.startswith("/v1/") or request.method == "OPTIONS")

    @app.after_request
    def tell(response: Response) -> Response:
        for limit in limiter.current_limits[:1]:
            response.headers.update(_headers(limit))
            if response.status_code == RateLimited.status:
                response.headers["Retry-After"] = str(_seconds_left(limit))
        return response


def _caller() -> str:
    return f"key:{g.key.id}" if g.key else f"address:{request.remote_addr}"


def _rate(settings: Settings) -> str:
    return (g.key.rate_limit if g.key else None) or settings.rate_limit


def _seconds_left(limit: RequestLimit) -> int:
    return max(1, limit.reset_at - int(time.time()))


def _headers(limit: RequestLimit) -> dict[str, str]:
    """The limit as the IETF draft's two structured fields, and as the three plain ones it grew out of."""
    most, window, left, reset = limit.limit.amount, limit.limit.get_expiry(), limit.remaining, _seconds_left(limit)
    return {
        "RateLimit-Policy": f'"requests";q={most};w={window}',
        "RateLimit": f'"requests";r={left};t={reset}',
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(left),
        "RateLimit-Reset": str(reset),
    }
