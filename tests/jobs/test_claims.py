"""Claims: who may settle an article, and what happens to those that nobody settles; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from service.extract.records import Article
from service.jobs.claims import TOGETHER, Claim, Claims, Outcome
from service.jobs.offices import Office
from service.jobs.records import JobRecord, State
from service.jobs.sweeps import sweep
from service.jobs.tables import Job, JobArticle
from service.settings import Settings
from service.storage.sessions import writing
from service.web.items import Refusal
from service.web.problems import ArticleTooLong
from service.web.submissions import Submission
from tests.jobs.conftest import WORD, open_empty

LEASE = timedelta(hours=1)
PAST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Office]:
    """An office on each kind of database."""
    if request.param == "postgresql":
        settings = replace(settings, database_url=request.getfixturevalue("postgres"))
    yield from open_empty(settings)


def articles(count: int) -> list[Submission]:
    return [Submission(Article(text=f"{WORD} number {n} will hold.", external_id=f"story-{n}")) for n in range(count)]


def claims_of(office: Office, attempts: int = 3) -> Claims:
    return Claims(office.store, lease=LEASE, attempts=attempts)


def settle(claims: Claims, claim: Claim, words: str = "read") -> None:
    claims.settle(claim, [Outcome(at, True, json.dumps({"index": at, "by": words})) for at in claim.submissions])


def lines(office: Office, job: JobRecord) -> list[dict[str, object]]:
    return [json.loads(line) for line in office.store.read_results(job, 0, 1000).lines]


def end_leases(office: Office) -> None:
    """As if the leases' time had passed."""
    with writing(office.engine) as session:
        session.execute(update(JobArticle).values(available_at=PAST))
        session.execute(update(Job).values(queued_at=PAST))


def test_a_job_is_claimed_in_parts_and_ends_with_its_last_article(anywhere: Office) -> None:
    claims, job = claims_of(anywhere), anywhere.store.submit(articles(TOGETHER + 3), owner="desk")
    first, second = claims.claim(job.id), claims.claim(job.id)
    assert first is not None
    assert second is not None
    assert [sorted(first.submissions), sorted(second.submissions)] == [list(range(8)), [8, 9, 10]]
    assert first.submissions[3] == articles(4)[3]
    assert claims.claim(job.id) is None
    settle(claims, second)
    assert lines(anywhere, job) == []  # nothing is told before what comes first
    settle(claims, first)
    ended = anywhere.store.find(job.id, "desk")
    assert ended is not None
    assert (ended.state, ended.done, ended.failed) == (State.SUCCEEDED, 11, 0)
    assert ended.finished_at is not None
    assert [line["index"] for line in lines(anywhere, job)] == list(range(11))


def test_a_claim_whose_lease_ended_is_anothers_and_what_it_settles_late_is_dropped(anywhere: Office) -> None:
    claims, job = claims_of(anywhere), anywhere.store.submit(articles(2), owner="")
    late = claims.claim(job.id)
    assert late is not None
    end_leases(anywhere)
    single = [claims.claim(job.id), claims.claim(job.id)]
    assert [sorted(claim.submissions) for claim in single if claim] == [[0], [1]]  # tried before: alone
    settle(claims, late, "late")
    for claim in single:
        assert claim is not None
        settle(claims, claim, "in time")
        settle(claims, claim, "twice")
    assert [line["by"] for line in lines(anywhere, job)] == ["in time", "in time"]


def test_a_renewed_lease_does_not_end(anywhere: Office) -> None:
    claims, job = claims_of(anywhere), anywhere.store.submit(articles(1), owner="")
    claim = claims.claim(job.id)
    assert claim is not None
    end_leases(anywhere)
    claims.renew(claim)
    assert claims.claim(job.id) is None
    settle(claims, claim)
    assert len(lines(anywhere, job)) == 1


def test_an_article_that_kills_its_workers_fails_alone(anywhere: Office) -> None:
    claims, job = claims_of(anywhere, attempts=3), anywhere.store.submit(articles(3), owner="desk")
    for _ in range(9):
        end_leases(anywhere)
        while claim := claims.claim(job.id):
            if 1 not in claim.submissions:  # whoever holds number 1 dies
                settle(claims, claim)
    ended = anywhere.store.find(job.id, "desk")
    assert ended is not None
    assert (ended.state, ended.done, ended.failed) == (State.PARTLY_FAILED, 2, 1)
    told = lines(anywhere, job)
    assert [line["index"] for line in told] == [0, 1, 2]
    assert told[1]["external_id"] == "story-1"
    assert isinstance(told[1]["problem"], dict)
    assert told[1]["problem"]["code"] == "article_failed"


