"""The specs of Recognizers-Text and the cases of quantulum3: at least 95 of 100 in scope are right.

They are read from the directory ``SHARED`` names (by default ``../shared`` beside the repository).
What is out of scope stands, with reasons, in ``recognizers.toml``.
"""

from __future__ import annotations

import os

import pytest

from service.extract.quantities import find_quantities

from .recognizers import LEFT_OUT, SHARED, Case, is_left_out, is_right, read_cases

FLOOR = 0.95
# The corpora are no part of the repository. In CI their absence is an error, not a reason to skip.
needs_corpora = pytest.mark.skipif(
    not SHARED.is_dir() and not os.environ.get("CI"), reason=f"The specs are not at '{SHARED}': set SHARED."
)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(read_cases())


@needs_corpora
def test_specs_in_scope(cases: list[Case]) -> None:
    scope = [case for case in cases if not is_left_out(case.name)]
    wrong = [case.name for case in scope if not is_right(case, find_quantities(case.text))]
    assert 1 - len(wrong) / len(scope) >= FLOOR, f"Wrong: {', '.join(wrong)}"


@needs_corpora
def test_every_case_left_out_exists_and_would_fail(cases: list[Case]) -> None:
    named = {case.name: case for case in cases}
    assert set(named) >= LEFT_OUT
    assert [name for name in sorted(LEFT_OUT) if is_right(named[name], find_quantities(named[name].text))] == []
