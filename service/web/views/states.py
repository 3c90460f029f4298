"""The service's own state: its model, its health, its metrics."""

from __future__ import annotations

from math import nan
from typing import Any

from flask import Response
from flask.views import MethodView
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from service.extract.records import Label
from service.jobs.stores import count_waiting
from service.storage.sessions import find_fault
from service.web.apis import Blueprint
from service.web.desks import current_desk
from service.web.examples import load_example
from service.web.problems import NotReady
from service.web.schemas.states import HealthSchema, ModelSchema

models = Blueprint("model", __name__, url_prefix="/v1/model", description="The model in service")
health = Blueprint("operation", __name__, description="For those who run the service")

_OPEN: dict[str, Any] = {"security": []}
_OK = {"status": "ok"}


@models.route("")
class Model(MethodView):
    """The model in service."""

    @models.describes("describe_model")
    @models.answers(ModelSchema, description="The model.", example=load_example("model.json"))
    @models.refuses(400, 401, 403, 429, 500, 503)
    def get(self) -> dict[str, Any]:
        """Describe the model.

        Its name, version, labels, limits, and the scores its card states.
        """
        desk = current_desk()
        settings, card = desk.settings, desk.analyzer.card
        limits = {
            "max_body_bytes": settings.max_body_bytes,
            "max_characters": settings.max_characters,
            "max_batch_articles": settings.max_batch_articles,
            "max_job_articles": settings.max_job_articles,
            "max_job_bytes": settings.max_job_bytes,
            "request_timeout_seconds": settings.request_timeout,
            "rate_limit": settings.rate_limit,
        }
        return {
            "name": desk.analyzer.name,
            "version": desk.analyzer.version,
            "labels": [label.value for label in Label],
            "languages": ["en"],
            "limits": limits,
            "scores": card.get("scores", {}),
        }


@health.route("/healthz")
class Live(MethodView):
    """Whether the process lives."""

    @health.describes("check_live", **_OPEN)
    @health.answers(HealthSchema, description="It lives.", example=_OK)
    @health.refuses(400, 500)
    def get(self) -> dict[str, str]:
        """Tell that the process answers."""
        return _OK


@health.route("/readyz")
class Ready(MethodView):
    """Whether the service can do its work."""

    @health.describes("check_ready", **_OPEN)
    @health.answers(HealthSchema, description="It is ready.", example=_OK)
    @health.refuses(400, 503)
    def get(self) -> dict[str, str]:
        """Tell that the model is warm and what is kept can be reached.

        A worker process accepts connections only once its model has read a first article, so a worker that
        answers here has a warm model.
        """
        desk = current_desk()
        fault = desk.keys.fault() or find_fault(desk.office.engine)
        if fault:
            raise NotReady(fault, headers={"Retry-After": "5"})
        return _OK


@health.route("/metrics")
class Metrics(MethodView):
    """What Prometheus collects."""

    @health.describes("collect_metrics", **_OPEN)
    @health.answers(
        {"type": "string"}, content_type="text/plain", description="Metrics in Prometheus's text format.",
        example="# TYPE ascribe_articles_total counter\nascribe_articles_total 12.0\n",
    )  # fmt: skip
    @health.refuses(400, 403, 500)
    def get(self) -> Response:
        """Give the metrics of all worker processes."""
        desk = current_desk()
        try:
            desk.metrics.job_articles_waiting.set(count_waiting(desk.office.engine))
        except SQLAlchemyError:
            desk.metrics.job_articles_waiting.set(nan)
        return Response(desk.metrics.write(), content_type=CONTENT_TYPE_LATEST)
