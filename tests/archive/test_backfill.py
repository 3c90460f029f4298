"""``service backfill`` on real Ray and a tiny real model: killed half-way, resumed, and compared with reading directly.

The articles are those of ``seeds/``, cut short.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fsspec.implementations.local import LocalFileSystem

from service.archive.columns import SCHEMA
from service.archive.parts import Part, Reader, read_part, write_part
from service.archive.rows import Reading, read_rows
from service.archive.runs import Plan, run_backfill
from service.archive.shards import BackfillError, cut_file, find_files
from service.extract.analyzer import Analyzer
from service.extract.records import Article

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
LOCAL = LocalFileSystem()
BROKEN, LONELY = b"{\n", b'{"text": "\\ud83d"}'
SHARD = 600  # bytes: about every article is a shard


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 240 articles, with three rows among them that are none."""
    path = tmp_path_factory.mktemp("archive") / "articles.jsonl"
    texts = [seed.read_text(encoding="utf-8")[:500] for seed in SEEDS]
    lines = [json.dumps({"id": f"a{n}", "text": texts[n % len(texts)]}, ensure_ascii=False) for n in range(240)]
    lines[100:100] = ["{", '{"id": "seven", "text": 7}', ""]
    lines += ['{"text": "\\ud83d"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def direct(archive: Path, model_path: Path) -> dict[str, str]:
    """What an analyzer finds in every article of the archive when it is asked itself, as JSON by id."""
    analyzer = Analyzer.load(model_path, threads=1)
    shards = [shard for file in find_files(str(archive)) for shard in cut_file(file, SHARD)]
    records = [record for shard in shards for record in Reader(analyzer).read(read_rows(shard, Reading()))]
    return {record["id"]: record["extraction"] for record in records}


def start(archive: Path, output: Path, model: Path) -> subprocess.Popen[str]:
    """The command, begun."""
    command = [sys.executable, "-m", "service", "backfill", str(archive), str(output), "--model", str(model)]
    return subprocess.Popen([*command, "--actors", "2", "--shard-size", str(SHARD)], stderr=subprocess.PIPE, text=True)


def parts_in(output: Path) -> list[Path]:
    """The parts that are there."""
    return sorted(output.glob("*.parquet"))


def descendants(parent: int) -> set[int]:
    """The process ids of all that *parent* began, directly or not."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, fresh = set(), {parent}
    while fresh:
        fresh = {child for child, above in parents.items() if above in fresh}
        found |= fresh
    return found


def listening_beyond_the_loopback(processes: set[int]) -> set[str]:
    """The addresses, as the kernel writes them, on which any of *processes* answers others than this machine."""
    sockets = set()
    for process in processes:
        for handle in Path(f"/proc/{process}/fd").glob("*"):
            try:
                sockets.add(str(handle.readlink()).removeprefix("socket:[").removesuffix("]"))
            except OSError:
                continue
    loopback = ("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F")
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return {row[1] for row in rows if row[3] == "0A" and row[9] in sockets and row[1].partition(":")[0] not in loopback}


def kill_half_way(process: subprocess.Popen[str], output: Path) -> set[int]:
    """Kill the command with -9 once it has written a few parts, and wait for what it began; its processes."""
    ends = time.monotonic() + 300
    while len(parts_in(output)) < 3 and process.poll() is None and time.monotonic() < ends:
        time.sleep(0.01)
    assert process.poll() is None, process.communicate()[1]
    family = descendants(process.pid)
    assert listening_beyond_the_loopback(family) == set()
    process.kill()
    process.communicate()
    while any(Path(f"/proc/{each}").exists() for each in family) and time.monotonic() < ends:
        time.sleep(0.05)
    return {each for each in family if Path(f"/proc/{each}").exists()}


def test_a_run_that_was_killed_goes_on_and_nothing_is_lost_or_doubled(
    archive: Path, tmp_path: Path, model_path: Path, direct: dict[str, str]
) -> None:
    output = tmp_path / "out"
    assert kill_half_way(start(archive, output, model_path), output) == set()
    before = {path.name: path.stat().st_mtime_ns for path in parts_in(output)}
    shards = [shard for file in find_files(str(archive)) for shard in cut_file(file, SHARD)]
    assert 3 <= len(before) < len(shards)

    process = start(archive, output, model_path)
    told = process.communicate(timeout=600)[1]
    assert process.returncode == 0, told
    assert f"240 articles in {len(shards)} shards, 3 rows rejected." in told
    assert {name: (output / name).stat().st_mtime_ns for name in before} == before

    table = pq.read_table(output)
    assert table.schema.equals(SCHEMA)
    found = table.sort_by("position").to_pylist()
    assert [row["id"] for row in found] == [f"a{n}" for n in range(240)]
    assert {row["id"]: row["extraction"] for row in found} == direct
    data = archive.read_bytes()
    assert sorted((row["id"], row["code"]) for row in rejects(output)) == [
        (f"articles.jsonl:{data.rindex(LONELY)}", "validation_failed"),
        (f"articles.jsonl:{data.index(BROKEN)}", "invalid_json"),
        ("seven", "validation_failed"),
    ]
    manifest = json.loads((output / "_manifest.json").read_text(encoding="utf-8"))
    assert (manifest["complete"], manifest["total"]["rows"], manifest["total"]["rejected"]) == (True, 240, 3)


def rejects(output: Path) -> list[dict[str, Any]]:
    """The rows that were rejected, as they are told."""
    files = sorted((output / "_rejected").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_columns_count_what_the_extraction_holds(direct: dict[str, str], archive: Path, analyzer: Analyzer) -> None:
    (shard,) = cut_file(find_files(str(archive))[0], 1 << 20)
    rows = [row for row in read_rows(shard, Reading()) if row.id in ("a0", "a7")]
    for record in Reader(analyzer).read(iter(rows)):
        told = json.loads(record["extraction"])
        labels = [sentence["label"] for sentence in told["sentences"]]
        assert record["factual_statement_sentences"] == labels.count("factual_statement")
        assert record["quotation_sentences"] == labels.count("quotation")
        assert record["speakers"] == [speaker["name"] for speaker in told["speakers"]]
        assert (record["quantities"], record["characters"]) == (len(told["quantities"]), len(told["text"]))


def test_an_article_that_breaks_the_analyzer_fails_alone(archive: Path, tmp_path: Path, analyzer: Analyzer) -> None:
    (shard,) = cut_file(find_files(str(archive))[0], 1 << 20)
    rows = [row for row in read_rows(shard, Reading()) if row.article][:10]
    no_text: Any = 7
    broken = replace(rows[4], article=Article(no_text))
    reader = Reader(analyzer)
    part = write_part(LOCAL, str(tmp_path), "k", reader.read(iter([*rows[:4], broken, *rows[5:]])), reader.failures)
    assert part == read_part(LOCAL, f"{tmp_path}/k.parquet") == Part(9, 1)
    assert [(row["id"], row["code"]) for row in rejects(tmp_path)] == [("a4", "internal_error")]


def test_a_part_is_there_as_a_whole_or_not_at_all(archive: Path, tmp_path: Path, analyzer: Analyzer) -> None:
    (shard,) = cut_file(find_files(str(archive))[0], 1 << 20)

    def records() -> Iterator[dict[str, Any]]:
        yield from list(Reader(analyzer).read(read_rows(shard, Reading())))[:70]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_part(LOCAL, str(tmp_path), "k", records(), [])
    assert list(tmp_path.iterdir()) == []


def test_an_output_of_something_else_is_refused(archive: Path, tmp_path: Path, model_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"")
    plan = Plan(str(empty), str(tmp_path / "out"), model_path)
    run_backfill(plan, lambda _: None)
    with pytest.raises(BackfillError, match="offset_unit codepoint, not utf8"):
        run_backfill(replace(plan, offset_unit="utf8"), lambda _: None)
    empty.write_bytes(b"\n\n")
    with pytest.raises(BackfillError, match=r"empty\.jsonl has changed"):
        run_backfill(plan, lambda _: None)
    with pytest.raises(BackfillError, match="holds no backfill"):
        run_backfill(replace(plan, target=str(archive.parent)), lambda _: None)
    with pytest.raises(BackfillError, match="must not lie within INPUT"):
        run_backfill(replace(plan, source=str(tmp_path), target=str(tmp_path / "in")), lambda _: None)
