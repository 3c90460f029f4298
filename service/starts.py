"""What is done before the first worker starts: the database upgraded, and what all workers need read once.

Both beside each other: the upgrade in a process of its own, whose libraries go with it; the language tables in a
thread, which has ended before anything is forked.
"""

from __future__ import annotations

import ctypes
import gc
import os
from threading import Thread
from typing import NoReturn

import structlog

from service.settings import Settings

_M_ARENA_MAX = -8  # of glibc's malloc.h
_SENTENCE = "The council voted on Monday to keep the library open until the end of the year."
_log = structlog.get_logger("ascribe")


class StartError(Exception):
    """Why the service does not start, and what to do about it."""


class Upgrade:
    """The upgrade of the database that *settings* name, under way."""

    def __init__(self, settings: Settings) -> None:
        self._told, telling = os.pipe()
        self._child = os.fork()
        if not self._child:
            _upgrade(settings, telling)
        os.close(telling)

    def wait(self) -> None:
        """Return once the database is what this version needs.

        :raises StartError: when it cannot be used.
        """
        with os.fdopen(self._told, encoding="utf-8") as told:
            fault = told.read()
        _, status = os.waitpid(self._child, 0)
        if status:
            raise StartError(f"The database of DATABASE_URL cannot be used: {fault or 'its upgrade was ended'}.")


def _upgrade(settings: Settings, telling: int) -> NoReturn:
    """The life of the process that upgrades; what ends it in vain is told by its type: a message might say too much."""
    code = 1
    try:
        from service.storage.engines import open_engine
        from service.storage.upgrades import upgrade

        engine = open_engine(settings.database)
        _log.info("database_ready", revision=upgrade(engine))
        engine.dispose()
        code = 0
    except Exception as error:  # noqa: BLE001 (whatever it is, the parent is to say so)
        os.write(telling, type(error).__name__.encode())
    finally:
        os._exit(code)


def read_ahead(settings: Settings) -> None:
    """Load what every worker needs, once: the workers start sooner and share its memory.

    Of OpenVINO only the library: it starts no thread before it compiles, and threads do not survive a fork.
    """
    from service.extract.language import find_language

    gc.disable()  # nothing of what is loaded is garbage: looking for some takes a tenth of the time
    tables = Thread(target=find_language, args=(_SENTENCE,))
    tables.start()
    import service.app
    import service.extract.analyzer
    from service.extract.quantities.grammars import default_grammar

    default_grammar()
    if settings.runtime == "openvino":
        import service.extract.openvinos  # noqa: F401 only its being loaded matters, as above
    tables.join()
    return_memory()
    gc.freeze()  # a collection that marks what is shared would copy it
    gc.enable()


def return_memory() -> None:
    """Give back to the system what loading took and left free, which glibc would keep."""
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        gc.collect()
        libc.malloc_trim(0)


def share_arenas() -> None:
    """Let a worker's threads allocate from two arenas instead of one each, whose free space no other thread uses.

    ``MALLOC_ARENA_MAX`` would do the same, but glibc reads it only when a program starts.
    """
    if hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(_M_ARENA_MAX, 2)
