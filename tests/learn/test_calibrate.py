"""Calibration: probabilities that mean what they say, on answers drawn from known curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from service.learn.calibrate import Scaling, best_threshold, calibration_error, crossed_error, fit_scaling

LOGITS = arrays(np.float64, st.integers(1, 60), elements=st.floats(-8, 8))


def draw(slope: float, offset: float, count: int = 20_000) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and answers that are right as often as a curve of *slope* and *offset* says."""
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 3, count)
    return logits, rng.random(count) < Scaling(slope, offset)(logits)


@pytest.mark.parametrize(("slope", "offset"), [(1.0, 0.0), (0.4, 1.0), (2.0, -1.5)])
def test_the_curve_behind_the_answers_is_found(slope: float, offset: float) -> None:
    logits, right = draw(slope, offset)
    fitted = fit_scaling(logits, right)
    assert (fitted.slope, fitted.offset) == pytest.approx((slope, offset), abs=0.15)
    assert calibration_error(fitted(logits), right) < 0.01


def test_overconfident_logits_are_tamed() -> None:
    logits, right = draw(0.3, 0.0)
    plain = Scaling(1.0, 0.0)(logits)
    assert calibration_error(plain, right) > 0.1 > calibration_error(fit_scaling(logits, right)(logits), right)


@given(logits=LOGITS, data=st.data())
def test_a_fit_is_finite_and_never_less_likely_than_none(logits: np.ndarray, data: st.DataObject) -> None:
    right = data.draw(arrays(np.bool_, len(logits)))
    fitted = fit_scaling(logits, right)
    assert np.isfinite([fitted.slope, fitted.offset]).all()

    def loss(scaling: Scaling) -> float:
        scores = scaling.slope * logits + scaling.offset
        ridge = (scaling.slope - 1) ** 2 + scaling.offset**2
        return float((np.logaddexp(0, scores) - right * scores).sum() + 0.005 * ridge)

    assert loss(fitted) <= loss(Scaling(1.0, 0.0)) + 1e-6


def test_the_threshold_of_best_f1_lies_in_the_middle_of_the_gap() -> None:
    probabilities = np.array([0.1, 0.2, 0.3, 0.7, 0.8, 0.9])
    assert best_threshold(probabilities, probabilities > 0.5) == pytest.approx(0.5, abs=0.02)


def test_the_threshold_of_best_f1_of_fair_odds_is_half_of_that_f1() -> None:
    """As theory has it (Lipton et al. 2014); a small sample's best tooth would be anywhere between .2 and .6."""
    logits, right = draw(0.6, -0.8, 400)
    probabilities = Scaling(0.6, -0.8)(logits)
    threshold = best_threshold(probabilities, right)
    said = probabilities >= threshold
    f1 = 2 * (said & right).sum() / (said.sum() + right.sum())
    assert threshold == pytest.approx(f1 / 2, abs=0.06)


def test_the_threshold_of_best_macro_f1_minds_both_sides() -> None:
    logits, right = draw(0.6, 1.6)
    probabilities = Scaling(0.6, 1.6)(logits)
    assert best_threshold(probabilities, right) + 0.1 < best_threshold(probabilities, right, macro=True)


@given(probabilities=arrays(np.float64, st.integers(1, 40), elements=st.floats(0, 1)), data=st.data())
def test_no_threshold_is_much_better_than_the_one_found(probabilities: np.ndarray, data: st.DataObject) -> None:
    right = data.draw(arrays(np.bool_, len(probabilities)))
    found = best_threshold(probabilities, right)
    assert 0.15 <= found <= 0.85
    assert best_threshold(probabilities, right) == found


def test_the_error_is_nothing_where_shares_are_met_and_all_where_everything_is_wrong() -> None:
    halves = np.array([0.5] * 40)
    assert calibration_error(halves, np.array([True, False] * 20), bins=10) == pytest.approx(0.0)
    assert calibration_error(np.ones(40), np.zeros(40, bool)) == pytest.approx(1.0)
    assert calibration_error(np.zeros(0), np.zeros(0, bool)) == 0.0


def test_a_split_that_fits_the_curve_does_not_judge_it() -> None:
    # In one article every sentence is right, in the other none: a half is right on average, and in neither.
    logits, right, groups = np.full(80, 2.0), np.array([True, False] * 40), ["one", "other"] * 40
    assert calibration_error(fit_scaling(logits, right)(logits), right) < 0.02
    assert crossed_error(logits, right, groups, folds=2) > 0.9
