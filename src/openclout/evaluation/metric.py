"""Metrics: how well an order of accounts foretells whom people act upon afterwards.

Equal values have no order: every metric is the mean over all ways to break the ties, so that
neither the order of rows nor of names can make a lens look better. `times` says how often each
account counts, which makes a bootstrap resample (or a part of the accounts) out of the same order.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Order:
    """Accounts by falling value: their places, and where each block of equal values starts."""

    places: Ints
    starts: Ints

    @classmethod
    def of(cls, values: Floats) -> Self:
        """Order accounts (n, at least one) by their values, the highest first."""
        places = np.argsort(-values, kind="stable")
        ordered = values[places]
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        return cls(places, starts)


class Ranking:
    """An order in which each account counts `times` (n) often: blocks with sizes and ends."""

    def __init__(self, order: Order, times: Floats) -> None:
        """Count the blocks once for all metrics."""
        self.order, self.times = order, times
        self.sizes: Floats = np.add.reduceat(times[order.places], order.starts)
        self.end: Floats = np.cumsum(self.sizes)

    def head(self, k: int) -> tuple[Ints, Ints]:
        """Give the places and the starts of the blocks that reach into the first k."""
        blocks = int(np.searchsorted(self.end, k)) + 1
        starts = self.order.starts
        stop = starts[blocks] if blocks < len(starts) else len(self.order.places)
        return self.order.places[:stop], starts[:blocks]

    @cached_property
    def ranks(self) -> Floats:
        """The rank of every account, from the lowest up, less the mean; equal ones share theirs."""
        by_block = self.end[-1] - self.end + (self.sizes + 1) / 2
        lengths = np.diff(np.append(self.order.starts, len(self.order.places)))
        found = np.empty(len(self.order.places))
        found[self.order.places] = np.repeat(by_block, lengths)
        centred: Floats = found - (self.times @ found) / self.end[-1]
        return centred


def ndcg(ranking: Ranking, ideal: Ranking, gain: Floats, k: int) -> float:
    """Give the normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002), 0 to 1.

    `ideal` ranks by the gains themselves, over all accounts, whether or not a lens names them.
    Ties as McSherry & Najork 2008. NaN where there is nothing to gain.
    """
    best = _gained(ideal, gain, k)
    return _gained(ranking, gain, k) / best if best > 0 else np.nan


def _gained(ranking: Ranking, gain: Floats, k: int) -> float:
    """Add up the gains of the first k places, each discounted by log2(place + 1)."""
    places, starts = ranking.head(k)
    discount = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(2, k + 2)))])
    reached = discount[np.minimum(ranking.end[: len(starts)], k).astype(np.int64)]
    sums = np.add.reduceat(ranking.times[places] * gain[places], starts)
    mean = sums / np.maximum(ranking.sizes[: len(starts)], 1)
    return float(mean @ np.diff(reached, prepend=0.0))


def spearman(ranking: Ranking, other: Ranking) -> float:
    """Give the rank correlation with mean ranks for ties, -1 to 1; NaN where all are equal.

    Both must count the accounts equally often.
    """
    times = ranking.times
    if not ranking.end[-1]:
        return np.nan
    mine, theirs = ranking.ranks, other.ranks
    spread = (times @ mine**2) * (times @ theirs**2)
    return float(times @ (mine * theirs) / np.sqrt(spread)) if spread > 0 else np.nan


def found(ranking: Ranking, truth: Ranking, k: int) -> float:
    """Give the share of the true top k that stands among the first k of a ranking, 0 to 1."""
    mine, theirs = _within(ranking, k), _within(truth, k)
    return float(ranking.times @ (mine * theirs)) / k


def _within(ranking: Ranking, k: int) -> Floats:
    """Give how surely each account is among the first k, when ties are broken by chance."""
    places, starts = ranking.head(k)
    sizes = ranking.sizes[: len(starts)]
    share = np.clip((k - ranking.end[: len(starts)] + sizes) / np.maximum(sizes, 1), 0.0, 1.0)
    sure = np.zeros(len(ranking.order.places))
    sure[places] = np.repeat(share, np.diff(np.append(starts, len(places))))
    return sure
