"""What a service meets sooner or later, against a real server: none is a 500, none takes a worker down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.servers import RunningServer
from tests.web.bad_inputs import BAD_INPUTS, BadInput


def read_answer(answer: bytes) -> tuple[int, dict[str, object]]:
    """The status and the problem, if it is one, of the last raw answer in *answer*."""
    if not answer:
        return 0, {}
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if b"application/problem+json" not in head.lower():
        return status, {}
    found: dict[str, object] = json.loads(body)
    return status, found


@pytest.mark.parametrize("bad", BAD_INPUTS, ids=lambda bad: bad.name)
def test_a_bad_input_gets_its_answer(server: RunningServer, bad: BadInput) -> None:
    status, problem = read_answer(server.send(*bad.parts, pause=bad.pause))
    assert status in bad.statuses, problem
    if bad.code:
        assert problem["code"] == bad.code
    if status >= 400:
        assert {"type", "title", "status", "detail", "instance", "code", "errors", "request_id"} <= set(problem)


def test_after_all_of_them_the_same_workers_answer_and_memory_is_bounded(server: RunningServer) -> None:
    before = server.workers()
    peaks = {pid: _resident(pid) for pid in before}
    for bad in BAD_INPUTS:
        if not bad.pause:
            server.send(*bad.parts)
    assert server.workers() == before
    for pid in before:
        assert _resident(pid) < peaks[pid] + 200
    assert server.ask("/readyz").status == 200
    assert not [line for line in server.lines() if line["level"] in {"error", "critical"}]


def _resident(pid: int) -> float:
    """The resident memory of process *pid*, in MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def test_the_table_is_as_long_as_it_should_be() -> None:
    assert len(BAD_INPUTS) >= 80
    assert len({bad.name for bad in BAD_INPUTS}) == len(BAD_INPUTS)
