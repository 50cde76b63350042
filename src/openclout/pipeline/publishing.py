"""Publish: what may be seen becomes the snapshot that every reader reads, and is kept."""

from openclout.pipeline.scoring import Run
from openclout.pipeline.styling import style_all
from openclout.pipeline.topics import make_topics
from openclout.signal import load_signals
from openclout.snapshot.facts import Facts, NetworkFacts
from openclout.snapshot.history import keep_run
from openclout.snapshot.writer import write_snapshot
from openclout.topics.vocabulary import load_vocabulary
from openclout.warehouse.engine import Engine
from openclout.warehouse.output import make_people
from openclout.warehouse.store import Warehouse


def publish(warehouse: Warehouse, run: Run, styled: bool = False) -> None:
    """Write the snapshot of a run that has just been scored in this warehouse, and keep the run.

    Styles are made first, unless they are already (`styled`).
    The history comes first: a reader who still sees the old snapshot asks it for what was before.
    """
    facts = facts_of(warehouse.engine, run)
    keep_run(warehouse.engine, warehouse.data, facts, run.content)
    make_topics(warehouse.engine, run, load_vocabulary(warehouse.data))
    make_people(warehouse.engine, list(load_signals()), rounded=False)
    if not styled:
        style_all(warehouse.engine, run.period, run.model)
    write_snapshot(warehouse.engine, warehouse.data, facts)


def facts_of(engine: Engine, run: Run) -> Facts:
    """Give what is to be said of a run that has just been scored in this engine."""
    scored = dict(
        engine.rows("select network, count(*) from scored join accounts using (account) group by 1")
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
    return Facts(period.as_of, period.window, run.model, networks, run.accounts, run.scored)
