"""The workers of a run: actors of Ray, each with an analyzer of its own.

An actor writes what it finds where it belongs; nothing but a shard's place and its counts passes through Ray, so the
driver's memory does not grow with the archive.
"""

from __future__ import annotations

import json
import logging
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from fsspec.core import url_to_fs

from service.archive.parts import Part, Reader, write_part
from service.archive.rows import Reading, read_rows
from service.archive.shards import BackfillError, Shard
from service.extract.artifacts import ArtifactError, hash_file

_STORE = 128 << 20  # bytes Ray keeps for what passes between processes, which here is next to nothing
_STARTS = 5
_TRIES = 2  # how often a shard is begun anew after its actor has died


@dataclass(frozen=True, slots=True)
class Orders:
    """What every actor is told: where to write, how to read, with which model."""

    target: str
    reading: Reading
    offset_unit: str
    model: Path
    digest: str  # of the model's manifest


class ShardReader:
    """An actor: reads shards and writes their parts."""

    def __init__(self, orders: Orders) -> None:
        from service.extract.analyzer import Analyzer

        if hash_model(orders.model) != orders.digest:
            raise ArtifactError(f"The model in {orders.model} is not the one that the run was begun with.")
        self.orders, self.analyzer = orders, Analyzer.load(orders.model, threads=1)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """The counts of every shard in *batch*, once its part is written."""
        shards = [Shard(**json.loads(told)) for told in batch["shard"]]
        parts = [self.read_shard(shard) for shard in shards]
        return {
            "key": [shard.key for shard in shards],
            "rows": [part.rows for part in parts],
            "rejected": [part.rejected for part in parts],
            "seconds": [part.seconds for part in parts],
        }

    def read_shard(self, shard: Shard) -> Part:
        """Read *shard* and write its part."""
        began = time.process_time()
        system, folder = url_to_fs(self.orders.target)
        reader = Reader(self.analyzer, self.orders.offset_unit)
        records = reader.read(read_rows(shard, self.orders.reading))
        part = write_part(system, folder, shard.key, records, reader.failures)
        part.seconds = round(time.process_time() - began, 3)
        return part


def hash_model(folder: Path) -> str:
    """What tells one model from another: the hash of its manifest, which holds those of its files."""
    try:
        return hash_file(folder / "manifest.json")
    except OSError as error:
        raise ArtifactError(f"{folder} holds no model: {error.strerror}.") from None


def read_shards(
    orders: Orders, shards: list[Shard], actors: int | None, address: str | None
) -> Iterator[tuple[str, Part]]:
    """The key and the counts of every one of *shards* as it is done, in no order; one that kills its actor is missing.

    *actors* is how many work at once (one for each core where it is ``None``), *address* a Ray cluster's or ``None``.
    """
    if not shards:
        return
    with _ray(actors, address) as ray:
        from ray.data import ActorPoolStrategy, DataContext

        context = DataContext.get_current()
        context.enable_progress_bars = context.print_on_execution_start = False
        context.max_errored_blocks = -1  # a shard that cannot be read must not cost the others
        cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        size = min(actors or cores, len(shards))
        items = [{"shard": json.dumps(asdict(shard))} for shard in shards]
        with warnings.catch_warnings():  # Ray deprecates max_restarts and has no other word for it yet
            warnings.simplefilter("ignore", DeprecationWarning)
            counts = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
                ShardReader,
                fn_constructor_args=(orders,),
                batch_size=1,
                compute=ActorPoolStrategy(size=size, max_tasks_in_flight_per_actor=2),
                num_cpus=1,
                max_restarts=_TRIES,
                max_task_retries=_TRIES,
            )
        for row in counts.iter_rows():
            yield row["key"], Part(row["rows"], row["rejected"], row["seconds"])


@contextmanager
def _ray(actors: int | None, address: str | None) -> Iterator[Any]:
    """Ray on this machine alone, started for this run, or the cluster at *address*.

    On this machine Ray is told what it reads when it is imported: to report nothing to its makers, to listen on the
    loopback only, and to answer nobody but this run, since whoever reaches Ray may run code.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    if not address:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # its name for more than the loopback
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)}
    try:
        import ray
    except ImportError:
        raise BackfillError("Ray is not installed: pip install 'ascribe[backfill]'.") from None
    if address:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    else:
        _start(ray, actors)
    import ray.data

    logging.getLogger("ray.data").setLevel("ERROR")
    try:
        yield ray
    finally:
        ray.shutdown()


def _start(ray: Any, actors: int | None) -> None:
    """Start Ray on this machine, which Ray itself gives thirty seconds: too few where the machine is very busy."""
    for left in reversed(range(_STARTS)):
        try:
            ray.init(
                address="local",
                num_cpus=actors,
                include_dashboard=False,
                object_store_memory=_STORE,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except Exception as error:  # noqa: BLE001 (Ray raises no other class for it)
            ray.shutdown()
            if not left:
                raise BackfillError(f"Ray does not start: {error}") from None
        else:
            return
