"""As much of superdesk-core as an AI service meets, written from its published interface; no line is Superdesk's.

superdesk-core 2.5.3 (the newest release on PyPI) needs Flask 1, Celery 4 and Python 3.8, so it cannot be installed
beside the tests. What is stated here was read off that release (``superdesk/text_checkers/ai/base.py`` and
``__init__.py``, ``superdesk/errors.py``) and off the repository's later branches:

- ``AIServiceBase(app)`` is abstract in ``name`` and ``analyze``; ``label`` has a default; making an instance registers
  it under its name in ``registered_ai_services``, once.
- the ``ai`` endpoint calls ``analyze(item)``, newer releases ``analyze(item, tags)``; version 3 awaits it.
- the ``ai_data_op`` endpoint calls ``data_operation("POST", operation, data_name, data)`` with an operation out of
  search, create, delete and feedback; the ``ai_image_suggestions`` endpoint calls ``search_images(items)``.
- what ``analyze`` gives is shown by the client's widget by groups: subject, organisation, person, event, place,
  object; a tag has name, qcode and altids, and perhaps the members of ``OPTIONAL``.
"""

from __future__ import annotations

import abc
from types import ModuleType
from typing import Any

GROUPS = {"subject", "organisation", "person", "event", "place", "object"}
REQUIRED = {"name", "qcode", "altids"}
OPTIONAL = {"description", "parent", "scheme", "source", "aliases", "original_source"}


class SuperdeskApiError(Exception):
    """An error with a status and a message, as the endpoints answer it."""

    def __init__(self, message: str, status_code: int) -> None:
        super().__init__(message)
        self.status_code = status_code

    @classmethod
    def badRequestError(cls, message: str) -> SuperdeskApiError:  # noqa: N802 (Superdesk's name)
        """400."""
        return cls(message, 400)

    @classmethod
    def proxyError(cls, message: str) -> SuperdeskApiError:  # noqa: N802 (Superdesk's name)
        """502."""
        return cls(message, 502)


def make_modules(*, awaited: bool) -> dict[str, ModuleType]:
    """The modules of Superdesk's that an AI service imports, by name; *awaited*: as version 3 has them."""
    base = ModuleType("superdesk.text_checkers.ai.base")
    registered: dict[str, Any] = {}

    class Registerer(abc.ABCMeta):
        def __call__(cls, *args: Any, **kwargs: Any) -> Any:
            made = super().__call__(*args, **kwargs)
            return registered.setdefault(made.name, made)

    class Service(metaclass=Registerer):
        def __init__(self, app: Any) -> None:
            """Keep nothing."""

        @property
        @abc.abstractmethod
        def name(self) -> str:
            """The name it is registered under."""

        @property
        def label(self) -> str:
            """The name that people see."""
            return self.name.title()

    class CalledService(Service):
        @abc.abstractmethod
        def analyze(self, item: dict[str, Any]) -> dict[str, Any]:
            """Tags for an item."""

    class AwaitedService(Service):
        @abc.abstractmethod
        async def analyze(self, item: dict[str, Any]) -> dict[str, Any]:
            """Tags for an item."""

    base.__dict__.update(AIServiceBase=AwaitedService if awaited else CalledService, registered_ai_services=registered)
    errors = ModuleType("superdesk.errors")
    errors.__dict__.update(SuperdeskApiError=SuperdeskApiError)
    packages = {
        name: ModuleType(name) for name in ("superdesk", "superdesk.text_checkers", "superdesk.text_checkers.ai")
    }
    return {**packages, "superdesk.errors": errors, "superdesk.text_checkers.ai.base": base}
