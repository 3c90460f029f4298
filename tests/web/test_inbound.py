"""What content systems push, to a real server: proofs right, wrong, missing, stale and replayed; results delivered.

The bodies follow what the systems publish: Ghost's webhook payload of a post, the WordPress REST API, WordPress.com's
form, an item that Superdesk's HTTP push sends as ninjs. Their words are our own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from service.hooks.proofs import ProofError, StaleError, check_ghost, check_superdesk
from service.web.formats.ghost import read_ghost
from service.web.formats.profiles import FieldErrors
from service.web.formats.wordpress import read_wordpress
from tests.hooks.receivers import Receiver, run_receiver
from tests.servers import Answer, RunningServer, run_server

SIGNING = "whsec_" + "aW5ib3VuZC10ZXN0LXNpZ25pbmcta2V5"
SECRETS = {"ghost": "gh0st-secret", "wordpress": "w0rdpress-token", "superdesk": "superdesk-secret"}
BODY = "<p>Tenants in Keel House will withhold their rent.</p><p>“We asked in May,” said Yusuf Adeyemi, a tenant.</p>"
GHOST: dict[str, Any] = {
    "post": {
        "current": {
            "id": "6741f0c2a5d3b40001c0ffee",
            "uuid": "3c0f4f8e-8d9e-4a1a-9d41-0f2b7c1d5e66",
            "title": "Rent strike spreads &amp; grows",
            "html": BODY,
            "plaintext": "Tenants in Keel House will withhold their rent.",
            "status": "published",
            "published_at": "2026-11-21T06:30:00.000Z",
            "url": "https://quay.example/rent-strike/",
            "authors": [{"id": "1", "name": "Petra Vance"}, {"id": "2", "name": "Ann Lee"}],
            "primary_author": {"id": "1", "name": "Petra Vance"},
            "tags": [{"name": "Housing"}],
        },
        "previous": {"status": "draft"},
    }
}
WORDPRESS = {
    "id": 4711,
    "date_gmt": "2026-11-21T06:30:00",
    "link": "https://quay.example/?p=4711",
    "title": {"rendered": "Rent strike spreads"},
    "content": {"rendered": BODY},
}
SUPERDESK = {
    "guid": "urn:newsml:quay.example:2026-11-21:4711",
    "type": "text",
    "headline": "Rent strike spreads",
    "byline": "Petra Vance",
    "body_html": BODY,
}


@dataclass(frozen=True, slots=True)
class Desk:
    """A service that listens to all three systems, and where it delivers what it found."""

    server: RunningServer
    receiver: Receiver

    def push(self, path: str, body: bytes, kind: str = "application/json", **headers: str) -> Answer:
        """Its answer to a push."""
        return self.server.ask(f"/v1/inbound/{path}", body, Content_Type=kind, **headers)


@pytest.fixture(scope="module")
def desk(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The service as it would stand beside three content systems."""
    folder = tmp_path_factory.mktemp("inbound")
    with run_receiver() as receiver:
        told = {
            "INBOUND_GHOST_SECRET": SECRETS["ghost"],
            "INBOUND_WORDPRESS_TOKEN": SECRETS["wordpress"],
            "INBOUND_SUPERDESK_SECRET": SECRETS["superdesk"],
            "INBOUND_CALLBACK_URL": receiver.url("/results"),
            "WEBHOOK_SECRET": SIGNING,
            "WEBHOOK_ALLOW_PRIVATE": 1,
            "RATE_LIMIT": "100000/minute",
        }
        with run_server(folder, MODEL_PATH=model_path, WORKERS=1, **told) as server:
            yield Desk(server, receiver)


def as_json(item: dict[str, Any], edition: str) -> bytes:
    """*item* as the body of a push, an edition of its own."""
    return json.dumps(item | {"edition": edition}).encode()


def sign_ghost(body: bytes, secret: str = SECRETS["ghost"], age: float = 0.0) -> str:
    """The header as Ghost makes it: body and milliseconds, hashed together."""
    at = str(int((time.time() - age) * 1000))
    return f"sha256={hmac.new(secret.encode(), body + at.encode(), hashlib.sha256).hexdigest()}, t={at}"


