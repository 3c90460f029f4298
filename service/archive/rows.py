"""The articles of a shard, row by row, and what is wrong with the rows that hold none."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, BinaryIO

import pyarrow.parquet as pq
from fsspec.core import url_to_fs
from fsspec.utils import infer_compression

from service.archive.shards import Shard
from service.extract.records import Article
from service.web.formats import FieldErrors
from service.web.formats.files import read_item

FIELDS = tuple(each.name for each in fields(Article))
_ELSEWHERE = ("headline", "body_html", "body_xhtml", "content", "bodies")  # where items of content systems hold text


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows are understood: ``columns`` names the column of a field of ``Article`` where it is another."""

    format: str = "text"
    columns: Mapping[str, str] = field(default_factory=dict)
    max_characters: int = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row and its place: the byte its line begins at or, in Parquet, its number; ``fault`` if it is no article."""

    name: str
    position: int
    article: Article | None = None
    id: str | None = None
    code: str = ""
    fault: str = ""

    @property
    def identity(self) -> str:
        """The row's own id, or its place where it states none."""
        return self.id if self.id is not None else f"{self.name}:{self.position}"


def read_rows(shard: Shard, reading: Reading) -> Iterator[Row]:
    """Every row of *shard* in order; blank lines are none."""
    system, path = url_to_fs(shard.url)
    packed = infer_compression(shard.url) if shard.kind == "jsonl" else None
    with system.open(path, "rb", compression=packed) as stream:
        if shard.kind == "parquet":
            for number, content in _read_parquet(stream, shard, reading):
                yield _read_row(shard.name, number, content, reading)
            return
        for position, line in _read_lines(stream, shard.start, None if packed else shard.end):
            yield _parse_line(shard.name, position, line, reading)


def _read_lines(stream: BinaryIO, start: int, end: int | None) -> Iterator[tuple[int, bytes]]:
    """Every line that begins from *start* to before *end* and is not blank, with where it begins."""
    position = start
    if start:
        stream.seek(start - 1)
        position += len(stream.readline()) - 1
    while end is None or position < end:
        line = stream.readline()
        if not line:
            return
        bare = line.removeprefix(codecs.BOM_UTF8) if not position else line
        if bare.strip():
            yield position, bare
        position += len(line)


def _parse_line(name: str, position: int, line: bytes, reading: Reading) -> Row:
    try:
        content = json.loads(line.decode())
    except UnicodeDecodeError:
        return Row(name, position, code="invalid_encoding", fault="The line is not UTF-8.")
    except (ValueError, RecursionError) as error:
        return Row(name, position, code="invalid_json", fault=f"The line is not JSON: {error}.")
    return _read_row(name, position, content, reading)


def _read_parquet(stream: BinaryIO, shard: Shard, reading: Reading) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of the shard with their numbers, out of the row groups that hold them."""
    file = pq.ParquetFile(stream)
    wanted = {*FIELDS, *_ELSEWHERE, "id", *reading.columns.values()}
    columns = [name for name in file.schema_arrow.names if name in wanted]
    begin = 0
    for group in range(file.metadata.num_row_groups):
        end = begin + file.metadata.row_group(group).num_rows
        if begin < shard.end and shard.start < end:
            number = begin
            for batch in file.iter_batches(batch_size=256, row_groups=[group], columns=columns, use_threads=False):
                low, high = max(shard.start - number, 0), min(shard.end - number, batch.num_rows)
                if low < high:
                    yield from enumerate(batch.slice(low, high - low).to_pylist(), number + low)
                number += batch.num_rows
        begin = end


def _read_row(name: str, position: int, content: object, reading: Reading) -> Row:
    """The article of a row in our own form, a ninjs item or a WordPress post; it has an id in any case."""
    if not isinstance(content, Mapping):
        return Row(name, position, code="validation_failed", fault="The row is not an object.")
    given = _rename(content, reading)
    identity = given.get("external_id")
    stated = identity if isinstance(identity, str) else None
    try:
        article = read_item(given, "json")
    except FieldErrors as error:
        return Row(name, position, id=stated, code="validation_failed", fault=str(error))
    odd = next((key for key in FIELDS if not _is_text(getattr(article, key))), None)
    if odd:
        fault = f"/{odd}: Holds a lone surrogate."
        return Row(name, position, id=stated if _is_text(stated) else None, code="validation_failed", fault=fault)
    if len(article.text) > reading.max_characters:
        fault = f"The article has {len(article.text)} characters; at most {reading.max_characters} are taken."
        return Row(name, position, id=article.external_id, code="article_too_long", fault=fault)
    return Row(name, position, article, article.external_id)


def _rename(content: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """The row under our own names, without nulls: dates as ISO 8601, an id that is a number as its digits."""
    given = dict(content) | {field: content.get(column) for field, column in reading.columns.items()}
    if given.get("external_id") is None:
        given["external_id"] = content.get("id")
    if isinstance(given["external_id"], int):
        given["external_id"] = str(given["external_id"])
    if isinstance(given.get("published_at"), date):
        given["published_at"] = given["published_at"].isoformat()
    if given.get("format") is None:
        given["format"] = reading.format
    if given.get("text") is None and any(given.get(key) is not None for key in _ELSEWHERE):
        given.pop("text", None)
    return {key: value for key, value in given.items() if value is not None}


def _is_text(value: str | None) -> bool:
    return value is None or not any("\ud800" <= char <= "\udfff" for char in value)
