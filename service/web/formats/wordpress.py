"""Posts of WordPress in: as the REST API gives them (``/wp/v2/posts``, with or without ``_embed``), or as pushed.

Plugins and WordPress.com push them with the names of the database (``post_content``), flat or under ``post``.
"""

from __future__ import annotations

from collections.abc import Mapping

from service.extract.records import Article
from service.web.formats.profiles import Item, Parts, join, plain


def read_wordpress(content: Mapping[str, object]) -> Article:
    """The article of a post; raises ``FieldErrors`` naming every field that is wrong."""
    item = _unwrap(Item(content))
    body = _rendered(item, "content", "post_content")
    headline = plain(_rendered(item, "title", "post_title"))
    moment = item.text("date_gmt", "post_date_gmt")
    published = (moment and f"{moment}Z") or item.text("date", "post_date")
    identity, address = item.text("id", "guid"), item.text("link", "post_url", "permalink")
    byline = _byline(item)
    if body is None and not item.errors:
        item.errors.append(("/content/rendered", "Missing."))
    item.check()
    return join(Parts(body or "", True, headline, byline, published), external_id=identity, url=address)


def _unwrap(item: Item) -> Item:
    """The post itself where it is sent beside its id and metadata."""
    told = item.find("content", "post_content")[1] is not None
    inner = None if told else item.item("post")
    return inner or item


def _rendered(item: Item, *names: str) -> str | None:
    """The field as readers get it: its ``rendered``, its ``raw``, or the field itself where it is a string."""
    _, value = item.find(*names)
    if value is None or isinstance(value, str):
        return value
    inner = item.item(*names)
    return inner.text("rendered", "raw") if inner else None


def _byline(item: Item) -> str | None:
    """The names of the embedded authors; WordPress alone gives a number."""
    embedded = item.item("_embedded")
    names = [each.text("name") for each in embedded.items("author")] if embedded else []
    return ", ".join(name for name in names if name) or None
