"""What the past says of an account's next score, by the curves that the snapshot's facts keep."""

import numpy as np
from numpy.typing import NDArray

from openclout.scoring import interval
from openclout.scoring.run import nobodys
from openclout.snapshot.facts import Facts


def find_outlook(
    facts: Facts, network: str, score: float, evidence: float, quiet: bool
) -> NDArray[np.float64] | None:
    """Give the possible later scores of an account; None where nothing is known of its network."""
    known = facts.networks.get(network)
    if known is None:
        return None
    nobody = nobodys(facts.model, known.anchors)
    one = np.array([score]), np.array([evidence]), np.array([quiet])
    return interval.outlooks(*one, known.band, nobody)


def chance_above(
    higher: NDArray[np.float64] | None, lower: NDArray[np.float64] | None
) -> float | None:
    """Tell how likely the higher is above in the next window too; None without both outlooks."""
    if higher is None or lower is None:
        return None
    return float(interval.chances_above(higher, lower)[0])