def sign_superdesk(body: bytes, secret: str = SECRETS["superdesk"], digest: str = "sha1") -> str:
    """The header as Superdesk's HTTP push makes it."""
    return f"{digest}={hmac.new(secret.encode(), body, digest).hexdigest()}"


def results(desk: Desk, job_id: str) -> Any:
    """What was delivered for the job, verified."""
    ends = time.monotonic() + 150
    while time.monotonic() < ends:
        for got in list(desk.receiver.received):
            if json.loads(got.body)["data"]["id"] == job_id:
                return Webhook(SIGNING).verify(got.body, dict(got.headers))
        time.sleep(0.05)
    raise AssertionError(desk.server.log.read_text(encoding="utf-8"))


def test_what_each_system_pushes_is_answered_at_once_and_its_results_are_delivered(desk: Desk) -> None:
    ghost, superdesk = as_json(GHOST, "first"), as_json(SUPERDESK, "first")
    form = urlencode({"hook": "publish_post", "ID": 4712, "post_title": "Rent", "post_content": BODY}).encode()
    token = {"X_Webhook_Token": SECRETS["wordpress"]}
    pushed = {
        "ghost": desk.push("ghost", ghost, X_Ghost_Signature=sign_ghost(ghost)),
        "superdesk": desk.push("superdesk", superdesk, X_Superdesk_Signature=sign_superdesk(superdesk)),
        "rest": desk.push("wordpress", as_json(WORDPRESS, "first"), **token),
        "form": desk.push("wordpress", form, "application/x-www-form-urlencoded", **token),
    }
    assert {name: answer.status for name, answer in pushed.items()} == dict.fromkeys(pushed, 202)
    titles = {
        "ghost": ("ghost", "Rent strike spreads & grows", GHOST["post"]["current"]["id"]),
        "superdesk": ("superdesk", "Rent strike spreads", SUPERDESK["guid"]),
        "rest": ("wordpress", "Rent strike spreads", "4711"),
        "form": ("wordpress", "Rent", "4712"),
    }
    for name, answer in pushed.items():
        job = answer.json()
        assert answer.headers["Location"] == f"/v1/jobs/{job['job_id']}"
        told = results(desk, job["job_id"])
        assert (told["type"], told["data"]["status"]) == ("job.succeeded", "succeeded")
        (line,) = told["data"]["results"]
        origin, title, identity = titles[name]
        assert (told["data"]["origin"], line["extraction"]["article"]["title"]["text"]) == (origin, title)
        assert line["external_id"] == identity
        assert "withhold their rent" in line["extraction"]["text"]


PROOFS = [
    ("ghost", "right", 202, None),
    ("ghost", "wrong", 401, "signature_invalid"),
    ("ghost", "missing", 401, "signature_missing"),
    ("ghost", "stale", 401, "signature_stale"),
    ("ghost", "early", 401, "signature_stale"),
    ("ghost", "unsigned time", 401, "signature_invalid"),
    ("ghost", "garbage", 401, "signature_invalid"),
    ("superdesk", "right", 202, None),
    ("superdesk", "sha256", 202, None),
    ("superdesk", "wrong", 401, "signature_invalid"),
    ("superdesk", "missing", 401, "signature_missing"),
    ("superdesk", "garbage", 401, "signature_invalid"),
    ("wordpress", "right", 202, None),
    ("wordpress", "bearer", 202, None),
    ("wordpress", "path", 202, None),
    ("wordpress", "wrong", 401, "signature_invalid"),
    ("wordpress", "wrong path", 401, "signature_invalid"),
    ("wordpress", "missing", 401, "signature_missing"),
]
ITEMS = {"ghost": GHOST, "superdesk": SUPERDESK, "wordpress": WORDPRESS}


