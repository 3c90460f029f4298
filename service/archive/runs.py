"""A run over an archive: what is to be read, what was read before, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

from service.archive.actors import Orders, hash_model, read_shards
from service.archive.manifests import open_manifest
from service.archive.parts import Part
from service.archive.rows import Reading
from service.archive.shards import ArchiveFile, BackfillError, Shard, cut_file, find_files
from service.extract.artifacts import load_artifact


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do."""

    source: str
    target: str
    model: Path
    reading: Reading = field(default_factory=Reading)
    offset_unit: str = "codepoint"
    shard_size: int = 1 << 20  # bytes
    actors: int | None = None  # one for each core
    address: str | None = None  # of a Ray cluster


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of *shards* in all, *before* were done when it began and *done* are now; its counts."""

    shards: int
    before: int
    done: int
    total: Part
    fresh: Part  # of this run alone


def run_backfill(plan: Plan, report: Callable[[Progress], None]) -> Progress:
    """Read everything that is not done yet; *report* hears of every shard. What was done is left as it is.

    :raises BackfillError: where input and output do not allow the run, or shards could not be read.
    :raises ArtifactError: where the model is not what its manifest says.
    """
    system, folder = url_to_fs(plan.target)
    files = find_files(plan.source)
    _check_apart(plan, folder)
    orders = Orders(
        _absolute(plan.target), plan.reading, plan.offset_unit, plan.model.absolute(), hash_model(plan.model)
    )
    manifest = open_manifest(system, folder, _settings(plan, orders.digest))
    manifest.add_files(files)
    shards = _cut(files, plan.shard_size)
    done = manifest.find_done(system, folder, shards)
    manifest.write(system, folder)
    waiting = [shard for shard in shards if shard.key not in done]
    fresh = Part()
    progress = Progress(len(shards), len(done), len(done), manifest.total, fresh)
    report(progress)
    for key, part in read_shards(orders, waiting, plan.actors, plan.address):
        manifest.parts[key] = part
        manifest.write(system, folder)
        fresh = Part(fresh.rows + part.rows, fresh.rejected + part.rejected, fresh.seconds + part.seconds)
        progress = Progress(len(shards), len(done), len(manifest.parts), manifest.total, fresh)
        report(progress)
    if progress.done < progress.shards:
        left = progress.shards - progress.done
        raise BackfillError(f"{left} of {progress.shards} shards could not be read. Run it again to try them anew.")
    manifest.complete = True
    manifest.write(system, folder)
    return progress


def _cut(files: list[ArchiveFile], size: int) -> list[Shard]:
    return [shard for file in files for shard in cut_file(file, size)]


def _check_apart(plan: Plan, folder: str) -> None:
    """Refuse an output within the input, which the next run would take for input."""
    system, root = url_to_fs(plan.source)
    if f"{folder.rstrip('/')}/".startswith(f"{root.rstrip('/')}/") and system.isdir(root):
        raise BackfillError("OUTPUT must not lie within INPUT.")


def _settings(plan: Plan, digest: str) -> dict[str, Any]:
    """What decides what the parts hold; the same for every run into one output."""
    artifact = load_artifact(plan.model)
    return {
        "input": _absolute(plan.source),
        "model": f"{artifact.name} {artifact.version} {digest[:12]}",
        "offset_unit": plan.offset_unit,
        "shard_size": plan.shard_size,
        **asdict(plan.reading),
    }


def _absolute(address: str) -> str:
    """*address* in full, since an actor's working directory is another."""
    system, path = url_to_fs(address)
    return str(system.unstrip_protocol(path))
