"""What the README must mention: every setting, every problem code, every metric, every command."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
import pytest
from prometheus_client import CollectorRegistry

from service import __version__
from service.cli import main
from service.settings import settings_table
from service.telemetry.metrics import Metrics
from service.web.problems import Problem, every_problem

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_as_the_code_has_it() -> None:
    assert settings_table() in README


@pytest.mark.parametrize("problem", list(every_problem()), ids=lambda problem: problem.code())
def test_every_problem_code_is_in_the_readme(problem: type[Problem]) -> None:
    assert f"`{problem.code()}`" in README


def test_every_metric_is_in_the_readme() -> None:
    metrics = Metrics()
    assert isinstance(metrics.registry, CollectorRegistry)
    names = {metric.name for metric in metrics.registry.collect()}
    assert len(names) >= 8
    for name in names:
        assert f"`{name}" in README, name


def test_every_command_is_in_the_readme() -> None:
    for name in main.list_commands(click.Context(main)):
        assert f"service {name}" in README, name


def test_every_word_of_make_is_in_the_readme() -> None:
    for word in ("install", "check", "test", "eval", "serve", "train", "openapi"):
        assert f"make {word}" in README


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
