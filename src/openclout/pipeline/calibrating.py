"""Calibrate: what a new curve, or a new model, changes for those who are scored."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.persons import join_persons
from openclout.pipeline.scoring import POOLED
from openclout.scoring import combine
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.model import Anchors, Model
from openclout.scoring.run import Evidence, totals
from openclout.vocabulary.period import Period
from openclout.warehouse import curves
from openclout.warehouse.engine import Engine
from openclout.warehouse.measure import network_names

Floats = NDArray[np.float64]
Parts = Mapping[str, Floats]
"""R of the scored accounts by network; POOLED is all of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One network's scores before and after, account by account, and the curves they stand on."""

    network: str
    old: Anchors
    new: Anchors
    before: Floats
    after: Floats

    @property
    def moved(self) -> Floats:
        """The points by which each account's score changes."""
        return self.after - self.before


def calibrate(engine: Engine, period: Period, model: Model) -> list[Change]:
    """Renew the anchors of every network with 100 scored accounts, as the next version.

    The old ones are kept beside them. The scores themselves change at the next `score`.
    """
    parts = _parts(engine, period, model)
    old = _curves(engine, period, model, parts)
    kept = curves.kept_anchors(engine, model.name, period.window)
    changes = []
    with engine.transaction():
        for network, total in parts.items():
            new = find_anchors(total, model)
            if new is None:
                continue
            pair = (new.middle, new.top)
            if kept.get(network) != pair:
                curves.keep_anchors(engine, model.name, network, period, pair, len(total))
            if network != POOLED:
                changes.append(_change(network, total, total, (model, old[network]), (model, new)))
    return changes


def compare_models(engine: Engine, period: Period, old: Model, new: Model) -> list[Change]:
    """Score everybody by two models, each on the curve kept for it, else on that of these data."""
    first, second = (_parts(engine, period, model) for model in (old, new))
    here = _curves(engine, period, old, first)
    there = _curves(engine, period, new, second)
    return [
        _change(network, first[network], second[network], (old, here[network]),
                (new, there[network]))
        for network in first
        if network != POOLED and len(first[network])
    ]  # fmt: skip


def _parts(engine: Engine, period: Period, model: Model) -> Parts:
    """Measure a period, and give R by network."""
    join_persons(engine)
    measure(engine, period, model.counted)
    evidence: Evidence = read_evidence(engine, model.counted)
    total = totals(evidence, model)
    networks = enumerate(network_names(engine))
    return {**{name: total[evidence.network == n] for n, name in networks}, POOLED: total}


def _curves(engine: Engine, period: Period, model: Model, parts: Parts) -> dict[str, Anchors]:
    """Give each network's curve: kept, else of these data, else pooled, else the model's."""
    kept = curves.kept_anchors(engine, model.name, period.window)
    found = {
        network: Anchors(*kept[network]) if network in kept else find_anchors(total, model)
        for network, total in parts.items()
    }
    pooled = found[POOLED] or model.anchors
    return {network: anchors or pooled for network, anchors in found.items()}


def _change(
    network: str,
    before: Floats,
    after: Floats,
    old: tuple[Model, Anchors],
    new: tuple[Model, Anchors],
) -> Change:
    return Change(network, old[1], new[1], combine.score(before, *old), combine.score(after, *new))


QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


def summary(change: Change) -> dict[str, object]:
    """Give a change as plain data: its curves, and the quantiles of the points moved."""
    moved: list[float] = np.quantile(change.moved, QUANTILES).tolist() if len(change.moved) else []
    return {
        "network": change.network,
        "accounts": len(change.moved),
        "middle": [change.old.middle, change.new.middle],
        "top": [change.old.top, change.new.top],
        "moved": {f"{q:g}": round(m, 2) for q, m in zip(QUANTILES, moved, strict=False)},
        "moved_more_than_5": int((np.abs(change.moved) > 5).sum()),
    }
