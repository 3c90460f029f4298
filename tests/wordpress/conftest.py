"""One WordPress and one service with a key, and a browser that is logged in, for all tests of the plugin."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from service.web.keys import Keys
from tests.servers import RunningServer, run_server
from tests.wordpress.pages import save_settings
from tests.wordpress.sites import ROOT, Site, find_missing, run_site

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PATIENCE = 300_000  # milliseconds: no test is to fail because a machine is slow
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def leave_out(missing: list[str]) -> None:
    """Skip where Debian's packages are *missing*; in CI that is a failure."""
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"CI must try the plugin, and these packages are missing: {', '.join(missing)}.")
    if missing:
        pytest.skip(f"The plugin is not tried on WordPress: these packages are missing: {', '.join(missing)}.")


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with the plugin, not set up yet."""
    leave_out(find_missing() + ([] if Path(CHROMIUM).exists() else ["chromium"]))
    with run_site(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


@pytest.fixture(scope="package")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a service and a key to it."""
    folder = tmp_path_factory.mktemp("service")
    (folder / "var").mkdir()
    return folder, Keys(folder / "var" / "keys.sqlite3").create("wordpress")


@pytest.fixture(scope="package")
def reader(key: tuple[Path, str]) -> Iterator[RunningServer]:
    """The service on the model that is shipped; it asks for the key."""
    with run_server(key[0], MODEL_PATH=ROOT / "models" / "standard", WORKERS=1) as running:
        yield running


@pytest.fixture(scope="package")  # its event loop would be in the way of other packages
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def admin(site: Site, browser: Browser) -> Iterator[Page]:
    """A page of the site's editor, who is logged in; fails if one of the plugin's scripts does."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{site.url}/wp-login.php")
    page.fill("#user_login", "editor")
    page.fill("#user_pass", "a long password")
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="package")
def connected(site: Site, admin: Page, reader: RunningServer, key: tuple[Path, str]) -> Site:
    """The site, set up through its settings page."""
    admin.goto(f"{site.url}/wp-admin/options-general.php?page=ascribe")
    admin.fill("#ascribe-url", reader.url)
    admin.fill("#ascribe-key", key[1])
    save_settings(admin)
    return site
