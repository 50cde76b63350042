"""Credibility: how much one engager's act may count, learnt from what happened before the window.

Who acts within the window can be bought or invented; the past cannot be changed any more. So from
the past of each network, and from nothing else, four things are learnt (docs/decisions/ has what
was tried and measured):

- **established**: the accounts that attention reaches. Walks begin at those acted upon in the older
  half of the past and follow acts (Brin & Page 1998, begun at trusted nodes: Gyongyi et al. 2004).
  A farm of fakes gets only what real accounts give it, divided among all of it.
- **vouched**: an engager who is established, or upon whom somebody established, other than the
  target, acted within the window. Each fake needs an act of its own: a ring of fakes brings none.
- **sure**: an engager who is vouched for and came back on another day or, where hardly anybody ever
  does, came unasked: before the target acted upon it. Of those who act to and fro with the target
  none who shares more partners with it than is usual: rings of friends are closed, audiences open
  (FRAUDAR's dense blocks: Hooi et al. 2016; here the target's own acts close a circle, no received
  one does).
- **norms**: how many silent and unsure engagers are normal for every vouched and sure one: the
  median over the network's accounts with enough engagers. An account gets no more from them than
  is normal, whatever floods in (signal.py, voices).

All of it only rises with a received act, so no received act ever lowers a score. A network with too
little past is open: everybody counts in full, and its scores say `unguarded`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.graph import DAMPING, Edges, rank

LEAST_PAIRS = 100
"""With fewer pairs of people in its past a network is open."""
_LEAST_ENGAGERS = 10  # of an account whose ratios tell what is normal
_LEAST_ACCOUNTS = 5  # that tell it; with fewer the network has the usual norms
_USUAL = {"silent": 0.5, "once": 3.0, "unsure": 3.0}  # near the middle of the real sets
_CUSTOM = 10.0  # more than so many who came once for one who came back: it is not the custom
CHANCE = 8.0
"""So many partners in common are no circle, however open a network is."""
_CLOSEST = 0.1  # of a network's mutual ties are in closer circles than its norm
_ROUNDS = 5

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Past:
    """Who acted upon whom before the window, a pair once: arrays over edges of one length.

    `early`, `late`: in the older or newer half of the network's acts; `recent`: within a window's
    length before the window, and `again`: on two days of that, `asked`: after the target had acted
    upon the source then. `closed`: of those who acted upon each other then, how many partners they
    had in common (warehouse/relations/closed.sql).
    """

    edges: Edges
    early: Bools
    late: Bools
    recent: Bools
    again: Bools
    asked: Bools
    closed: Ints


FLAGS = ("early", "late", "recent", "again", "asked")
"""The flags of a past's edges."""


@dataclass(frozen=True, slots=True)
class Norms:
    """What is normal on each network, by its number: how many times the one sort all may be.

    `custom`: that people come back is the custom there. `circle`: how many common partners two who
    act upon each other may have.
    """

    guarded: Bools
    custom: Bools
    circle: Floats
    silent: Floats
    unsure: Floats


def open_norms(networks: int) -> Norms:
    """Give the norms where nothing is known: everybody counts in full."""
    no, one = np.zeros(networks, bool), np.ones(networks)
    return Norms(no, no.copy(), CHANCE * one, one, one.copy())


def learn(past: Past, networks: int) -> tuple[Bools, Norms]:
    """Give who is established (nodes), and the norms of each of the `networks`."""
    edges, norms = past.edges, open_norms(networks)
    home = edges.group[edges.target]
    norms.guarded[:] = np.bincount(home, minlength=networks) >= LEAST_PAIRS
    known = _acted_upon(edges, past.early)
    reached, vouched = (_vouched(edges, seen, known) for seen in (past.late, past.recent))
    for network in np.flatnonzero(norms.guarded):
        late, recent = past.late & (home == network), past.recent & (home == network)
        norms.silent[network] = 1 + _normal(edges, late, reached, _USUAL["silent"])
        norms.custom[network] = _normal(edges, recent, past.again, _USUAL["once"]) <= _CUSTOM
        norms.circle[network] = _circle(past.closed[_mutual(edges, recent)])
        sure = vouched & (past.again if norms.custom[network] else ~past.asked)
        sure &= past.closed <= norms.circle[network]
        norms.unsure[network] = 1 + _normal(edges, recent, sure, _USUAL["unsure"])
    return _established(edges, known) & norms.guarded[edges.group], norms


def begin(group: NDArray[np.int32], chosen: Bools) -> Floats:
    """Give where walks begin (nodes, mean 1 in each network): at the chosen, at all if none is."""
    share = np.bincount(group, weights=chosen) / np.maximum(np.bincount(group), 1)
    among = share[group]
    return np.where(among > 0, chosen / np.where(among > 0, among, 1.0), 1.0)


def _established(edges: Edges, known: Bools) -> Bools:
    """Tell upon whom so much attention falls, in walks from those known, as if walks began there.

    What all established accounts hold together is fixed, so a farm cannot share itself in: with one
    act from a real account, whatever it does among itself, it gets a few of its own in at most.
    """
    start = begin(edges.group, known)
    trust = rank(edges, rounds=_ROUNDS, start=start)
    share = np.bincount(edges.group, weights=start * known) / np.maximum(
        np.bincount(edges.group, weights=known), 1
    )
    found: Bools = trust >= (1 - DAMPING) * share[edges.group]
    return found


def _acted_upon(edges: Edges, seen: Bools) -> Bools:
    found = np.zeros(edges.nodes, bool)
    found[edges.target[seen]] = True
    return found


def _vouched(edges: Edges, seen: Bools, known: Bools) -> Bools:
    """Tell of each edge seen whether its source is known, or another one known acted upon it."""
    by_known = seen & known[edges.source]
    vouchers = np.bincount(edges.target[by_known], minlength=edges.nodes)
    own = _mutual(edges, seen) & known[edges.target]
    return known[edges.source] | (vouchers[edges.source] - own > 0)


def _mutual(edges: Edges, seen: Bools) -> Bools:
    """Tell of each edge seen whether the other direction was seen too."""
    ahead = edges.source.astype(np.int64) * edges.nodes + edges.target
    back = edges.target.astype(np.int64) * edges.nodes + edges.source
    return np.isin(back, ahead[seen]) & seen


def _circle(closed: Ints) -> float:
    """Give how many partners in common all but the closest mutual ties have at most."""
    return max(CHANCE, float(np.quantile(closed, 1 - _CLOSEST))) if len(closed) else CHANCE


def _normal(edges: Edges, seen: Bools, sure: Bools, usual: float) -> float:
    """Give the median over accounts of how many unsure engagers there are to a sure one."""
    all_of = np.bincount(edges.target[seen], minlength=edges.nodes)
    sure_of = np.bincount(edges.target[seen & sure], minlength=edges.nodes)
    telling = all_of >= _LEAST_ENGAGERS
    if telling.sum() < _LEAST_ACCOUNTS:
        return usual
    ratios = (all_of - sure_of)[telling] / np.maximum(sure_of[telling], 0.5)
    return float(np.median(ratios))
