"""A service on the model that is shipped, a browser, and pages of it that must keep to themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.servers import RunningServer, run_server

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
FOLDER = Path(__file__).parent

OpenPage = Callable[..., Page]
PATIENCE = 120_000  # milliseconds: a machine may be busy with other things
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The service on the shipped model, as ``make serve`` runs it."""
    model = ROOT / "models" / "standard"
    with run_server(tmp_path_factory.mktemp("shipped"), MODEL_PATH=model, WORKERS=1) as running:
        yield running


@pytest.fixture(scope="package")  # its event loop would be in the way of other packages
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Chromium is not at {CHROMIUM} (CHROMIUM): the page is not tried in a browser.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, shipped: RunningServer) -> Iterator[OpenPage]:
    """Opens the page; afterwards fails if one asked for anything elsewhere, or printed a warning or an error."""
    contexts, faults = [], []

    def hear(kind: str, words: str) -> None:
        if kind in {"error", "warning"}:
            faults.append(words)

    def watch(url: str) -> None:
        if not url.startswith(shipped.url + "/"):
            faults.append(f"asked for {url}")

    def open_it(path: str = "/", **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: hear(message.type, message.text))
        page.on("pageerror", lambda error: hear("error", str(error)))
        page.on("request", lambda request: watch(request.url))
        page.goto(shipped.url + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """axe-core, installed from the lock file beside these tests."""
    npm = shutil.which("npm")
    script = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    if not npm:
        pytest.skip("npm is not installed: the page is not held to axe's rules.")
    if not script.exists():
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, check=True)
    return script
