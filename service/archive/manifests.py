"""The manifest of a run: what was read, with which model and how, and which shards are done.

The parts themselves are the truth; the manifest says what they are parts of, so that a run is resumed only as it
began, and keeps their counts.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from fsspec import AbstractFileSystem

from service.archive.parts import Part, part_path, read_part, replace_file
from service.archive.shards import ArchiveFile, BackfillError, Shard

NAME = "_manifest.json"
_FORMAT = 1


@dataclass(slots=True)
class Manifest:
    """One run: ``settings`` decide what its parts hold; ``files`` are its input by name, ``parts`` its work by key."""

    settings: dict[str, Any]
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    complete: bool = False

    def add_files(self, files: list[ArchiveFile]) -> None:
        """Take *files* as the input.

        :raises BackfillError: where one that was read before has changed or gone: its parts would not fit any more.
        """
        there = {file.name: {"size": file.size, "stamp": file.stamp} for file in files}
        for name, stated in self.files.items():
            if there.get(name) != stated:
                what = "has changed" if name in there else "is no longer there"
                raise BackfillError(f"{name} {what} since this output was begun. Choose another OUTPUT.")
        self.files = there

    def find_done(self, system: AbstractFileSystem, folder: str, shards: list[Shard]) -> set[str]:
        """The keys of the *shards* whose parts are there, each with its counts in ``parts``."""
        there = set(system.find(folder)) if system.isdir(folder) else set()
        done = {shard.key for shard in shards if part_path(folder, shard.key) in there}
        self.parts = {
            key: self.parts[key] if key in self.parts else read_part(system, part_path(folder, key))
            for key in sorted(done)
        }
        return done

    @property
    def total(self) -> Part:
        """The counts of all parts."""
        rows = sum(part.rows for part in self.parts.values())
        rejected = sum(part.rejected for part in self.parts.values())
        return Part(rows, rejected, round(sum(part.seconds for part in self.parts.values()), 3))

    def write(self, system: AbstractFileSystem, folder: str) -> None:
        """Put the manifest into *folder*."""
        told = {"format": _FORMAT} | asdict(self) | {"total": asdict(self.total)}
        lines = f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()
        replace_file(system, f"{folder}/{NAME}", lambda stream: stream.write(lines))


def open_manifest(system: AbstractFileSystem, folder: str, settings: dict[str, Any]) -> Manifest:
    """The manifest of the run in *folder*, or a new one.

    :raises BackfillError: where the run that is there was made with other settings, or the folder holds other files.
    """
    if not system.isdir(folder) or not system.ls(folder):
        return Manifest(settings)
    try:
        told = json.loads(system.cat_file(f"{folder}/{NAME}"))
    except FileNotFoundError:
        raise BackfillError(f"{folder} is not empty and holds no backfill. Choose another OUTPUT.") from None
    parts = {key: Part(**part) for key, part in told["parts"].items()}
    other = sorted(key for key in settings | told["settings"] if settings.get(key) != told["settings"].get(key))
    if told["format"] != _FORMAT or other:
        name = other[0] if other else "format"
        was, now = told["settings"].get(name), settings.get(name)
        raise BackfillError(f"{folder} was begun with {name} {was}, not {now}. Choose another OUTPUT.")
    return Manifest(settings, told["files"], parts)
