"""Power iteration over an edge table: who is reached by following attention on and on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

DAMPING = 0.85
PRECISION = 1e-9  # the mean change of a rank between two rounds at which we stop
MOST_ROUNDS = 200

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Edges source -> target with weights above 0; nodes are numbered from 0 to nodes - 1.

    `group` (nodes) gives the network of each node: every network is a graph of its own.
    """

    source: Ints
    target: Ints
    weight: Floats
    group: Ints

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.group)


def rank(
    edges: Edges, damping: float = DAMPING, rounds: int = 0, start: Floats | None = None
) -> Floats:
    """Give each node's PageRank times the number of its network's nodes (mean 1), shape (nodes).

    Runs until the ranks settle, or exactly as many `rounds` as are given. `start` (nodes, mean 1
    in each network) says where walks begin and begin anew: everywhere alike, if not given.

    Brin & Page 1998 with weighted edges; what nodes without out-edges hold is spread over their
    network as walks begin, evenly as LDBC Graphalytics defines it. Deterministic for one numbering
    of the nodes.
    """
    if not edges.nodes:
        return np.zeros(0)
    matrix, given = _transition(edges)
    size = np.bincount(edges.group).astype(np.float64)[edges.group]
    dangling = given == 0
    begin = np.ones(edges.nodes) if start is None else start
    ranks = begin
    for _ in range(rounds or MOST_ROUNDS):
        spread = np.bincount(edges.group, weights=np.where(dangling, ranks, 0.0))[edges.group]
        renewed = (1 - damping) * begin + damping * (matrix @ ranks + spread / size * begin)
        change = float(np.abs(renewed - ranks).mean())
        ranks = renewed
        if change < PRECISION and not rounds:
            break
    return ranks


def _transition(edges: Edges) -> tuple[sparse.csr_array, Floats]:
    """Build the matrix that moves rank, and what each node gives (nodes).

    Entry (target, source) is the share of the source. Entries are sorted before anything is
    summed: no sum may depend on the order in which edges came.
    """
    shape = (edges.nodes, edges.nodes)
    matrix = sparse.csr_array((edges.weight, (edges.target, edges.source)), shape=shape)
    matrix.sort_indices()
    given: Floats = np.bincount(matrix.indices, weights=matrix.data, minlength=edges.nodes).astype(
        np.float64
    )
    matrix.data /= given[matrix.indices]
    return matrix, given
