"""Measure: activities in, signals out, for one period."""

from collections.abc import Sequence

import numpy as np

from openclout.graph import Edges, rank
from openclout.scoring.run import Evidence
from openclout.signal import fused_sql, load_signals
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine
from openclout.warehouse.measure import Measurement, network_numbers
from openclout.warehouse.spark import measuring


def measure(engine: Engine, period: Period, names: Sequence[str]) -> None:
    """Make `measured`: one row per account acted upon, a column per signal named.

    Where the settings name another engine for it, that does the work, and all is here afterwards.
    """
    with measuring(engine) as session:
        measurement = Measurement(session, period)
        nodes, ties = measurement.graph()
        edges = Edges(ties["source"], ties["target"], ties["weight"], nodes["network"])
        measurement.rank(nodes["account"], rank(edges))
        measurement.run(fused_signals(names))


def fused_signals(names: Sequence[str]) -> dict[str, str]:
    """Give one SELECT per relation for the signals named."""
    signals = load_signals()
    return {
        over: fused_sql(over, [signals[name] for name in names if signals[name].over == over])
        for over in dict.fromkeys(signals[name].over for name in names)
    }


def read_evidence(engine: Engine, names: tuple[str, ...]) -> Evidence:
    """Fetch what the score is made of, sorted by account."""
    found = engine.columns(
        f"select account, {network_numbers('network')} as network, evidence, latest,"
        f" {', '.join(f'm.{name}' for name in names)} from measured m where evidence > 0"
        " order by account"
    )
    return Evidence(
        found["account"].astype(np.int64),
        found["network"].astype(np.int64),
        np.column_stack([found[name] for name in names]).reshape(-1, len(names)),
        names,
        found["evidence"],
        found["latest"],
    )
