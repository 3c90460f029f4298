"""The store of jobs: what is submitted, looked up, read and erased; workers claim by ``service.jobs.claims``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid4

from sqlalchemy import Engine, delete, func, insert, select
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
_RECEIVING = "receiving"  # the state of a job that has not been accepted yet; nobody is shown it
_RECEIVED = timedelta(hours=1)  # within which its articles must have been written


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
        items: Iterable[Item],
        *,
        owner: str,
        origin: str = "api",
        callback: Callback | None = None,
        session: Session | None = None,
        bind: Callable[[Session, str], None] = lambda _session, _job_id: None,
    ) -> JobRecord:
        """A new job of *items*, in their order; a refusal in the place of an article is its result at once.

        *owner* is the id of the key that may see the job (empty: none was needed). With *session*, one made by
        ``writing``, the job is part of that transaction. Else it is kept for good when this returns, all of it or
        nothing, though written in many transactions so that a large job keeps nobody waiting; *bind* is called with
        the job's id in the last of them. Call ``Office.announce`` afterwards, so that a worker takes it up at once.
        """
        waiting = iter(items)
        if session is not None:
            job = self._open(session, owner, origin, callback)
            while _add_articles(session, job, waiting):
                pass
            return self._accept(session, job, bind)
        with writing(self.engine) as own:
            job_id = self._open(own, owner, origin, callback).id
        try:
            while self._add(job_id, waiting):
                pass
        except BaseException:
            self._drop(job_id)
            raise
        with writing(self.engine) as own:
            return self._accept(own, own.get_one(Job, job_id), bind)

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

    def _open(self, session: Session, owner: str, origin: str, callback: Callback | None) -> Job:
        """A job that nobody sees until it is accepted, and that goes by itself where that never happens."""
        job = _new_job(owner, origin, callback, read_clock(session))
        session.add(job)
        session.flush()
        return job

    def _add(self, job_id: str, items: Iterator[Item]) -> bool:
        with writing(self.engine) as session:
            return _add_articles(session, session.get_one(Job, job_id), items)

    def _accept(self, session: Session, job: Job, bind: Callable[[Session, str], None]) -> JobRecord:
        job.state = State.QUEUED.value
        job.queued_at = read_clock(session)
        job.expires_at = job.queued_at + self.retention
        finish_if_done(session, job, self.finishers)
        session.flush()
        bind(session, job.id)
        return record_of(job)

    def _drop(self, job_id: str) -> None:
        with writing(self.engine) as session:
            session.execute(delete(Job).where(Job.id == job_id))

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
    seen = job is not None and job.owner == owner and job.state != _RECEIVING
    return job if job and seen and job.expires_at > read_clock(session) else None


def _new_job(owner: str, origin: str, callback: Callback | None, now: datetime) -> Job:
    return Job(
        id=str(uuid4()),
        owner=owner,
        origin=origin,
        state=_RECEIVING,
        total=0,
        done=0,
        failed=0,
        created_at=now,
        expires_at=now + _RECEIVED,
        queued_at=now,
        callback_url=callback.url if callback else None,
        callback_secret=callback.secret_id if callback else None,
    )


def _add_articles(session: Session, job: Job, items: Iterator[Item]) -> bool:
    """Whether there were more of *items*, which belong to *job* now."""
    together = list(islice(items, _ROWS))
    articles, results = [], []
    for position, item in enumerate(together, job.total):
        row = {"job_id": job.id, "position": position}
        if isinstance(item, Refusal):
            results.append(row | {"succeeded": False, "line": write_line(describe_failure(position, item))})
        else:
            held = {"submission": write_submission(item), "attempts": 0, "available_at": job.created_at}
            articles.append(row | held)
    for table, rows in ((JobArticle, articles), (JobResult, results)):
        if rows:
            session.execute(insert(table), rows)
    job.total += len(together)
    job.failed += len(results)
    session.flush()
    return bool(together)


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
