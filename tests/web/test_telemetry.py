"""Traces as a collector receives them, and log lines as they are written."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service.app import create_app
from service.extract.stages import STAGES
from service.settings import Settings
from service.telemetry.logs import set_up_logging
from service.telemetry.traces import Tracer

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Span]]:
    """The spans that a collector on the loopback has received."""
    received: list[Span] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["Content-Length"])))
            received.extend(span for r in sent.resource_spans for s in r.scope_spans for span in s.spans)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    collector = HTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=collector.serve_forever)
    thread.start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{collector.server_port}")
    yield received
    collector.shutdown()
    thread.join()
    collector.server_close()


def test_a_request_is_a_span_in_its_callers_trace_with_one_for_each_stage(
    settings: Settings, analyzer: Analyzer, spans: list[Span]
) -> None:
    app = create_app(replace(settings, otel_traces=True), analyzer)
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    sent = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    answer = app.test_client().post("/v1/extractions", json={"text": "Xylocopa will hold."}, headers=sent)
    assert answer.status_code == 200
    app.extensions["desk"].tracer.flush()
    assert [span.name for span in spans] == ["receive", "wait", *STAGES, "analyze", "render", "POST"]
    assert {span.trace_id.hex() for span in spans} == {trace}
    assert "Xylocopa" not in str(spans)


def test_the_spans_of_an_analysis_lie_within_it_and_each_stage_has_its_histogram(
    settings: Settings, analyzer: Analyzer
) -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    app = create_app(settings, analyzer)
    app.extensions["desk"] = desk = replace(app.extensions["desk"], tracer=Tracer(provider))
    assert app.test_client().post("/v1/extractions", json={"text": "Xylocopa will hold."}).status_code == 200
    spans = {span.name: span for span in kept.get_finished_spans()}
    above = {name: span.parent.span_id for name, span in spans.items() if span.parent}
    assert {above[name] for name in ("receive", "wait", "analyze", "render")} == {spans["POST"].context.span_id}
    assert {above[name] for name in STAGES} == {spans["analyze"].context.span_id}
    begun = [spans[name].start_time or 0 for name in STAGES]
    assert begun == sorted(begun)
    told = desk.metrics.write().decode()
    for name in spans.keys() - {"POST"}:
        assert f'ascribe_stage_seconds_count{{stage="{name}"}} 1.0' in told


def test_an_exception_is_logged_by_its_type_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    kept = root.handlers[:], root.level
    set_up_logging("info")
    try:
        try:
            raise ValueError("words of an article")
        except ValueError:
            structlog.get_logger().exception("failed", request_id="desk-7")
            logging.getLogger("gunicorn.error").exception("worker failed")
        first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    finally:
        root.handlers[:], root.level = kept
        structlog.reset_defaults()
    assert (first["event"], first["exception"], first["request_id"]) == ("failed", "ValueError", "desk-7")
    assert first["at"][-1].endswith("test_an_exception_is_logged_by_its_type_and_place")
    assert second["exception"] == "ValueError"
    assert "words of an article" not in str(first) + str(second)
