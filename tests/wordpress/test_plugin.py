"""The plugin on a real WordPress with the real service: a post is saved, read in the background and shown.

The article is ours, of ``seeds/``.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.servers import RunningServer, pick_port
from tests.wordpress.pages import save_settings
from tests.wordpress.sites import ROOT, Site

SEED = (ROOT / "seeds" / "local-council.txt").read_text(encoding="utf-8")
HEADLINE, *PARAGRAPHS = [part.replace("\n", " ").strip() for part in SEED.split("\n\n") if part.strip()]
BLOCKS = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->" for words in PARAGRAPHS)


def save(site: Site, **fields: Any) -> int:
    """The id of a post that is saved through the REST API with an application password."""
    answer = site.ask(
        "/wp/v2/posts", "editor", "POST", **({"title": HEADLINE, "content": BLOCKS, "status": "publish"} | fields)
    )
    assert answer.status == 201, answer.body
    post: int = answer.json()["id"]
    return post


def open_panel(page: Page, site: Site, post: int) -> None:
    """Open the post in the block editor, and the plugin's panel beside it."""
    page.goto(f"{site.url}/wp-admin/post.php?post={post}&action=edit")
    page.wait_for_selector(".interface-interface-skeleton__content")
    page.evaluate("wp.data.dispatch('core/preferences').set('core/edit-post', 'welcomeGuide', false)")
    page.evaluate("wp.data.dispatch('core/edit-post').openGeneralSidebar('ascribe/ascribe')")
    page.wait_for_selector(".ascribe-sentences")


def test_the_settings_page_tries_the_connection(
    site: Site, admin: Page, reader: RunningServer, key: tuple[Path, str]
) -> None:
    told = admin.locator("#ascribe-tested")
    admin.goto(f"{site.url}/wp-admin/options-general.php?page=ascribe")
    for address, given, words in [
        ("file:///etc/passwd", "", "Enter an address that begins with http"),
        (f"http://127.0.0.1:{pick_port()}", "", "cannot be reached"),
        (site.url, "", "is not the service"),
        (reader.url, "", "asks for a key"),
        (reader.url, "wrong", "does not know this key"),
        (reader.url, key[1], "Connected. The service reads with model"),
    ]:
        admin.fill("#ascribe-url", address)
        admin.fill("#ascribe-key", given)
        admin.click("#ascribe-test")
        expect(told).to_contain_text(words)


def test_the_key_is_never_shown(connected: Site, admin: Page, reader: RunningServer, key: tuple[Path, str]) -> None:
    admin.goto(f"{connected.url}/wp-admin/options-general.php?page=ascribe")
    assert admin.input_value("#ascribe-url") == reader.url
    assert key[1] not in admin.content()
    save_settings(admin)
    admin.click("#ascribe-test")
    expect(admin.locator("#ascribe-tested")).to_contain_text("Connected")


