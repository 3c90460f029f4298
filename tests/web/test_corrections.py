"""Corrections over HTTP: kept, applied to the next reading of the same text alone, listed, taken back, exported.

The article is our own; the tiny untrained model finds sentences and quantities in it, which is all that is asked of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete

from service.app import create_app
from service.edits.tables import Edit
from service.settings import Settings
from service.storage.engines import open_engine
from service.storage.upgrades import upgrade
from service.web.examples import load_example
from service.web.keys import Keys
from tests.servers import RunningServer, run_server
from tests.web.bad_corrections import BAD_CORRECTIONS, HASH, LAST, LITRES, TEXT, label, value

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer


@pytest.fixture
def client(settings: Settings, analyzer: Analyzer) -> FlaskClient:
    """A caller of the application, whose database is ready."""
    upgrade(open_engine(settings.database))
    return create_app(settings, analyzer).test_client()


def read(client: FlaskClient, text: str = TEXT, **more: Any) -> Any:
    return client.post("/v1/extractions", json={"text": text} | more).json


def test_a_correction_changes_the_next_extraction_of_the_same_text_and_no_other(client: FlaskClient) -> None:
    before, other = read(client), read(client, TEXT + " ")
    assert before["text_hash"] == HASH
    answer = client.post("/v1/corrections", json=label("editorial_assertion", ("quotation",)))
    assert answer.status_code == 201
    made = answer.json
    assert made is not None
    assert client.get(answer.headers["Location"]).json == made
    sentence = read(client)["sentences"][-1]
    assert (sentence["label"], sentence["labels"]) == ("editorial_assertion", ["quotation", "editorial_assertion"])
    assert sentence["corrections"] == [made["id"]]
    assert read(client)["sentences"][:-1] == before["sentences"][:-1]
    untouched = read(client, TEXT + " ")
    assert untouched | {"id": ""} == other | {"id": ""}


def test_offsets_of_the_answer_are_in_the_unit_asked_for_after_a_correction_too(client: FlaskClient) -> None:
    client.post("/v1/corrections", json=label("quotation"))
    found = read(client, offset_unit="utf16")
    made = next(one for one in found["quotations"] if one["corrections"])
    span = made["content"][0]
    assert TEXT.encode("utf-16-le")[span["start"] * 2 : span["end"] * 2].decode("utf-16-le") == span["text"]


def test_the_same_text_as_html_or_markdown_is_the_same_article(client: FlaskClient) -> None:
    client.post("/v1/corrections", json=value(42, "liter"))
    for found in (read(client, format="markdown"), read(client, f"<p>{TEXT}</p>", format="html")):
        quantity = next(one for one in found["quantities"] if one["corrections"])
        assert (quantity["value"], quantity["unit"], quantity["text"]) == (42, "liter", "4.2 million litres")


def test_each_item_of_a_batch_is_corrected(client: FlaskClient) -> None:
    client.post("/v1/corrections", json=value(42, "liter"))
    items = client.post("/v1/extractions/batch", json={"articles": [{"text": "No."}, {"text": TEXT}]})
    assert items.status_code == 200, items.json
    assert '"value": 42' in json.dumps(items.json)


def test_of_conflicting_corrections_the_latest_holds_and_all_are_kept(client: FlaskClient) -> None:
    first = client.post("/v1/corrections", json=label("quotation")).json
    second = client.post("/v1/corrections", json=label("editorial_assertion")).json
    assert first is not None
    assert second is not None
    assert read(client)["sentences"][-1]["labels"] == ["editorial_assertion"]
    listed = client.get(f"/v1/corrections?text_hash={HASH}").json
    assert listed is not None
    assert [one["superseded_by"] for one in listed["corrections"]] == [second["id"], None]
    assert client.delete(f"/v1/corrections/{second['id']}").status_code == 204
    assert read(client)["sentences"][-1]["labels"] == ["quotation"]
    assert client.delete(f"/v1/corrections/{second['id']}").status_code == 404
    assert client.delete(f"/v1/corrections/{first['id']}").status_code == 204
    assert read(client)["sentences"][-1]["corrections"] == []


def test_corrections_are_listed_page_by_page(client: FlaskClient) -> None:
    ids = [(client.post("/v1/corrections", json=value(n, None)).json or {})["id"] for n in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        page = client.get("/v1/corrections", query_string={"limit": "2", "cursor": cursor or "0"}).json
        assert page is not None
        seen += [one["id"] for one in page["corrections"]]
        cursor = page["next_cursor"]
    assert (seen, cursor) == (ids, None)
    assert client.get(f"/v1/corrections?text_hash={'0' * 64}").json == {"corrections": [], "next_cursor": None}


def test_a_correction_of_what_is_not_there_is_told_of_in_the_extraction(client: FlaskClient) -> None:
    client.post("/v1/corrections", json=value(42, "liter") | {"start": 0, "end": 9})
    assert [warning["code"] for warning in read(client)["warnings"]] == ["correction_not_applied"]


def test_where_corrections_cannot_be_read_the_extraction_says_so(settings: Settings, client: FlaskClient) -> None:
    client.post("/v1/corrections", json=value(42, "liter"))
    engine = open_engine(settings.database)
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("alter table edits rename to gone")
    found = read(client)
    assert [warning["code"] for warning in found["warnings"]] == ["corrections_not_read"]
    assert not any(one["corrections"] for one in found["quantities"])


def test_the_text_is_kept_only_where_it_is_sent_and_goes_with_the_last_correction(
    settings: Settings, client: FlaskClient
) -> None:
    def lies_in_the_database() -> bool:
        files = settings.data_path.glob("ascribe.sqlite3*")
        return any(b"will hold, Mara" in file.read_bytes() for file in files)

    bare = client.post("/v1/corrections", json=value(42, "liter")).json
    read(client)
    assert bare is not None
    assert (bare["text_kept"], lies_in_the_database()) == (False, False)
    kept = client.post("/v1/corrections", json=label("quotation", text=TEXT)).json
    assert kept is not None
    assert (kept["text_kept"], lies_in_the_database()) == (True, True)
    client.delete(f"/v1/corrections/{kept['id']}")
    assert lies_in_the_database()
    client.delete(f"/v1/corrections/{bare['id']}")
    assert not lies_in_the_database()


def test_a_desk_has_its_corrections_to_itself_and_a_new_key_of_its_name_has_them(
    settings: Settings, client: FlaskClient
) -> None:
    keys = Keys(settings.keys_path)
    desk, renewed, other = (
        {"Authorization": f"Bearer {keys.create(name)}"} for name in ("newsroom", "newsroom", "agency")
    )
    assert client.post("/v1/corrections", json=value(42, "liter")).status_code == 401
    made = client.post("/v1/corrections", json=value(42, "liter"), headers=desk).json
    assert made is not None
    address = f"/v1/corrections/{made['id']}"
    for caller, seen in ((desk, True), (renewed, True), (other, False)):
        found = client.post("/v1/extractions", json={"text": TEXT}, headers=caller).json
        assert found is not None
        assert any(one["corrections"] for one in found["quantities"]) == seen
        assert client.get(address, headers=caller).status_code == (200 if seen else 404)
        listed = client.get("/v1/corrections", headers=caller).json
        assert listed is not None
        assert len(listed["corrections"]) == seen
    assert client.delete(address, headers=other).status_code == 404
    assert client.delete(address, headers=renewed).status_code == 204


def test_what_becomes_of_corrections_is_counted(client: FlaskClient) -> None:
    client.post("/v1/corrections", json=value(42, "liter"))
    missed = client.post("/v1/corrections", json=value(42, "liter") | {"start": 0, "end": 9}).json
    assert missed is not None
    read(client)
    client.delete(f"/v1/corrections/{missed['id']}")
    metrics = client.get("/metrics").text
    for finding, event, count in (
        ("quantity", "made", 2),
        ("quantity", "applied", 1),
        ("quantity", "taken_back", 1),
        ("unknown", "not_applied", 1),
    ):
        assert f'ascribe_corrections_total{{event="{event}",finding="{finding}"}} {count}.0' in metrics


@pytest.mark.parametrize(("body", "pointer"), [pytest.param(body, at, id=name) for name, body, at in BAD_CORRECTIONS])
def test_what_cannot_be_a_correction_is_refused_and_not_kept(client: FlaskClient, body: Any, pointer: str) -> None:
    data = body if isinstance(body, str) else json.dumps(body)
    answer = client.post("/v1/corrections", data=data, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json is not None
    assert pointer in [fault["pointer"] for fault in answer.json["errors"]]
    assert client.get("/v1/corrections").json == {"corrections": [], "next_cursor": None}


@pytest.mark.parametrize(
    ("data", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"{}", "application/json; charset=utf-16", 415, "unsupported_encoding"),
        (b" " * (1 << 21), "application/json", 413, "body_too_large"),
        (b'"' + b"a" * 9 + b"\xff" + b'"', "application/json", 400, "invalid_encoding"),
    ],
)
def test_bodies_that_are_none_are_refused(client: FlaskClient, data: bytes, kind: str, status: int, code: str) -> None:
    answer = client.post("/v1/corrections", data=data, content_type=kind)
    assert (answer.status_code, (answer.json or {})["code"]) == (status, code)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=x", "cursor=-1", "cursor=x", "text_hash=1", "desk=a"]
)
def test_lists_that_cannot_be_asked_for_are_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/v1/corrections?{query}").status_code == 422


@pytest.mark.parametrize("name", ["none", "%00", "..%2f", "0" * 36, "é", "'; drop table edits; --"])
def test_ids_that_are_none_find_nothing(client: FlaskClient, name: str) -> None:
    assert client.get(f"/v1/corrections/{name}").status_code == 404
    assert client.delete(f"/v1/corrections/{name}").status_code == 404


@pytest.mark.parametrize("name", sorted(load_example("corrections.json")))
def test_the_examples_of_the_description_are_taken(client: FlaskClient, name: str) -> None:
    assert client.post("/v1/corrections", json=load_example("corrections.json")[name]).status_code == 201


def test_the_export_says_what_holds_and_the_text_where_it_was_kept(settings: Settings, client: FlaskClient) -> None:
    other = "A second text, the dam holds."
    place = {"text_hash": sha256(other.encode()).hexdigest(), "start": 15, "end": 22}
    client.post("/v1/corrections", json=label("quotation"))
    client.post("/v1/corrections", json=label("editorial_assertion", ("numerical_claim",)))
    client.post("/v1/corrections", json=value(42, "liter"))
    client.post("/v1/corrections", json=place | {"finding": "quotation", "speaker": " Ana  Ruiz ", "text": other})
    lines = {line["text_hash"]: line for line in export(settings)}
    dated = lines[HASH]["sentences"][0].pop("corrected_at")
    assert dated.endswith("+00:00")
    assert lines[HASH]["sentences"] == [
        {"start": LAST[0], "end": LAST[1], "label": "editorial_assertion", "also": ["numerical_claim"]}
    ]
    quantity = lines[HASH]["quantities"][0]
    assert (quantity["start"], quantity["value"], quantity["unit"]) == (LITRES[0], 42, "liter")
    assert lines[HASH]["text"] is None
    assert lines[place["text_hash"]]["text"] == other
    assert lines[place["text_hash"]]["quotations"][0]["speaker"] == "Ana Ruiz"
    assert export(settings, "--desk", "nobody") == []


def export(settings: Settings, *arguments: str) -> list[Any]:
    """What ``service corrections export`` writes."""
    command = [sys.executable, "-m", "service", "corrections", "export", *arguments]
    environment = {"DATA_PATH": str(settings.data_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def wait_for_results(server: RunningServer, job: str) -> bytes:
    """The results of *job*, once there are any."""
    ends = time.monotonic() + 240
    while time.monotonic() < ends:
        if server.ask(job).json()["status"] in {"succeeded", "partly_failed", "failed"}:
            return server.ask(f"{job}/results").body
        time.sleep(0.2)
    raise AssertionError(server.log.read_text(encoding="utf-8"))


def test_corrections_survive_a_restart_and_reach_jobs_past_the_cache(model_path: Path, tmp_path: Path) -> None:
    options = {"MODEL_PATH": model_path, "WORKERS": 1, "CACHE_BYTES": 1_000_000}
    body = json.dumps({"articles": [{"text": TEXT}]}).encode()

    def run_job(server: RunningServer) -> bytes:
        made = server.ask("/v1/jobs", body, Content_Type="application/json")
        assert made.status == 202, made.body
        return wait_for_results(server, made.headers["Location"])

    with run_server(tmp_path, **options) as server:
        assert b'"value": 4200000,' in run_job(server)
        made = server.ask("/v1/corrections", json.dumps(value(42, "liter")).encode(), Content_Type="application/json")
        assert made.status == 201
        assert b'"value": 42,' in run_job(server)
    with run_server(tmp_path, **options) as server:
        found = server.ask("/v1/extractions", TEXT.encode(), Content_Type="text/plain").json()
        assert [one["value"] for one in found["quantities"] if one["corrections"]] == [42]
        engine = open_engine(f"sqlite:///{tmp_path / 'var' / 'ascribe.sqlite3'}")
        with engine.execution_options(writes=True).begin() as connection:
            connection.execute(delete(Edit))
        assert b'"value": 4200000,' in run_job(server)
