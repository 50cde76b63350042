"""Curves: the anchors of each network, model and window length, set once and kept."""

from datetime import timedelta

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine

Pair = tuple[float, float]
"""(middle, top)"""


def kept_anchors(engine: Engine, model: str, window: timedelta) -> dict[str, Pair]:
    """Give the newest version of the anchors of each network; "" is all networks pooled."""
    rows = engine.rows(
        "select network, arg_max(middle, version), arg_max(top, version) from anchors"
        ' where model = ? and "window" = ? group by network',
        (model, int(window.total_seconds())),
    )
    return {network: (middle, top) for network, middle, top in rows}


def keep_anchors(
    engine: Engine, model: str, network: str, period: Period, pair: Pair, scored: int
) -> None:
    """Write a network's anchors as its next version."""
    seconds = int(period.window.total_seconds())
    version = engine.value(
        "select coalesce(max(version), 0) + 1 from anchors"
        ' where model = ? and network = ? and "window" = ?',
        (model, network, seconds),
    )
    engine.run(
        "insert into anchors values (?, ?, ?, ?, ?, ?, ?, ?)",
        (model, network, seconds, version, *pair, scored, period.as_of.replace(tzinfo=None)),
    )
