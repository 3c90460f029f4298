"""Traces: a span for each request and one for each of its stages, where the extra ``otel`` is there and asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span


class Tracer:
    """Opens spans; with no provider it opens none and costs nothing."""

    def __init__(self, provider: TracerProvider | None = None) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("ascribe") if provider else None

    @contextmanager
    def request(self, method: str, headers: Mapping[str, str]) -> Iterator[Span | None]:
        """A span for one request, part of the caller's trace where *headers* name one."""
        if self._tracer is None:
            yield None
            return
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind

        carrier = {name.lower(): value for name, value in headers.items()}
        attributes = {"http.request.method": method}
        with self._tracer.start_as_current_span(
            method, extract(carrier), SpanKind.SERVER, attributes, record_exception=False
        ) as span:
            yield span

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A span for one stage; an exception in it is told by its type alone, since its words may be an article's."""
        if self._tracer is None:
            yield
            return
        with self._tracer.start_as_current_span(name, record_exception=False, set_status_on_exception=False):
            yield

    def flush(self) -> None:
        """Send what has not been sent yet."""
        if self._provider:
            self._provider.force_flush()


def make_tracer() -> Tracer:
    """A tracer that sends by OTLP over HTTP, as the standard ``OTEL_*`` variables say.

    Called once a worker process, after the fork: the sender is a thread.
    """
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "ascribe"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Tracer(provider)
