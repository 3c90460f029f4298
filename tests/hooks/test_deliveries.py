"""Deliveries of finished jobs to a real receiver: signed anew at each try, tried again, given up, abandoned, logged."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, update
from standardwebhooks import Webhook, WebhookVerificationError

from service.hooks import endpoints
from service.hooks.couriers import Courier
from service.hooks.deliveries import Message, Outcome, enter_test, purge
from service.hooks.logs import DeliveryRecord, read_log
from service.hooks.schedules import WAITS
from service.hooks.tables import Delivery
from service.jobs.records import Callback, JobRecord
from service.jobs.stores import JobStore
from service.settings import Settings
from service.storage.sessions import read_clock, writing
from service.web.items import Refusal
from service.web.problems import ArticleTooLong
from tests.hooks.receivers import Received, Receiver, status

OWNER = "desk"
TOO_LONG = Refusal(ArticleTooLong("The article has 9 characters; at most 8 are taken (MAX_CHARACTERS)."), "story-1")


def finish(store: JobStore, url: str, owner: str = OWNER, items: int = 1) -> JobRecord:
    """A job that is finished as soon as it is made, since none of its articles can be read."""
    return store.submit([TOO_LONG] * items, owner=owner, callback=Callback(url))


def take(courier: Courier) -> Message:
    message = courier.take()
    assert message is not None
    return message


def deliver(courier: Courier) -> Outcome:
    return courier.deliver(take(courier))


def log(engine: Engine, url: str, owner: str = OWNER) -> tuple[DeliveryRecord, ...]:
    (endpoint,) = [each for each in endpoints.list_endpoints(engine, owner) if each.url == url]
    page = read_log(engine, owner, endpoint.id, before=None, limit=100)
    assert page is not None
    return page.deliveries


def verify(got: Received, secret: str) -> Any:
    return Webhook(secret).verify(got.body, dict(got.headers))


def let_time_pass(engine: Engine, **values: object) -> None:
    """Make everything that waits due now, as if its time had come."""
    with writing(engine) as session:
        past = read_clock(session) - timedelta(seconds=1)
        session.execute(update(Delivery).values(**(values or {"due_at": past, "claimed_until": past})))


def test_a_finished_job_is_told_with_its_results_and_a_signature_that_verifies(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    secret = endpoints.register(engine, OWNER, receiver.url()).secret
    assert secret is not None
    job = finish(store, receiver.url())
    assert deliver(courier) == Outcome.DELIVERED
    (got,) = receiver.received
    told = verify(got, secret)
    assert (told["type"], told["data"]["id"], told["data"]["status"]) == ("job.failed", job.id, "failed")
    assert [told["data"][name] for name in ("done", "failed", "total")] == [0, 1, 1]
    (line,) = told["data"]["results"]
    assert (line["external_id"], line["problem"]["code"]) == ("story-1", "article_too_long")
    (entry,) = log(engine, receiver.url())
    assert (entry.state, entry.job_id, entry.id) == ("delivered", job.id, got.headers["webhook-id"])
    assert [(one.status, one.error) for one in entry.tries] == [(204, None)]
    assert courier.take() is None


def test_a_signature_proves_this_body_to_this_secret_alone(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    secret = endpoints.register(engine, OWNER, receiver.url()).secret
    finish(store, receiver.url())
    deliver(courier)
    (got,) = receiver.received
    assert secret is not None
    verify(got, secret)
    other = "whsec_" + "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcg=="
    for wrong, key in ((replace(got, body=got.body + b" "), secret), (got, other)):
        with pytest.raises(WebhookVerificationError):
            verify(wrong, key)


def test_many_results_are_left_to_be_fetched(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    finish(store, receiver.url(), items=26)
    assert deliver(courier) == Outcome.DELIVERED
    data = json.loads(receiver.received[0].body)["data"]
    assert (data["results"], data["total"]) == (None, 26)


def test_after_a_500_it_is_tried_again_by_itself_under_the_same_id_and_signed_anew(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    secret = endpoints.register(engine, OWNER, receiver.url()).secret
    receiver.answers = [status(500), status(200)]
    stop = Event()
    thread = Thread(target=courier.run, args=[stop])
    thread.start()
    finish(store, receiver.url())
    first, second = receiver.wait_for(2)
    stop.set()
    thread.join()
    assert secret is not None
    assert verify(first, secret) == verify(second, secret)
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) >= WAITS[0] * 0.8 - 1
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    (entry,) = log(engine, receiver.url())
    assert [one.status for one in entry.tries] == [500, 200]


def test_a_410_disables_the_endpoint_and_all_that_waits_for_it_until_it_is_registered_again(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    for _ in range(3):
        finish(store, receiver.url())
    receiver.answers = [status(410)]
    assert deliver(courier) == Outcome.FAILED
    assert courier.take() is None
    finish(store, receiver.url())
    assert courier.take() is None
    assert sorted(entry.state for entry in log(engine, receiver.url())) == ["abandoned"] * 3 + ["failed"]
    assert len(receiver.received) == 1
    endpoints.register(engine, OWNER, receiver.url())
    finish(store, receiver.url())
    assert deliver(courier) == Outcome.DELIVERED


def test_redirects_and_other_refusals_are_tried_again_and_in_the_end_given_up(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    finish(store, receiver.url())
    codes = [302, 400, 404, 500, 503, 429, 401, 500, 500, 500]
    receiver.answers = [status(code, Location=receiver.url("/elsewhere")) for code in codes]
    outcomes = []
    for _ in codes:
        outcomes.append(deliver(courier))
        assert courier.take() is None
        let_time_pass(engine)
    assert outcomes == [Outcome.PENDING] * 9 + [Outcome.FAILED]
    assert courier.take() is None
    (entry,) = log(engine, receiver.url())
    assert (entry.state, entry.next_try_at) == ("failed", None)
    assert [one.status for one in entry.tries] == codes
    assert {got.path for got in receiver.received} == {"/hook"}


def test_a_receiver_that_asks_for_a_longer_wait_gets_it(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    finish(store, receiver.url())
    receiver.answers = [status(429, Retry_After="3600")]
    deliver(courier)
    (entry,) = log(engine, receiver.url())
    assert entry.next_try_at is not None
    assert entry.next_try_at - entry.tries[0].at >= timedelta(seconds=3599)


def test_what_a_dead_process_had_claimed_is_delivered_by_the_next_when_its_lease_ends(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    finish(store, receiver.url())
    claimed = take(courier)
    assert courier.take() is None
    let_time_pass(engine)
    again = take(courier)
    assert again.id == claimed.id
    assert courier.deliver(again) == Outcome.DELIVERED
    assert courier.deliver(claimed) == Outcome.ABANDONED  # the first comes back to life: at least once, under one id
    assert {got.headers["webhook-id"] for got in receiver.received} == {claimed.id}
    (entry,) = log(engine, receiver.url())
    assert entry.state == "delivered"


def test_an_endpoint_gets_one_delivery_at_a_time_and_holds_up_no_other(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    for path in ("/slow", "/slow", "/other"):
        finish(store, receiver.url(path))
    urls = [take(courier).url, take(courier).url]
    assert urls == [receiver.url("/slow"), receiver.url("/other")]
    assert courier.take() is None


def test_a_job_that_was_erased_meanwhile_is_told_to_nobody(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    job = finish(store, receiver.url())
    store.erase(job.id, OWNER)
    assert deliver(courier) == Outcome.ABANDONED
    assert receiver.received == []


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:{port}/hook", "http://[::ffff:127.0.0.1]:{port}/hook", "http://2130706433:{port}/hook"),
        *("http://localhost:{port}/hook", "http://0x7f.1:{port}/hook", "https://169.254.169.254/latest/meta-data/"),
    ],
)
def test_without_the_setting_no_private_address_is_reached(
    engine: Engine, store: JobStore, receiver: Receiver, url: str
) -> None:
    finish(store, url.format(port=receiver.port))
    careful = Courier(store, Settings())
    assert deliver(careful) == Outcome.PENDING
    (entry,) = log(engine, url.format(port=receiver.port))
    assert [(one.status, one.error) for one in entry.tries] == [(None, "address_refused")]
    assert receiver.received == []


def test_a_name_that_resolves_to_a_private_address_at_the_second_try_is_refused_then(
    engine: Engine, store: JobStore, receiver: Receiver
) -> None:
    answers: list[list[str] | None] = [None, ["127.0.0.1"]]

    def rebind(*_: object) -> list[str]:
        if (answer := answers.pop(0)) is None:
            raise OSError("No such name yet.")
        return answer

    url = f"https://cms.example:{receiver.port}/hook"
    finish(store, url)
    careful = Courier(store, Settings(), rebind)
    deliver(careful)
    let_time_pass(engine)
    deliver(careful)
    (entry,) = log(engine, url)
    assert [one.error for one in entry.tries] == ["name_unknown", "address_refused"]
    assert receiver.received == []


def test_the_services_own_secret_signs_for_urls_that_nobody_registered(
    engine: Engine, store: JobStore, settings: Settings, receiver: Receiver
) -> None:
    secret = "whsec_" + "c2VydmljZXNlcnZpY2VzZXJ2aWNlc2VydmljZQ=="
    finish(store, receiver.url())
    assert deliver(Courier(store, replace(settings, webhook_secret=secret))) == Outcome.DELIVERED
    verify(receiver.received[0], secret)
    (endpoint,) = endpoints.list_endpoints(engine, OWNER)
    assert endpoint.secret is None


def test_an_owner_sees_and_removes_only_what_is_his(engine: Engine, store: JobStore, receiver: Receiver) -> None:
    finish(store, receiver.url())
    (mine,) = endpoints.list_endpoints(engine, OWNER)
    assert endpoints.list_endpoints(engine, "other") == []
    assert endpoints.find_endpoint(engine, "other", mine.id) is None
    assert read_log(engine, "other", mine.id, before=None, limit=9) is None
    assert enter_test(engine, "other", mine.id) is None
    assert not endpoints.remove(engine, "other", mine.id)
    assert endpoints.remove(engine, OWNER, mine.id)
    assert endpoints.list_endpoints(engine, OWNER) == []


def test_an_endpoint_removed_while_it_is_served_is_no_error(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    finish(store, receiver.url())
    message = take(courier)
    endpoints.remove(engine, OWNER, message.endpoint_id)
    assert courier.deliver(message) == Outcome.ABANDONED


def test_the_log_comes_in_pages_and_is_forgotten_after_a_month(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver
) -> None:
    jobs = [finish(store, receiver.url()).id for _ in range(5)]
    while (message := courier.take()) is not None:
        courier.deliver(message)
    (endpoint,) = endpoints.list_endpoints(engine, OWNER)
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = read_log(engine, OWNER, endpoint.id, before=cursor, limit=2)
        assert page is not None
        seen += [entry.job_id for entry in page.deliveries]
        cursor, pages = page.cursor, pages + 1
    assert (seen, pages) == (jobs[::-1], 3)
    purge(engine)
    assert len(log(engine, receiver.url())) == 5
    with writing(engine) as session:
        long_ago = read_clock(session) - timedelta(days=31)
    let_time_pass(engine, finished_at=long_ago)
    purge(engine)
    assert log(engine, receiver.url()) == ()


def test_no_secret_and_no_path_of_an_address_gets_into_the_log(
    engine: Engine, store: JobStore, courier: Courier, receiver: Receiver, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    url = receiver.url("/hook/t0ken-in-the-path?key=k3y")
    secret = endpoints.register(engine, OWNER, url).secret
    finish(store, url)
    deliver(courier)
    logged = caplog.text + str(capsys.readouterr())
    assert "webhook_tried" in logged
    for private in (secret, "t0ken", "k3y", "story-1"):
        assert str(private) not in logged
