"""``service extract``: every format in and out, on files and standard input, with the tiny real model."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli_extract import extract

TEXT = "The council voted 7-4 on Monday to back the bridge.\n\n“It is late,” said Mr. Hale 😀. He left."
HTML = "<h1>Bridge</h1><p>The council voted 7-4 on Monday.</p>"
NINJS = {"headline": "Bridge", "byline": "Ann Lee", "body_html": HTML}


@pytest.fixture
def run(model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command, run in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(extract, ["--model", str(model_path), *arguments], input=stdin)

    return invoke


def test_standard_input_gives_one_extraction(run: Any) -> None:
    told = json.loads(run(stdin=TEXT).stdout)
    assert told["text"] == TEXT
    assert [told["text"][s["start"] : s["end"]] for s in told["sentences"]] == [s["text"] for s in told["sentences"]]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.txt", TEXT, TEXT),
        ("a.md", "# Bridge\n\nIt *is* late.", "# Bridge\n\nIt *is* late."),
        ("a.html", HTML, "Bridge\n\nThe council voted 7-4 on Monday."),
        ("a.json", json.dumps({"text": HTML, "format": "html"}), "Bridge\n\nThe council voted 7-4 on Monday."),
        ("b.json", json.dumps(NINJS), "By Ann Lee\n\nBridge\n\nThe council voted 7-4 on Monday."),
        ("c.json", json.dumps({"content": {"rendered": HTML}}), "Bridge\n\nThe council voted 7-4 on Monday."),
    ],
)
def test_files_are_read_by_their_names(run: Any, name: str, content: str, text: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert json.loads(run(name).stdout)["text"] == text


def test_many_articles_come_a_line_each_and_a_wrong_one_fails_alone(run: Any) -> None:
    lines = [
        json.dumps({"text": TEXT, "external_id": "one"}),
        "{",
        json.dumps({"text": 7}),
        json.dumps({"text": "Two."}),
    ]
    result = run("--from", "ndjson", stdin="\n".join(lines))
    assert [json.loads(line)["external_id"] for line in result.stdout.splitlines()] == ["one", "-:4"]
    assert result.exit_code == 1
    assert result.stderr.count("standard input:") == 2


def test_offsets_come_in_the_unit_asked_for(run: Any) -> None:
    told = json.loads(run("--offset-unit", "utf16", stdin=TEXT).stdout)
    units = TEXT.encode("utf-16-le")
    for sentence in told["sentences"]:
        assert units[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le") == sentence["text"]


def test_other_forms_are_written(run: Any) -> None:
    assert json.loads(run("--to", "jsonld", stdin=TEXT).stdout)["@type"] == "NewsArticle"
    assert json.loads(run("--to", "annotations", stdin=TEXT).stdout)["type"] == "AnnotationPage"
    rows = list(csv.DictReader(io.StringIO(run("--to", "csv", stdin=TEXT).stdout)))
    assert "".join(row["text"][:3] for row in rows).startswith("The")


def test_tables_of_several_articles_are_one(run: Any) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text(TEXT, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("a.txt", "b.txt", "--to", "csv").stdout)))
    assert {row["article"] for row in rows} == {"a.txt", "b.txt"}


def test_the_bar_goes_to_standard_error(run: Any) -> None:
    result = run("--progress", stdin=TEXT)
    assert "Extracting" in result.stderr
    assert json.loads(result.stdout)


def test_missing_files_and_models_are_named(run: Any, tmp_path: Path) -> None:
    assert "none.txt: No such file" in run("none.txt").stderr
    result = CliRunner().invoke(extract, ["--model", str(tmp_path / "none")], input=TEXT)
    assert result.exit_code == 1


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", "\ud83d".encode("utf-8", "surrogatepass"), b"\x00", b"\xef\xbb\xbfHi."]
)
def test_odd_bytes_are_no_crash(run: Any, data: bytes) -> None:
    assert run(stdin=data).exit_code in (0, 1)
