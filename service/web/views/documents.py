"""What the service documents of itself: the API description, a page to browse it, the table of problems."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import yaml
from flask import Blueprint, Response, abort, current_app, render_template, send_from_directory

from service.web.problems import every_problem

documents = Blueprint("documents", __name__, template_folder="../page")

_SWAGGER = files("flask_swagger_ui") / "dist"
_ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")


def write_yaml(spec: dict[str, Any]) -> str:
    """*spec* as ``openapi.yaml`` holds it."""
    return yaml.safe_dump(json.loads(json.dumps(spec)), sort_keys=False, allow_unicode=True, width=120)


def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = current_app.extensions["api"].spec.to_dict()
    return spec


@documents.get("/openapi.json")
def openapi_json() -> Response:
    """The API description as JSON."""
    return Response(json.dumps(_spec(), ensure_ascii=False), content_type="application/json")


@documents.get("/openapi.yaml")
def openapi_yaml() -> Response:
    """The API description as YAML."""
    return Response(write_yaml(_spec()), content_type="application/yaml")


@documents.get("/docs")
def docs() -> str:
    """Swagger UI over the API description."""
    return render_template("docs.html")


@documents.get("/docs/<path:name>")
def docs_asset(name: str) -> Response:
    """A file of the docs page."""
    if name == "docs.js":
        return send_from_directory(str(files("service.web") / "page"), name)
    if name not in _ASSETS:
        abort(404)
    return send_from_directory(str(_SWAGGER), name, conditional=True)


@documents.get("/problems")
def problems() -> str:
    """The table of problem codes, where each problem's ``type`` leads."""
    return render_template("problems.html", problems=list(every_problem()))
