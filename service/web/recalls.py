"""What was read before and need not be read again, for callers who wait: the cache of results at the desk."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from service.web.desks import Desk, current_caller
from service.web.renderings import Telling, describe
from service.web.submissions import Submission


def current_owner() -> str:
    """The id of the caller's key, to whom what they make belongs; empty where none was needed."""
    return g.key.id if g.key else ""


def recall(desk: Desk, submission: Submission) -> dict[str, Any] | None:
    """The answer to *submission*, under a new id, where it is in the cache."""
    told = desk.office.cache.find(_key(desk, submission))
    if told is None:
        return None
    desk.metrics.recalled.inc()
    return {"id": str(uuid4()), "external_id": submission.article.external_id, **told}


def remember(desk: Desk, telling: Telling) -> dict[str, Any]:
    """The answer that *telling* describes, kept in the cache."""
    told = describe(telling)
    desk.office.cache.keep(_key(desk, telling.submission), told)
    return told


def _key(desk: Desk, submission: Submission) -> str | None:
    """The key of the answer, another after every correction of the caller's; ``None`` where nothing is cached."""
    if not desk.office.cache.most:
        return None
    try:
        stamp = desk.edits.read_stamp(current_caller())
    except SQLAlchemyError:
        return None
    return desk.office.cache.key(current_owner(), submission, desk.analyzer, stamp)