def test_a_saved_post_is_read_in_the_background_and_kept(connected: Site) -> None:
    post = save(connected)
    told = connected.wait_for(post, "done")
    found = told["extraction"]
    assert found["external_id"] == str(post)
    assert found["text"].startswith("Bridge ‘bus gate’ approved")  # as readers get it: WordPress curls quotation marks
    units = found["text"].encode("utf-16-le")
    for sentence in found["sentences"]:
        assert units[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le") == sentence["text"]
    assert "Anthea Marsh" in {speaker["name"] for speaker in found["speakers"]}

    again = connected.ask(f"/wp/v2/posts/{post}", "editor", "POST", title=HEADLINE).status
    assert (again, connected.findings(post)["status"]) == (200, "done")
    connected.ask(f"/wp/v2/posts/{post}", "editor", "POST", content=BLOCKS + "<p>“It is late,” said Ada Hale.</p>")
    assert connected.findings(post)["status"] == "waiting"
    fresh = connected.wait_for(post, "done")["extraction"]
    assert fresh["id"] != found["id"]
    assert "Ada Hale" in fresh["text"]


def test_the_findings_are_for_those_who_may_edit_the_post(connected: Site) -> None:
    post = save(connected)
    connected.wait_for(post, "done")
    for user, status in ((None, 401), ("reader", 403)):
        assert connected.ask(f"/ascribe/v1/posts/{post}", user).status == status
        assert connected.ask(f"/ascribe/v1/posts/{post}", user, "POST", x=1).status == status
        assert connected.ask("/ascribe/v1/connection", user, "POST", url=connected.url).status == status
    public = connected.ask(f"/wp/v2/posts/{post}")
    assert public.status == 200
    assert b"ascribe" not in public.body


def test_the_block_editor_shows_what_was_found(connected: Site, admin: Page) -> None:
    post = save(connected)
    found = connected.wait_for(post, "done")["extraction"]
    open_panel(admin, connected, post)
    panel = admin.locator(".ascribe")
    labels = [sentence["label"] for sentence in found["sentences"] if sentence["label"]]
    for name, label in (("Quotation", "quotation"), ("Number", "numerical_claim"), ("Fact", "factual_statement")):
        expect(panel.locator(".ascribe-counts button", has_text=name)).to_contain_text(str(labels.count(label)))
    quoted = {quotation["speaker"] for quotation in found["quotations"]}
    names = [speaker["name"] for speaker in found["speakers"] if speaker["id"] in quoted] + ["Nobody named"] * (
        None in quoted
    )
    assert panel.locator(".ascribe-source h3").all_text_contents() == names
    for speaker in found["speakers"]:
        if speaker["id"] in quoted and speaker["role"]:
            expect(
                panel.locator(".ascribe-source", has=admin.get_by_role("heading", name=speaker["name"], exact=True))
            ).to_contain_text(speaker["role"])
    expect(panel.locator(".ascribe-quotations li")).to_have_count(len(found["quotations"]))
    expect(panel.locator(".ascribe-numbers li")).to_have_count(len(found["quantities"]))
    unsure = sum(quotation["confidence"] < 0.7 for quotation in found["quotations"])
    expect(panel.locator(".ascribe-quotations .is-uncertain")).to_have_count(unsure)
    if os.environ.get("PICTURES"):  # renews the picture of the README
        admin.screenshot(path=str(ROOT / "docs" / "wordpress.png"))

    panel.locator(".ascribe-counts button", has_text="Number").click()
    expect(panel.locator(".ascribe-sentences li")).to_have_count(labels.count("numerical_claim"))
    expect(panel.locator(".ascribe-sentences li").first).to_contain_text("The motion was carried by 31 votes to 29")
    panel.locator(".ascribe-sentences li button").first.click()
    chosen = next(sentence["text"] for sentence in found["sentences"] if sentence["label"] == "numerical_claim")
    expect(admin.locator(".wp-block.is-selected")).to_contain_text(chosen[:30])


def test_the_block_editor_follows_a_save(connected: Site, admin: Page) -> None:
    post = save(connected, content="<!-- wp:paragraph --><p>The council met on Monday.</p><!-- /wp:paragraph -->")
    connected.wait_for(post, "done")
    open_panel(admin, connected, post)
    content = json.dumps("<!-- wp:paragraph --><p>“It is late,” said the mayor, Ada Hale.</p><!-- /wp:paragraph -->")
    admin.evaluate(f"wp.data.dispatch('core/block-editor').resetBlocks(wp.blocks.parse({content}))")
    admin.evaluate("wp.data.dispatch('core/editor').savePost()")
    expect(admin.locator(".ascribe-quotations")).to_contain_text("It is late")


def test_the_classic_editor_shows_the_same(connected: Site, admin: Page) -> None:
    post = save(connected)
    found = connected.wait_for(post, "done")["extraction"]
    admin.goto(f"{connected.url}/wp-admin/post.php?post={post}&action=edit&classic")
    box = admin.locator("#ascribe-box")
    expect(box.locator(".ascribe-quotations li")).to_have_count(len(found["quotations"]))
    expect(box.locator(".ascribe-numbers li")).to_have_count(len(found["quantities"]))


def test_a_service_that_is_away_costs_no_save(connected: Site, admin: Page, reader: RunningServer) -> None:
    page = f"{connected.url}/wp-admin/options-general.php?page=ascribe"
    admin.goto(page)
    admin.fill("#ascribe-url", f"http://127.0.0.1:{pick_port()}")
    save_settings(admin)
    post = save(connected)
    ends = time.monotonic() + 300
    while not (told := connected.findings(post))["message"] and time.monotonic() < ends:
        time.sleep(0.2)
    assert told["status"] == "waiting"
    assert "cannot be reached" in told["message"]
    assert told["extraction"] is None


def test_nothing_is_left_after_the_plugin(connected: Site, admin: Page) -> None:
    left = connected.run("uninstall.php")
    assert (left["options"], left["meta"], left["schedule"]) == ([], [], [])
    assert left["posts"] > 1
    own = [line for line in connected.debug_log.splitlines() if "plugins/ascribe" in line]
    assert own == []
