"""A database, a store of jobs that enters deliveries, a receiver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.hooks.couriers import Courier
from service.hooks.deliveries import enter
from service.jobs.stores import JobStore
from service.settings import Settings
from service.storage.engines import open_engine
from service.storage.upgrades import upgrade
from tests.hooks.receivers import Receiver, run_receiver


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    engine = open_engine(f"sqlite:///{tmp_path / 'hooks.sqlite3'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def store(engine: Engine) -> JobStore:
    """A store whose jobs are told of when they finish."""
    return JobStore(engine, retention=timedelta(hours=24), finishers=[enter])


@pytest.fixture
def settings() -> Settings:
    """Settings that let webhooks go to this machine, as a newsroom's inside would."""
    return Settings(webhook_allow_private=True, webhook_timeout=30)


@pytest.fixture
def courier(store: JobStore, settings: Settings) -> Courier:
    """Who makes the deliveries."""
    return Courier(store, settings)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Who gets them."""
    with run_receiver() as running:
        yield running
