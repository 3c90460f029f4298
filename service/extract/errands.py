"""What processes of their own prepare while the one that needs it does other things."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from typing import BinaryIO, NoReturn


class Errand:
    """A process on its way to write something into a file in memory, which processes forked later share."""

    def __init__(self, write: Callable[[BinaryIO], object]) -> None:
        self._file = open_memory()
        self._child = os.fork()
        if not self._child:
            _run(write, self._file)

    def wait(self) -> BinaryIO | None:
        """The file, once all of it is there; nothing where that process has failed."""
        _, status = os.waitpid(self._child, 0)
        if not status:
            return self._file
        self._file.close()
        return None


def _run(write: Callable[[BinaryIO], object], file: BinaryIO) -> NoReturn:
    code = 1
    try:
        write(file)
        file.flush()
        code = 0
    finally:
        os._exit(code)


def open_memory() -> BinaryIO:
    """A file that is nowhere but in memory, where the system has such."""
    try:
        return os.fdopen(os.memfd_create("ascribe"), "w+b")
    except (AttributeError, OSError):  # another system, or one that forbids it
        return tempfile.TemporaryFile()
