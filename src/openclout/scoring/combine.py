"""Combining: signals in, points out. Additive, monotone, concave; every point has a name.

R = sum over k of w_k * log1p(x_k / c_k)
S = low + (high - low) * (R - middle) / (top - middle), within 0 and 100
"""

import numpy as np
from numpy.typing import NDArray

from openclout.scoring.model import Anchors, Model

Floats = NDArray[np.float64]


def raw_sum(signals: Floats, weights: Floats, scales: Floats) -> Floats:
    """Give R (accounts) from signals (accounts, k), each 0 or more, weights (k) and scales (k).

    The columns are added one by one: a matrix product may add in another order on another machine.
    """
    total = np.zeros(len(signals))
    for column, weight in enumerate(weights):
        if weight:
            total += weight * np.log1p(signals[:, column] / scales[column])
    return total


def slope(model: Model, anchors: Anchors) -> float:
    """Give the points per unit of R."""
    return (model.top_score - model.middle_score) / (anchors.top - anchors.middle)


def start(model: Model, anchors: Anchors) -> float:
    """Give the points at R = 0, before the limits of 0 and 100."""
    return model.middle_score - slope(model, anchors) * anchors.middle


def score(total: Floats, model: Model, anchors: Anchors) -> Floats:
    """Give the scores (accounts) of sums R on a curve."""
    return np.clip(start(model, anchors) + slope(model, anchors) * total, 0.0, 100.0)


def contributions(
    values: Floats, weights: Floats, scales: Floats, points_per_unit: float
) -> Floats:
    """Give each signal's points (same shape as values, signals last)."""
    points: Floats = points_per_unit * weights * np.log1p(values / scales)
    return points


def gain(values: Floats, weights: Floats, scales: Floats, points_per_unit: float) -> Floats:
    """Give the points that one more unit of each signal would bring."""
    more = np.log1p((values + 1) / scales) - np.log1p(values / scales)
    points: Floats = points_per_unit * weights * more
    return points


def rounded(parts: list[float], digits: int = 1) -> list[float]:
    """Round parts so that they add up to the rounded sum (largest remainder)."""
    unit = 10**digits
    scaled = np.array(parts) * unit
    whole = np.floor(scaled)
    left = round(float(scaled.sum())) - int(whole.sum())
    order = np.argsort(whole - scaled, kind="stable")  # the largest remainder first
    whole[order[:left]] += 1
    return [float(value) / unit for value in whole]
