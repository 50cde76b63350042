"""The band around a score: where the next window's score lay, for accounts with such evidence.

Split-conformal (Vovk et al. 2005; Lei et al. 2018) on pairs of consecutive windows of the past: how
far the later score lay from the earlier one, by evidence and by whether the account was quiet. An
account that vanished has, in the later window, the score of one whom nobody moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.scoring.model import BandRow

COVERAGE = 0.9
LEAST_WINDOWS = 3
"""Fewer earlier windows give no band of one's own."""
_LEAST_PAIRS = 60  # in one row of the band; sparser rows are joined with the next lower evidence
_STEPS = (0.0, 2.0, 3.0, 5.0, 9.0, 17.0, 33.0, 65.0, 129.0, 257.0, 1025.0)

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One account in two consecutive windows, all arrays of one length."""

    score: Floats
    evidence: Floats
    quiet: Bools
    later: Floats


def fit_band(pairs: Pairs) -> tuple[BandRow, ...]:
    """Give the band's rows, by quiet and rising evidence; no rows without pairs."""
    rows: list[BandRow] = []
    for quiet in (False, True):
        chosen = pairs.quiet == quiet
        moved = (pairs.later - pairs.score)[chosen]
        rows.extend(
            BandRow(least, quiet, *_offsets(moved[members]))
            for least, members in _groups(pairs.evidence[chosen])
        )
    return tuple(rows)


def _groups(evidence: Floats) -> list[tuple[float, Bools]]:
    """Split accounts by evidence so that every group has enough of them, from the most down."""
    groups: list[tuple[float, Bools]] = []
    above = np.inf
    for least in reversed(_STEPS):
        members = (evidence >= least) & (evidence < above)
        if members.sum() >= _LEAST_PAIRS or (least == 0 and members.any()):
            groups.append((least, members))
            above = least
    return groups[::-1]


def _offsets(moved: Floats) -> tuple[float, float]:
    """Give the two conformal quantiles, each tail with half of what is not covered."""
    ordered = np.sort(moved)
    count = len(ordered)
    rank = min(int(np.ceil((count + 1) * (1 + COVERAGE) / 2)), count)
    return float(ordered[count - rank]), float(ordered[rank - 1])


def band(
    score: Floats, evidence: Floats, quiet: Bools, rows: Sequence[BandRow]
) -> tuple[Floats, Floats]:
    """Give `low` and `high` (accounts), within 0 and 100, widened to hold the score."""
    low, high = score.copy(), score.copy()
    for row in sorted(rows, key=lambda row: row.evidence):
        members = (evidence >= row.evidence) & (quiet == row.quiet)
        low[members] = score[members] + row.low
        high[members] = score[members] + row.high
    return np.clip(np.minimum(low, score), 0, 100), np.clip(np.maximum(high, score), 0, 100)


def join(parts: Sequence[Pairs]) -> Pairs:
    """Put pairs of several windows together."""
    return Pairs(
        np.concatenate([part.score for part in parts]),
        np.concatenate([part.evidence for part in parts]),
        np.concatenate([part.quiet for part in parts]),
        np.concatenate([part.later for part in parts]),
    )
