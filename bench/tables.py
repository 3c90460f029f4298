"""What was measured, as the tables of the README."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- written by make bench -->", "<!-- to here -->"
NAMES = {
    "ours": "Ascribe, everything",
    "float32": "the same with plain PyTorch and transformers in float32",
    "spacy": "spaCy `en_core_web_sm` alone",
    "served": "Ascribe over HTTP, one worker",
}
STAGES = ("read", "sentences", "encode", "quotations", "speakers", "quantities", "labels")


def write_readme(result: Mapping[str, Any], file: Path) -> None:
    """Put today's tables between the marks of *file*."""
    text = file.read_text(encoding="utf-8")
    block = "\n".join([BEGIN, *_lines(result), END])
    file.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: block, text, flags=re.DOTALL), encoding="utf-8")


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    machine = result["machine"]
    yield "![Time for one article](docs/speed.svg)"
    yield ""
    yield (
        f"{machine['cores']} cores of an {' with '.join(filter(None, (machine['processor'], _listed(machine))))}; "
        f"Python {machine['python']}, {_versions(result['versions'])}."
    )
    yield ""
    yield from _latencies(result)
    yield ""
    yield from _rates(result)
    yield ""
    yield from _notes(result)


def _versions(told: Mapping[str, Mapping[str, Any]]) -> str:
    known = {name: value for each in told.values() for name, value in each.items() if name != "start"}
    return ", ".join(value if name in ("model", "pipeline") else f"{name} {value}" for name, value in known.items())


def _latencies(result: Mapping[str, Any]) -> Iterator[str]:
    lengths = list(result["contenders"]["ours"])
    yield f"| milliseconds for one article, median | {' | '.join(f'{int(n):,} words' for n in lengths)} |"
    yield f"| --- |{' ---: |' * len(lengths)}"
    for name, found in result["contenders"].items():
        row = " | ".join(format(found[n]["whole"] * 1000, ".0f") for n in lengths)
        yield f"| {NAMES[name]}, one thread | {row} |"
    for division, found in _services(result):
        row = " | ".join(f"{found['latency'][n]:.0f}" for n in lengths)
        yield f"| Ascribe over HTTP, {division} (workers x threads) | {row} |"


def _rates(result: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "| workers x threads | 1,000-word articles a second, 8 clients | as many threads without HTTP "
        "| ready after | resident (shared divided) |"
    )
    yield "| --- | ---: | ---: | ---: | ---: |"
    for division, found in _services(result):
        memory = f"{found['rss']:.0f} ({found['pss']:.0f}) MB a worker"
        yield f"| {division} | {found['rate']:.1f} | {found['unserved']:.1f} | {found['start']:.1f} s | {memory} |"


def _notes(result: Mapping[str, Any]) -> Iterator[str]:
    typical, plain, served = (_typical(result["contenders"][name]) for name in ("ours", "float32", "served"))
    whole = typical["whole"]
    shares = ", ".join(f"{name} {typical.get(name, 0) / whole:.0%}" for name in STAGES)
    yield f"- Where the time of 1,000 words goes: {shares}."
    stage = f"the model's stage alone {plain['encode'] / typical['encode']:.1f} times"
    yield f"- The whole is {plain['whole'] / whole:.1f} times as fast as the same in float32, {stage}."
    times = f"{typical['encode'] / typical['bare']:.2f} times as long"
    yield f"- The model's stage takes {times} as a bare forward pass over the same word pieces without overlap."
    yield f"- A whole request over HTTP takes {served['whole'] / typical['encode']:.2f} times the model's stage."
    per = {int(n): seconds / int(n) * 1e6 for n, seconds in result["lengths"].items()}
    yield f"- Milliseconds for 1,000 characters: {', '.join(f'{value:.1f} at {n:,}' for n, value in per.items())}."
    yield f"- A worker that dies has a successor that answers after {result['service']['restart']:.1f} s."


def _typical(found: Mapping[Any, Any]) -> Mapping[str, float]:
    """What is told of 1,000 words, measured just now or read from the file."""
    spent: Mapping[str, float] = found[1000] if 1000 in found else found["1000"]
    return spent


def _listed(machine: Mapping[str, Any]) -> str:
    return ", ".join(machine["multiplies"])


def _services(result: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((name, found) for name, found in result["service"].items() if name != "restart")