def test_what_is_put_back_is_tried_again_and_fails_after_its_attempts(anywhere: Office) -> None:
    claims, job = claims_of(anywhere, attempts=2), anywhere.store.submit(articles(1), owner="desk")
    for attempt in (1, 2):
        claim = claims.claim(job.id)
        assert claim is not None
        assert claim.attempts == attempt
        claims.put_back(claim, [0])
    ended = anywhere.store.find(job.id, "desk")
    assert ended is not None
    assert ended.state == State.FAILED


def test_whoever_is_to_be_told_is_told_once_in_the_same_transaction(anywhere: Office) -> None:
    told: list[tuple[JobRecord, int]] = []

    def finisher(session: Session, job: JobRecord) -> None:
        told.append((job, session.query(JobArticle).filter_by(job_id=job.id).count()))

    anywhere.store.finishers = (finisher,)
    claims, job = claims_of(anywhere), anywhere.store.submit(articles(2), owner="")
    claim = claims.claim(job.id)
    assert claim is not None
    settle(claims, claim)
    settle(claims, claim)
    assert [(each.id, each.state, left) for each, left in told] == [(job.id, State.SUCCEEDED, 0)]


def test_a_job_of_nothing_but_faults_has_failed_at_once(anywhere: Office) -> None:
    job = anywhere.store.submit([Refusal(ArticleTooLong(), "story-0")], owner="desk")
    assert (job.state, job.failed, job.total) == (State.FAILED, 1, 1)
    assert lines(anywhere, job)[0]["external_id"] == "story-0"
    assert claims_of(anywhere).claim(job.id) is None


def test_a_job_that_breaks_off_while_it_is_taken_in_leaves_nothing(anywhere: Office) -> None:
    def items() -> Iterator[Submission]:
        yield from articles(450)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        anywhere.store.submit(items(), owner="")
    with writing(anywhere.engine) as session:
        assert session.query(JobArticle).count() == 0


def test_the_sweep_announces_what_waits_and_nobody_was_told_of(anywhere: Office) -> None:
    announced: list[str] = []
    anywhere.queue._read = announced.append
    waiting, claimed = (anywhere.store.submit(articles(1), owner="") for _ in range(2))
    sweep(anywhere.engine, anywhere.queue, LEASE)
    assert not anywhere.queue.take()  # just submitted: whoever did so announces it
    claims_of(anywhere).claim(claimed.id)
    with writing(anywhere.engine) as session:
        session.execute(update(Job).values(queued_at=PAST))
    sweep(anywhere.engine, anywhere.queue, LEASE)
    sweep(anywhere.engine, anywhere.queue, LEASE)
    assert take_all(anywhere) == 1
    assert announced == [waiting.id]
    end_leases(anywhere)
    sweep(anywhere.engine, anywhere.queue, LEASE)
    take_all(anywhere)
    assert set(announced[1:]) == {waiting.id, claimed.id}


def take_all(office: Office) -> int:
    count = 0
    while office.queue.take():
        count += 1
    return count


def test_erasing_takes_texts_and_results_from_a_job_in_work(anywhere: Office) -> None:
    claims, job = claims_of(anywhere), anywhere.store.submit(articles(TOGETHER * 2), owner="desk")
    done, held = claims.claim(job.id), claims.claim(job.id)
    assert done is not None
    assert held is not None
    settle(claims, done)
    assert not anywhere.store.erase(job.id, "other desk")
    assert anywhere.store.erase(job.id, "desk")
    settle(claims, held)
    erased = anywhere.store.find(job.id, "desk")
    assert erased is not None
    assert erased.state == State.CANCELLED
    assert erased.erased_at is not None
    with pytest.raises(RuntimeError):  # nothing is left out silently
        lines(anywhere, job)
    assert rows(anywhere) == 0


def rows(office: Office) -> int:
    with writing(office.engine) as session:
        return session.query(JobArticle).count()


def test_an_expired_job_is_gone(anywhere: Office) -> None:
    job = anywhere.store.submit(articles(2), owner="desk")
    with writing(anywhere.engine) as session:
        session.execute(update(Job).values(expires_at=PAST))
    assert anywhere.store.find(job.id, "desk") is None
    sweep(anywhere.engine, anywhere.queue, LEASE)
    with writing(anywhere.engine) as session:
        assert session.get(Job, job.id) is None
    assert rows(anywhere) == 0


def words_on_disk(office: Office, words: Sequence[str]) -> bool:
    files = list(office.settings.data_path.iterdir())
    return any(word.encode() in file.read_bytes() for file in files for word in words)


def test_erased_words_are_not_on_the_disk_any_more(office: Office) -> None:
    claims, job = claims_of(office), office.store.submit(articles(40), owner="desk")
    office.announce(job)
    claim = claims.claim(job.id)
    assert claim is not None
    settle(claims, claim, WORD)
    assert words_on_disk(office, [WORD])
    office.store.erase(job.id, "desk")
    assert not words_on_disk(office, [WORD])
