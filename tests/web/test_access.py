"""Keys, the loopback rule, rates, CORS and the headers of every answer."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from service.app import create_app
from service.cli import main
from service.settings import Settings
from service.web.keys import Keys
from tests.web.test_problems import read

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

FAR = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def keys(settings: Settings) -> Keys:
    """The keys of the application under test."""
    return Keys(settings.keys_path)


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_without_a_key_the_loopback_is_answered_and_nobody_else(client: FlaskClient) -> None:
    assert client.get("/v1/model").status_code == 200
    assert client.get("/v1/model", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200
    for path in ("/v1/model", "/docs", "/metrics", "/openapi.json"):
        answer = client.get(path, environ_overrides=FAR)
        assert (answer.status_code, read(answer)["code"]) == (403, "loopback_only")
    assert client.get("/healthz", environ_overrides=FAR).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_somebody_behind_a_proxy_on_this_machine_is_not_the_loopback(client: FlaskClient, header: str) -> None:
    assert client.get("/v1/model", headers={header: "for=203.0.113.9"}).status_code == 403


def test_an_explicit_setting_opens_the_service(settings: Settings, analyzer: Analyzer) -> None:
    open_client = create_app(replace(settings, allow_open=True), analyzer).test_client()
    assert open_client.get("/v1/model", environ_overrides=FAR).status_code == 200


def test_with_a_key_everybody_needs_one_and_it_opens_from_anywhere(client: FlaskClient, keys: Keys) -> None:
    key = keys.create("newsroom")
    answer = client.get("/v1/model")
    assert (answer.status_code, read(answer)["code"]) == (401, "key_required")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="ascribe"'
    assert client.get("/v1/model", headers=bearer(key), environ_overrides=FAR).status_code == 200
    assert client.get("/v1/model", headers={"X-API-Key": key}).status_code == 200
    assert client.get("/v1/model", headers={"Authorization": f"bearer  {key} "}).status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "ask_",
        "ask__",
        "ask_000000000000_secret",
        "ask_{id}_",
        "ask_{id}_wrong",
        "{key}x",
        "é",
        "'; drop table keys",
    ],
)
def test_a_wrong_key_opens_nothing(client: FlaskClient, keys: Keys, wrong: str) -> None:
    key = keys.create("newsroom")
    shown = wrong.format(id=key.split("_")[1], key=key)
    answer = client.get("/v1/model", headers={"X-API-Key": shown})
    assert (answer.status_code, read(answer)["code"]) == (401, "key_invalid")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_revoked_or_expired_key_opens_nothing_and_one_is_still_required(client: FlaskClient, keys: Keys) -> None:
    revoked = keys.create("gone")
    expired = keys.create("old", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert keys.revoke(revoked.split("_")[1])
    for key in (revoked, expired):
        assert client.get("/v1/model", headers=bearer(key)).status_code == 401
    assert client.get("/v1/model").status_code == 401


def test_only_hashes_are_kept_and_for_the_owner_alone(keys: Keys, settings: Settings) -> None:
    key = keys.create("newsroom")
    assert key.encode() not in settings.keys_path.read_bytes()
    assert key.split("_", 2)[2].encode() not in settings.keys_path.read_bytes()
    assert settings.keys_path.stat().st_mode & 0o077 == 0


def test_keys_that_cannot_be_read_close_the_service(client: FlaskClient, keys: Keys, settings: Settings) -> None:
    key = keys.create("newsroom")
    settings.keys_path.write_bytes(b"not a database" * 100)
    assert client.get("/v1/model", headers=bearer(key)).status_code == 503
    assert client.get("/readyz").status_code == 503
    with pytest.raises(sqlite3.Error):
        keys.all()


def run(settings: Settings, *words: str) -> Any:
    return CliRunner().invoke(main, ["keys", *words], env={"DATA_PATH": str(settings.data_path)})


def test_keys_are_made_listed_and_revoked_on_the_command_line(settings: Settings, keys: Keys) -> None:
    assert run(settings, "list").output == ""
    made = run(settings, "create", "newsroom", "--expires", "90d", "--rate-limit", "5/minute")
    key = made.output.strip()
    found = keys.find(key)
    assert found is not None
    assert (found.name, found.rate_limit) == ("newsroom", "5/minute")
    assert found.expires_at is not None
    assert 89 <= (datetime.fromisoformat(found.expires_at) - datetime.now(UTC)).days <= 90
    assert re.match(rf"{found.id}\tvalid\tnewsroom\t\S+\t5/minute\n", run(settings, "list").output)
    assert run(settings, "revoke", found.id).exit_code == 0
    assert "\trevoked\t" in run(settings, "list").output
    assert keys.find(key) is None


@pytest.mark.parametrize(
    "words", [("create", "x", "--expires", "soon"), ("create", "x", "--rate-limit", "often"), ("revoke", "nobody")]
)
def test_a_wrong_word_on_the_command_line_makes_nothing(settings: Settings, keys: Keys, words: tuple[str, ...]) -> None:
    assert run(settings, *words).exit_code != 0
    assert keys.all() == []


def test_a_key_has_its_own_rate(client: FlaskClient, keys: Keys) -> None:
    slow, fast = keys.create("slow", rate_limit="2/minute"), keys.create("fast")
    answers = [client.get("/v1/model", headers=bearer(slow)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[0].headers["RateLimit-Policy"] == '"requests";q=2;w=60'
    assert re.fullmatch(r'"requests";r=1;t=\d+', answers[0].headers["RateLimit"])
    assert read(answers[2])["code"] == "rate_limited"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61
    assert client.get("/v1/model", headers=bearer(fast)).status_code == 200


def test_what_operates_the_service_is_not_counted(settings: Settings, analyzer: Analyzer) -> None:
    client = create_app(replace(settings, rate_limit="1/hour"), analyzer).test_client()
    assert [client.get("/healthz").status_code for _ in range(5)] == [200] * 5
    assert [client.get("/v1/model").status_code for _ in range(2)] == [200, 429]


def test_counts_are_shared_by_processes_and_outlive_one(settings: Settings, analyzer: Analyzer) -> None:
    limited = replace(settings, rate_limit="2/hour")
    answers = [create_app(limited, analyzer).test_client().get("/v1/model").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_every_answer_has_the_security_headers(client: FlaskClient) -> None:
    for path in ("/healthz", "/nothing", "/docs", "/v1/model"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"


def test_pages_of_other_origins_are_let_in_by_name_only(settings: Settings, analyzer: Analyzer) -> None:
    client = create_app(replace(settings, cors_origins=("https://desk.example",)), analyzer).test_client()
    known = client.get("/v1/model", headers={"Origin": "https://desk.example"})
    assert known.headers["Access-Control-Allow-Origin"] == "https://desk.example"
    assert "Origin" in known.headers["Vary"]
    other = client.get("/v1/model", headers={"Origin": "https://desk.example.evil"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_preflight_needs_no_key(settings: Settings, analyzer: Analyzer, keys: Keys) -> None:
    keys.create("newsroom")
    client = create_app(replace(settings, cors_origins=("https://desk.example",)), analyzer).test_client()
    asked = {"Origin": "https://desk.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/v1/extractions", headers=asked)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_without_the_setting_no_page_of_another_origin_is_let_in(client: FlaskClient) -> None:
    answer = client.get("/v1/model", headers={"Origin": "https://desk.example"})
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]
