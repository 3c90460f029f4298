"""Items of content systems become articles; what is wrong with one is said field by field."""

from __future__ import annotations

from typing import Any

import pytest

from service.extract.frame import find_frame
from service.extract.records import Article, Frame, Role, Sentence
from service.extract.sentences import split
from service.extract.text import read
from service.web.formats import PROFILES, FieldErrors

BODY = "<p>The council voted 7-4 on Monday to back the bridge.</p><p>“It is late,” said <b>Mr.</b> Hale.</p>"
PLAIN = "The council voted 7-4 on Monday to back the bridge.\n\n“It is late,” said Mr. Hale."

# After the examples of the IPTC's user guide (ninjs 2 and 3), Superdesk's HTTP push and the WordPress REST handbook.
NINJS_2 = {
    "uri": "https://desk.example/items/1",
    "standard": {"name": "ninjs", "version": "2.1"},
    "type": "text",
    "versioncreated": "2025-05-03T10:00:00Z",
    "by": "Ann Lee",
    "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Council &amp; bridge"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": PLAIN},
        {"role": "richtext", "contenttype": "application/xhtml+xml", "value": BODY},
    ],
    "infosources": [{"name": "North Wire"}],
}
NINJS_3 = {
    "uri": "https://desk.example/items/1",
    "versionCreated": "2025-05-03T10:00:00+00:00",
    "by": "Ann Lee",
    "headlines": [{"value": "Council & bridge"}],
    "bodies": [{"contentType": "text/html; charset=utf-8", "value": BODY}],
    "infoSources": [{"name": "North Wire"}],
}
SUPERDESK = {
    "guid": "https://desk.example/items/1",
    "firstpublished": "2025-05-03T10:00:00+0000",
    "headline": "Council & bridge",
    "authors": [{"code": "al", "name": "Ann Lee", "role": "writer"}],
    "body_html": BODY,
    "source": "North Wire",
}
WORDPRESS = {
    "id": 4711,
    "date": "2025-05-03T12:00:00",
    "date_gmt": "2025-05-03T10:00:00",
    "link": "https://blog.example/?p=4711",
    "title": {"rendered": "Council &#038; bridge"},
    "content": {"rendered": BODY, "protected": False},
    "_embedded": {"author": [{"id": 1, "name": "Ann Lee"}]},
}
ITEMS = [("ninjs", NINJS_2), ("ninjs", NINJS_3), ("ninjs", SUPERDESK), ("wordpress", WORDPRESS)]


def _read(article: Article) -> tuple[Frame, tuple[Sentence, ...]]:
    document = read(article)
    sentences = split(document)
    return find_frame(document, sentences), sentences


@pytest.mark.parametrize(("profile", "item"), ITEMS)
def test_metadata_fills_the_frame_and_has_its_place_in_the_text(profile: str, item: dict[str, Any]) -> None:
    frame, _ = _read(PROFILES[profile](item))
    assert frame.title is not None
    assert frame.published is not None
    found = (frame.title.text, [a.name for a in frame.authors], frame.published.date)
    assert found == ("Council & bridge", ["Ann Lee"], "2025-05-03")
    assert frame.publisher == (None if profile == "wordpress" else "North Wire")


@pytest.mark.parametrize(("profile", "item"), ITEMS)
def test_nodes_hold_in_the_body_as_it_was_sent(profile: str, item: dict[str, Any]) -> None:
    _, sentences = _read(PROFILES[profile](item))
    body = split(read(Article(BODY, format="html")))
    assert [(s.text, s.node) for s in sentences if s.role == Role.BODY] == [(s.text, s.node) for s in body]
    assert all(s.node is None for s in sentences if s.role != Role.BODY)


def test_plain_bodies_are_read_as_text() -> None:
    article = PROFILES["ninjs"]({"headline": "Bridge", "body_text": PLAIN})
    assert (article.format, article.text) == ("text", f"Bridge\n\n{PLAIN}")


def test_a_headline_that_the_body_holds_is_not_put_before_it() -> None:
    body = f"<h1>Council &amp; bridge</h1>{BODY}"
    assert PROFILES["ninjs"]({"headline": "Council & bridge", "body_html": body}).text == body


@pytest.mark.parametrize(
    ("profile", "item", "pointers"),
    [
        ("ninjs", {}, ["/bodies"]),
        ("ninjs", {"bodies": "x", "by": ["Ann"]}, ["/bodies", "/by"]),
        ("ninjs", {"bodies": [7, {"role": "main"}]}, ["/bodies/0", "/bodies/1/value"]),
        ("ninjs", {"body_html": BODY, "headline": {"a": 1}}, ["/headline"]),
        ("wordpress", {}, ["/content/rendered"]),
        ("wordpress", {"content": {"rendered": 3.5}, "title": []}, ["/title"]),
        ("wordpress", {"content": [], "_embedded": 1}, ["/content", "/_embedded"]),
    ],
)
def test_every_wrong_field_is_named(profile: str, item: dict[str, Any], pointers: list[str]) -> None:
    with pytest.raises(FieldErrors) as caught:
        PROFILES[profile](item)
    assert [pointer for pointer, _ in caught.value.errors] == pointers