def prove(system: str, how: str, body: bytes) -> tuple[str, dict[str, str]]:
    """The path and the headers of a push that proves itself *how*."""
    if how in {"path", "wrong path"}:
        return f"wordpress/{SECRETS['wordpress'] if how == 'path' else 'other-token'}", {}
    plain = hmac.new(SECRETS["ghost"].encode(), body, hashlib.sha256).hexdigest()
    shown = {
        ("ghost", "right"): sign_ghost(body),
        ("ghost", "wrong"): sign_ghost(body, "other-secret"),
        ("ghost", "stale"): sign_ghost(body, age=1000),
        ("ghost", "early"): sign_ghost(body, age=-1000),
        ("ghost", "unsigned time"): f"sha256={plain}, t={int(time.time() * 1000)}",
        ("superdesk", "right"): sign_superdesk(body),
        ("superdesk", "sha256"): sign_superdesk(body, digest="sha256"),
        ("superdesk", "wrong"): sign_superdesk(body, "other-secret"),
        ("wordpress", "right"): SECRETS["wordpress"],
        ("wordpress", "wrong"): SECRETS["wordpress"] + "x",
    }
    header = {"ghost": "X_Ghost_Signature", "superdesk": "X_Superdesk_Signature", "wordpress": "X_Webhook_Token"}
    if how == "bearer":
        return system, {"Authorization": f"Bearer {SECRETS['wordpress']}"}
    if how == "missing":
        return system, {}
    return system, {header[system]: "sha256=00, t=soon" if how == "garbage" else shown[system, how]}


@pytest.mark.parametrize(("system", "how", "code", "refused"), PROOFS)
def test_a_push_is_taken_only_with_a_proof(desk: Desk, system: str, how: str, code: int, refused: str | None) -> None:
    body = as_json(ITEMS[system], how)
    path, headers = prove(system, how, body)
    answer = desk.push(path, body, **headers)
    assert (answer.status, answer.json().get("code")) == (code, refused)


@pytest.mark.parametrize("system", ["ghost", "superdesk", "wordpress"])
def test_a_replayed_push_is_the_same_job_and_read_once(desk: Desk, system: str) -> None:
    body = as_json(ITEMS[system], "replayed")
    path, headers = prove(system, "right", body)
    answers = [desk.push(path, body, **headers) for _ in range(3)]
    assert [answer.status for answer in answers] == [202] * 3
    (job_id,) = {answer.json()["job_id"] for answer in answers}
    results(desk, job_id)
    other = as_json(ITEMS[system], "replayed, but changed")
    answer = desk.push(path, other, **headers)
    if system == "wordpress":  # its token proves no body
        assert answer.json()["job_id"] != job_id
    else:
        assert answer.status == 401
    told = [json.loads(got.body)["data"]["id"] for got in desk.receiver.received]
    assert told.count(job_id) == 1


@pytest.mark.parametrize(
    ("system", "item", "code", "pointer"),
    [
        ("ghost", {"post": {"current": {}, "previous": {"title": "Gone"}}}, 202, None),
        ("ghost", {"member": {"current": {"email": "reader@quay.example"}}}, 202, None),
        ("ghost", {"post": {"current": {"html": ["x"], "title": []}}}, 422, "/post/current/html"),
        ("ghost", {"post": "x"}, 422, "/post"),
        ("superdesk", {"guid": "urn:1", "type": "picture", "headline": "A tower"}, 202, None),
        ("superdesk", {"guid": "urn:1", "type": "text"}, 422, "/bodies"),
        ("wordpress", {"id": 1}, 422, "/content/rendered"),
        ("wordpress", {"content": {"rendered": "half a pair: \ud83d"}}, 422, "/content/rendered"),
    ],
)
def test_what_holds_no_article_is_skipped_and_what_is_broken_refused(
    desk: Desk, system: str, item: dict[str, Any], code: int, pointer: str | None
) -> None:
    body = json.dumps(item).encode()
    path, headers = prove(system, "right", body)
    answer = desk.push(path, body, **headers)
    assert answer.status == code
    if pointer is None:
        assert answer.json()["job_id"] is None
        assert answer.json()["skipped"]
    else:
        assert answer.json()["errors"][0]["pointer"] == pointer


