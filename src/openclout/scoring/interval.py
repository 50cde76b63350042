"""The band around a score: where the next window's score lay, for accounts with such evidence.

Split-conformal (Vovk et al. 2005; Lei et al. 2018) on pairs of consecutive windows of the past.
What is learnt is the share that an account *kept*: of its points above those of one whom nobody
moves, how many it had in the next window. So who had more to lose has the wider band, and a band
learnt on one network means the same on another. An account that vanished kept nothing: its later
score is nobody's. Of all ranges that hold nine in ten the shortest is taken (as Sesia & Romano 2021
do): where most vanish, equal tails would hold far more than promised.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from openclout.scoring.model import BandRow

COVERAGE = 0.9
LEAST_WINDOWS = 3
"""Fewer earlier windows give no band of one's own."""
LEAST_PAIRS = 100
"""Nor do fewer pairs of one account in two windows."""
_LEAST_IN_ROW = 60  # sparser rows are joined with the next lower evidence
_LEAST_OF_KIND = 20  # so few quiet (or busy) accounts take the rows of all
_STEPS = (0.0, 2.0, 3.0, 5.0, 9.0, 17.0, 33.0, 65.0, 129.0, 257.0, 1025.0)
SURE = 0.9
"""A difference is beyond the noise where the higher is above later with at least this chance."""
_PARTS = 20
_SOME = 5.0  # points, so that the share is finite where a score is nobody's

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One account in two consecutive windows, all arrays of one length.

    `nobody` is the score of one whom nobody moves, on the curve of the pair.
    """

    score: Floats
    evidence: Floats
    quiet: Bools
    later: Floats
    nobody: Floats


def fit_band(pairs: Pairs) -> tuple[BandRow, ...]:
    """Give the band's rows, by quiet and rising evidence; no rows without pairs."""
    kept = (pairs.later - pairs.nobody) / (pairs.score - pairs.nobody + _SOME)
    rows: list[BandRow] = []
    for quiet in (False, True):
        chosen = pairs.quiet == quiet
        if chosen.sum() < _LEAST_OF_KIND:
            chosen = np.ones(len(kept), bool)
        rows.extend(
            BandRow(least, quiet, *_shortest(kept[chosen][members]), _parts(kept[chosen][members]))
            for least, members in _groups(pairs.evidence[chosen])
        )
    return tuple(rows)


def _groups(evidence: Floats) -> list[tuple[float, Bools]]:
    """Split accounts by evidence so that every group has enough of them, from the most down."""
    groups: list[tuple[float, Bools]] = []
    above = np.inf
    for least in reversed(_STEPS):
        members = (evidence >= least) & (evidence < above)
        if members.sum() >= _LEAST_IN_ROW or (least == 0 and members.any()):
            groups.append((least, members))
            above = least
    return groups[::-1]


def _shortest(kept: Floats) -> tuple[float, float]:
    """Give the shortest range that, widened to hold the score, has nine in ten of the shares.

    One standard error more are held: the shortest of many ranges flatters itself, and few pairs
    say little.
    """
    ordered, count = np.sort(kept), len(kept)
    error = np.sqrt(count * COVERAGE * (1 - COVERAGE))
    held = min(int(np.ceil(count * COVERAGE + error)), count)
    least, most = ordered[: count - held + 1], ordered[held - 1 :]
    best = int(np.argmin(np.maximum(most, 1.0) - np.minimum(least, 1.0)))
    return float(least[best]), float(most[best])


def _parts(kept: Floats) -> tuple[float, ...]:
    """Give the middles of _PARTS equal parts of the shares, each one that was seen."""
    middles = (np.arange(_PARTS) + 0.5) / _PARTS
    return tuple(np.quantile(kept, middles, method="inverted_cdf").tolist())


def band(
    score: Floats, evidence: Floats, quiet: Bools, rows: Sequence[BandRow], nobody: float
) -> tuple[Floats, Floats]:
    """Give `low` and `high` (accounts), within 0 and 100, widened to hold the score.

    `nobody` is the score of one whom nobody moves on this curve.
    """
    low, high = score.copy(), score.copy()
    above = score - nobody + _SOME
    for row in sorted(rows, key=lambda row: row.evidence):
        members = (evidence >= row.evidence) & (quiet == row.quiet)
        low[members] = nobody + row.least * above[members]
        high[members] = nobody + row.most * above[members]
    return np.clip(np.minimum(low, score), 0, 100), np.clip(np.maximum(high, score), 0, 100)


def outlooks(
    score: Floats, evidence: Floats, quiet: Bools, rows: Sequence[BandRow], nobody: float
) -> Floats:
    """Give possible later scores (accounts, k), equally likely; the score where no row fits."""
    later = np.repeat(score[:, None], len(rows[0].kept) if rows else 1, axis=1)
    above = score - nobody + _SOME
    for row in sorted(rows, key=lambda row: row.evidence):
        members = (evidence >= row.evidence) & (quiet == row.quiet)
        later[members] = nobody + above[members, None] * np.array(row.kept)
    return np.clip(later, 0, 100)


def chances_above(first: Floats, second: Floats) -> Floats:
    """Give how likely the first is above the second later (pairs), a draw counting half.

    Both are outlooks (pairs, k), taken to be independent.
    """
    signs = np.sign(first[:, :, None] - second[:, None, :])
    chances: Floats = (1 + signs.mean(axis=(1, 2))) / 2
    return chances


def join(parts: Sequence[Pairs]) -> Pairs:
    """Put pairs of several windows together."""
    return Pairs(
        *(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Pairs))
    )
