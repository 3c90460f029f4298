"""The examples in the API description, from the shipped model: ``python -m tests.examples`` writes them anew."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask.testing import FlaskClient

from service.app import create_app
from service.extract.analyzer import Analyzer
from service.settings import Settings
from service.storage.engines import open_engine
from service.storage.upgrades import upgrade
from service.web.examples import load_example
from service.web.formats.annotations import PROFILE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "service" / "web" / "examples"
ID = "0f0b7c1e-6c0e-4d7a-9a51-6f3c2f0d9c1b"
_ACCEPT = {
    "extraction.json": "application/json",
    "linked_data.json": "application/ld+json",
    "annotations.json": f'application/ld+json; profile="{PROFILE}"',
    "table.csv": "text/csv",
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


def make_examples(client: FlaskClient) -> dict[str, str]:
    """What *client* answers to the example article in every format, and what it says of its model, by file name."""
    article = load_example("article.json")
    answers = {
        name: client.post("/v1/extractions", json=article, headers={"Accept": accept}).text
        for name, accept in _ACCEPT.items()
    }
    answers["model.json"] = client.get("/v1/model").text
    return {name: _write(name, _UUID.sub(ID, text)) for name, text in answers.items()}


def _write(name: str, text: str) -> str:
    return text if name.endswith(".csv") else json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def open_client(folder: Path) -> FlaskClient:
    """A caller of the service on the shipped model, with its files in *folder*."""
    settings = Settings(model_path=ROOT / "models" / "standard", data_path=folder)
    upgrade(open_engine(settings.database))
    return create_app(settings, Analyzer.load(settings.model_path)).test_client()


def same_shape(one: Any, other: Any) -> bool:
    """Whether two examples are alike but for how sure the model is: floats may differ by a tenth.

    >>> same_shape({"a": [0.91]}, {"a": [0.93]}), same_shape({"a": 1}, {"a": 2})
    (True, False)
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_shape(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_shape, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 0.1
    return bool(one == other)


if __name__ == "__main__":
    with TemporaryDirectory() as temporary:
        for file, written in make_examples(open_client(Path(temporary))).items():
            (FOLDER / file).write_text(written, encoding="utf-8", newline="")
