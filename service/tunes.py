"""What this machine reads fastest with: divisions of its cores into workers and threads, each measured.

A division is measured as it would serve: as many processes as workers, each with a model of its own, all reading
the same articles at once. Memory is looked at first: no division is tried that it has no room for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from service.server import thread_environment
from service.settings import Settings

WORDS = (300, 600, 1000, 2000)  # of the articles that are read in turn
ALIKE = 0.97  # of the best rate: from there on fewer workers are as good, and take less memory
_ROOM = 0.8  # of the memory that is free
_STARTING = 5.0  # seconds that the processes of a division take to start and to read a first round, about
_CALL = 300  # seconds after which a process that says nothing is given up


@dataclass(frozen=True, slots=True)
class Division:
    """Cores divided, and what was measured so: articles a second, median milliseconds of one, megabytes a worker."""

    workers: int
    threads: int
    rate: float = 0.0
    latency: float = 0.0
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one process measured: seconds of each article, in rounds of as many as there are, and its megabytes."""

    spent: list[list[float]]
    memory: float


def write_articles(folder: Path) -> list[str]:
    """An article of each of ``WORDS`` words or a little more, out of the paragraphs of the texts in *folder*."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]
    paragraphs = cycle([part.strip() for text in texts for part in text.split("\n\n") if part.strip()])
    articles = []
    for words in WORDS:
        chosen: list[str] = []
        while sum(len(part.split()) for part in chosen) < words:
            chosen.append(next(paragraphs))
        articles.append("\n\n".join(chosen))
    return articles


def divide(cores: int) -> list[Division]:
    """Divisions worth trying, the fewest workers first.

    >>> [(each.workers, each.threads) for each in divide(6)]
    [(1, 6), (1, 4), (3, 2), (6, 1)]
    """
    threads = {cores} | {1 << power for power in range(cores.bit_length()) if 1 << power <= cores}
    return [Division(cores // each, each) for each in sorted(threads, reverse=True)]


def measure(settings: Settings, articles: Sequence[str], cores: int, seconds: float) -> Iterator[Division]:
    """Every division of *cores* that memory has room for, measured, within about *seconds* together."""
    planned, memory, free = divide(cores), 0.0, free_memory()
    for division in planned:
        if memory and division.workers * memory > _ROOM * free:
            continue
        each = max(0.0, seconds / len(planned) - _STARTING)
        measured = _measure(replace(settings, threads=division.threads), division, articles, each)
        memory = measured.memory
        yield measured


def choose(divisions: Sequence[Division]) -> Division:
    """The fastest; of those about as fast the one of fewest workers."""
    best = max(each.rate for each in divisions)
    return min((each for each in divisions if each.rate >= ALIKE * best), key=lambda each: each.workers)


def free_memory() -> float:
    """Megabytes that may still be taken: the machine's, or fewer where a container's limit says so."""
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    free = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("MemAvailable:"))
    try:
        most, taken = (Path(f"/sys/fs/cgroup/memory.{name}").read_text(encoding="ascii") for name in ("max", "current"))
        return min(free, (int(most) - int(taken)) / 2**20)
    except (OSError, ValueError):
        return free


def _measure(settings: Settings, division: Division, articles: Sequence[str], seconds: float) -> Division:
    with ExitStack() as stack:
        lines = [stack.enter_context(_start(settings, articles)) for _ in range(division.workers)]
        for line in lines:
            _hear(line)
        for line in lines:
            line.send(seconds)
        readings: list[Reading] = [_hear(line) for line in lines]
    rates = [len(articles) / median(map(sum, reading.spent)) for reading in readings]
    latency = median(spent for reading in readings for each in reading.spent for spent in each)
    return replace(division, rate=sum(rates), latency=1000 * latency, memory=max(r.memory for r in readings))


@contextmanager
def _start(settings: Settings, articles: Sequence[str]) -> Iterator[Connection]:
    """The line to a process that reads; it starts anew, since a model's threads do not survive a fork."""
    os.environ.update(thread_environment(settings))
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_read, args=(theirs, settings, articles), daemon=True)
    process.start()
    theirs.close()
    with ours:
        yield ours
        process.terminate()
        process.join()


def _hear(line: Connection) -> Reading:
    """What the process says next.

    :raises EOFError: when it has ended instead.
    """
    if not line.poll(_CALL):
        raise EOFError
    told: Reading = line.recv()
    return told


def _read(line: Connection, settings: Settings, articles: Sequence[str]) -> None:
    """The life of a process that reads: says that it is warm, hears how many seconds, says what it measured."""
    from service.extract.analyzer import Analyzer
    from service.extract.records import Article

    analyzer = Analyzer.load(settings.model_path, settings.runtime, settings.threads)

    def read() -> list[float]:
        marks = [time.perf_counter()]
        for article in articles:
            analyzer.analyze(Article(article))
            marks.append(time.perf_counter())
        return [end - begin for begin, end in pairwise(marks)]

    read()
    line.send(Reading([], 0.0))
    ends = time.monotonic() + line.recv()
    spent = [read()]
    while time.monotonic() < ends:
        spent.append(read())
    line.send(Reading(spent, _resident()))


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
