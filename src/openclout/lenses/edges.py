"""A table of ties in the engine, as a graph whose nodes no order of imports can renumber."""

import numpy as np
from numpy.typing import NDArray

from openclout.graph import Edges
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import read_graph


def read_edges(engine: Engine, ties: str) -> tuple[NDArray[np.int64], Edges]:
    """Read a query for `source`, `target`, `weight` (accounts, one row a pair) as a graph.

    Gives the account of each node too; nodes are in the order of network and id.
    """
    nodes, edges = read_graph(engine, ties)
    weight = edges["weight"].astype(np.float64)
    graph = Edges(edges["source"], edges["target"], weight, nodes["network"])
    return nodes["account"].astype(np.int64), graph


def by_account(accounts: NDArray[np.int64], values: NDArray[np.float64]) -> Columns:
    """Sort the values of a graph's nodes by account."""
    order = np.argsort(accounts)
    return {"account": accounts[order], "value": values[order]}
