"""Ghost's webhook bodies in: ``{"post": {"current": {…}, "previous": {…}}}``, pages the same under ``page``."""

from __future__ import annotations

from collections.abc import Mapping

from service.extract.records import Article
from service.web.formats.profiles import Item, Parts, join, plain


def read_ghost(content: Mapping[str, object]) -> Article | None:
    """The article that an event is about; ``None`` for an event that carries none (a deletion, a tag, a member).

    Raises ``FieldErrors`` naming every field that is wrong.
    """
    event = Item(content)
    changed = event.item("post") or event.item("page")
    current = changed.item("current") if changed else None
    if current is None:
        event.check()
        return None
    html, text = current.text("html"), current.text("plaintext")
    headline, published = plain(current.text("title")), current.text("published_at", "updated_at")
    identity, address = current.text("id", "uuid"), current.text("canonical_url", "url")
    byline = _byline(current)
    event.check()
    if html is None and text is None:
        return None
    parts = Parts(html if html is not None else text or "", html is not None, headline, byline, published)
    return join(parts, external_id=identity, url=address)


def _byline(post: Item) -> str | None:
    """The names of the authors in their order."""
    names = [author.text("name") for author in post.items("authors")]
    if not names and (primary := post.item("primary_author")):
        names = [primary.text("name")]
    return ", ".join(name for name in names if name) or None
