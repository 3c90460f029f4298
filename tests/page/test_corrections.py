"""Setting a finding right on the page: by mouse, by keyboard, on a phone; the articles are our own, one a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.conftest import OpenPage
from tests.page.readings import ask, focused, paste
from tests.page.test_use import PHONE, WIDE, press_until
from tests.servers import RunningServer

pytestmark = pytest.mark.browser

ARTICLE = (
    "Storm 🌊 over {place}\n\n“The dam will hold,” said Rosa Quill, the county engineer. It cost £2.4m to mend. "
    "The council met on Tuesday in the town hall."
)


def open_dialog(page: Page, tab: str, number: int = 0) -> None:
    """Press the pencil of an entry of the panel's *tab*."""
    page.click(f"#tab-{tab}")
    page.locator(f"#{tab} li .edit").nth(number).click()
    expect(page.locator("#correction")).to_be_visible()


def finish(page: Page, outcome: str = "Corrected.") -> None:
    """Wait until the article is shown anew."""
    expect(page.locator("#correction")).to_be_hidden()
    expect(page.locator("#status")).to_contain_text(outcome)


def find_sentence(found: dict[str, Any], words: str) -> dict[str, Any]:
    return next(one for one in found["sentences"] if words in one["text"])


def test_a_label_is_set_right_by_mouse_and_taken_back(open_page: OpenPage, shipped: RunningServer) -> None:
    text = ARTICLE.format(place="Ashford")
    page = open_page(**WIDE)
    paste(page, text)
    before = find_sentence(ask(shipped, text), "The council met")
    page.click("#tab-labels")
    pencil = page.locator("#labels li", has=page.get_by_text("The council met")).locator(".edit")
    pencil.click()
    page.get_by_role("radio", name="Opinion").check()
    page.get_by_role("button", name="Correct it", exact=True).click()
    finish(page)
    after = find_sentence(ask(shipped, text), "The council met")
    assert (after["label"], after["labels"]) == ("editorial_assertion", ["editorial_assertion"])
    sign = page.locator(f"#reading .sign.sentence[data-id={after['id']}]")
    expect(sign).to_have_attribute("data-sign", "O✓")
    expect(sign).to_have_attribute("aria-label", "Sentence: Opinion, corrected by an editor")
    assert focused(page) == (after["id"], "panel")
    expect(page.locator("#labels [data-stop]:focus")).to_contain_text("corrected by an editor")
    pencil.click()
    page.get_by_role("button", name="Take correction back").click()
    finish(page, "Taken back.")
    assert find_sentence(ask(shipped, text), "The council met") == before


def test_a_sentence_that_is_no_quotation_any_more_loses_it_on_the_page(open_page: OpenPage) -> None:
    page = open_page(**WIDE)
    paste(page, ARTICLE.format(place="Beckley"))
    expect(page.locator("#speakers .who")).to_have_count(1)
    page.click("#tab-labels")
    page.locator("#labels li", has=page.get_by_text("Rosa Quill")).locator(".edit").click()
    page.get_by_role("radio", name="Fact").check()
    expect(page.get_by_role("checkbox", name="Opinion").nth(1)).to_be_disabled()  # the first is the strip's
    page.keyboard.press("Enter")
    finish(page)
    expect(page.locator("#speakers .who")).to_have_count(0)
    expect(page.locator("#reading .mark.content")).to_have_count(0)
    expect(page.locator("#reading .mark.term")).to_have_text("The dam will hold,")


def test_a_speaker_is_given_by_keyboard_alone(open_page: OpenPage, shipped: RunningServer) -> None:
    text = ARTICLE.format(place="Chilham")
    page = open_page(**WIDE)
    page.focus("#text")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result:not([hidden])")
    press_until(page, "Tab", "reading")
    while not focused(page)[0].startswith("q"):
        page.keyboard.press("ArrowDown")
    quotation = focused(page)[0]
    page.keyboard.press("e")
    expect(page.locator("#correction [name=speaker]")).to_be_focused()
    page.keyboard.type("Tom Abara")
    page.keyboard.press("Enter")
    finish(page)
    assert focused(page) == (quotation, "reading")
    assert [speaker["name"] for speaker in ask(shipped, text)["speakers"]] == ["Tom Abara"]
    expect(page.locator("#note")).to_contain_text("corrected by an editor")


