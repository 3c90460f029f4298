"""The service as a process: starting, stopping, workers that die, what it logs and measures, what it never does."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.extract.stages import STAGES
from service.web.keys import Keys
from tests.servers import Answer, RunningServer, pick_port, run_server, start_service

TEXT = {"Content_Type": "text/plain"}
SECRET = "Xylocopa"
ARTICLE = f"The dam at {SECRET} will hold, the engineer said. It cost 4.2 million euros. ".encode()
LONG = ARTICLE * 150  # so much that the tiny model needs a while


def ask_together(server: RunningServer, count: int, body: bytes = LONG) -> tuple[ThreadPoolExecutor, list[object]]:
    """*count* requests on their way at once."""
    pool = ThreadPoolExecutor(count)
    return pool, [pool.submit(server.ask, "/v1/extractions", body, **TEXT) for _ in range(count)]


def answers_of(futures: list[object]) -> list[Answer]:
    return [future.result(180) for future in futures]  # type: ignore[attr-defined]  # futures of Answer


def metric(server: RunningServer, name: str) -> float:
    """The value of the metric *name*, labels included, as the server tells it."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", server.ask("/metrics").body.decode(), re.MULTILINE)
    return float(found[1]) if found else 0.0


def wait_for(condition: object, seconds: float = 90.0) -> None:
    """Return once *condition* holds."""
    ends = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]  # a function of nothing
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.02)


def start_in_vain(folder: Path, **settings: object) -> tuple[int, str]:
    """The exit code and the output of a service that does not start."""
    with (folder / "failed.log").open("wb") as output:
        process = start_service(folder, pick_port(), output, **settings)
    return process.wait(120), (folder / "failed.log").read_text(encoding="utf-8")


def test_told_to_stop_it_answers_everything_it_accepted(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1, GRACE_PERIOD=150, REQUEST_TIMEOUT=150) as server:
        pool, futures = ask_together(server, 6)
        wait_for(lambda: metric(server, "ascribe_queue_depth") >= 6)
        assert server.stop(180) == 0
        answers = answers_of(futures)
        pool.shutdown()
    assert [answer.status for answer in answers] == [200] * 6
    assert all(answer.json()["text"] == LONG.decode() for answer in answers)


def test_a_connection_that_only_the_kernel_has_accepted_is_answered_too(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1) as server:
        worker = server.workers()[0]
        os.kill(worker, signal.SIGSTOP)
        pool, futures = ask_together(server, 3, ARTICLE)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        os.kill(worker, signal.SIGCONT)
        answers = answers_of(futures)
        pool.shutdown()
    assert [answer.status for answer in answers] == [200] * 3


@pytest.mark.parametrize("ended", [signal.SIGKILL, signal.SIGABRT])  # by the system; by the parent for being stuck
def test_a_worker_that_ends_is_replaced_while_the_others_answer(
    model_path: Path, tmp_path: Path, ended: signal.Signals
) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=2) as server:
        wait_for(lambda: len([line for line in server.lines() if line["event"] == "model_loaded"]) == 2)
        victim, other = server.workers()
        os.kill(victim, ended)
        wait_for(lambda: victim not in server.workers())
        for _ in range(10):
            assert server.ask("/v1/extractions", ARTICLE, **TEXT).status == 200
        wait_for(lambda: len([line for line in server.lines() if line["event"] == "model_loaded"]) == 3)
        assert other in server.workers()


