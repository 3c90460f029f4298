"""How fast the service is, beside others, in one run: ``make bench``.

Contenders are processes of their own with one thread, warm, that read the same articles turn by turn; what is
stated is the median over the rounds, ratios are of medians of the same run. The service itself, with one worker of
one thread, is one of them; its rate at many clients takes turns with that of as many processes without HTTP.
Writes ``docs/speed.json``, ``docs/speed.svg`` and the tables of the README. A quiet machine is yours to provide.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from articles import write_article, write_long
from loads import ROOT, Service, serve, typical
from plots import write_plot
from tables import write_readme

WORDS = (300, 1000, 3000)
LENGTHS = (12_500, 25_000, 50_000, 100_000, 200_000)
CLIENTS = 8
TURNS = 3
STARTS = 5
SECONDS = 15  # that the clients of one turn ask
MULTIPLIES = ("avx2", "avx512f", "avx512_vnni", "amx_int8")  # what decides how fast whole numbers are multiplied
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")
ONE_THREAD |= {"OMP_WAIT_POLICY": "PASSIVE", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True, slots=True)
class Contender:
    """A process that reads articles and says what it spent."""

    name: str
    process: subprocess.Popen[str]
    told: Mapping[str, Any]

    def send(self, texts: Sequence[str]) -> None:
        """Let it begin."""
        assert self.process.stdin is not None  # noqa: S101 it was asked for
        self.process.stdin.write(json.dumps(texts) + "\n")
        self.process.stdin.flush()

    def receive(self) -> list[dict[str, float]]:
        """What it spent on each text."""
        assert self.process.stdout is not None  # noqa: S101 it was asked for
        spent: list[dict[str, float]] = json.loads(self.process.stdout.readline())
        return spent

    def read(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """The same, at once."""
        self.send(texts)
        return self.receive()


@dataclass(frozen=True, slots=True)
class Served:
    """The service as a contender: what is spent is the whole request."""

    service: Service
    name: str = "served"

    def read(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """What it spent on each text."""
        return [{"whole": seconds} for seconds in self.service.ask(texts)]


@contextmanager
def contend(name: str, python: str) -> Iterator[Contender]:
    """A contender that is warm."""
    command = [python, str(ROOT / "bench" / "contenders.py"), name]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | ONE_THREAD, **pipes) as process:  # noqa: S603 (our own command)
        told = json.loads(process.stdout.readline() or "{}")
        if not told:
            raise SystemExit(f"{name} does not start with {python}.")
        yield Contender(name, process, told)
        process.stdin.close()


def compare(
    contenders: Sequence[Contender | Served], articles: Mapping[int, Sequence[str]], rounds: int
) -> dict[str, Any]:
    """Median seconds of each contender for articles of each length, turn by turn, and the stages of ours."""
    spent: dict[str, dict[int, list[dict[str, float]]]] = {c.name: {w: [] for w in articles} for c in contenders}
    for contender in contenders:
        for texts in articles.values():
            contender.read(texts)  # warms up: a runtime prepares itself for every shape it meets
    for number in range(rounds):
        for words, texts in articles.items():
            for contender in contenders:
                spent[contender.name][words] += contender.read([texts[number % len(texts)]])
    return {
        name: {words: {key: median(f[key] for f in found) for key in found[0]} for words, found in by_length.items()}
        for name, by_length in spent.items()
    }


def rate_together(contenders: Sequence[Contender], texts: Sequence[str]) -> float:
    """Articles a second that contenders read side by side, each all *texts*."""
    for contender in contenders:
        contender.send(texts)
    return sum(len(texts) / sum(spent["whole"] for spent in c.receive()) for c in contenders)


def measure_service(articles: Mapping[int, Sequence[str]], cores: int, rounds: int) -> dict[str, Any]:
    """Start, memory, latency and rate of the service, with each division of the cores."""
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        ours = [stack.enter_context(contend("ours", sys.executable)) for _ in range(cores)]
        for workers, threads in dict.fromkeys(((cores, 1), (1, cores))):
            start = median(_start(workers, threads) for _ in range(STARTS))
            with serve(WORKERS=workers, THREADS=threads) as service:
                found[f"{workers} x {threads}"] = {"start": start, **_measure(service, ours, articles, rounds)}
    with serve(WORKERS=1) as service:
        found["restart"] = round(service.restart(), 2)
    return found


def _start(workers: int, threads: int) -> float:
    with serve(WORKERS=workers, THREADS=threads) as service:
        return round(service.start, 2)


def _measure(
    service: Service, ours: Sequence[Contender], articles: Mapping[int, Sequence[str]], rounds: int
) -> dict[str, Any]:
    for texts in articles.values():
        service.saturate(texts, CLIENTS)  # until every worker has met every article
        rate_together(ours, texts)
    latency = {
        words: typical(service.ask([texts[n % len(texts)] for n in range(rounds)])) for words, texts in articles.items()
    }
    texts = articles[1000]
    rates = [(service.saturate(texts, CLIENTS, SECONDS), rate_together(ours, 3 * texts)) for _ in range(TURNS)]
    rate, unserved = (round(median(each), 2) for each in zip(*rates, strict=True))
    return {"latency": latency, "rate": rate, "unserved": unserved, **service.memory()}


def main() -> None:
    """Measure everything, print it and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="Articles of each length for each contender.")
    parser.add_argument(
        "--spacy", default=str(ROOT / ".venv" / "bench" / "bin" / "python"), help="A Python with spaCy."
    )
    parser.add_argument("--dry", action="store_true", help="Print, but write nothing.")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    articles = {words: [write_article(words, first) for first in range(0, 8 * 7, 7)] for words in WORDS}
    with ExitStack() as stack:
        pythons = {"ours": sys.executable, "float32": sys.executable, "spacy": options.spacy}
        some = [stack.enter_context(contend(name, python)) for name, python in pythons.items()]
        result: dict[str, Any] = {"machine": describe_machine(), "versions": {c.name: c.told for c in some}}
        with serve(WORKERS=1, THREADS=1) as service:
            result["contenders"] = compare([*some, Served(service)], articles, options.rounds)
        result["lengths"] = {n: some[0].read([write_long(n)])[0]["whole"] for n in LENGTHS}
    result["service"] = measure_service(articles, cores, options.rounds)
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    if not options.dry:
        (ROOT / "docs" / "speed.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        write_plot(result, ROOT / "docs" / "speed.svg")
        write_readme(result, ROOT / "README.md")


def describe_machine() -> dict[str, Any]:
    """What this ran on."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    multiplies = [flag for flag in MULTIPLIES if flag in flags]
    cores = len(os.sched_getaffinity(0))
    return {"processor": model, "multiplies": multiplies, "cores": cores, "python": platform.python_version()}


if __name__ == "__main__":
    main()
