"""The picture of the page in the README: ``python -m tests.page.picture`` takes it anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from tests.page.conftest import ARGUMENTS, CHROMIUM, ROOT
from tests.servers import run_server

PICTURE = ROOT / "docs" / "page.png"
_TO_THE_TOP = "(strip) => scrollTo({ top: strip.offsetTop - 12, behavior: 'instant' })"


def take_picture() -> None:
    """``docs/page.png``: a seed read by the shipped model, one quotation in focus."""
    with TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with run_server(Path(folder), MODEL_PATH=ROOT / "models" / "standard", WORKERS=1, JOB_WORKERS=0) as server:
            page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
            page.goto(server.url)
            page.select_option("#seed", "polling-story.txt")
            expect(page.locator("#result")).to_be_visible(timeout=120_000)
            page.locator("#overview").evaluate(
                "(strip) => scrollTo({ top: strip.offsetTop - 12, behavior: 'instant' })"
            )
            page.locator("#reading .sign.content").nth(1).focus()
            page.locator("#note").wait_for()
            page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    take_picture()
