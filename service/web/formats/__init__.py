"""Formats of others: items of content systems in, schema.org, Web Annotations and CSV out. Pure functions all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from service.extract.records import Article
from service.web.formats.ninjs import read_ninjs
from service.web.formats.profiles import FieldErrors
from service.web.formats.wordpress import read_wordpress

PROFILES: Final[Mapping[str, Callable[[Mapping[str, object]], Article]]] = {
    "ninjs": read_ninjs,
    "wordpress": read_wordpress,
}

__all__ = ["PROFILES", "FieldErrors"]
