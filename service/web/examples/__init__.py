"""Examples for the API description: one article of our own and what the service answers to it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def load_example(name: str) -> Any:  # an example is JSON data or text, as its file is
    """The example in the file *name* beside this module."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    return json.loads(text) if name.endswith(("json", "jsonld")) else text
