"""Using the page: across and back, keyboard only, filters, copying, files, phones, the dark, axe's rules."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from service.web.keys import Keys
from tests.page.conftest import OpenPage
from tests.page.readings import SEEDS, ask, focused, paste
from tests.servers import RunningServer, run_server

pytestmark = pytest.mark.browser

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
POLLING = (SEEDS / "polling-story.txt").read_text(encoding="utf-8")
EDITORIAL = (SEEDS / "editorial.md").read_text(encoding="utf-8")


def choose_seed(page: Page, name: str) -> None:
    """Pick the seed *name* and wait for what is found."""
    page.select_option("#seed", name)
    page.wait_for_selector("#result:not([hidden])")


def test_a_click_in_the_text_jumps_to_the_panel_and_one_there_back(open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    paste(page, POLLING)
    for part, tab in (("sign.content", "speakers"), ("mark.quantity", "numbers"), ("sign.sentence", "labels")):
        mark = page.locator(f"#reading .{part}").last
        finding = mark.get_attribute("data-id")
        mark.click()
        assert focused(page) == (finding, "panel")
        expect(page.locator(f"#{tab}")).to_be_visible()
        expect(page.locator(f"#{tab} [data-id={finding}]")).to_be_in_viewport()
        page.keyboard.press("Enter")
        assert focused(page) == (finding, "reading")
        expect(page.locator(f"#reading [data-id={finding}]").first).to_be_in_viewport()


def test_hover_and_focus_light_up_both_sides_and_name_the_speaker(open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    paste(page, "“The dam will hold,” said Rosa Quill, the county engineer. It cost £2.4m.")
    page.locator("#reading .mark.content").first.hover()
    expect(page.locator("#panel .lit")).to_have_count(1)
    expect(page.locator("#note")).to_contain_text("Rosa Quill, county engineer")
    page.locator("#speakers .who").hover()
    expect(page.locator("#reading .mark.content.lit")).to_have_count(1)
    page.locator("#reading .sign.content").focus()
    expect(page.locator("#note")).to_contain_text("Rosa Quill")
    page.keyboard.press("Escape")
    expect(page.locator("#note")).to_be_hidden()


def test_all_of_it_works_by_keyboard(open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    page.focus("#text")
    page.keyboard.insert_text(POLLING)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result:not([hidden])")
    press_until(page, "Tab", "reading")
    first = focused(page)[0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    finding, place = focused(page)
    assert (finding != first, place) == (True, "reading")
    page.keyboard.press("Enter")
    assert focused(page) == (finding, "panel")
    page.keyboard.press("End")
    other = focused(page)[0]
    page.keyboard.press("Enter")
    assert focused(page) == (other, "reading")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "tab"
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=tab][aria-selected=true]")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page)[1] == "panel"
    page.keyboard.press("Tab")
    expect(page.locator("#panel .edit:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy JSON", exact=True)).to_be_focused()


def press_until(page: Page, key: str, place: str) -> None:
    """Press *key* until the focus is in *place*; an ``AssertionError`` where it never comes there."""
    for _ in range(30):
        page.keyboard.press(key)
        if focused(page)[1] == place:
            return
    raise AssertionError(place)


def test_filters_leave_out_labels_and_what_is_less_sure(open_page: OpenPage, shipped: RunningServer) -> None:
    page = open_page(**WIDE)
    paste(page, EDITORIAL, "markdown")
    found = ask(shipped, EDITORIAL, "markdown")
    page.get_by_role("checkbox", name="Opinion").uncheck()
    expect(page.locator("#reading .sign.sentence.editorial_assertion:visible")).to_have_count(0)
    assert page.locator("#reading .sign.sentence.quotation:visible").count() > 0
    page.locator("#least").fill("80")
    sure = [quotation for quotation in found["quotations"] if quotation["confidence"] >= 0.8]
    assert 0 < page.locator("#speakers li [data-stop]:visible").count() <= len(sure)
    assert page.text_content("#reading") == found["text"]


@pytest.mark.parametrize("button", ["JSON", "JSON-LD", "annotations", "CSV"])
def test_each_format_is_copied_as_the_service_gives_it(open_page: OpenPage, button: str) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    paste(page, POLLING)
    page.get_by_role("button", name=f"Copy {button}", exact=True).click()
    expect(page.locator("#status")).to_contain_text(f"{button} copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    if button == "CSV":
        assert len(list(csv.DictReader(io.StringIO(copied)))) > 20
    else:
        told = json.loads(copied)
        assert {"JSON": "sentences", "JSON-LD": "@context", "annotations": "items"}[button] in told


def test_the_curl_line_makes_the_same_call(open_page: OpenPage) -> None:
    if not shutil.which("curl"):
        pytest.skip("curl is not installed: the line is not run.")
    text = "It's “$5m” `now`, said Ana O'Dell \\ of ARTICLE.\nARTICLE\n100% sure.\n"
    page = open_page()
    with page.expect_response("**/v1/extractions") as heard:
        paste(page, text)
    line = page.text_content("#curl") or ""
    told = json.loads(subprocess.run(["sh"], input=line, capture_output=True, text=True, check=True).stdout)
    assert told | {"id": ""} == heard.value.json() | {"id": ""}


@pytest.mark.parametrize(
    ("name", "form"), [("sport.txt", "text"), ("live-blog.md", "markdown"), ("science.html", "html")]
)
def test_seeds_and_files_come_with_their_format(open_page: OpenPage, name: str, form: str) -> None:
    page = open_page()
    choose_seed(page, name)
    assert page.input_value("#format") == form
    seen = page.text_content("#reading")
    page.reload()
    page.set_input_files("#file", SEEDS / name)
    page.wait_for_selector("#result:not([hidden])")
    assert (page.input_value("#format"), page.text_content("#reading")) == (form, seen)


def test_a_file_dropped_on_the_page_is_read(open_page: OpenPage) -> None:
    page = open_page()
    page.evaluate("""() => {
      const data = new DataTransfer();
      const ascii = (words) => new TextEncoder().encode(words);
      const bytes = Uint8Array.from([0x93, ...ascii("The dam will hold,"), 0x94, ...ascii(" said Rosa Quill.")]);
      data.items.add(new File([bytes], "old.txt"));
      dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
    }""")
    expect(page.locator("#reading")).to_have_text("“The dam will hold,” said Rosa Quill.")


def test_what_cannot_be_read_is_said_in_a_sentence(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page()
    (tmp_path / "story.docx").write_bytes(b"PK")
    page.set_input_files("#file", tmp_path / "story.docx")
    expect(page.get_by_role("alert")).to_have_text("'story.docx' is none of .txt, .md and .html.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious(open_page: OpenPage, axe: Path, size: dict[str, Any], scheme: str) -> None:
    page = open_page(color_scheme=scheme, bypass_csp=True, **size)
    page.add_script_tag(path=axe)
    for name in ("start", "speakers", "numbers", "labels"):
        if name == "speakers":
            paste(page, EDITORIAL, "markdown")
            page.get_by_text("Signs", exact=True).click()
        elif name != "start":
            page.click(f"#tab-{name}")
        if name != "start":
            page.locator(f"#{name} li button").first.focus()  # what lights up must be readable too
        found = page.evaluate("axe.run().then(({violations}) => violations)")
        faults = [
            (one["id"], node["html"])
            for one in found
            for node in one["nodes"]
            if one["impact"] in {"serious", "critical"}
        ]
        assert faults == [], name


def test_a_phone_shows_all_of_it_without_scrolling_sideways(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    choose_seed(page, "polling-story.txt")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    sign = page.locator("#reading .sign.content").first
    sign.tap()
    assert focused(page) == (sign.get_attribute("data-id"), "panel")


def test_the_dark_is_dark(open_page: OpenPage) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        grounds[scheme] = sum(ground[:3]) / 3
    assert grounds["light"] > 200
    assert grounds["dark"] < 50


def test_where_a_key_is_needed_the_page_asks_for_it(browser: Browser, model_path: Path, tmp_path: Path) -> None:
    key = Keys(tmp_path / "var" / "keys.sqlite3").create("newsroom")
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1) as server:
        page = browser.new_page()
        page.goto(server.url)
        expect(page.get_by_label("API key")).to_be_hidden()
        page.fill("#text", "The dam will hold.")
        page.click("#read")
        expect(page.get_by_role("alert")).to_have_text("An API key is needed here.")
        expect(page.get_by_label("API key")).to_be_focused()
        page.keyboard.type(key)
        page.keyboard.press("Enter")
        expect(page.locator("#reading")).to_have_text("The dam will hold.")
        expect(page.get_by_role("alert")).to_be_hidden()
        assert key not in (page.text_content("#curl") or "")
        page.close()
