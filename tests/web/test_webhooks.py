"""Endpoints over HTTP: registering, listing, their secrets, tests and logs, each for its owner alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from standardwebhooks import Webhook

from service.app import create_app
from service.hooks.couriers import Courier
from service.hooks.deliveries import Outcome
from service.settings import Settings
from service.web.callbacks import make_callback
from service.web.examples import load_example
from service.web.keys import Keys
from service.web.problems import ValidationFailed
from service.web.schemas.webhooks import DeliveriesSchema, EndpointSchema, EndpointWithSecretSchema, InboundSchema
from tests.hooks.receivers import Receiver, run_receiver, status
from tests.web.test_problems import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.extract.analyzer import Analyzer

SECRET = "whsec_" + "b2YtYS1uZXdzcm9vbS1pbnNpZGUtaXRz"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of a service whose content system is inside."""
    return replace(settings, webhook_allow_private=True, webhook_timeout=30)


@pytest.fixture
def app(settings: Settings, analyzer: Analyzer) -> Iterator[Flask]:
    """The application, with an empty database."""
    from service.storage.upgrades import upgrade

    app = create_app(settings, analyzer)
    upgrade(app.extensions["desk"].office.engine)
    yield app
    app.extensions["desk"].office.close()


@pytest.fixture
def courier(app: Flask, settings: Settings) -> Courier:
    """Who delivers what the application has entered."""
    return Courier(app.extensions["desk"].office.store, settings)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Who gets it."""
    with run_receiver() as running:
        yield running


def register(client: FlaskClient, url: str, **more: str) -> dict[str, Any]:
    answer = client.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.get_json()
    assert answer.headers["Location"] == f"/v1/webhooks/{told['id']}"
    return told


def test_an_endpoint_is_registered_tested_and_its_log_read(
    client: FlaskClient, courier: Courier, receiver: Receiver
) -> None:
    made = register(client, receiver.url())
    path = f"/v1/webhooks/{made['id']}"
    assert client.get(f"{path}/secret").get_json() == {"secret": made["secret"]}
    entered = client.post(f"{path}/deliveries")
    assert entered.status_code == 202
    message = courier.take()
    assert message is not None
    assert courier.deliver(message) == Outcome.DELIVERED
    (got,) = receiver.received
    told = Webhook(made["secret"]).verify(got.body, dict(got.headers))
    assert (told["type"], told["data"]) == ("test", {"webhook_id": made["id"]})
    (entry,) = client.get(f"{path}/deliveries").get_json()["deliveries"]
    assert (entry["id"], entry["event"], entry["state"]) == (entered.get_json()["id"], "test", "delivered")
    assert [(one["status"], one["error"]) for one in entry["tries"]] == [(204, None)]


def test_a_receiver_that_is_gone_shows_as_disabled_and_is_refused_as_a_callback(
    client: FlaskClient, app: Flask, settings: Settings, courier: Courier, receiver: Receiver
) -> None:
    made = register(client, receiver.url())
    client.post(f"/v1/webhooks/{made['id']}/deliveries")
    receiver.answers = [status(410)]
    message = courier.take()
    assert message is not None
    courier.deliver(message)
    assert client.get(f"/v1/webhooks/{made['id']}").get_json()["disabled_at"] is not None
    engine = app.extensions["desk"].office.engine
    with pytest.raises(ValidationFailed) as refused:
        make_callback(receiver.url(), "", settings, engine)
    assert refused.value.faults[0].pointer == "/callback_url"
    register(client, receiver.url())
    assert make_callback(receiver.url(), "", settings, engine).secret_id == made["id"]


def test_a_callback_that_nobody_registered_is_an_endpoint_with_a_secret_that_can_be_fetched(
    client: FlaskClient, app: Flask, settings: Settings
) -> None:
    callback = make_callback("http://127.0.0.1:9/cms", "", settings, app.extensions["desk"].office.engine)
    (listed,) = client.get("/v1/webhooks").get_json()["webhooks"]
    assert (listed["id"], listed["url"]) == (callback.secret_id, "http://127.0.0.1:9/cms")
    assert "secret" not in listed
    secret = client.get(f"/v1/webhooks/{listed['id']}/secret").get_json()["secret"]
    Webhook(secret)


def test_a_name_that_does_not_resolve_yet_is_taken_and_the_log_says_so(client: FlaskClient, courier: Courier) -> None:
    made = register(client, "https://cms.invalid/hook")
    client.post(f"/v1/webhooks/{made['id']}/deliveries")
    message = courier.take()
    assert message is not None
    assert courier.deliver(message) == Outcome.PENDING
    (entry,) = client.get(f"/v1/webhooks/{made['id']}/deliveries").get_json()["deliveries"]
    assert [one["error"] for one in entry["tries"]] == ["name_unknown"]


def test_a_secret_of_the_callers_own_is_taken(client: FlaskClient) -> None:
    assert register(client, "http://127.0.0.1:9/a", secret=SECRET)["secret"] == SECRET


@pytest.mark.parametrize(
    ("sent", "pointers"),
    [
        ({}, ["/url"]),
        ({"url": 7, "secrets": "x"}, ["/url", "/secrets"]),
        ({"url": "ftp://127.0.0.1/"}, ["/url"]),
        ({"url": "https://169.254.169.254/latest"}, ["/url"]),
        ({"url": "https://[::ffff:a9fe:a9fe]/"}, ["/url"]),
        ({"url": "http://8.8.8.8/"}, ["/url"]),
        ({"url": "http://127.0.0.1/", "secret": "whsec_c2hvcnQ="}, ["/secret"]),
        ([], [""]),
    ],
)
def test_what_cannot_be_registered_is_said_field_by_field(client: FlaskClient, sent: Any, pointers: list[str]) -> None:
    answer = client.post("/v1/webhooks", json=sent)
    assert (answer.status_code, read(answer)["code"]) == (422, "validation_failed")
    assert [fault["pointer"] for fault in read(answer)["errors"]] == pointers
    assert client.get("/v1/webhooks").get_json() == {"webhooks": []}


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.7", "[::1]", "[::ffff:10.0.0.7]", "2130706433", "localhost"])
def test_without_the_setting_private_addresses_cannot_be_registered(
    settings: Settings, analyzer: Analyzer, host: str
) -> None:
    careful = create_app(replace(settings, webhook_allow_private=False), analyzer).test_client()
    answer = careful.post("/v1/webhooks", json={"url": f"https://{host}/hook"})
    assert answer.status_code == 422
    assert "WEBHOOK_ALLOW_PRIVATE" in read(answer)["errors"][0]["message"]


def test_a_key_sees_only_its_own(client: FlaskClient, settings: Settings) -> None:
    keys = Keys(settings.keys_path)
    mine, others = ({"X-API-Key": keys.create(name)} for name in ("mine", "others"))
    made = client.post("/v1/webhooks", json={"url": "http://127.0.0.1:9/"}, headers=mine).get_json()
    assert len(client.get("/v1/webhooks", headers=mine).get_json()["webhooks"]) == 1
    assert client.get("/v1/webhooks", headers=others).get_json() == {"webhooks": []}
    path = f"/v1/webhooks/{made['id']}"
    asked = [("GET", ""), ("GET", "/secret"), ("GET", "/deliveries"), ("POST", "/deliveries"), ("DELETE", "")]
    for method, rest in asked:
        answer = client.open(path + rest, method=method, headers=others)
        assert (answer.status_code, read(answer)["code"]) == (404, "not_found")
    assert client.delete(path, headers=mine).status_code == 204
    assert client.get(path, headers=mine).status_code == 404


def test_the_examples_are_of_the_shape_they_illustrate() -> None:
    examples = load_example("webhooks.json")
    assert not EndpointSchema().validate(examples["endpoint"])
    assert not EndpointWithSecretSchema().validate(examples["registered"])
    assert not DeliveriesSchema().validate(examples["deliveries"])
    assert not InboundSchema().validate(examples["accepted"])
    Webhook(examples["registered"]["secret"])
