"""An application and a server that run the tiny model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.storage.engines import open_engine
from service.storage.sessions import purge_log
from service.storage.upgrades import upgrade
from tests.servers import RunningServer, run_server

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first start makes it."""
    path = tmp_path_factory.mktemp("database") / "ascribe.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    purge_log(engine)
    engine.dispose()
    return path


@pytest.fixture
def settings(model_path: Path, empty_database: Path, tmp_path: Path) -> Settings:
    """Settings whose files lie in the test's own folder, an empty database among them."""
    (tmp_path / "var").mkdir()
    shutil.copy(empty_database, tmp_path / "var")
    return Settings(model_path=model_path, data_path=tmp_path / "var", rate_limit="100000/minute")


@pytest.fixture
def app(settings: Settings, analyzer: Analyzer) -> Flask:
    """The application on the tiny model."""
    return create_app(settings, analyzer)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A caller of the application, without a network between."""
    return app.test_client()


@pytest.fixture(scope="session")
def server(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The service on the tiny model, as ``make serve`` runs it, with time limits short enough to test."""
    folder = tmp_path_factory.mktemp("server")
    with run_server(folder, MODEL_PATH=model_path, WORKERS=2, READ_TIMEOUT=2, RATE_LIMIT="100000/minute") as running:
        yield running
