"""Metrics: how well an order of accounts foretells whom people act upon afterwards.

Equal values have no order: every metric is the mean over all ways to break the ties, so that
neither the order of rows nor of names can make a lens look better. `times` says how often each
account counts, which makes a bootstrap resample (or a part of the accounts) out of the same order.
"""

from dataclasses import dataclass
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

    def sums(self, amounts: Floats) -> Floats:
        """Add up an amount per account over each block."""
        found: Floats = np.add.reduceat(amounts[self.places], self.starts)
        return found

    def spread(self, by_block: Floats) -> Floats:
        """Give every account the number of its block."""
        sizes = np.diff(np.append(self.starts, len(self.places)))
        found = np.empty(len(self.places))
        found[self.places] = np.repeat(by_block, sizes)
        return found


def ndcg(order: Order, ideal: Order, gain: Floats, k: int, times: Floats) -> float:
    """Give the normalised discounted cumulative gain at k (Järvelin & Kekäläinen 2002), 0 to 1.

    `ideal` is the order of the gains themselves, over all accounts, whether or not a lens names
    them. Ties as McSherry & Najork 2008. NaN where there is nothing to gain.
    """
    best = _gained(ideal, gain, k, times)
    return _gained(order, gain, k, times) / best if best > 0 else np.nan


def _gained(order: Order, gain: Floats, k: int, times: Floats) -> float:
    """Add up the gains of the first k places, each discounted by log2(place + 1)."""
    sizes = order.sums(times)
    end = np.cumsum(sizes)
    discount = np.concatenate([[0.0], np.cumsum(1 / np.log2(np.arange(2, k + 2)))])
    places = discount[np.minimum(end, k).astype(np.int64)]
    weight = np.diff(places, prepend=0.0)
    mean = order.sums(times * gain) / np.maximum(sizes, 1)
    return float(mean @ weight)


def spearman(order: Order, other: Order, times: Floats) -> float:
    """Give the rank correlation with mean ranks for ties, -1 to 1; NaN where all are equal."""
    count = times.sum()
    if not count:
        return np.nan
    mine, theirs = (_ranks(each, times) for each in (order, other))
    mine, theirs = (ranks - (times @ ranks) / count for ranks in (mine, theirs))
    spread = (times @ mine**2) * (times @ theirs**2)
    return float(times @ (mine * theirs) / np.sqrt(spread)) if spread > 0 else np.nan


def _ranks(order: Order, times: Floats) -> Floats:
    """Give the rank of every account, from the lowest up; equal ones share the mean."""
    sizes = order.sums(times)
    return order.spread(times.sum() - np.cumsum(sizes) + (sizes + 1) / 2)


def found(order: Order, truth: Order, k: int, times: Floats) -> float:
    """Give the share of the true top k that stands among the first k of an order, 0 to 1."""
    return float(times @ (_within(order, k, times) * _within(truth, k, times))) / k


def _within(order: Order, k: int, times: Floats) -> Floats:
    """Give how surely each account is among the first k, when ties are broken by chance."""
    sizes = order.sums(times)
    before = np.cumsum(sizes) - sizes
    return order.spread(np.clip((k - before) / np.maximum(sizes, 1), 0.0, 1.0))
