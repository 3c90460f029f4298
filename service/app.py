"""The application: wires the rooms together, nothing else."""

from __future__ import annotations

import time
from contextlib import ExitStack

import structlog
from flask import Flask, Response, g, request
from werkzeug.wrappers import Response as WerkzeugResponse

from service.edits.stores import EditStore
from service.jobs.offices import open_office
from service.settings import Settings
from service.telemetry.metrics import Stopwatch
from service.telemetry.traces import Tracer, make_tracer
from service.web.access import check_access
from service.web.analyzers import Analyzer
from service.web.apis import Api, set_up_api
from service.web.desks import Desk, current_desk, current_watch
from service.web.headers import add_cors, add_headers
from service.web.keys import Keys
from service.web.rates import set_up_rates
from service.web.refusals import pick_request_id, problem_of, refuse
from service.web.turns import Turns
from service.web.views import batches  # noqa: F401 (adds its operation to the extractions)
from service.web.views.corrections import corrections
from service.web.views.documents import documents, write_yaml
from service.web.views.extractions import extractions
from service.web.views.inbound import inbound
from service.web.views.jobs import jobs
from service.web.views.pages import pages
from service.web.views.states import health, models
from service.web.views.webhooks import webhooks

_log = structlog.get_logger("ascribe")


def create_app(settings: Settings, analyzer: Analyzer) -> Flask:
    """The WSGI application that answers with *analyzer* as *settings* say."""
    app = Flask("service.web", static_folder=None)
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of Flask's default provider
    tracer = make_tracer() if settings.otel_traces else Tracer()
    turns = Turns(settings.queue_size)
    office = open_office(settings)
    keys, edits = Keys(settings.keys_path), EditStore(office.engine)
    app.extensions["desk"] = Desk(settings, analyzer, keys, turns, office, edits, tracer=tracer)
    app.before_request(_begin)
    set_up_rates(app, settings)
    app.after_request(_finish)
    app.teardown_request(_close)
    app.register_error_handler(Exception, _answer_error)
    _add_views(app)
    return app


def write_openapi() -> str:
    """The API description as YAML; it follows from the code alone and reads no model."""
    return write_yaml(_add_views(Flask("service.web", static_folder=None)).spec.to_dict())


def _add_views(app: Flask) -> Api:
    api = set_up_api(app)
    app.extensions["api"] = api
    for blueprint in (extractions, jobs, corrections, webhooks, inbound, models, health):
        api.register_blueprint(blueprint)
    app.register_blueprint(documents)
    app.register_blueprint(pages)
    return api


def _begin() -> None:
    desk = current_desk()
    g.began = time.perf_counter()
    g.request_id = pick_request_id(request.headers.get("X-Request-ID"))
    g.watch = Stopwatch(desk.metrics, desk.tracer)
    g.opened = ExitStack()
    g.span = g.opened.enter_context(desk.tracer.request(_method(), dict(request.headers)))
    g.key = None
    g.key = check_access(request, desk.settings, desk.keys)


def _answer_error(error: Exception) -> WerkzeugResponse:
    problem = problem_of(error)
    if problem.status >= 500 and problem is not error:
        _log.error("failed", request_id=g.request_id, exc_info=error)
    current_desk().metrics.refusals.labels(problem.code()).inc()
    g.refused = problem.code()
    response = refuse(problem, path=request.path, request_id=g.request_id)
    return Response(response.get_data(), response.status_code, response.headers)


def _finish(response: Response) -> Response:
    desk = current_desk()
    watch = current_watch()
    add_headers(response, request_id=g.request_id, timing=watch.server_timing())
    add_cors(response, request, desk.settings.cors_origins)
    took = time.perf_counter() - g.began
    if g.span:
        g.span.set_attribute("http.response.status_code", response.status_code)
        g.span.set_attribute("ascribe.request_id", g.request_id)
    route = request.url_rule.rule if request.url_rule else "none"
    desk.metrics.requests.labels(route, _method(), response.status_code).inc()
    desk.metrics.request_seconds.labels(route).observe(took)
    _log.info(
        "answered",
        request_id=g.request_id,
        route=route,
        method=_method(),
        status=response.status_code,
        refused=g.get("refused"),
        key=g.key.id if g.key else None,
        bytes_in=request.content_length,
        bytes_out=response.content_length,
        milliseconds=round(took * 1000, 1),
        stages={name: round(seconds * 1000, 1) for name, seconds in watch.seconds.items()},
    )
    return response


def _close(_error: BaseException | None) -> None:
    if "opened" in g:
        g.opened.close()


def _method() -> str:
    """The request's method where it is a known one; a made-up one would make a metric label of its own."""
    return request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
