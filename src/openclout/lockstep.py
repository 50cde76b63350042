"""Lockstep: accounts that act on the same things within moments of one another, again and again.

Who acts much meets many. A pair marches in lockstep when it met more often than if the acts had
been dealt out to the accounts by chance, each as many as it has: of M meetings among A acts,
accounts with a and b acts expect 2M * a * b / A^2, and the Poisson tail beyond that is judged by
Benjamini and Hochberg's false discovery rate (1995) over all pairs. So there is no list and
no number of repetitions to stay below. Validated projections of bipartite networks work alike
(Tumminello et al., PLoS ONE 6, 2011). The wider `near`, the more friends with a common taste are
found beside farms.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NEAR = 60.0  # seconds within which two acts on one thing are a meeting
FALSE = 0.01  # share of the pairs found that chance may have brought
_NEIGHBOURS = (
    50  # next acts on a thing that an act is compared with; a crowd is not compared in full
)
_LEAST_THINGS = 2  # one meeting, however rare, is no habit


@dataclass(frozen=True, slots=True)
class Lockstep:
    """The pairs in lockstep: accounts `left` and `right` that met on so many `things`.

    `group` numbers the accounts that such pairs connect, -1 for an account in none; by account.
    """

    left: Ints
    right: Ints
    things: Ints
    group: Ints


def find_lockstep(account: Ints, thing: Ints, time: Floats, near: float = NEAR) -> Lockstep:
    """Find the accounts in lockstep among acts: arrays of one length, times in seconds.

    Accounts and things are numbers from 0. Each act is compared with the next 50 on its thing.
    """
    count = int(account.max()) + 1 if len(account) else 0
    order = np.lexsort((account, time, thing))
    left, right = _meetings(account[order], thing[order], time[order], near)
    pairs, things = np.unique(np.column_stack([left, right]), axis=0, return_counts=True)
    chosen = (things >= _LEAST_THINGS) & _is_unlikely(pairs, things, np.bincount(account))
    found = pairs[chosen]
    return Lockstep(found[:, 0], found[:, 1], things[chosen], _groups(found, count))


def _meetings(account: Ints, thing: Ints, time: Floats, near: float) -> tuple[Ints, Ints]:
    """Give the pairs of accounts (smaller number first) that met, once for each thing."""
    found = [np.zeros((0, 3), np.int64)]
    for step in range(1, min(_NEIGHBOURS, len(account) - 1) + 1):
        one, other = slice(None, -step), slice(step, None)
        meets = (thing[one] == thing[other]) & (time[other] - time[one] <= near)
        meets &= account[one] != account[other]
        if not meets.any():
            continue
        pair = np.sort(np.column_stack([account[one][meets], account[other][meets]]), axis=1)
        found.append(np.column_stack([pair, thing[one][meets]]))
    rows = np.unique(np.concatenate(found), axis=0)
    return rows[:, 0], rows[:, 1]


def _is_unlikely(pairs: Ints, things: Ints, acts: Ints) -> Bools:
    """Tell which pairs met more often than chance brings, with at most a share FALSE of errors."""
    if not len(pairs):
        return np.zeros(0, bool)
    each = acts / acts.sum()
    expected = 2 * things.sum() * each[pairs[:, 0]] * each[pairs[:, 1]]
    tail = stats.poisson.sf(things - 1, expected)
    ranked = np.sort(tail)
    accounts = np.count_nonzero(acts)
    tests = accounts * (accounts - 1) / 2
    passed = ranked <= FALSE * np.arange(1, len(ranked) + 1) / tests
    found: Bools = tail <= (ranked[passed].max() if passed.any() else -1.0)
    return found


def _groups(pairs: Ints, count: int) -> Ints:
    """Number the accounts by the connected component of the pairs, -1 where there is none."""
    links = sparse.coo_array(
        (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count)
    )
    _number, found = connected_components(links, directed=False)
    group = np.full(count, -1, np.int64)
    members = np.unique(pairs)
    group[members] = np.unique(found[members], return_inverse=True)[1]
    return group
