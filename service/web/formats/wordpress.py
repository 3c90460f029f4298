"""Posts of the WordPress REST API in (``/wp/v2/posts``, with or without ``_embed``)."""

from __future__ import annotations

from collections.abc import Mapping

from service.extract.records import Article
from service.web.formats.profiles import Item, Parts, join, plain


def read_wordpress(content: Mapping[str, object]) -> Article:
    """The article of a post; raises ``FieldErrors`` naming every field that is wrong."""
    item = Item(content)
    body = _rendered(item, "content")
    headline = plain(_rendered(item, "title"))
    published = (item.text("date_gmt") and f"{item.text('date_gmt')}Z") or item.text("date")
    identity, address = item.text("id", "guid"), item.text("link")
    byline = _byline(item)
    if body is None and not item.errors:
        item.errors.append(("/content/rendered", "Missing."))
    item.check()
    return join(Parts(body or "", True, headline, byline, published), external_id=identity, url=address)


def _rendered(item: Item, name: str) -> str | None:
    """The field as readers get it: its ``rendered``, its ``raw``, or the field itself where it is a string."""
    _, value = item.find(name)
    if value is None or isinstance(value, str):
        return value
    inner = item.item(name)
    return inner.text("rendered", "raw") if inner else None


def _byline(item: Item) -> str | None:
    """The names of the embedded authors; WordPress alone gives a number."""
    embedded = item.item("_embedded")
    names = [each.text("name") for each in embedded.items("author")] if embedded else []
    return ", ".join(name for name in names if name) or None
