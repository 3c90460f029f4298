"""Archives are cut into shards and put together again: no row is lost, none comes twice, wrong ones are named."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.archive.rows import Reading, Row, read_rows
from service.archive.shards import BackfillError, cut_file, find_files

READING = Reading()
GOOD = {"id": "a1", "text": "The council voted 7-4 on Monday.", "title": "Bridge"}


def read_all(path: Path, size: int, reading: Reading = READING) -> list[Row]:
    """Every row of the archive at *path*, read in shards of *size* bytes."""
    shards = [shard for file in find_files(str(path)) for shard in cut_file(file, size)]
    assert len({shard.key for shard in shards}) == len(shards)
    return [row for shard in shards for row in read_rows(shard, reading)]


def read_one(folder: Path, content: object, reading: Reading = READING) -> Row:
    """The row of an archive of one line."""
    path = folder / "one.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    (row,) = read_all(path, 1 << 20, reading)
    return row


@settings(deadline=None, max_examples=50)
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=12),
    blank=st.lists(st.sampled_from(["", " ", "\r"]), max_size=3),
    size=st.integers(1, 200),
    ended=st.booleans(),
)
def test_every_line_is_read_once_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], blank: list[str], size: int, ended: bool
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts] + blank
    path = folder / "a.jsonl"
    path.write_bytes(("\n".join(lines) + "\n" * ended).encode())
    rows = read_all(path, size)
    assert [row.article.text for row in rows if row.article] == texts
    for row in rows:
        assert json.loads(path.read_bytes()[row.position :].partition(b"\n")[0]) == {
            "text": row.article and row.article.text
        }


@settings(deadline=None, max_examples=50)
@given(count=st.integers(0, 40), group=st.integers(1, 15), size=st.integers(1, 3000))
def test_every_row_of_parquet_is_read_once_however_it_is_cut(
    tmp_path_factory: pytest.TempPathFactory, count: int, group: int, size: int
) -> None:
    path = tmp_path_factory.mktemp("rows") / "a.parquet"
    table = pa.table({"text": [f"Row {n}." for n in range(count)], "id": list(range(count)), "more": [1.5] * count})
    pq.write_table(table, path, row_group_size=group)
    rows = read_all(path, size)
    assert [(row.position, row.id, row.article and row.article.text) for row in rows] == [
        (n, str(n), f"Row {n}.") for n in range(count)
    ]


def test_a_folder_is_read_by_name_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b/2.ndjson", "a/1.jsonl", "_old/3.jsonl", ".x.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps({"text": name}), encoding="utf-8")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b'\xef\xbb\xbf{"text": "c"}\n\n{"text": "d"}'))
    (tmp_path / "notes.txt").write_text("No archive.", encoding="utf-8")
    rows = read_all(tmp_path, 4)
    assert [row.article and row.article.text for row in rows] == ["a/1.jsonl", "b/2.ndjson", "c", "d"]
    assert [row.identity for row in rows][-1] == "c.jsonl.gz:18"
    assert [file.name for file in find_files(f"{tmp_path}/*/*.jsonl")] == ["_old/3.jsonl", "a/1.jsonl"]


def test_an_address_without_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackfillError, match="No JSONL or Parquet file"):
        find_files(str(tmp_path))
    (tmp_path / "a.csv").write_text("text", encoding="utf-8")
    with pytest.raises(BackfillError, match="neither JSONL nor Parquet"):
        find_files(str(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        (b"{", "invalid_json", "not JSON"),
        (b'{"text": "\xff"}', "invalid_encoding", "not UTF-8"),
        (b'{"text": ' + b"[" * 99_999, "invalid_json", "not JSON"),
        (["a", "list"], "validation_failed", "not an object"),
        ({"id": "a1"}, "validation_failed", ""),
        (GOOD | {"text": 7}, "validation_failed", "/text: Not a string."),
        (GOOD | {"format": "pdf"}, "validation_failed", "/format"),
        (GOOD | {"title": "half \ud83d"}, "validation_failed", "/title: Holds a lone surrogate."),
        (GOOD | {"text": "x" * 200_001}, "article_too_long", "200001 characters; at most 200000"),
    ],
)
def test_what_is_no_article_is_named_with_its_reason(tmp_path: Path, content: Any, code: str, reason: str) -> None:
    row = read_one(tmp_path, content)
    assert (row.article, row.code, row.position) == (None, code, 0)
    assert reason in row.fault


def test_columns_are_taken_as_they_are_called(tmp_path: Path) -> None:
    columns = {"text": "body", "external_id": "uid"}
    row = read_one(tmp_path, {"uid": 7, "body": "<p>One.</p>", "id": "no"}, Reading("html", columns))
    assert row.article
    assert (row.id, row.article.text, row.article.format) == ("7", "<p>One.</p>", "html")


def test_items_of_content_systems_are_read_as_they_are(tmp_path: Path) -> None:
    post = {"id": 12, "title": {"rendered": "Bridge"}, "content": {"rendered": "<p>It is late.</p>"}}
    row = read_one(tmp_path, post)
    assert row.article
    assert (row.id, row.article.title, row.article.format) == ("12", "Bridge", "html")


def test_times_of_parquet_are_told_as_iso_8601(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["One."], "published_at": [datetime(2024, 5, 3, 6, 30, tzinfo=UTC)]}), path)
    (row,) = read_all(path, 100)
    assert row.article
    assert row.article.published_at == "2024-05-03T06:30:00+00:00"
