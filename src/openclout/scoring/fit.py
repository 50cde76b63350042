"""Fit: weights of log1p signals that foretell how many people act next. Not negative, sum 1.

Two fits are averaged (design/score.md, "Fit"): a non-negative least squares of log1p(later people)
(Lawson & Hanson 1974), which knows the many small accounts, and a non-negative Poisson regression
with log link (McCullagh & Nelder 1989), which knows the few large ones. Every cut has an intercept
of its own, so that only differences within a cut teach; every set has the same say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Floats = NDArray[np.float64]

_RIDGE = 1e-4  # of the mean variance: it settles the weights of signals that say the same
_STEPS = 50
_TINY = 1e-7
LEAST_WEIGHT = 0.01
"""A lighter signal cannot be seen in a score."""
MOST_SIGNALS = 16
"""More parts than this are no explanation."""
_DIGITS = 3
MOST_IDLE = 2000


@dataclass(frozen=True, slots=True)
class Lesson:
    """One cut to learn from: log1p signals (accounts, k), later people (accounts).

    `times` (accounts) says for how many accounts a row stands, `say` how much the cut counts.
    """

    signals: Floats
    later: Floats
    times: Floats
    say: float

    def only(self, chosen: NDArray[np.bool_]) -> "Lesson":
        """Give the same of fewer signals."""
        return Lesson(self.signals[:, chosen], self.later, self.times, self.say)


def thinned(lesson: Lesson) -> Lesson:
    """Let one in so many of the accounts on whom nobody acted later stand for their like.

    Most accounts of a large cut are such; MOST_IDLE of them teach as much and cost less.
    """
    idle = np.flatnonzero(lesson.later == 0)
    step = max(len(idle) // MOST_IDLE, 1)
    chosen = np.sort(np.concatenate([np.flatnonzero(lesson.later), idle[::step]]))
    stands = np.where(lesson.later == 0, len(idle) / max(len(idle[::step]), 1), 1.0)
    times = (lesson.times * stands)[chosen]
    return Lesson(lesson.signals[chosen], lesson.later[chosen], times, lesson.say)


def fit_weights(lessons: Sequence[Lesson], most: int = MOST_SIGNALS) -> Floats:
    """Give the weights (k), rounded to three digits, that sum to 1, at most `most` above 0.

    The lightest signals are dropped and the others fitted again until what is left is few and can
    be seen. Raises ValueError where there is nothing to learn: no signal foretells anything.
    """
    chosen = np.ones(lessons[0].signals.shape[1], bool)
    while True:
        weights = np.zeros(len(chosen))
        parts = [one.only(chosen) for one in lessons]
        weights[chosen] = (_normal(least_squares(parts)) + _normal(poisson(parts))) / 2
        if not weights.any():
            raise ValueError("no signal foretells anything")
        kept = _heavy(weights, most)
        if (kept == (weights > 0)).all():
            return _rounded(weights)
        chosen = kept


def _heavy(weights: Floats, most: int) -> NDArray[np.bool_]:
    """Tell which weights are kept: none below LEAST_WEIGHT, and of a surplus half goes at once."""
    kept = weights >= LEAST_WEIGHT * weights.sum()
    surplus = int(kept.sum()) - most
    if surplus > 0:
        lightest = np.argsort(np.where(kept, weights, np.inf), kind="stable")
        kept[lightest[: (surplus + 1) // 2]] = False
    return np.asarray(kept, np.bool_)


def least_squares(lessons: Sequence[Lesson]) -> Floats:
    """Give the non-negative weights (k) that explain log1p(later) best, by its variance in a cut.

    With an intercept per cut the problem is that of centred columns, solved on the normal matrix.
    """
    k = lessons[0].signals.shape[1]
    matrix, vector = np.zeros((k, k)), np.zeros(k)
    for one in lessons:
        gain = np.log1p(one.later)
        share = one.times / one.times.sum()
        columns, aim = one.signals - share @ one.signals, gain - share @ gain
        scale = one.say / max(float(share @ aim**2), 1e-12)
        matrix += scale * ((columns * share[:, None]).T @ columns)
        vector += scale * ((share * aim) @ columns)
    ridge = _RIDGE * max(float(np.trace(matrix)) / k, 1e-12)
    return _least_quadratic(matrix + ridge * np.eye(k), vector)


def poisson(lessons: Sequence[Lesson]) -> Floats:
    """Give the non-negative weights (k) of log1p signals under which `later` is likeliest.

    The intercepts are solved for (that of a cut makes its counts add up), which leaves the
    multinomial likelihood: which accounts the acts of a cut fall upon. Projected Newton steps, each
    a non-negative least squares on the normal matrix, halved until they help.
    """
    k = lessons[0].signals.shape[1]
    weights = np.full(k, 1 / k)
    value, slope, curve = _surprise(weights, lessons)
    for _ in range(_STEPS):
        aim = _least_quadratic(curve, curve @ weights - slope)
        step, before = aim - weights, value
        size = 1.0
        while size > _TINY:
            value = _surprise_value(weights + size * step, lessons)
            if value <= before:
                break
            size /= 2
        weights = weights + size * step
        if before - value < _TINY or size <= _TINY:
            break
        value, slope, curve = _surprise(weights, lessons)
    found: Floats = np.maximum(weights, 0.0)
    return found


def _surprise_value(weights: Floats, lessons: Sequence[Lesson]) -> float:
    """Give the negative log-likelihood per act, with the ridge."""
    value = _RIDGE * float(weights @ weights)
    for one in lessons:
        acts = float(one.later.sum())  # of rows that stand for themselves
        exponent = one.signals @ weights
        highest = float(exponent.max())
        spread = np.log(one.times @ np.exp(exponent - highest)) + highest
        value -= one.say * float(one.later @ exponent / max(acts, 1.0) - (acts > 0) * spread)
    return value


def _surprise(weights: Floats, lessons: Sequence[Lesson]) -> tuple[float, Floats, Floats]:
    """Give the negative log-likelihood per act, its slope (k) and its curvature (k, k)."""
    slope, curve = 2 * _RIDGE * weights, 2 * _RIDGE * np.eye(len(weights))
    for one in lessons:
        acts = float(one.later.sum())
        if not acts:
            continue
        exponent = one.signals @ weights
        likely = one.times * np.exp(exponent - exponent.max())
        likely /= likely.sum()
        mean = likely @ one.signals
        slope = slope - one.say * (one.later @ one.signals / acts - mean)
        second = (one.signals * likely[:, None]).T @ one.signals
        curve = curve + one.say * (second - np.outer(mean, mean))
    return _surprise_value(weights, lessons), slope, curve


def _least_quadratic(matrix: Floats, vector: Floats) -> Floats:
    """Give the w >= 0 with the least w'Mw / 2 - v'w (Lawson & Hanson 1974, on M's root)."""
    root = np.linalg.cholesky(matrix)
    weights: Floats = nnls(root.T, np.linalg.solve(root, vector))[0]
    return weights


def _normal(weights: Floats) -> Floats:
    total = weights.sum()
    found: Floats = weights / total if total > 0 else weights
    return found


def _rounded(weights: Floats) -> Floats:
    """Round to three digits so that they sum to exactly 1 (largest remainder)."""
    unit = 10**_DIGITS
    scaled = _normal(weights) * unit
    whole = np.floor(scaled + 1e-9)
    order = np.argsort(whole - scaled, kind="stable")
    whole[order[: unit - int(whole.sum())]] += 1
    found: Floats = whole / unit
    return found
