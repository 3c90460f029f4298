"""The service at twice what it can serve: what it refuses, how long the rest takes, whether it is well afterwards.

``python bench/load.py [--seconds 180] [--clients 16]`` starts ``service serve`` with room for half the clients and lets
all of them ask for our articles without pause. It ends with 1 where an answer is neither an extraction nor a 503 or 429
with ``Retry-After``, where the 99th percentile of the accepted ones is beyond ``REQUEST_TIMEOUT``, where anything fails
afterwards, or where the workers' memory has grown by a tenth.

The clients are threads of Python rather than wrk, which cannot tell the times of accepted and refused requests apart.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
from loads import PLAIN, ROOT, Service, serve

PAUSE = 0.1  # seconds a refused client waits; Retry-After would end the overload
GROWTH = 1.1
AFTERWARDS = 20  # requests, one after another, that must all be answered


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: its status, its seconds, whether a refusal said when to come back."""

    status: int
    seconds: float
    retry: bool


def ask(port: int, text: bytes) -> Reply:
    """The answer to *text*, on a connection of its own; status 0 where there was none."""
    connection, began = http.client.HTTPConnection("127.0.0.1", port, timeout=180), time.perf_counter()
    try:
        connection.request("POST", "/v1/extractions", text, PLAIN)
        answer = connection.getresponse()
        answer.read()
        return Reply(answer.status, time.perf_counter() - began, answer.headers.get("Retry-After", "").isdecimal())
    except (OSError, http.client.HTTPException):
        return Reply(0, time.perf_counter() - began, retry=False)
    finally:
        connection.close()


def hammer(port: int, texts: Sequence[bytes], clients: int, seconds: float) -> list[Reply]:
    """What *clients* that ask without pause are answered within *seconds*."""
    ends = time.monotonic() + seconds

    def client(first: int) -> Iterator[Reply]:
        turn = first
        while time.monotonic() < ends:
            reply = ask(port, texts[turn % len(texts)])
            yield reply
            turn += 1
            if reply.status != http.client.OK:
                time.sleep(PAUSE)

    with ThreadPoolExecutor(clients) as pool:
        return [reply for replies in pool.map(lambda first: list(client(first)), range(clients)) for reply in replies]


def resident(service: Service) -> float:
    """Megabytes that all workers hold."""
    children = Path(f"/proc/{service.process}/task/{service.process}/children").read_text(encoding="ascii").split()
    pages = (int(Path(f"/proc/{child}/statm").read_text(encoding="ascii").split()[1]) for child in children)
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


def quantile(seconds: Sequence[float], share: float) -> float:
    """The least of *seconds* that *share* of them do not exceed; 0 of none."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def find_faults(replies: Sequence[Reply], after: Sequence[Reply], deadline: float, grown: float) -> Iterator[str]:
    """Everything that is not as the module's head says."""
    refused = [reply for reply in replies if reply.status in (429, 503)]
    if strange := Counter(r.status for r in replies if r.status not in (200, 429, 503)):
        yield f"Statuses that should not be: {dict(strange)}."
    if silent := sum(not reply.retry for reply in refused):
        yield f"{silent} refusals without Retry-After."
    if not refused:
        yield "Nothing was refused: the load was none."
    if (slow := quantile([r.seconds for r in replies if r.status == http.client.OK], 0.99)) > deadline:
        yield f"The 99th percentile of the accepted is {slow:.1f} s, beyond {deadline:.0f} s."
    if failed := [reply.status for reply in after if reply.status != http.client.OK]:
        yield f"Afterwards: {failed}."
    if grown > GROWTH:
        yield f"Memory grew by a factor of {grown:.2f}."


def main() -> None:
    """Load the service and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--deadline", type=int, default=30, help="REQUEST_TIMEOUT")
    told = parser.parse_args()
    texts = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    waiting = max(0, told.clients // (2 * told.workers) - 1)
    with serve(WORKERS=told.workers, QUEUE_SIZE=waiting, REQUEST_TIMEOUT=told.deadline) as service:
        hammer(service.port, texts, told.clients, min(30.0, told.seconds / 6))  # until every worker is warm
        before = resident(service)
        replies = hammer(service.port, texts, told.clients, told.seconds)
        after = [ask(service.port, texts[turn % len(texts)]) for turn in range(AFTERWARDS)]
        left = resident(service)
    for name, kept in (("accepted", (200,)), ("refused", (429, 503))):
        spent = [reply.seconds for reply in replies if reply.status in kept]
        click.echo(
            f"{name:9} {len(spent):7} {len(spent) / told.seconds:8.1f}/s   "
            f"p50 {quantile(spent, 0.5):.3f} s   p99 {quantile(spent, 0.99):.3f} s"
        )
    click.echo(f"statuses  {dict(Counter(reply.status for reply in replies))}")
    click.echo(f"resident  {before:.0f} MB before, {left:.0f} MB after ({told.workers} workers)")
    faults = list(find_faults(replies, after, told.deadline, left / before))
    click.echo("\n".join(faults) or "As it should be.")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