def test_other_bodies_are_refused_after_their_proof(desk: Desk) -> None:
    token = {"X_Webhook_Token": SECRETS["wordpress"]}
    assert desk.push("wordpress", b"<p>Hello.</p>", "text/html", **token).json()["code"] == "unsupported_media_type"
    assert desk.push("wordpress", b"{", **token).json()["code"] == "invalid_json"
    assert desk.push("wordpress", b"[]", **token).json()["code"] == "validation_failed"
    assert desk.push("wordpress", b"{", X_Webhook_Token="wrong").json()["code"] == "signature_invalid"
    long = json.dumps({"content": {"rendered": "a " * 150_000}}).encode()
    assert desk.push("wordpress", long, **token).json()["code"] == "article_too_long"


@pytest.mark.parametrize("system", ["ghost", "superdesk", "wordpress"])
@pytest.mark.parametrize("how", ["right", "path"])
def test_a_system_without_a_secret_is_not_listened_to(server: RunningServer, system: str, how: str) -> None:
    path, headers = prove(system, how, b"{}")
    answer = server.ask(f"/v1/inbound/{path}", b"{}", Content_Type="application/json", **headers)
    assert (answer.status, answer.json()["code"]) == (404, "system_not_configured")


def test_no_secret_and_no_word_of_an_article_is_logged(desk: Desk) -> None:
    body = as_json(WORDPRESS, "logged")
    desk.push(f"wordpress/{SECRETS['wordpress']}", body)
    desk.push("wordpress/another-t0ken", body)
    logged = desk.server.log.read_text(encoding="utf-8")
    assert '"/v1/inbound/wordpress/<token>"' in logged
    for private in (*SECRETS.values(), SIGNING, "another-t0ken", "Keel House"):
        assert private not in logged


def test_pushes_and_deliveries_are_counted(desk: Desk) -> None:
    body = as_json(GHOST, "counted")
    desk.push("ghost", body)
    results(desk, desk.push("ghost", body, X_Ghost_Signature=sign_ghost(body)).json()["job_id"])
    counted = desk.server.ask("/metrics").body.decode()
    assert 'ascribe_inbound_total{outcome="accepted",system="ghost"}' in counted
    assert 'ascribe_inbound_total{outcome="signature_missing",system="ghost"}' in counted
    assert 'ascribe_webhook_tries_total{outcome="accepted"}' in counted


@given(st.binary(max_size=200), st.text(min_size=1, max_size=30), st.text(max_size=80))
def test_no_text_proves_a_body_but_the_signature(body: bytes, secret: str, shown: str) -> None:
    right = sign_ghost(body, secret)
    check_ghost(secret, right, body, now=time.time(), tolerance=300)
    check_superdesk(secret, sign_superdesk(body, secret), body)
    with pytest.raises(ProofError):
        check_ghost(secret, shown, body, now=time.time(), tolerance=300)
    with pytest.raises(ProofError):
        check_superdesk(secret, shown, body)
    with pytest.raises(ProofError):
        check_ghost(secret, right, body + b" ", now=time.time(), tolerance=300)
    with pytest.raises(StaleError):
        check_ghost(secret, right, body, now=time.time() + 301, tolerance=300)


def test_a_ghost_page_is_read_like_a_post_and_plain_text_stands_in_for_missing_html() -> None:
    post = GHOST["post"]["current"]
    article = read_ghost({"page": {"current": post | {"html": None, "authors": []}}})
    assert article is not None
    assert (article.format, article.byline, article.url) == ("text", "Petra Vance", post["url"])
    assert article.text.endswith(post["plaintext"])
    both = read_ghost(GHOST)
    assert both is not None
    assert (both.format, both.byline) == ("html", "Petra Vance, Ann Lee")
    with pytest.raises(FieldErrors):
        read_ghost({"post": {"current": {"html": BODY, "authors": "Petra"}}})


def test_a_post_is_read_under_the_names_of_the_database_too() -> None:
    post = {"ID": 7, "post_title": "Rent", "post_content": BODY, "post_date_gmt": "2026-11-21 06:30:00"}
    for item in (post, {"post_id": 7, "post": post, "post_meta": {}}):
        article = read_wordpress(item)
        assert (article.external_id, article.title, article.published_at) == ("7", "Rent", "2026-11-21 06:30:00Z")
        assert article.text.endswith(BODY)
