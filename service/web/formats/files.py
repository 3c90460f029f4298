"""Articles out of files: plain text, Markdown, HTML, JSON of our own or of a profile, one object a line or many."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import PurePath

from service.extract.records import Article
from service.web.formats import PROFILES, FieldErrors

KINDS = ("text", "markdown", "html", "json", "ndjson", *PROFILES)
_SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
}
_FIELDS = tuple(each.name for each in fields(Article))


def guess_kind(name: str) -> str:
    """The kind of a file by its name; plain text where the name says nothing."""
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "text")


def read_articles(name: str, data: bytes, kind: str) -> Iterator[Article | FieldErrors]:
    """Every article in the file *name*, in order; in place of one that cannot be read, what is wrong with it."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        yield FieldErrors((("", f"Not UTF-8: byte {error.start} is {data[error.start]:#04x}."),))
        return
    if kind in ("text", "markdown", "html"):
        yield Article(text, kind, external_id=name)
        return
    if kind != "ndjson":
        yield from _read_json(text, kind, name)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from _read_json(line, "json", f"{name}:{number}")


def _read_json(text: str, kind: str, name: str) -> Iterator[Article | FieldErrors]:
    """The article of one JSON object, or those of an array of them."""
    try:
        content = json.loads(text)
    except ValueError as error:
        yield FieldErrors((("", f"Not JSON: {error}."),))
        return
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items, 1):
        own = name if len(items) == 1 else f"{name}#{number}"
        try:
            article = read_item(item, kind)
        except FieldErrors as errors:
            yield errors
        else:
            yield article if article.external_id else replace(article, external_id=own)


def read_item(item: object, kind: str) -> Article:
    """An article of our own form, or of the profile that *kind* or the item's own fields name."""
    if not isinstance(item, Mapping):
        raise FieldErrors((("", "Not an object."),))
    if kind == "json" and "text" not in item:
        kind = "wordpress" if isinstance(item.get("content"), Mapping) else "ninjs"
    if kind in PROFILES:
        return PROFILES[kind](item)
    told = {key: item[key] for key in _FIELDS if item.get(key) is not None}
    wrong = tuple((f"/{key}", "Not a string.") for key, value in told.items() if not isinstance(value, str))
    if told.get("format", "text") not in ("text", "markdown", "html"):
        wrong += (("/format", "None of text, markdown, html."),)
    if wrong:
        raise FieldErrors(wrong)
    return Article(**told)
