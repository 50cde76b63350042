"""Cohort: those with whom one is compared; percentile and rank among the scored of one network."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def percentiles(scores: Floats) -> Floats:
    """Give the share (0 to 100) of the cohort that scores lower, for each of the cohort."""
    ordered = np.sort(scores)
    return 100.0 * np.searchsorted(ordered, scores, side="left") / max(len(scores), 1)


def ranks(scores: Floats) -> NDArray[np.int64]:
    """Give each one's rank, 1 the highest; equal scores share the better rank."""
    ordered = np.sort(scores)
    higher: NDArray[np.int64] = len(scores) - np.searchsorted(ordered, scores, side="right")
    return higher + 1
