"""Corrections laid over what was read just now."""

from __future__ import annotations

from dataclasses import replace

import structlog
from sqlalchemy.exc import SQLAlchemyError

from service.edits.records import Caller
from service.edits.stores import EditStore
from service.extract.corrections import apply_corrections, hash_text
from service.extract.records import Extraction, Warning  # noqa: A004 the contract's word

UNREAD = Warning("corrections_not_read", "The corrections of this text could not be read: it is told as it was found.")

_log = structlog.get_logger("ascribe")


def correct(store: EditStore, extraction: Extraction, caller: Caller) -> Extraction:
    """*extraction* with what *caller*'s desk set right in its text; with a warning where that cannot be known."""
    try:
        corrections = store.look_up(caller, hash_text(extraction.text))
    except SQLAlchemyError as error:
        _log.error("corrections not read", error=type(error).__name__)
        return replace(extraction, warnings=(*extraction.warnings, UNREAD))
    return apply_corrections(extraction, corrections) if corrections else extraction
