"""Clients made from openapi.yaml by the usual generators: they compile, and the Python one reads an article."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import RunningServer

ROOT = Path(__file__).parents[2]
GENERATOR = Path(sys.executable).parent.parent / "tools" / "bin" / "openapi-python-client"
NODE = ROOT / "node_modules" / ".bin"
ARTICLE = "“The dam will hold,” the engineer said. It cost 4.2 million euros."

_CALL = """
from ascribe_client import Client
from ascribe_client.api.extractions import extract
from ascribe_client.models import Article, ArticleOffsetUnit, Extraction, Problem


def read(url: str, text: str) -> Extraction:
    with Client(base_url=url) as client:
        answer = extract.sync(client=client, body=Article(text=text, offset_unit=ArticleOffsetUnit.UTF16))
    assert isinstance(answer, Extraction), answer
    return answer


def refuse(url: str) -> Problem:
    with Client(base_url=url) as client:
        answer = extract.sync(client=client, body=Article(text="x" * 200_001))
    assert isinstance(answer, Problem), answer
    return answer


def first(found: Extraction) -> tuple[int, int, str]:
    return found.sentences[0].start, found.sentences[0].end, found.sentences[0].text
"""
_TYPES = """
import type { components, paths } from "./api";

type Extraction = components["schemas"]["Extraction"];
type Asked = paths["/v1/extractions"]["post"]["requestBody"]["content"]["application/json"];

export const article: Asked = { text: "The dam will hold.", offset_unit: "utf16" };
export const labels = (found: Extraction): string[] => found.sentences.map((sentence) => sentence.label ?? "none");
// @ts-expect-error an article needs its text
export const none: Asked = {};
"""


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the generated Python client and a module that calls it."""
    (tmp_path / "config.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    made = tmp_path / "ascribe_client"
    command: list[str | Path] = [
        GENERATOR,
        "generate",
        "--path",
        ROOT / "openapi.yaml",
        "--output-path",
        made,
        "--meta",
        "none",
    ]
    done = subprocess.run([*command, "--config", tmp_path / "config.yaml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "call.py").write_text(_CALL, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_a_generated_python_client_reads_an_article(server: RunningServer, generated: Path) -> None:
    call = importlib.import_module("call")
    found = call.read(server.url, ARTICLE)
    assert found.text == ARTICLE
    assert found.offset_unit.value == "utf16"
    start, end, text = call.first(found)
    assert ARTICLE[start:end] == text
    assert call.refuse(server.url).code.value == "article_too_long"
    assert (generated / "ascribe_client" / "models" / "quotation.py").exists()


def test_the_generated_python_client_is_typed(generated: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file=", "call.py"]
    done = subprocess.run(command, cwd=generated, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_generated_typescript_types_compile(tmp_path: Path) -> None:
    if not (NODE / "tsc").exists() and os.environ.get("CI") != "true":
        pytest.skip("Node.js is not set up; `make install` does it where npm is there")
    api = tmp_path / "api.ts"
    subprocess.run([NODE / "openapi-typescript", ROOT / "openapi.yaml", "-o", api], check=True, capture_output=True)
    (tmp_path / "use.ts").write_text(_TYPES, encoding="utf-8")
    compiler: list[str | Path] = [
        NODE / "tsc",
        "--noEmit",
        "--strict",
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "use.ts",
    ]
    done = subprocess.run(compiler, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_generators_are_there() -> None:
    assert GENERATOR.exists()
    assert shutil.which("npm") is None or (NODE / "redocly").exists() or not (ROOT / "node_modules").exists()
