"""What there is to read: the files of an archive, and the shards they are cut into without being read.

A shard of a JSONL file is a range of bytes: every line that begins in it belongs to it, so a file is cut without a
look at its lines. A shard of a Parquet file is a range of rows, by the sizes its footer states. A compressed JSONL file
is one shard, since nobody can begin in its middle.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pyarrow.parquet as pq
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.utils import infer_compression

_KINDS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet"}
_STAMPS = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated")


class BackfillError(Exception):
    """An archive cannot be read, or the output holds something else; the message says what."""


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """One file: its full address, its name below the input, and what tells whether it has changed."""

    url: str
    name: str
    kind: str  # "jsonl" or "parquet"
    size: int  # bytes
    stamp: str


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a file that is read and written as one: ``start`` to ``end`` in bytes or, for Parquet, in rows."""

    url: str
    name: str
    kind: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """A name for its results: the same in every run, another for every shard."""
        stem = PurePosixPath(self.name).name.partition(".")[0][:40]
        return f"{stem}-{hashlib.sha256(self.name.encode()).hexdigest()[:8]}-{self.start:012d}"


def find_files(address: str) -> list[ArchiveFile]:
    """The JSONL and Parquet files at *address* by name: a file, a pattern, or all in a folder (not those named ``_…``).

    :raises BackfillError: where there are none, or a file is of another kind.
    """
    system, root = url_to_fs(address)
    folder = system.isdir(root)
    if folder:
        paths = [path for path in system.find(root) if kind_of(path) and not _is_hidden(path, root)]
    else:
        paths = system.glob(root)
        root = system._parent(root)
    while "*" in root:
        root = system._parent(root)
    other = [path for path in paths if not kind_of(path)]
    if other:
        raise BackfillError(f"{other[0]} is neither JSONL nor Parquet by its name ({', '.join(_KINDS)}).")
    if not paths:
        raise BackfillError(f"No JSONL or Parquet file is at {address}.")
    return [_describe(system, path, root) for path in sorted(paths)]


def kind_of(path: str) -> str | None:
    """The kind of a file by its name, "jsonl" whatever its compression or "parquet"; ``None`` for others."""
    name = PurePosixPath(path)
    if infer_compression(path):
        name = name.with_suffix("")
        return "jsonl" if _KINDS.get(name.suffix.lower()) == "jsonl" else None
    return _KINDS.get(name.suffix.lower())


def cut_file(file: ArchiveFile, size: int) -> Iterator[Shard]:
    """The shards of *file*, in order, each of about *size* bytes of uncompressed data."""
    if file.kind == "parquet":
        total, step = _measure_rows(file.url, size)
    elif infer_compression(file.url):
        total = step = max(1, file.size)
    else:
        total, step = file.size, size
    for start in range(0, total, step):
        yield Shard(file.url, file.name, file.kind, start, min(start + step, total))


def _measure_rows(url: str, size: int) -> tuple[int, int]:
    """How many rows a Parquet file has, and how many of them are about *size* bytes."""
    system, path = url_to_fs(url)
    with system.open(path, "rb") as stream:
        footer: Any = pq.ParquetFile(stream).metadata
    rows = footer.num_rows
    held = sum(footer.row_group(number).total_byte_size for number in range(footer.num_row_groups))
    return rows, max(1, math.ceil(rows * size / max(1, held)))


def _is_hidden(path: str, root: str) -> bool:
    return any(part.startswith(("_", ".")) for part in PurePosixPath(path).relative_to(root).parts)


def _describe(system: AbstractFileSystem, path: str, root: str) -> ArchiveFile:
    info = system.info(path)
    stamp = next((str(info[key]) for key in _STAMPS if info.get(key) is not None), "")
    name = path.removeprefix(root).lstrip("/")
    return ArchiveFile(system.unstrip_protocol(path), name, kind_of(path) or "", int(info["size"] or 0), stamp)
