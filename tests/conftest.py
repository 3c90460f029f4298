"""What all tests share: a tiny real model. Its libraries are imported only by the tests that use it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from service.extract.analyzer import Analyzer

# Set before torch or numpy are imported: a test run is one of several things a machine does.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# No test fails for being slow: whoever runs them may have other work.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny real model."""
    from tests.models import write_tiny_model

    return write_tiny_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def analyzer(model_path: Path) -> Analyzer:
    """The product's analyzer on the tiny model."""
    from service.extract.analyzer import Analyzer

    return Analyzer.load(model_path)


@pytest.fixture(scope="session")
def trained() -> Analyzer:
    """The product's analyzer on the model that is shipped."""
    from service.extract.analyzer import Analyzer

    return Analyzer.load(Path(__file__).parents[1] / "models" / "standard")
