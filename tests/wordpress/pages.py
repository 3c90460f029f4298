"""What an editor does on pages of WordPress."""

from __future__ import annotations

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

TRIES = 10
WHILE = 30_000  # milliseconds


def save_settings(page: Page) -> None:
    """The plugin's settings page, saved; sent again where PHP's own server lets a request wait for ever."""
    for left in reversed(range(TRIES)):
        page.click("#submit")
        try:
            page.wait_for_url("**settings-updated=true**", timeout=WHILE)
        except TooLate:
            if not left:
                raise
        else:
            return
