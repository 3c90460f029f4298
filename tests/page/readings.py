"""What the tests do on the page, and what they see there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.servers import RunningServer

SEEDS = Path(__file__).parents[2] / "seeds"

# Every mark in the order of the text: its finding, its part, where it begins in UTF-16 units, its words.
_MARKS = """() => {
  const reading = document.getElementById("reading");
  const range = document.createRange();
  range.setStart(reading, 0);
  return [...reading.querySelectorAll(".mark[data-id]")].map((mark) => {
    range.setEndBefore(mark);
    return { id: mark.dataset.id, part: mark.classList[1], start: range.toString().length, text: mark.textContent };
  });
}"""


def paste(page: Page, text: str, form: str = "text") -> None:
    """Paste *text* of the format *form* into the page and wait for what is found."""
    page.fill("#text", text)
    page.select_option("#format", form)
    page.click("#read")
    page.wait_for_selector("#result:not([hidden])")


def ask(server: RunningServer, text: str, form: str = "text") -> dict[str, Any]:
    """The service's own answer to what the page asks."""
    body = json.dumps({"text": text, "format": form, "offset_unit": "utf16"}).encode()
    answer: dict[str, Any] = server.ask("/v1/extractions", body, Content_Type="application/json").json()
    return answer


def read_marks(page: Page) -> list[dict[str, Any]]:
    """Every mark of a finding on the page, in order."""
    marks: list[dict[str, Any]] = page.evaluate(_MARKS)
    return marks


def marked(marks: list[dict[str, Any]], finding: str, part: str) -> tuple[int, str]:
    """Where the marks of *part* of *finding* begin, and the words under them."""
    theirs = [mark for mark in marks if mark["id"] == finding and mark["part"] == part]
    return theirs[0]["start"], "".join(mark["text"] for mark in theirs)


def focused(page: Page) -> tuple[str, str]:
    """The finding that has the focus, and the place it has it in: "reading" or "panel"."""
    finding, place = page.evaluate("""() => {
      const element = document.activeElement;
      return [element.dataset.id ?? "", element.closest("#reading, #panel")?.id ?? ""];
    }""")
    return finding, place
