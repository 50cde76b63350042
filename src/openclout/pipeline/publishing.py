"""Publish: what may be seen becomes the snapshot that every reader reads."""

from openclout.pipeline.scoring import Run
from openclout.signal import load_signals
from openclout.snapshot.facts import Facts, NetworkFacts
from openclout.snapshot.writer import write_snapshot
from openclout.warehouse.output import make_people
from openclout.warehouse.store import Warehouse


def publish(warehouse: Warehouse, run: Run) -> None:
    """Write the snapshot of a run that has just been scored in this warehouse."""
    engine = warehouse.engine
    make_people(engine, list(load_signals()), rounded=False)
    scored = dict(
        engine.rows(
            "select network, count(score) from account_rows where score is not null group by 1"
        )
    )
    networks = {
        name: NetworkFacts(
            curve.anchors,
            curve.band_calibrated,
            scored.get(name, 0),
            curve.profiles,
            tuple(curve.band),
            curve.guarded,
        )
        for name, curve in run.curves.items()
    }
    period = run.period
    facts = Facts(period.as_of, period.window, run.model, networks, run.accounts, run.scored)
    write_snapshot(engine, warehouse.data, facts)
