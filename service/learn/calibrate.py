"""Logits into probabilities, and probabilities into labels: both fitted on a development split.

Platt scaling (Platt 1999): a logistic regression of one logit, by Newton's method. A label begins at
the probability that gives the best F1. The expected calibration error is stated by cross-validation
over articles, since the split that fits the curve cannot judge it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

HALVINGS = 40  # of one step, at most
SMOOTHING = 0.1  # of F1 over thresholds, as a standard deviation
Bools = NDArray[np.bool_]
Reals = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Scaling:
    """Probability = sigmoid(slope * logit + offset)."""

    slope: float
    offset: float

    def __call__(self, logits: Reals) -> Reals:
        """Probabilities of the same shape."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.slope * logits + self.offset, -30, 30))), np.float64)


def fit_scaling(logits: Reals, right: Bools, ridge: float = 1e-2, steps: int = 50) -> Scaling:
    """The scaling of highest likelihood, pulled a little towards leaving the logits as they are.

    Newton's steps are halved until they lead downhill: from overconfident logits a whole one may leap past all sense.
    """
    design = np.stack([logits, np.ones_like(logits)], axis=1).astype(np.float64)
    start = weights = np.array([1.0, 0.0])

    def loss(at: Reals) -> float:
        scores = design @ at
        return float((np.logaddexp(0, scores) - right * scores).sum() + ridge / 2 * ((at - start) ** 2).sum())

    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (p - right) + ridge * (weights - start)
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + ridge * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        shares = (0.5**halvings for halvings in range(HALVINGS))
        share = next((s for s in shares if loss(weights - s * step) <= loss(weights)), 0.0)
        weights = weights - share * step
    return Scaling(float(weights[0]), float(weights[1]))


def best_threshold(probabilities: Reals, right: Bools, *, macro: bool = False) -> float:
    """The threshold of best F1, or *macro*-F1 of yes and no, once the curve over thresholds is smoothed.

    A small split's curve is jagged and its highest tooth is chance: each threshold counts with its neighbours.
    """
    options = np.arange(0.15, 0.86, 0.01)
    f1 = np.array([_f1(probabilities >= t, right) for t in options])
    if macro:
        f1 = (f1 + np.array([_f1(probabilities < t, ~right) for t in options])) / 2
    near = np.exp(-(((options[:, None] - options) / SMOOTHING) ** 2) / 2)
    return round(float(options[(near @ f1 / near.sum(1)).argmax()]), 3)


def _f1(said: Bools, right: Bools) -> float:
    both = float((said & right).sum())
    return 2 * both / max(1.0, float(said.sum() + right.sum()))


def calibration_error(probabilities: Reals, right: Bools, bins: int = 10) -> float:
    """Expected calibration error over *bins* of equal size (Nixon et al. 2019: adaptive bins)."""
    order = np.argsort(probabilities)
    parts = np.array_split(order, bins)
    gaps = [abs(float(probabilities[p].mean()) - float(right[p].mean())) * len(p) for p in parts if len(p)]
    return sum(gaps) / max(1, len(probabilities))


def crossed_error(logits: Reals, right: Bools, groups: Sequence[str], folds: int = 5) -> float:
    """Calibration error of scalings that have not seen the article they judge."""
    names = sorted(set(groups))
    fold = np.array([names.index(g) % folds for g in groups])
    out = np.zeros(len(logits))
    for k in range(folds):
        out[fold == k] = fit_scaling(logits[fold != k], right[fold != k])(logits[fold == k])
    return calibration_error(out, right)
