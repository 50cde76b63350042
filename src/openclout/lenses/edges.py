"""A table of ties in the engine, as a graph whose nodes no order of imports can renumber."""

import numpy as np
from numpy.typing import NDArray

from openclout.graph import Edges
from openclout.warehouse.engine import Columns, Engine


def read_edges(engine: Engine, ties: str) -> tuple[NDArray[np.int64], Edges]:
    """Read a query for `source`, `target`, `weight` (accounts, one row a pair) as a graph.

    Gives the account of each node too; nodes are in the order of network and id.
    """
    engine.run(f"create or replace temp table lens_ties as {ties}")
    engine.run(
        "create or replace temp table lens_nodes as select account,"
        " (row_number() over (order by network, id) - 1)::integer as place,"
        " (dense_rank() over (order by network) - 1)::integer as network from accounts"
        " semi join (select source as account from lens_ties union select target from lens_ties)"
        " using (account)"
    )
    nodes = engine.columns("select account, network from lens_nodes order by place")
    ties_found = engine.columns(
        "select s.place as source, t.place as target, weight::double as weight from lens_ties"
        " join lens_nodes s on s.account = source join lens_nodes t on t.account = target"
    )
    edges = Edges(
        ties_found["source"].astype(np.int32),
        ties_found["target"].astype(np.int32),
        ties_found["weight"],
        nodes["network"].astype(np.int32),
    )
    return nodes["account"].astype(np.int64), edges


def by_account(accounts: NDArray[np.int64], values: NDArray[np.float64]) -> Columns:
    """Sort the values of a graph's nodes by account."""
    order = np.argsort(accounts)
    return {"account": accounts[order], "value": values[order]}
