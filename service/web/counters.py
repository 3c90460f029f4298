"""Rate counters that all worker processes of one machine share, in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

from limits.storage import Storage

_TABLE = "create table if not exists counters (key text primary key, count integer, ends real)"
_COUNT = """
insert into counters values (:key, :amount, :now + :expiry)
on conflict (key) do update set
    count = case when ends <= :now then :amount else count + :amount end,
    ends = case when ends <= :now then :now + :expiry else ends end
returning count
"""
_SWEEP_EVERY = 60.0  # seconds


class SharedFileStorage(Storage):
    """Counters for fixed windows. What a crash loses is counts of the current minute, so nothing is synced."""

    STORAGE_SCHEME = ["shared-file"]  # noqa: RUF012 (the base class declares it so)

    def __init__(self, uri: str, *, wrap_exceptions: bool = False, **_options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions)
        self._path = Path(unquote(uri.removeprefix("shared-file://")))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._swept = time.time()
        self._open_here = threading.local()
        with self._open() as database:
            database.execute("pragma journal_mode = wal")
            database.execute(_TABLE)

    @staticmethod
    def uri(path: Path) -> str:
        """The storage URI for counters in the file *path*."""
        return "shared-file://" + quote(str(path.absolute()))

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a failing store raises."""
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """The count of *key* after adding *amount*, a new one where its window of *expiry* seconds has ended."""
        now = time.time()
        with self._open() as database:
            self._sweep(database, now)
            values = {"key": key, "amount": amount, "now": now, "expiry": expiry}
            count: int = database.execute(_COUNT, values).fetchone()[0]
            return count

    def get(self, key: str) -> int:
        """The count of *key* in its current window."""
        return self._read(key)[0]

    def get_expiry(self, key: str) -> float:
        """When the window of *key* ends, in seconds since the epoch."""
        return self._read(key)[1]

    def check(self) -> bool:
        """Whether the file can be read."""
        try:
            self._read("")
        except sqlite3.Error:
            return False
        return True

    def reset(self) -> int | None:
        """Forget every count; how many there were."""
        with self._open() as database:
            return database.execute("delete from counters").rowcount

    def clear(self, key: str) -> None:
        """Forget the count of *key*."""
        with self._open() as database:
            database.execute("delete from counters where key = ?", (key,))

    def _read(self, key: str) -> tuple[int, float]:
        now = time.time()
        with self._open() as database:
            row = database.execute("select count, ends from counters where key = ? and ends > ?", (key, now)).fetchone()
        return row or (0, now)

    def _sweep(self, database: sqlite3.Connection, now: float) -> None:
        if now - self._swept > _SWEEP_EVERY:
            self._swept = now
            database.execute("delete from counters where ends <= ?", (now,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread, in a transaction; a new one after it failed."""
        database: sqlite3.Connection | None = getattr(self._open_here, "database", None)
        try:
            if database is None:
                database = self._open_here.database = sqlite3.connect(self._path, timeout=5)
                database.execute("pragma synchronous = off")
            with database:
                yield database
        except sqlite3.Error:
            self._open_here.database = None
            raise
