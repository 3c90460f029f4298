"""IPTC ninjs items in: versions 1 (as Superdesk publishes it, with ``body_html``), 2 and 3."""

from __future__ import annotations

from collections.abc import Mapping

from service.extract.records import Article
from service.web.formats.profiles import Item, Parts, join, plain

_HTML = ("text/html", "application/xhtml+xml")


def read_ninjs(content: Mapping[str, object]) -> Article:
    """The article of a ninjs item; raises ``FieldErrors`` naming every field that is wrong."""
    item = Item(content)
    body = _body(item)
    headline = _headline(item)
    byline, publisher = _byline(item), _publisher(item)
    published = item.text("firstpublished", "firstPublished", "versioncreated", "contentcreated", "firstcreated")
    identity, address = item.text("uri", "guid", "altids", "_id"), item.text("canonical_url", "url")
    if body is None and not item.errors:
        item.errors.append(("/bodies", "An item needs 'bodies' (ninjs 2 and 3), 'body_html' or 'body_text' (ninjs 1)."))
    item.check()
    text, markup = body or ("", False)
    parts = Parts(text, markup, headline, byline, published)
    return join(parts, publisher=publisher, external_id=identity, url=address or _web(identity))


def _body(item: Item) -> tuple[str, bool] | None:
    """The main body and whether it is HTML: of several the richest, of equals the one called main."""
    bodies = []
    for each in item.items("bodies"):
        value, kind, role = each.text("value"), each.text("contenttype") or "", each.text("role") or ""
        if value is not None:
            markup = kind.partition(";")[0].strip().lower() in _HTML or (not kind and "<p" in value)
            bodies.append((markup, role.lower() == "main", value))
        else:
            each.errors.append((f"{each.pointer}/value", "Missing."))
    if bodies:
        markup, _, value = max(bodies, key=lambda body: body[:2])
        return value, markup
    html, text = item.text("body_html", "body_xhtml"), item.text("body_text", "body_richtext")
    if html is not None:
        return html, True
    return None if text is None else (text, False)


def _headline(item: Item) -> str | None:
    """The main headline, without markup."""
    headlines = [(each.text("role") or "main", each.text("value")) for each in item.items("headlines")]
    main = [value for role, value in headlines if role.lower() == "main"] or [value for _, value in headlines]
    return plain(next(iter(main), None) or item.text("headline", "name"))


def _byline(item: Item) -> str | None:
    """The byline, or else the names of the authors as Superdesk lists them."""
    byline = plain(item.text("by", "byline"))
    names = [each.text("name") or each.text("role") for each in item.items("authors")]
    return byline or ", ".join(name for name in names if name) or None


def _publisher(item: Item) -> str | None:
    """Who publishes the item: its source, or the first party that informed it, or who holds its rights."""
    sources = [each.text("name") for each in item.items("infosources")]
    return item.text("source") or next((s for s in sources if s), None) or item.text("copyrightholder")


def _web(identity: str | None) -> str | None:
    return identity if identity and identity.startswith(("http://", "https://")) else None
