"""The store of jobs: what is submitted, looked up, read and erased; workers claim by ``service.jobs.claims``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from service.extract.records import Article
from service.jobs.erasures import erase_job
from service.jobs.finishes import finish_if_done
from service.jobs.records import Callback, Finisher, JobRecord, State, record_of
from service.jobs.tables import Job, JobArticle, JobResult
from service.storage.sessions import purge_log, read_clock, reading, writing
from service.web.items import Item, Refusal, describe_failure, write_line
from service.web.submissions import Submission

_ROWS = 200  # written or read at a time


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results: whether there will be more, where the next page begins, and the lines of this one."""

    complete: bool
    next_position: int
    lines: Iterator[str]


class JobStore:
    """Jobs in the database of *engine*, kept for *retention* after their last article was read."""

    def __init__(self, engine: Engine, *, retention: timedelta, finishers: Sequence[Finisher] = ()) -> None:
        self.engine, self.retention, self.finishers = engine, retention, tuple(finishers)

    def submit(
        self,
        submissions: Iterable[Item],
        *,
        owner: str,
        origin: str = "api",
        callback: Callback | None = None,
        session: Session | None = None,
    ) -> JobRecord:
        """A new job of *submissions*, in their order; a refusal in the place of one is its result at once.

        *owner* is the id of the key that may see the job (empty: none was needed). With *session*, one made by
        ``writing``, the job is part of that transaction; else it is kept for good when this returns. Call
        ``Queue.announce`` afterwards, so that a worker takes it up at once and not at the next sweep.
        """
        if session is None:
            with writing(self.engine) as own:
                return self.submit(submissions, owner=owner, origin=origin, callback=callback, session=own)
        job = _new_job(owner, origin, callback, read_clock(session), self.retention)
        session.add(job)
        session.flush()
        _add_articles(session, job, iter(submissions))
        finish_if_done(session, job, self.finishers)
        return record_of(job)

    def find(self, job_id: str, owner: str) -> JobRecord | None:
        """The job *job_id* of *owner*; ``None`` where *owner* has none such, or it has expired."""
        with reading(self.engine) as session:
            job = _find(session, job_id, owner)
            return record_of(job) if job else None

    def read_results(self, job: JobRecord, begin: int, most: int) -> Results:
        """At most *most* lines of *job* from position *begin* on, as far as there is no gap before them."""
        with reading(self.engine) as session:
            query = select(func.min(JobArticle.position)).where(JobArticle.job_id == job.id)
            missing = session.scalar(query)
            total = session.scalar(select(Job.total).where(Job.id == job.id)) or 0
        ready = total if missing is None else missing
        end = max(begin, min(begin + most, ready))
        return Results(missing is None and end >= total, end, self._read_lines(job.id, begin, end))

    def erase(self, job_id: str, owner: str) -> bool:
        """Whether *owner* had such a job; what has not started is cancelled, its texts and results are gone."""
        with writing(self.engine) as session:
            job = _find(session, job_id, owner, locked=True)
            if job is None:
                return False
            erase_job(session, job, read_clock(session))
        purge_log(self.engine)
        return True

    def _read_lines(self, job_id: str, begin: int, end: int) -> Iterator[str]:
        for low in range(begin, end, _ROWS):
            high = min(low + _ROWS, end)
            with reading(self.engine) as session:
                here = JobResult.job_id == job_id, JobResult.position >= low, JobResult.position < high
                lines = session.scalars(select(JobResult.line).where(*here).order_by(JobResult.position)).all()
            if len(lines) < high - low:
                raise RuntimeError("The results were erased while they were read.")
            yield from lines


def _find(session: Session, job_id: str, owner: str, *, locked: bool = False) -> Job | None:
    job = session.get(Job, job_id, with_for_update=locked)
    return job if job and job.owner == owner and job.expires_at > read_clock(session) else None


def _new_job(owner: str, origin: str, callback: Callback | None, now: datetime, retention: timedelta) -> Job:
    return Job(
        id=str(uuid4()),
        owner=owner,
        origin=origin,
        state=State.QUEUED.value,
        total=0,
        done=0,
        failed=0,
        created_at=now,
        expires_at=now + retention,
        queued_at=now,
        callback_url=callback.url if callback else None,
        callback_secret=callback.secret_id if callback else None,
    )


def _add_articles(session: Session, job: Job, submissions: Iterator[Item]) -> None:
    while together := list(islice(submissions, _ROWS)):
        articles, results = [], []
        for position, each in enumerate(together, job.total):
            if isinstance(each, Refusal):
                line = write_line(describe_failure(position, each))
                results.append({"job_id": job.id, "position": position, "succeeded": False, "line": line})
            else:
                row = {"submission": write_submission(each), "attempts": 0, "available_at": job.created_at}
                articles.append({"job_id": job.id, "position": position} | row)
        for table, rows in ((JobArticle, articles), (JobResult, results)):
            if rows:
                session.execute(insert(table), rows)
        job.total += len(together)
        job.failed += len(results)
    session.flush()


def write_submission(submission: Submission) -> str:
    """*submission* as it is kept."""
    return json.dumps({"article": asdict(submission.article), "offset_unit": submission.offset_unit})


def read_submission(text: str) -> Submission:
    """What :func:`write_submission` wrote."""
    kept = json.loads(text)
    return Submission(Article(**kept["article"]), kept["offset_unit"])


def count_waiting(engine: Engine) -> int:
    """How many articles have no result yet."""
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(JobArticle)) or 0
