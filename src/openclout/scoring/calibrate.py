"""Calibration: where a network's curve is fixed, once, so that nobody moves because others came."""

import numpy as np
from numpy.typing import NDArray

from openclout.scoring.model import Anchors, Model

LEAST_SCORED = 100
"""A network with fewer scored accounts has no curve of its own."""
_LEAST_SPREAD = 0.05  # of R; below it everybody is alike and a curve would magnify noise


def find_anchors(totals: NDArray[np.float64], model: Model) -> Anchors | None:
    """Give the median and the top quantile of R over the scored accounts; None for too few.

    With fewer than 1,000 accounts the top quantile lies between the best two: it is interpolated
    (Hyndman & Fan 1996, type 7), as numpy does.
    """
    if len(totals) < LEAST_SCORED:
        return None
    middle, top = np.quantile(totals, [0.5, model.top_quantile])
    if top - middle < _LEAST_SPREAD:
        return None
    return Anchors(float(middle), float(top))