def ask_and_keep(server: RunningServer, body: bytes) -> str | None:
    """What an answer says of the connection it came on, asked by a client that would keep it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=180)
    try:
        connection.request("POST", "/v1/extractions", body, {"Content-Type": "text/plain"})
        answer = connection.getresponse()
        assert answer.status == 200
        assert answer.read()
        return answer.headers["Connection"]
    finally:
        connection.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_connections_are_kept_but_where_another_worker_may_have_less_to_do(
    model_path: Path, tmp_path: Path, workers: int
) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=workers, REQUEST_TIMEOUT=150) as server:
        with ThreadPoolExecutor(6) as pool:
            told = set(pool.map(lambda _: ask_and_keep(server, LONG), range(6)))
        assert ("close" in told) == (workers > 1)
        assert ask_and_keep(server, ARTICLE) == "keep-alive"


def test_beyond_the_queue_requests_are_refused_and_told_when_to_come_back(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1, QUEUE_SIZE=1, REQUEST_TIMEOUT=150) as server:
        pool, futures = ask_together(server, 8)
        answers = answers_of(futures)
        pool.shutdown()
        refused = [answer for answer in answers if answer.status == 503]
        assert refused
        assert {answer.status for answer in answers} == {200, 503}
        assert all(answer.json()["code"] == "queue_full" for answer in refused)
        assert all(int(answer.headers["Retry-After"]) >= 1 for answer in refused)
        assert metric(server, 'ascribe_refusals_total{code="queue_full"}') == len(refused)
        assert server.ask("/v1/extractions", ARTICLE, **TEXT).status == 200


def test_a_request_past_its_deadline_is_not_read_by_the_model(model_path: Path, tmp_path: Path) -> None:
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1, REQUEST_TIMEOUT=1, QUEUE_SIZE=64) as server:
        pool, futures = ask_together(server, 40)
        answers = answers_of(futures)
        pool.shutdown()
        late = [answer for answer in answers if answer.status == 503]
        assert late
        assert all(answer.json()["code"] == "deadline_exceeded" for answer in late)
        assert metric(server, "ascribe_articles_total") == len(answers) - len(late)


def test_metrics_are_those_of_all_workers_together(model_path: Path, tmp_path: Path) -> None:
    # One worker may be given all of them: its queue holds them all.
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=2, QUEUE_SIZE=20, REQUEST_TIMEOUT=150) as server:
        pool, futures = ask_together(server, 20, ARTICLE)
        assert {answer.status for answer in answers_of(futures)} == {200}
        pool.shutdown()
        assert metric(server, "ascribe_articles_total") == 20
        assert metric(server, "ascribe_characters_total") == 20 * len(ARTICLE)
        assert metric(server, "ascribe_tokens_total") > 20 * 10
        assert metric(server, 'ascribe_stage_seconds_count{stage="analyze"}') == 20
        assert metric(server, "ascribe_queue_depth") == 0


def test_the_log_is_json_and_holds_no_word_of_an_article(server: RunningServer) -> None:
    sent = {"X_Request_ID": "desk-7", **TEXT}
    server.ask("/v1/extractions", ARTICLE, **sent)
    server.ask(f"/v1/extractions?title={SECRET}&format={SECRET}", ARTICLE, **TEXT)
    server.ask(f"/v1/{SECRET}", ARTICLE, **TEXT)
    server.ask("/v1/extractions", b'{"text": "%s' % SECRET.encode(), Content_Type="application/json")
    assert SECRET not in server.log.read_text(encoding="utf-8")
    line = next(line for line in server.lines() if line.get("request_id") == "desk-7")
    assert (line["status"], line["route"], line["bytes_in"]) == (200, "/v1/extractions", len(ARTICLE))
    assert set(line["stages"]) == {"receive", "wait", "analyze", "render", *STAGES}


@pytest.mark.parametrize("harm", ["changed", "cut"])
def test_weights_that_are_not_the_manifests_are_refused(model_path: Path, tmp_path: Path, harm: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_path, folder)
    weights = folder / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    if harm == "changed":
        weights.write_bytes(content)
    else:
        os.truncate(weights, 1000)
    code, output = start_in_vain(tmp_path, MODEL_PATH=folder)
    assert code != 0
    assert '"event": "model_not_loaded"' in output
    assert "model.safetensors" in output


def test_no_model_at_all_is_said_before_anything_starts(tmp_path: Path) -> None:
    code, output = start_in_vain(tmp_path, MODEL_PATH=tmp_path)
    assert code == 1
    assert output == f"Error: MODEL_PATH is {tmp_path}, which holds no model (manifest.json is missing).\n"


def test_a_wrong_setting_is_said_before_anything_starts(tmp_path: Path) -> None:
    code, output = start_in_vain(tmp_path, WORKERS="many")
    assert (code, output) == (1, "Error: Config 'WORKERS' has value 'many'. Not a valid int.\n")


def test_others_are_answered_only_with_a_key_or_by_an_explicit_setting(model_path: Path, tmp_path: Path) -> None:
    code, output = start_in_vain(tmp_path, HOST="0.0.0.0", MODEL_PATH=model_path)
    assert code == 1
    assert "no API key exists" in output
    Keys(tmp_path / "var" / "keys.sqlite3").create("newsroom")
    with run_server(tmp_path, HOST="0.0.0.0", MODEL_PATH=model_path, WORKERS=1) as server:
        assert server.ask("/v1/model").status == 401


def test_a_key_revoked_while_the_service_runs_opens_nothing_from_then_on(model_path: Path, tmp_path: Path) -> None:
    keys = Keys(tmp_path / "var" / "keys.sqlite3")
    key = keys.create("newsroom")
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1) as server:
        assert server.ask("/v1/model", X_API_Key=key).status == 200
        keys.revoke(key.split("_")[1])
        assert server.ask("/v1/model", X_API_Key=key).status == 401


_WATCH = """
import sys
def watch(event, arguments, file=open({path!r}, "a", buffering=1)):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        print(event, arguments[-1] if event == "socket.connect" else arguments, file=file)
sys.addaudithook(watch)
"""


def test_an_extraction_opens_no_connection_and_leaves_nothing_on_disk(model_path: Path, tmp_path: Path) -> None:
    seen, hooks = tmp_path / "connections", tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(_WATCH.format(path=str(seen)), encoding="utf-8")
    with run_server(tmp_path, MODEL_PATH=model_path, WORKERS=1, PYTHONPATH=hooks) as server:
        assert server.ask("/v1/extractions", ARTICLE, **TEXT).status == 200
        assert server.ask("/docs").status == 200
    assert seen.exists()
    assert seen.read_text(encoding="utf-8") == ""
    for file in (tmp_path / "var").rglob("*"):
        assert SECRET.encode() not in file.read_bytes()


def test_no_pickle_is_ever_read() -> None:
    source = Path(__file__).parents[2] / "service"
    found = subprocess.run(["grep", "-rnE", r"pickle|torch\.load\(|joblib", source], capture_output=True, text=True)
    assert found.stdout == ""
