"""The results of a shard: one Parquet file, there as a whole or not at all, and beside it the rows that failed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO, TypeVar
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem
from fsspec.implementations.local import LocalFileSystem

from service.archive.columns import SCHEMA, make_record
from service.archive.rows import Row
from service.web.analyzers import Analyzer

REJECTED = "_rejected"  # readers of Parquet folders pass over names that begin with an underscore or a dot
_TOGETHER = 8  # articles that share the model's forward passes
_GROUP = 64  # rows of one row group
_NOTE = b"ascribe.rejected"
_Item = TypeVar("_Item")


@dataclass(slots=True)
class Part:
    """How many rows of a shard were read, how many were not, and the processor's time it took in seconds, if known."""

    rows: int = 0
    rejected: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Reader:
    """What turns rows into records: the analyzer, and the unit that offsets count."""

    analyzer: Analyzer
    offset_unit: str = "codepoint"
    failures: list[Row] = field(default_factory=list)

    def read(self, rows: Iterator[Row]) -> Iterator[dict[str, Any]]:
        """The record of every article among *rows*; what is none is put with the failures."""
        for together in _gather(self._articles(rows), _TOGETHER):
            try:
                yield from self._analyze(together)
            except Exception:  # noqa: BLE001 (whatever one article does must not cost the others)
                yield from self._analyze_apart(together)

    def _articles(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            if row.article is None:
                self.failures.append(row)
            else:
                yield row

    def _analyze(self, rows: list[Row]) -> list[dict[str, Any]]:
        found = self.analyzer.analyze_many([row.article for row in rows if row.article])
        return [make_record(row, each, self.analyzer, self.offset_unit) for row, each in zip(rows, found, strict=True)]

    def _analyze_apart(self, rows: list[Row]) -> Iterator[dict[str, Any]]:
        for row in rows:
            try:
                yield from self._analyze([row])
            except Exception as error:  # noqa: BLE001 (the row is named with what it did)
                fault = f"Reading it failed: {type(error).__name__}."
                self.failures.append(Row(row.name, row.position, id=row.id, code="internal_error", fault=fault))


def write_part(
    system: AbstractFileSystem, folder: str, key: str, records: Iterator[dict[str, Any]], failures: list[Row]
) -> Part:
    """Write the results of the shard *key* into *folder*; *failures* are complete once *records* are used up."""
    part = Part()

    def write(stream: BinaryIO) -> None:
        with pq.ParquetWriter(stream, SCHEMA, compression="zstd") as writer:
            for group in _gather(records, _GROUP):
                writer.write_table(pa.Table.from_pylist(group, schema=SCHEMA))
                part.rows += len(group)
            part.rejected = len(failures)
            writer.add_key_value_metadata({_NOTE: str(part.rejected).encode()})
            _write_failures(system, folder, key, failures)

    replace_file(system, part_path(folder, key), write)
    return part


def part_path(folder: str, key: str) -> str:
    """Where the results of the shard *key* stand."""
    return f"{folder}/{key}.parquet"


def read_part(system: AbstractFileSystem, path: str) -> Part:
    """What a part states in its footer."""
    with system.open(path, "rb") as stream:
        footer = pq.ParquetFile(stream).metadata
        return Part(footer.num_rows, int((footer.metadata or {}).get(_NOTE, b"0")))


def replace_file(system: AbstractFileSystem, path: str, write: Callable[[BinaryIO], object]) -> None:
    """Put a file at *path* that holds what *write* writes, or leave everything as it was."""
    folder, _, name = path.rpartition("/")
    system.makedirs(folder, exist_ok=True)
    draft = f"{folder}/.{name}.{uuid4().hex[:12]}.tmp"
    with _forgotten(system, draft):
        with system.open(draft, "wb") as stream:
            write(stream)
            if isinstance(system, LocalFileSystem):
                stream.flush()
                os.fsync(stream.fileno())
        system.mv(draft, path)


@contextmanager
def _forgotten(system: AbstractFileSystem, draft: str) -> Iterator[None]:
    """Removes what lies at *draft* if it comes to nothing."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            system.rm_file(draft)
        raise


def _write_failures(system: AbstractFileSystem, folder: str, key: str, failures: list[Row]) -> None:
    """The failures beside the part, a line each, in the order of the file; no file where there are none."""
    path = f"{folder}/{REJECTED}/{key}.jsonl"
    if not failures:
        with suppress(FileNotFoundError):
            system.rm_file(path)
        return
    told = [
        {"id": row.identity, "file": row.name, "position": row.position, "code": row.code, "reason": row.fault}
        for row in sorted(failures, key=lambda row: row.position)
    ]
    lines = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in told).encode("utf-8", "replace")
    replace_file(system, path, lambda stream: stream.write(lines))


def _gather(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    """The items in lists of *size*, the last of what is left."""
    waiting = iter(items)
    while together := list(islice(waiting, size)):
        yield together
