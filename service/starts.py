"""What is done before the first worker starts: the database upgraded, and what all workers need read once.

The three that take longest have processes of their own beside it: the network is compiled, the tables of languages
are unpacked, and the database is upgraded by libraries that go with their process, those apart that the workers need
as well.
"""

from __future__ import annotations

import ctypes
import gc
import os
from functools import partial
from typing import BinaryIO, NoReturn

import structlog

from service.extract.errands import Errand
from service.settings import Settings

_M_ARENA_MAX = -8  # of glibc's malloc.h
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


def _compile(settings: Settings, file: BinaryIO) -> None:
    from service.extract.openvinos import write_compiled

    write_compiled(settings.model_path, settings.threads, file)


def prepare(settings: Settings) -> BinaryIO | None:
    """Upgrade the database, and load what every worker needs: the workers start sooner and share its memory.

    Of OpenVINO only the library: it starts no thread before it compiles, and threads do not survive a fork. What it
    compiled in another process is returned, if it did: ``Analyzer.load`` takes it.

    :raises StartError: when the database cannot be used.
    """
    compiling = Errand(partial(_compile, settings)) if settings.runtime == "openvino" else None
    from service.extract.identifiers import unpack

    unpacking = Errand(unpack)
    gc.disable()  # nothing of what is loaded is garbage: looking for some takes a tenth of the time
    import service.app

    upgrading = Upgrade(settings)
    import service.extract.analyzer
    from service.extract.language import load_languages
    from service.extract.quantities.grammars import default_grammar

    default_grammar()
    if settings.runtime == "openvino":
        import service.extract.openvinos  # noqa: F401 only its being loaded matters, as above
    load_languages(unpacking.wait())
    upgrading.wait()
    compiled = compiling.wait() if compiling else None
    gc.freeze()  # a collection that marks what is shared would copy it
    gc.enable()
    return compiled


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
