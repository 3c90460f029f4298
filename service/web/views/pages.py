"""The page for people at ``/``: its files, and the articles it offers to read."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, abort, render_template, send_from_directory

pages = Blueprint("pages", __name__, template_folder="../page")

SEEDS = Path("seeds")  # beside the models, in the folder the service runs in
_FOLDER = str(files("service.web") / "page")
_ASSETS = (
    "page.css",
    "page.js",
    "corrections.js",
    "elements.js",
    "findings.js",
    "links.js",
    "panel.js",
    "reading.js",
    "strip.js",
    "icon.svg",
)
_FORMATS = {".txt": "text", ".md": "markdown", ".html": "html"}


def list_seeds(folder: Path = SEEDS) -> dict[str, str]:
    """The articles in *folder* that have their findings beside them, name and format; none where there is no folder."""
    paths = sorted(folder.glob("*.*"))
    return {
        path.name: _FORMATS[path.suffix]
        for path in paths
        if path.suffix in _FORMATS and path.with_suffix(".json").is_file()
    }


@pages.get("/")
def page() -> str:
    """The page that shows what is found in an article."""
    return render_template("page.html", seeds=list_seeds())


@pages.get("/page/<name>")
def page_asset(name: str) -> Response:
    """A file of the page."""
    if name not in _ASSETS:
        abort(404)
    return send_from_directory(_FOLDER, name, conditional=True)


@pages.get("/page/seeds/<name>")
def seed(name: str) -> Response:
    """An article as it lies in the folder of seeds, always as plain text, so that no browser renders it."""
    if name not in list_seeds():
        abort(404)
    return Response((SEEDS / name).read_bytes(), content_type="text/plain; charset=utf-8")
