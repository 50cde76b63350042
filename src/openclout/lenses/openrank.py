"""OpenRank: EigenTrust over weighted engagement, as its makers run it for Farcaster."""

from collections.abc import Mapping

from openclout.graph import rank
from openclout.lenses.edges import by_account, read_edges
from openclout.lenses.lens import Lens
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine

ALPHA = 0.5
"""The part of the trust that comes from the pre-trust."""

WEIGHTS: Mapping[str, int] = {
    "like": 1, "reply": 6, "share": 3, "mention": 12, "follow": 1,
    "quote": 3, "link": 1, "endorse": 1, "accept": 1, "list": 1,
}  # fmt: skip
"""Local trust per act; the first five are OpenRank's, the others ours."""


def trust_sql() -> str:
    """Give the query for local trust: per pair, the weights of the acts of the window, summed."""
    weights = " ".join(f"when '{kind}' then {weight}" for kind, weight in WEIGHTS.items())
    return (
        f'select source, target, sum("count" * case kind {weights} end)::double as weight'
        " from acts where source is not null group by source, target"
    )


def _values(engine: Engine, _period: Period) -> Columns:
    accounts, edges = read_edges(engine, trust_sql())
    return by_account(accounts, rank(edges, damping=1 - ALPHA))


OPENRANK = Lens(
    "openrank", "OpenRank", "times the average",
    "S. Kamvar, M. Schlosser and H. Garcia-Molina, The EigenTrust algorithm for reputation"
    " management in P2P networks, WWW 2003; Karma3 Labs, https://github.com/Karma3Labs/openrank-sdk"
    " (README: alpha 0.5, equal pre-trust) and https://github.com/Karma3Labs/farcaster-graph"
    " (strategy engagement: like 1, reply 6, recast 3, mention 12, follow 1)",
    "Trust that flows along engagement and restarts half of the time at the pre-trusted, here"
    " everybody equally.",
    "t = (1 - alpha) C't + alpha p, C the share of each in the local trust that its source gives",
    "acts of the window instead of all time; a share is a recast, a quote counts as one, other"
    " kinds count 1; given as a multiple of the average. OpenRank later took its pre-trust from"
    " its own top tier, which no other data have.",
    _values,
)  # fmt: skip
