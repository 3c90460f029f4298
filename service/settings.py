"""The service's settings: one frozen record, read from environment variables of the same names.

Every field states in its metadata what it does; ``settings_table`` prints them all for the README,
and a test fails when the two differ.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


class SettingError(ValueError):
    """A setting has a value that it cannot have; the message names setting, value and what is allowed."""


def _documented(default: Any, meaning: str, **bounds: int) -> Any:
    return field(default=default, metadata={"meaning": meaning, **bounds})


def _secret(meaning: str) -> Any:
    """A setting whose value is never shown: not by ``repr``, not by an error's message."""
    return field(default="", repr=False, metadata={"meaning": meaning, "secret": True})


@dataclass(frozen=True, slots=True)
class Settings:
    """How one service runs. Sizes are in bytes or characters, times in seconds, as each field says."""

    # Where it answers
    host: str = _documented("127.0.0.1", "Address to listen on. Anything but the loopback needs a key or `ALLOW_OPEN`.")
    port: int = _documented(8000, "Port to listen on.", least=0, most=65535)
    workers: int = _documented(0, "Worker processes, each with its own model; 0: one for each core.", least=0, most=64)
    threads: int = _documented(1, "Threads the model computes with in each worker.", least=1, most=256)
    keepalive: int = _documented(
        5,
        "Seconds an idle connection is kept open. Of several workers, one that has other requests keeps none.",
        least=0,
        most=3600,
    )
    grace_period: int = _documented(
        30, "Seconds a stopping worker may take to finish what it accepted.", least=1, most=3600
    )

    # What it runs
    model_path: Path = _documented(Path("models/standard"), "Folder of the model: weights, tokenizer, manifest, card.")
    runtime: str = _documented(
        "openvino", "What computes the model: `openvino`, or `torch` (extra `torch`; takes a GPU)."
    )
    data_path: Path = _documented(Path("var"), "Folder for what is kept: the keys' hashes and the rate counters.")
    database_url: str = _documented(
        "", "Database of jobs, such as `postgresql://user:password@host/name`; empty: a SQLite file in `DATA_PATH`."
    )

    # What it takes
    max_body_bytes: int = _documented(1 << 20, "Largest body of a request, before and after decompression.", least=1)
    max_characters: int = _documented(200_000, "Most characters of one article.", least=1)
    max_findings: int = _documented(
        25_000, "Most sentences, quotations, mentions and quantities of one answer.", least=1
    )
    request_timeout: int = _documented(30, "Seconds in which an article must be read.", least=1, most=3600)
    read_timeout: int = _documented(10, "Seconds a client may take to send a request.", least=1, most=3600)
    queue_size: int = _documented(16, "Requests that may wait for the model in each worker.", least=0, most=1024)

    # What it reads later, and keeps until then
    job_workers: int = _documented(
        1, "Processes that read the articles of jobs beside the server; 0: none, see `service work`.", least=0, most=64
    )
    queue_url: str = _documented(
        "", "Queue of jobs for several machines, such as `redis://host:6379`; empty: a file in `DATA_PATH`."
    )
    max_batch_articles: int = _documented(25, "Most articles of one batch.", least=1, most=1000)
    max_job_articles: int = _documented(1000, "Most articles of a job sent as JSON.", least=1, most=100_000)
    max_job_bytes: int = _documented(32 << 20, "Largest body of a job, before and after decompression.", least=1)
    job_retention: int = _documented(
        86_400, "Seconds that a job's results are kept after its last article was read.", least=1
    )
    job_attempts: int = _documented(5, "How often an article of a job is tried.", least=1, most=100)
    job_lease: int = _documented(
        30, "Seconds after which the articles of a worker that died are another's.", least=1, most=3600
    )
    job_timeout: int = _documented(
        600, "Seconds that a worker may read at a few articles before it is ended.", least=1, most=86_400
    )
    cache_bytes: int = _documented(
        0, "Most bytes of extractions kept to answer the same article again; 0: none are kept.", least=0
    )

    # Who may ask
    allow_open: bool = _documented(False, "Answer others than the loopback although no key exists.")
    rate_limit: str = _documented("600/minute", "Requests by one key, or one address where no key exists.")
    rate_limit_storage: str = _documented(
        "", "Counter store, such as `redis://host:6379`; empty: a file in `DATA_PATH`."
    )
    cors_origins: tuple[str, ...] = _documented((), "Origins whose pages may call the service, comma-separated.")

    # What it sends to others, and takes from content systems
    webhook_secret: str = _secret(
        "Signs callbacks to URLs that are not registered (`whsec_…`); empty: each has its own."
    )
    webhook_allow_private: bool = _documented(False, "Let webhooks go to private networks and the loopback.")
    webhook_timeout: int = _documented(10, "Seconds for one try of a webhook, all in all.", least=1, most=60)
    inbound_ghost_secret: str = _secret("Secret of the webhook in Ghost; empty: Ghost is not listened to.")
    inbound_wordpress_token: str = _secret("Token that WordPress shows; empty: WordPress is not listened to.")
    inbound_superdesk_secret: str = _secret("`secret_token` of Superdesk's HTTP push; empty: it is not listened to.")
    inbound_tolerance: int = _documented(300, "Seconds that a signature's time may be off.", least=1, most=86400)
    inbound_callback_url: str = _documented("", "Where the results of what content systems push are delivered.")
    inbound_owner: str = _documented("", "Id of the key that sees the jobs and webhooks of content systems.")

    # What it tells
    log_level: str = _documented("info", "Least level that is logged: debug, info, warning or error.")
    otel_traces: bool = _documented(False, "Send OpenTelemetry traces, as the standard `OTEL_*` variables say.")

    @property
    def keys_path(self) -> Path:
        """The file of the keys' hashes."""
        return self.data_path / "keys.sqlite3"

    @property
    def database(self) -> str:
        """The URL of the database."""
        return self.database_url or f"sqlite:///{(self.data_path / 'ascribe.sqlite3').absolute()}"

    @property
    def queue_path(self) -> Path:
        """The file of the queue, where it is one."""
        return self.data_path / "queue.sqlite3"

    @property
    def rates_path(self) -> Path:
        """The file of the rate counters."""
        return self.data_path / "rates.sqlite3"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings that *environment* (default: the process's own) states, the rest by default.

        :raises SettingError: for the first value that cannot be read or is out of its bounds.
        """
        given = os.environ if environment is None else environment
        values: dict[str, Any] = {
            spec.name: _read(spec.name.upper(), given[spec.name.upper()], spec.default, dict(spec.metadata))
            for spec in fields(cls)
            if spec.name.upper() in given
        }
        return cls(**values)


def _read(name: str, value: str, default: object, bounds: Mapping[str, Any]) -> object:
    """*value* as the type of *default*, within its *bounds*."""
    if bounds.get("secret"):
        return _read_secret(name, value)
    if isinstance(default, bool):
        return _read_flag(name, value)
    if isinstance(default, int):
        return _read_number(name, value, bounds)
    if isinstance(default, Path):
        return Path(_read_words(name, value))
    if isinstance(default, tuple):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return _READERS.get(name, _read_words)(name, value)


def _read_flag(name: str, value: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "": False, "0": False, "false": False, "no": False}
    try:
        return (known | {"off": False})[value.strip().lower()]
    except KeyError:
        raise SettingError(f"Config '{name}' has value '{value}'. Not a valid bool.") from None


def _read_number(name: str, value: str, bounds: Mapping[str, Any]) -> int:
    try:
        number = int(value)
    except ValueError:
        raise SettingError(f"Config '{name}' has value '{value}'. Not a valid int.") from None
    least, most = bounds.get("least", number), bounds.get("most", number)
    if not least <= number <= most:
        allowed = f"from {least} to {most}" if "most" in bounds else f"{least} or more"
        raise SettingError(f"Config '{name}' has value '{value}'. Allowed: {allowed}.")
    return number


_MAY_BE_EMPTY = {"RATE_LIMIT_STORAGE", "DATABASE_URL", "INBOUND_CALLBACK_URL", "INBOUND_OWNER", "QUEUE_URL"}


def _read_words(name: str, value: str) -> str:
    if "\0" in value or (not value.strip() and name not in _MAY_BE_EMPTY):
        raise SettingError(f"Config '{name}' has value '{value}'. Must not be empty.")
    return value.strip()


def _read_secret(name: str, value: str) -> str:
    """A secret; what is wrong with it is said without repeating it."""
    secret = value.strip()
    if not secret.isprintable() or not secret.isascii():
        raise SettingError(f"Config '{name}' has a value with characters that no secret has.")
    if name == "WEBHOOK_SECRET" and secret:
        if not is_webhook_secret(secret):
            raise SettingError(f"Config '{name}' is not whsec_ and 24 to 64 bytes in base64.")
    elif 0 < len(secret) < 8:
        raise SettingError(f"Config '{name}' is too short for a secret: at least 8 characters.")
    return secret


def is_webhook_secret(words: str) -> bool:
    """Whether *words* are a secret of Standard Webhooks: ``whsec_`` and 24 to 64 bytes in base64.

    >>> is_webhook_secret("whsec_" + "c2VjcmV0" * 5), is_webhook_secret("whsec_c2hvcnQ="), is_webhook_secret("secret")
    (True, False, False)
    """
    if not words.startswith("whsec_"):
        return False
    try:
        return 24 <= len(b64decode(words.removeprefix("whsec_"), validate=True)) <= 64
    except ValueError:
        return False


def _read_level(name: str, value: str) -> str:
    if value.strip().lower() not in {"debug", "info", "warning", "error"}:
        raise SettingError(f"Config '{name}' has value '{value}'. Allowed: debug, info, warning, error.")
    return value.strip().lower()


def _read_runtime(name: str, value: str) -> str:
    if value.strip().lower() not in {"openvino", "torch"}:
        raise SettingError(f"Config '{name}' has value '{value}'. Allowed: openvino, torch.")
    return value.strip().lower()


def _read_rate(name: str, value: str) -> str:
    """A rate such as "600/minute"; ``limits`` reads it, imported only where a rate is set."""
    from limits import parse_many

    try:
        parse_many(value)
    except ValueError:
        raise SettingError(f"Config '{name}' has value '{value}'. Not a valid rate such as '600/minute'.") from None
    return value.strip()


def _read_database(name: str, value: str) -> str:
    """A database URL; SQLAlchemy reads it, imported only where one is set. Its password is not repeated."""
    from service.storage.engines import read_url

    try:
        return value.strip() and read_url(value.strip()).render_as_string(hide_password=False)
    except ValueError as error:
        raise SettingError(f"Config '{name}' has a value that cannot be used. {error}") from None


def _read_queue(name: str, value: str) -> str:
    """The address of a Redis. Its password is not repeated."""
    if value.strip() and not re.match(r"(rediss?|unix)://", value.strip()):
        raise SettingError(f"Config '{name}' has a value that cannot be used. Allowed: redis:// and rediss://.")
    return value.strip()


_READERS = {
    "RUNTIME": _read_runtime,
    "QUEUE_URL": _read_queue,
    "DATABASE_URL": _read_database,
    "LOG_LEVEL": _read_level,
    "RATE_LIMIT": _read_rate,
}


def settings_table() -> str:
    """A Markdown table of every setting, its default and its meaning."""
    rows = [
        f"| `{spec.name.upper()}` | {_default_words(spec.default)} | {spec.metadata['meaning']} |"
        for spec in fields(Settings)
    ]
    return "\n".join(["| setting | default | meaning |", "| --- | --- | --- |", *rows])


def _default_words(default: object) -> str:
    if isinstance(default, bool):
        return "`1`" if default else "`0`"
    shown = ",".join(default) if isinstance(default, tuple) else str(default)
    return f"`{shown}`" if shown else ""
