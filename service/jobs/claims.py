"""Claims: a few articles of one job, leased to one worker, and what becomes of them.

Every change locks the job's row first, so that two never wait for each other. A claim that is not settled before
its lease ends, because its worker died, is anybody's again; what is settled later is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, delete, insert, select, update
from sqlalchemy.orm import Session

from service.jobs.finishes import finish_if_done
from service.jobs.records import State
from service.jobs.stores import JobStore, read_submission
from service.jobs.tables import Job, JobArticle, JobResult
from service.storage.sessions import read_clock, writing
from service.web.items import Refusal, describe_failure, write_line
from service.web.problems import ArticleFailed
from service.web.submissions import Submission

TOGETHER = 8  # articles that share the model's forward passes
_SIZE = 64_000  # characters of submissions beyond which a claim takes no more
_LONGEST = 300  # seconds that an attempt is put off


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one article: its line of the results, and where the cache holds the same."""

    position: int
    succeeded: bool
    line: str
    cache_key: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Articles that one worker alone may settle until its lease ends, by their position."""

    job_id: str
    owner: str
    submissions: dict[int, Submission]
    attempts: int  # of each, this one included
    id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, slots=True)
class Settled:
    """What a settlement changed: articles done and failed by it, and the job's final state where it ended so."""

    done: int = 0
    failed: int = 0
    state: State | None = None


class Claims:
    """The claims on the jobs in *store*: leased for *lease*, each article tried *attempts* times at most.

    *watch* is told of everything that is settled.
    """

    def __init__(
        self, store: JobStore, *, lease: timedelta, attempts: int, watch: Callable[[Settled], None] = lambda _: None
    ) -> None:
        self.store, self.lease, self.attempts, self.watch = store, lease, attempts, watch

    def claim(self, job_id: str) -> Claim | None:
        """The next articles of the job; ``None`` where there is nothing to do, or nothing yet.

        Articles that were tried before are claimed alone, so that one that kills its worker takes no other along.
        """
        with writing(self.store.engine) as session:
            now = read_clock(session)
            job = _lock(session, job_id)
            if job is None or job.expires_at <= now:
                return None
            self._give_up(session, job, now)
            rows = _choose(session, job_id, now)
            if not rows:
                return None
            claim = Claim(
                job_id, job.owner, {row.position: read_submission(row.submission) for row in rows}, rows[0].attempts + 1
            )
            for row in rows:
                row.claim, row.attempts, row.available_at = claim.id, claim.attempts, now + self.lease
            job.state, job.started_at, job.queued_at = State.RUNNING.value, job.started_at or now, now
            return claim

    def renew(self, claim: Claim) -> None:
        """Let the lease of *claim* begin anew."""
        with writing(self.store.engine) as session:
            _lock(session, claim.job_id)
            later = read_clock(session) + self.lease
            session.execute(update(JobArticle).where(_of(claim)).values(available_at=later))

    def settle(self, claim: Claim, outcomes: Sequence[Outcome]) -> None:
        """Keep *outcomes*, except of articles that *claim* no longer holds; the job may finish by it."""
        with writing(self.store.engine) as session:
            job = _lock(session, claim.job_id)
            if job is None:
                return
            held = set(session.scalars(select(JobArticle.position).where(_of(claim))))
            kept = [outcome for outcome in outcomes if outcome.position in held]
            job.expires_at = max(job.expires_at, read_clock(session) + self.store.retention)
            self._keep(session, job, kept)

    def put_back(self, claim: Claim, positions: Sequence[int]) -> None:
        """Give up the articles at *positions*: they are tried again later, or have failed for good."""
        with writing(self.store.engine) as session:
            job = _lock(session, claim.job_id)
            if job is None:
                return
            now = read_clock(session)
            later = now if claim.attempts >= self.attempts else now + _put_off(claim.attempts)
            change = update(JobArticle).where(_of(claim), JobArticle.position.in_(positions))
            session.execute(change.values(claim=None, available_at=later))
            job.queued_at = later - self.lease  # so that the sweep announces the job again when it is time
            self._give_up(session, job, now)

    def _give_up(self, session: Session, job: Job, now: datetime) -> None:
        """Fail the articles that were tried as often as may be."""
        spent = JobArticle.attempts >= self.attempts, JobArticle.available_at <= now
        rows = session.scalars(select(JobArticle).where(JobArticle.job_id == job.id, *spent)).all()
        self._keep(session, job, [_fail(row) for row in rows])

    def _keep(self, session: Session, job: Job, outcomes: Sequence[Outcome]) -> None:
        if not outcomes:
            return
        positions = [outcome.position for outcome in outcomes]
        session.execute(delete(JobArticle).where(JobArticle.job_id == job.id, JobArticle.position.in_(positions)))
        session.execute(insert(JobResult), [{"job_id": job.id, **asdict(outcome)} for outcome in outcomes])
        done = sum(outcome.succeeded for outcome in outcomes)
        job.done, job.failed = job.done + done, job.failed + len(outcomes) - done
        ended = finish_if_done(session, job, self.store.finishers)
        self.watch(Settled(done, len(outcomes) - done, State(job.state) if ended else None))


def _put_off(attempts: int) -> timedelta:
    """How long after *attempts* the next one may follow: at once, then 1, 3, 7 seconds and so on."""
    return timedelta(seconds=min(2.0 ** (attempts - 1) - 1, _LONGEST))


def _lock(session: Session, job_id: str) -> Job | None:
    """The job, nobody else's until the transaction ends; ``None`` where it has ended already."""
    job = session.get(Job, job_id, with_for_update=True)
    return job if job and job.state in {State.QUEUED.value, State.RUNNING.value} else None


def _choose(session: Session, job_id: str, now: datetime) -> list[JobArticle]:
    """What one claim takes: an article that was tried before, by itself, or several that were not."""
    there = JobArticle.job_id == job_id, JobArticle.available_at <= now
    rows = session.scalars(select(JobArticle).where(*there).order_by(JobArticle.position).limit(TOGETHER)).all()
    chosen: list[JobArticle] = []
    size = 0
    for row in rows:
        size += len(row.submission)
        if chosen and (chosen[0].attempts or row.attempts or size > _SIZE):
            break
        chosen.append(row)
    return chosen


def _of(claim: Claim) -> ColumnElement[bool]:
    return and_(JobArticle.job_id == claim.job_id, JobArticle.claim == claim.id)


def _fail(row: JobArticle) -> Outcome:
    problem = ArticleFailed(f"The article could not be read in {row.attempts} attempts.")
    refusal = Refusal(problem, read_submission(row.submission).article.external_id)
    return Outcome(row.position, False, write_line(describe_failure(row.position, refusal)))
