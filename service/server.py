"""The server: gunicorn with threads, one model a worker process, loaded after the fork.

The threads of OpenVINO and torch do not survive a fork, so the parent computes with neither; it reads what the
workers share, and sets how many threads each may compute with.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import structlog
from gunicorn.app.base import BaseApplication

from service.crews import Crew, CrewArbiter
from service.settings import Settings
from service.starts import StartError, prepare, return_memory, share_arenas
from service.telemetry.logs import set_up_logging
from service.web.access import is_loopback
from service.web.keys import Keys

if TYPE_CHECKING:
    from gunicorn.arbiter import Arbiter
    from gunicorn.workers.base import Worker

APP_LOAD_ERROR = 4  # gunicorn's own code: the parent stops instead of starting the worker again and again
_SPARE_THREADS = 16  # for requests that are being received, refused or answered beside those that wait
_log = structlog.get_logger("ascribe")


def run_server(settings: Settings) -> None:
    """Answer requests until told to stop.

    :raises StartError: when the settings forbid to start, or the model is not there.
    """
    _check_start(settings)
    set_up_logging(settings.log_level)
    workers = settings.workers or count_workers(settings)
    if workers * settings.threads > count_cores():
        _log.warning("more_threads_than_cores", workers=workers, threads=settings.threads, cores=count_cores())
    parent, metrics = os.getpid(), tempfile.mkdtemp(prefix="ascribe-metrics-")
    os.environ.update(thread_environment(settings) | {"PROMETHEUS_MULTIPROC_DIR": metrics})
    try:
        Server(settings, prepare(settings)).run()
    finally:
        if os.getpid() == parent:  # workers leave by here, too
            shutil.rmtree(metrics, ignore_errors=True)


def _check_start(settings: Settings) -> None:
    if not (is_loopback(settings.host) or settings.allow_open or Keys(settings.keys_path).configured()):
        raise StartError(
            f"HOST is {settings.host}, which others can reach, and no API key exists. "
            "Make one with `service keys create NAME`, or set ALLOW_OPEN=1 to answer everybody."
        )
    for wanted, package, extra in (
        (settings.otel_traces, "opentelemetry", "otel"),
        (settings.rate_limit_storage.startswith("redis"), "redis", "redis"),
        (bool(settings.queue_url), "redis", "redis"),
        (settings.database_url.startswith("postgresql"), "psycopg", "postgres"),
        (settings.runtime == "torch", "torch", "torch"),
        (settings.runtime == "torch", "transformers", "torch"),
    ):
        if wanted and find_spec(package) is None:
            raise StartError(f"The settings need what is not installed: pip install 'ascribe[{extra}]'.")
    if not (settings.model_path / "manifest.json").is_file():
        raise StartError(f"MODEL_PATH is {settings.model_path}, which holds no model (manifest.json is missing).")


def thread_environment(settings: Settings) -> dict[str, str]:
    """What a process with a model must find in their environment before its libraries are imported."""
    threads = str(settings.threads)
    return {
        "OMP_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "OMP_WAIT_POLICY": "PASSIVE",  # threads that wait by spinning would take the cores from their neighbours
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }


class Server(BaseApplication):
    """gunicorn, set up by our settings alone: neither its command line nor its own environment is read."""

    def __init__(self, settings: Settings, compiled: BinaryIO | None = None) -> None:
        self.settings, self.compiled = settings, compiled
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in _gunicorn_settings(self.settings).items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application with its model, warm; called in each worker."""
        from service.app import create_app

        share_arenas()
        return create_app(self.settings, load_analyzer(self.settings, self.compiled))

    def run(self) -> None:
        """Answer until told to stop, with workers for jobs beside."""
        from service.shifts import run_worker

        crew = Crew(self.settings.job_workers, lambda parent: run_worker(self.settings, parent, self.compiled))
        CrewArbiter(self, crew).run()


def _gunicorn_settings(settings: Settings) -> dict[str, Any]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return {
        "bind": f"{host}:{settings.port}",
        "workers": settings.workers or count_workers(settings),
        "worker_class": "service.workers.Worker",
        "threads": settings.queue_size + _SPARE_THREADS,
        "worker_connections": 2 * (settings.queue_size + _SPARE_THREADS),
        "timeout": 60,
        "graceful_timeout": settings.grace_period,
        "keepalive": settings.keepalive,
        "control_socket_disable": True,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108 (gunicorn names its files itself)
        "limit_request_line": 8190,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "logger_class": "service.workers.Logger",
        "loglevel": settings.log_level,
        "child_exit": _forget_worker,
        "when_ready": _tell_ready,
    }


def load_analyzer(settings: Settings, compiled: BinaryIO | None = None) -> Any:  # an Analyzer, late imported
    """The model that *settings* name, warm, its network *compiled* already if there is such.

    A process that cannot load it ends with a code that stops the server.
    """
    from service.extract.analyzer import Analyzer
    from service.extract.records import Article

    try:
        analyzer = Analyzer.load(settings.model_path, settings.runtime, settings.threads, compiled)
        analyzer.analyze(Article(text="The dam will hold, the engineer said."))
    except Exception as error:  # noqa: BLE001 (whatever is wrong with the files, the parent is to stop, and say so)
        _log.error("model_not_loaded", path=str(settings.model_path), reason=str(error), exc_info=True)
        sys.exit(APP_LOAD_ERROR)
    return_memory()
    _log.info("model_loaded", name=analyzer.name, version=analyzer.version)
    return analyzer


def _forget_worker(_server: Arbiter, worker: Worker) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # prometheus_client leaves it untyped


def _tell_ready(server: Arbiter) -> None:
    _log.info("listening", addresses=[str(listener) for listener in server.LISTENERS])


def count_workers(settings: Settings) -> int:
    """As many workers as there are cores for their threads, and one at least."""
    return max(1, count_cores() // settings.threads)


def count_cores() -> int:
    """The cores this process may use: those it is bound to, or fewer where a container's quota says so."""
    bound = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return bound
    return bound if quota == "max" else max(1, min(bound, int(quota) // int(period)))
