"""Jobs under fire: workers killed, the broker restarted, everything killed at once; nothing lost, nothing twice.

The kills are bound to the job's progress and to a seed, not to the clock. Leases are short and attempts many, since
five kills may hit the same article five times.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.databases import run_postgres, run_redis
from tests.servers import RunningServer, run_server

ARTICLES = 300
SHORT = {"JOB_LEASE": 3, "JOB_ATTEMPTS": 50, "RATE_LIMIT": "100000/minute", "WORKERS": 1}
PATIENCE = 600  # seconds


def test_sqlite_workers_killed_five_times(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, JOB_WORKERS=2, **SHORT) as server:
        job = submit(server, ARTICLES)
        for kill in plan_kills(seed=7, server=server):
            kill(job)
        check(server, wait(server, job), ARTICLES)


def test_postgres_and_redis_workers_killed_five_times_and_the_broker_restarted(
    model_path: Path, tmp_path: Path
) -> None:
    with run_postgres() as database, run_redis() as broker:
        stores = {"DATABASE_URL": database.url, "QUEUE_URL": broker.url}
        with run_server(tmp_path, MODEL_PATH=model_path, JOB_WORKERS=2, **SHORT, **stores) as server:
            job = submit(server, ARTICLES)
            for number, kill in enumerate(plan_kills(seed=8, server=server)):
                kill(job)
                if number == 2:
                    broker.restart()
            check(server, wait(server, job), ARTICLES)


def test_an_accepted_job_survives_the_death_of_every_process(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, JOB_WORKERS=1, **SHORT) as server:
        job = submit(server, 40)
        wait_for(lambda: bool(server.crew()))
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait(30)
    with run_server(tmp_path, MODEL_PATH=model_path, JOB_WORKERS=1, **SHORT) as server:
        check(server, wait(server, job), 40)


def submit(server: RunningServer, count: int) -> str:
    """The address of a job of *count* short articles, sent as NDJSON."""
    lines = [json.dumps({"text": text(number), "external_id": f"story-{number}"}) for number in range(count)]
    answer = server.ask("/v1/jobs", "\n".join(lines).encode(), Content_Type="application/x-ndjson")
    assert answer.status == 202, answer.body
    assert answer.json()["total"] == count
    return answer.headers["Location"]


def text(number: int) -> str:
    return f"The Xylocopa bridge will close for {number + 2} days, engineer Mara Lindqvist said."


def plan_kills(seed: int, server: RunningServer) -> Iterator[Callable[[str], None]]:
    """Five kills of a worker taken at random, each at a random point of the job's progress."""
    chance = random.Random(seed)
    for least in sorted(chance.sample(range(5, 180), 5)):

        def kill(job: str, least: int = least) -> None:
            wait_for(lambda: server.ask(job).json()["done"] >= least)
            wait_for(lambda: bool(server.crew()))
            os.kill(chance.choice(server.crew()), signal.SIGKILL)

        yield kill


def wait(server: RunningServer, job: str) -> dict[str, Any]:
    """The job, when it has ended."""
    wait_for(lambda: server.ask(job).json()["status"] not in {"queued", "running"})
    told: dict[str, Any] = server.ask(job).json()
    return told


def wait_for(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


def check(server: RunningServer, job: dict[str, Any], count: int) -> None:
    """All results are there, none twice, in order, page by page; and no word of them is in the log."""
    assert (job["status"], job["done"], job["failed"], job["total"]) == ("succeeded", count, 0, count)
    items = list(read_all(server, f"/v1/jobs/{job['id']}/results?limit=37"))
    assert [item["index"] for item in items] == list(range(count))
    assert [item["external_id"] for item in items] == [f"story-{number}" for number in range(count)]
    assert [item["extraction"]["text"] for item in items] == [text(number) for number in range(count)]
    assert len({item["extraction"]["id"] for item in items}) == count
    assert "Xylocopa" not in server.log.read_text(encoding="utf-8")


def read_all(server: RunningServer, page: str) -> Iterator[dict[str, Any]]:
    """Every result, page by page, as the Link header leads."""
    following: str | None = page
    while following:
        answer = server.ask(following)
        assert answer.status == 200
        yield from map(json.loads, answer.body.splitlines())
        linked = re.fullmatch(r'<(\S+)>; rel="next"', answer.headers.get("Link", ""))
        following = linked[1] if linked else None