def test_a_number_is_set_right_through_its_pencil_by_keyboard_alone(
    open_page: OpenPage, shipped: RunningServer
) -> None:
    text = ARTICLE.format(place="Deal")
    page = open_page(**WIDE)
    paste(page, text)
    page.focus("#tab-speakers")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#correction [name=value]")).to_be_focused()
    page.keyboard.type("2500000")
    page.keyboard.press("Enter")
    finish(page)
    (quantity,) = [one for one in ask(shipped, text)["quantities"] if one["corrections"]]
    assert (quantity["value"], quantity["unit"], quantity["text"]) == (2_500_000, "GBP", "£2.4m")
    expect(page.locator("#numbers")).to_contain_text("2,500,000 GBP")
    expect(page.locator("#reading .mark.quantity.corrected")).to_have_text("£2.4m")
    assert page.text_content("#reading") == text


def test_name_role_and_kind_of_a_speaker_are_set_right(open_page: OpenPage, shipped: RunningServer) -> None:
    text = ARTICLE.format(place="Elham")
    page = open_page(**WIDE)
    paste(page, text)
    page.locator("#speakers .who .edit").click()
    page.get_by_role("textbox", name="Name").fill("Rosa Quill-Adams")
    page.get_by_role("textbox", name="Role").fill("")
    page.locator("#correction [name=kind]").select_option("unnamed")
    page.keyboard.press("Enter")
    finish(page)
    (speaker,) = ask(shipped, text)["speakers"]
    assert (speaker["name"], speaker["role"], speaker["kind"]) == ("Rosa Quill-Adams", None, "unnamed")
    expect(page.locator("#speakers .who")).to_contain_text("corrected by an editor")


@pytest.mark.parametrize("kept", [False, True])
def test_the_text_is_kept_only_where_the_box_is_ticked(open_page: OpenPage, shipped: RunningServer, kept: bool) -> None:
    text = ARTICLE.format(place="Faversham" if kept else "Goudhurst")
    page = open_page(**WIDE)
    paste(page, text)
    open_dialog(page, "numbers")
    box = page.get_by_role("checkbox", name="Keep the article’s text")
    expect(box).not_to_be_checked()
    box.set_checked(kept)
    page.get_by_role("button", name="Correct it", exact=True).click()
    finish(page)
    listed = shipped.ask(f"/v1/corrections?text_hash={ask(shipped, text)['text_hash']}").json()["corrections"]
    assert [one["text_kept"] for one in listed] == [kept]


def test_a_range_that_ends_before_it_begins_is_not_sent_and_escape_changes_nothing(
    open_page: OpenPage, shipped: RunningServer
) -> None:
    text = ARTICLE.format(place="Hythe")
    page = open_page(**WIDE)
    paste(page, text)
    open_dialog(page, "numbers")
    page.get_by_label("Upper end").fill("1")
    page.get_by_role("button", name="Correct it", exact=True).click()
    expect(page.locator("#correction [name=upper]:invalid")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#correction")).to_be_hidden()
    expect(page.locator("#numbers .edit").first).to_be_focused()
    assert not any(one["corrections"] for one in ask(shipped, text)["quantities"])


def test_what_the_service_refuses_is_said_in_the_dialog(browser: Browser, shipped: RunningServer) -> None:
    page = browser.new_page()
    page.goto(shipped.url)
    paste(page, ARTICLE.format(place="Lydd"))
    open_dialog(page, "numbers")
    unit = page.locator("#correction [name=unit]")
    unit.evaluate("(input) => input.removeAttribute('maxlength')")
    unit.fill("x" * 501)
    page.get_by_role("button", name="Correct it", exact=True).click()
    expect(page.locator("#correction").get_by_role("alert")).to_contain_text("Longer than maximum length 500.")
    expect(page.locator("#correction")).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious_in_the_dialog_nor_in_what_is_corrected(
    open_page: OpenPage, axe: Path, size: dict[str, Any], scheme: str
) -> None:
    page = open_page(color_scheme=scheme, bypass_csp=True, **size)
    page.add_script_tag(path=axe)
    paste(page, ARTICLE.format(place=f"Ightham {scheme}"))
    for tab in ("labels", "numbers", "speakers"):
        open_dialog(page, tab)
        assert read_faults(page) == [], tab
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if tab == "numbers":
            page.get_by_role("button", name="Correct it", exact=True).click()
            finish(page)
        else:
            page.get_by_role("button", name="Cancel").click()
    page.locator("#speakers .who .edit").click()
    assert read_faults(page) == []
    page.keyboard.press("Escape")
    assert read_faults(page) == []


def read_faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds serious on *page* now: its rule and the element."""
    found = page.evaluate("axe.run().then(({violations}) => violations)")
    return [
        (one["id"], node["html"]) for one in found for node in one["nodes"] if one["impact"] in {"serious", "critical"}
    ]
