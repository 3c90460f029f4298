"""The page's own addresses, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.web.views.pages import SEEDS, list_seeds
from tests.servers import RunningServer


def test_the_page_loads_only_what_the_service_has(shipped: RunningServer) -> None:
    page = shipped.ask("/")
    assert page.status == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert b"style=" not in page.body
    assert b"onclick" not in page.body


@pytest.mark.parametrize(
    ("name", "kind"), [("page.js", "text/javascript"), ("page.css", "text/css"), ("icon.svg", "image/svg")]
)
def test_its_files_are_served_and_no_others(shipped: RunningServer, name: str, kind: str) -> None:
    assert shipped.ask(f"/page/{name}").headers["Content-Type"].startswith(kind)
    for other in (
        "docs.html",
        "page.html",
        "..%2Fheaders.py",
        "seeds/README.md",
        "seeds/..%2FREADME.md",
        "seeds/court.json",
    ):
        assert shipped.ask(f"/page/{other}").status == 404


@pytest.mark.parametrize("name", sorted(list_seeds()))
def test_a_seed_comes_as_plain_text(shipped: RunningServer, name: str) -> None:
    answer = shipped.ask(f"/page/seeds/{name}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.body == (SEEDS / name).read_bytes()


def test_without_the_folder_of_seeds_there_is_no_picker(
    tmp_path: Path, model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.extract.analyzer import Analyzer

    settings = Settings(model_path=model_path, data_path=tmp_path / "var")
    client: FlaskClient = create_app(settings, Analyzer.load(model_path)).test_client()
    assert 'id="seed"' in client.get("/").text
    monkeypatch.chdir(tmp_path)
    assert 'id="seed"' not in client.get("/").text
    assert client.get("/page/seeds/court.txt").status_code == 404
