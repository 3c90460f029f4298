"""API keys: made, listed, revoked and recognised; only their hashes are kept, in one SQLite file.

A key is ``ask_<id>_<secret>`` with 256 random bits in the secret, so one round of SHA-256 is a hash nobody
inverts; slow password hashes are for secrets that people choose.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

_TABLE = """
create table if not exists keys (
    id text primary key, name text not null, hash text not null, created_at text not null,
    expires_at text, rate_limit text, revoked_at text
)
"""
_COLUMNS = "id, name, created_at, expires_at, rate_limit, revoked_at"


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one key; times are ISO 8601 in UTC."""

    id: str
    name: str
    created_at: str
    expires_at: str | None = None
    rate_limit: str | None = None
    revoked_at: str | None = None

    def is_valid(self, now: datetime) -> bool:
        """Whether the key still opens at *now*."""
        return self.revoked_at is None and (self.expires_at is None or datetime.fromisoformat(self.expires_at) > now)


class Keys:
    """The keys kept in the file *path*, which need not exist while there is none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def create(self, name: str, *, expires_at: datetime | None = None, rate_limit: str | None = None) -> str:
        """A new key, in full for the only time."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        key_id, now = secrets.token_hex(6), datetime.now(UTC).isoformat(timespec="seconds")
        key = f"ask_{key_id}_{secrets.token_urlsafe(32)}"
        expiry = expires_at.astimezone(UTC).isoformat(timespec="seconds") if expires_at else None
        with self._open("rwc") as database:
            database.execute(_TABLE)
            row = (key_id, name, _hash(key), now, expiry, rate_limit, None)
            database.execute("insert into keys values (?, ?, ?, ?, ?, ?, ?)", row)
        self._path.chmod(0o600)
        return key

    def all(self) -> list[Key]:
        """Every key ever made, oldest first."""
        if not self._path.exists():
            return []
        with self._open("ro") as database:
            rows = database.execute(f"select {_COLUMNS} from keys order by created_at, id")  # noqa: S608 (a constant)
            return [Key(*row) for row in rows]

    def revoke(self, key_id: str) -> bool:
        """Whether there was such a key still unrevoked; it opens nothing from now on."""
        if not self._path.exists():
            return False
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open("rw") as database:
            change = "update keys set revoked_at = ? where id = ? and revoked_at is null"
            return database.execute(change, (now, key_id)).rowcount > 0

    def find(self, key: str) -> Key | None:
        """The valid key that *key* is, ``None`` where it is unknown, revoked or expired; in constant time."""
        key_id = key.split("_")[1] if key.count("_") >= 2 else ""
        row = self._row(key_id)
        same = hmac.compare_digest(row[-1] if row else _hash(""), _hash(key))
        if row is None or not same:
            return None
        found = Key(*row[:-1])
        return found if found.is_valid(datetime.now(UTC)) else None

    def find_name(self, key_id: str) -> str:
        """The name of the key *key_id*; empty where there is none such."""
        row = self._row(key_id) if key_id and self._path.exists() else None
        return row[1] if row else ""

    def configured(self) -> bool:
        """Whether a key was ever made: from then on one is required, also after the last was revoked."""
        return self._path.exists()

    def fault(self) -> str | None:
        """What keeps the keys from being read, if anything does."""
        try:
            self.all()
        except sqlite3.Error:
            return "The keys cannot be read."
        return None

    def _row(self, key_id: str) -> tuple[str, ...] | None:
        with self._open("ro") as database:
            query = f"select {_COLUMNS}, hash from keys where id = ?"  # noqa: S608 (a constant)
            row: tuple[str, ...] | None = database.execute(query, (key_id,)).fetchone()
            return row

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        uri = f"{self._path.absolute().as_uri()}?mode={mode}"
        with closing(sqlite3.connect(uri, uri=True, timeout=5)) as database, database:
            yield database


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
