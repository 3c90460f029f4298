"""The cache of results: extractions by the hash of everything they follow from, never more bytes than set."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from typing import Any

import structlog
from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from service import __version__
from service.jobs.tables import CachedResult
from service.storage.sessions import read_clock, reading, writing
from service.web.analyzers import Analyzer
from service.web.submissions import Submission

_FRESH = timedelta(minutes=1)  # within which a second use is not written down
_log = structlog.get_logger("ascribe")
_OWN = {"id", "external_id"}  # what an answer says of itself alone


class ResultCache:
    """At most *most* bytes of extractions, those used last, kept for *retention*; nothing where *most* is 0."""

    def __init__(self, engine: Engine, most: int, retention: timedelta) -> None:
        self.engine, self.most, self.retention = engine, most, retention

    def key(self, owner: str, submission: Submission, analyzer: Analyzer, corrections: str = "") -> str | None:
        """The hash of all that the answer follows from, *owner* too, so that nobody learns what others sent.

        *corrections* is what changes with every correction of the owner's. ``None`` where nothing is cached.
        """
        if not self.most:
            return None
        article = asdict(submission.article) | {"external_id": None}
        parts = [__version__, analyzer.name, analyzer.version, owner, submission.offset_unit, article, corrections]
        return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def find(self, key: str | None) -> dict[str, Any] | None:
        """What is kept under *key*: an extraction without the members that an answer says of itself alone."""
        if key is None:
            return None
        try:
            body = self._look_up(key)
        except SQLAlchemyError as error:
            _log.warning("cache_unreachable", reason=type(error).__name__)
            return None
        told: dict[str, Any] | None = json.loads(body) if body else None
        return told

    def keep(self, key: str | None, told: dict[str, Any]) -> None:
        """Keep *told* under *key*, in the place of what was used longest ago."""
        if key is None or not _is_whole(told):
            return
        body = json.dumps({name: value for name, value in told.items() if name not in _OWN})
        size = len(body) + len(key)
        if size > self.most:
            return
        try:
            with writing(self.engine) as session:
                self._make_room(session, size)
                now = read_clock(session)
                row = CachedResult(key=key, body=body, size=size, used_at=now, expires_at=now + self.retention)
                session.merge(row)
        except SQLAlchemyError as error:
            _log.warning("cache_unreachable", reason=type(error).__name__)  # or another process has just kept the same

    def _look_up(self, key: str) -> str | None:
        with reading(self.engine) as session:
            row = session.get(CachedResult, key)
            now = read_clock(session)
        if row is None or row.expires_at <= now:
            return None
        if row.used_at <= now - _FRESH:
            with writing(self.engine) as session:
                session.execute(update(CachedResult).where(CachedResult.key == key).values(used_at=now))
        return row.body

    def _make_room(self, session: Session, size: int) -> None:
        over = (session.scalar(select(func.sum(CachedResult.size))) or 0) + size - self.most
        if over <= 0:
            return
        leaving = []
        for key, held in session.execute(select(CachedResult.key, CachedResult.size).order_by(CachedResult.used_at)):
            leaving.append(key)
            over -= held
            if over <= 0:
                break
        session.execute(delete(CachedResult).where(CachedResult.key.in_(leaving)))


def _is_whole(told: Mapping[str, Any]) -> bool:
    """Whether nothing was missing when *told* was made."""
    return all(warning["code"] != "corrections_not_read" for warning in told["warnings"])
