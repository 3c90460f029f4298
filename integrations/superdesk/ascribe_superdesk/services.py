"""The AI service, once called and once awaited."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from superdesk.errors import SuperdeskApiError
from superdesk.text_checkers.ai.base import AIServiceBase

from ascribe_superdesk.clients import CallError, extract
from ascribe_superdesk.tags import make_analysis

logger = logging.getLogger(__name__)


class _Ascribe(AIServiceBase):
    """What both have in common. Configured by ASCRIBE_URL, ASCRIBE_KEY and ASCRIBE_TIMEOUT (seconds)."""

    name = "ascribe"
    label = "Ascribe: who said what"

    def __init__(self, app: Any) -> None:
        super().__init__(app)
        self._config = app.config

    def _setting(self, name: str, default: str = "") -> str:
        """A setting of Superdesk's, or the environment variable of the same name."""
        return str(self._config.get(name) or os.environ.get(name) or default)

    def _analyze(self, item: dict[str, Any]) -> dict[str, Any]:
        url = self._setting("ASCRIBE_URL")
        if not url:
            logger.warning("ASCRIBE_URL is not set, so no article is analyzed")
            return {}
        if not item.get("body_html") and not item.get("headline"):
            return {"subject": []}
        try:
            seconds = float(self._setting("ASCRIBE_TIMEOUT", "30"))
            return make_analysis(extract(url, self._setting("ASCRIBE_KEY"), item, seconds=seconds))
        except CallError as error:
            raise SuperdeskApiError.proxyError(str(error)) from None

    def _operate(self, verb: str, operation: str) -> dict[str, Any]:
        """What the tagging widget asks beside an analysis: there is no vocabulary to search or to change."""
        if verb == "POST" and operation == "search":
            return {"tags": {}, "broader": {}}
        if verb == "POST" and operation == "feedback":
            return {}
        raise SuperdeskApiError.badRequestError(f"[ascribe] Unexpected operation: {verb} {operation}")


class AscribeService(_Ascribe):
    """For superdesk-core 2: its methods are called."""

    def analyze(self, item: dict[str, Any], tags: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tags and findings for *item*; tags that were chosen already change nothing."""
        return self._analyze(item)

    def data_operation(self, verb: str, operation: str, name: str | None, data: dict[str, Any]) -> dict[str, Any]:
        """The answer to a *verb* and *operation* of the ``ai_data_op`` endpoint."""
        return self._operate(verb, operation)

    def search_images(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """None: Ascribe reads texts."""
        return []


class AscribeAsyncService(_Ascribe):
    """For superdesk-core 3: its methods are awaited; the call waits in a thread."""

    async def analyze(self, item: dict[str, Any], tags: dict[str, Any] | None = None) -> dict[str, Any]:
        """Tags and findings for *item*; tags that were chosen already change nothing."""
        return await asyncio.get_running_loop().run_in_executor(None, self._analyze, item)

    async def data_operation(self, verb: str, operation: str, name: str | None, data: dict[str, Any]) -> dict[str, Any]:
        """The answer to a *verb* and *operation* of the ``ai_data_op`` endpoint."""
        return self._operate(verb, operation)

    async def search_images(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """None: Ascribe reads texts."""
        return []
