"""Measure: activities in, signals out, for one period."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np
from numpy.typing import NDArray

from openclout.credibility import FLAGS, Past, begin, learn
from openclout.graph import Edges, rank
from openclout.scoring.run import Evidence
from openclout.signal import RELATIONS, fused_sql, load_signals
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import ASKED, Measurement, network_names, network_numbers
from openclout.warehouse.spark import measuring
from openclout.warehouse.worlds import side_by_side, world_of

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
_ALL = frozenset(RELATIONS)
_NO_RANKS = (np.zeros(0, np.int64), np.zeros(0))


def measure(
    engine: Engine,
    period: Period,
    names: Sequence[str],
    guarded: bool = True,
    only: int | None = None,
    lean: bool = False,
) -> Bools:
    """Make `measured`: one row per account acted upon, or of `only` one, a column per signal named.

    Unless `guarded`, everybody counts in full, whatever is known of them. Gives, by the networks'
    numbers, where people could be told from fakes: the others are unguarded.
    Where the settings name another engine for it, that does the work, and all is here afterwards.
    `lean`: only what these signals stand on is made, and no ranks if none of them asks for one.
    """
    networks = network_names(engine)
    over = {load_signals()[name].over for name in names} if lean else _ALL
    with measuring(engine) as session:
        measurement = Measurement(session, period, over)
        credible, known = _weigh(measurement, networks, guarded)
        asked = "standing" in over
        measurement.rank(*(_ranks(measurement, credible, known) if asked else _NO_RANKS))
        measurement.run(fused_signals(names, bounded=bool(known.any())), only)
    return known


def _ranks(
    measurement: Measurement, credible: Ints, known: Bools
) -> tuple[Ints, NDArray[np.float64]]:
    """Rank the accounts of the window; walks begin at the credible where people are known."""
    nodes, ties = measurement.graph()
    chosen = np.isin(nodes["account"], credible) | ~known[nodes["network"]]
    start = begin(nodes["network"], chosen) if known.any() else None
    return nodes["account"].astype(np.int64), rank(_edges(nodes, ties), start=start)


def _weigh(measurement: Measurement, networks: Sequence[str], guarded: bool) -> tuple[Ints, Bools]:
    """Tell people from fakes by what happened before the window, where enough did.

    Gives the accounts that are credible, and whether each network is guarded.
    """
    before = measurement.past() if guarded else None
    if before is not None:
        nodes, ties = before
        flags = {name: ties[name].astype(bool) for name in FLAGS}
        past = Past(_edges(nodes, ties), closed=ties["closed"].astype(np.int64), **flags)
        found, norms = learn(past, len(networks))
        if norms.guarded.any():
            established = nodes["account"][found].astype(np.int64)
            table = {"network": np.array(networks, dtype=object), **asdict(norms)}
            vouched = measurement.guard(established, table)
            return np.union1d(established, vouched), norms.guarded
    measurement.leave_open()
    return np.zeros(0, np.int64), np.zeros(len(networks), bool)


def _edges(nodes: Columns, ties: Columns) -> Edges:
    return Edges(ties["source"], ties["target"], ties["weight"], nodes["network"])


def fused_signals(names: Sequence[str], bounded: bool = True) -> dict[str, str]:
    """Give one SELECT per relation for the signals named, `bounded` where people are weighed."""
    signals = load_signals()
    return {
        over: fused_sql(
            over,
            [signals[name] for name in names if signals[name].over == over],
            ASKED if over == "engagers" else None,
            bounded,
        )
        for over in dict.fromkeys(["engagers", *(signals[name].over for name in names)])
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


def measure_side_by_side(
    engine: Engine, periods: Sequence[Period], names: tuple[str, ...]
) -> list[tuple[Evidence, Bools]]:
    """Measure several periods of one length at once, as worlds of one warehouse.

    Gives for each what `measure` and `read_evidence` give; `names` must ask for no rank, whose
    rounds all worlds would share.
    """
    base = network_names(engine)
    with side_by_side(engine, periods) as (together, width):
        known = measure(engine, together, names, lean=True)
        places = [world_of(network) for network in network_names(engine)]
        evidence = read_evidence(engine, names)
    number = np.array([base.index(network) for network, _world in places], np.int64)
    world = np.array([place for _network, place in places], np.int64)
    found = []
    for place in range(len(periods)):
        mine = evidence.only(world[evidence.network] == place)
        guarded = np.zeros(len(base), bool)
        guarded[number[world == place]] = known[world == place]
        own = replace(mine, account=mine.account - place * width, network=number[mine.network])
        found.append((own, guarded))
    return found
