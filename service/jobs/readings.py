"""Readings: a claim's articles read together, and what came of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import structlog

from service.edits.readings import UNREAD, correct
from service.edits.records import Caller
from service.edits.stores import EditStore
from service.extract.records import Extraction
from service.jobs.caches import ResultCache
from service.jobs.claims import Claim, Outcome
from service.telemetry.metrics import Metrics, count_extraction
from service.web.analyzers import Analyzer, analyze_each
from service.web.findings import check_findings
from service.web.items import Refusal, describe_failure, describe_success, write_line
from service.web.keys import Keys
from service.web.problems import Problem
from service.web.renderings import describe, tell
from service.web.submissions import Submission

_log = structlog.get_logger("ascribe")


@dataclass(frozen=True, slots=True)
class Corrector:
    """What editors set right, for the owner of a job: the desk whose key made it."""

    edits: EditStore
    keys: Keys

    def correct(self, owner: str, extraction: Extraction) -> Extraction:
        """*extraction* with what the desk of *owner* set right in its text."""
        return correct(self.edits, extraction, self._call(owner))

    def read_stamp(self, owner: str) -> str:
        """What changes with every correction of the desk of *owner*."""
        return self.edits.read_stamp(self._call(owner))

    def _call(self, owner: str) -> Caller:
        return Caller(self.keys.find_name(owner), owner)


@dataclass(slots=True)
class Reading:
    """What came of a claim: outcomes to keep, and the positions of articles to try again."""

    outcomes: list[Outcome] = field(default_factory=list)
    again: list[int] = field(default_factory=list)


class Reader:
    """Reads claims with *analyzer*, or finds in *cache* what was read before; what editors set right is set right."""

    def __init__(
        self, analyzer: Analyzer, cache: ResultCache, metrics: Metrics, most_findings: int, corrector: Corrector
    ) -> None:
        self.analyzer, self.cache, self.metrics, self.most_findings = analyzer, cache, metrics, most_findings
        self.corrector = corrector

    def read(self, claim: Claim) -> Reading:
        """What came of each article of *claim*; one that cannot be read takes no other along."""
        reading = Reading()
        stamp = self.corrector.read_stamp(claim.owner) if self.cache.most else ""
        keys = {at: self.cache.key(claim.owner, each, self.analyzer, stamp) for at, each in claim.submissions.items()}
        waiting = {}
        for at, submission in claim.submissions.items():
            known = self.cache.find(keys[at])
            if known is None:
                waiting[at] = submission
            else:
                self.metrics.recalled.inc()
                told = {"id": str(uuid4()), "external_id": submission.article.external_id, **known}
                reading.outcomes.append(_succeed(at, told, keys[at]))
        self._read_new(claim, waiting, keys, reading)
        return reading

    def _read_new(
        self, claim: Claim, waiting: Mapping[int, Submission], keys: Mapping[int, str | None], reading: Reading
    ) -> None:
        found = analyze_each(self.analyzer, [submission.article for submission in waiting.values()])
        for (at, submission), each in zip(waiting.items(), found, strict=True):
            if isinstance(each, Exception):
                _log.error("article_not_read", job=claim.job_id, index=at, attempt=claim.attempts, exc_info=each)
                reading.again.append(at)
            else:
                corrected = self.corrector.correct(claim.owner, each)
                reading.outcomes.append(self._tell(at, submission, corrected, keys[at]))

    def _tell(self, at: int, submission: Submission, extraction: Extraction, key: str | None) -> Outcome:
        count_extraction(self.metrics, extraction)
        try:
            check_findings(extraction, self.most_findings)
        except Problem as problem:
            refusal = Refusal(problem, submission.article.external_id)
            return Outcome(at, False, write_line(describe_failure(at, refusal)))
        told = describe(tell(submission, extraction, self.analyzer))
        if UNREAD not in extraction.warnings:
            self.cache.keep(key, told)
        return _succeed(at, told, key)


def _succeed(at: int, told: dict[str, Any], key: str | None) -> Outcome:
    return Outcome(at, True, write_line(describe_success(at, told)), key)
