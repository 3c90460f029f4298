"""The examples in the docstrings of reading hold."""

from __future__ import annotations

import doctest

import pytest

from service.extract import boundaries, datelines, frame, language, offsets
from service.web.formats import tables


@pytest.mark.parametrize("module", [boundaries, datelines, frame, language, offsets, tables], ids=lambda m: m.__name__)
def test_examples_hold(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]  # a module, as ModuleType is not what parametrize gives
    assert results.attempted > 0
    assert results.failed == 0
