"""The stages of an analysis, and whoever watches them: to time them, or to end what takes too long."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

STAGES = ("read", "sentences", "encode", "quotations", "speakers", "quantities", "labels")


class Stages(Protocol):
    """Watches one analysis; whatever its methods raise ends the analysis there."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """What stage *name*, one of :data:`STAGES`, runs within."""

    def check(self) -> None:
        """Called again and again within a stage that may be long."""


class Unwatched:
    """Nobody watches."""

    def stage(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002 the protocol's
        """Nothing around the stage."""
        return nullcontext()

    def check(self) -> None:
        """Nothing."""


UNWATCHED = Unwatched()
