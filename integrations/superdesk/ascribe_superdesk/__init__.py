"""Ascribe as an AI service of Superdesk: name this module in ``INSTALLED_APPS``.

Written for superdesk-core 2.5 to 2.8, whose AI services are called, and for 3.0, where they are awaited.
"""

from __future__ import annotations

import inspect
from typing import Any

from superdesk.text_checkers.ai.base import AIServiceBase

from ascribe_superdesk.services import AscribeAsyncService, AscribeService

__all__ = ["AscribeAsyncService", "AscribeService", "init_app"]


def init_app(app: Any) -> None:
    """Register the service with the Superdesk that is starting; called by it."""
    awaited = inspect.iscoroutinefunction(AIServiceBase.analyze)
    (AscribeAsyncService if awaited else AscribeService)(app)
