"""Score: signals in, one scored row per account out, on curves and bands of each network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from openclout.errors import NotFound
from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.partials import Partials
from openclout.pipeline.persons import join_persons, score_persons
from openclout.scoring import combine, interval
from openclout.scoring.calibrate import LEAST_SCORED, find_anchors
from openclout.scoring.model import Anchors, Model
from openclout.scoring.run import (
    Curve,
    Evidence,
    learn_curve,
    score_network,
    score_profiles,
    summed,
    totals,
)
from openclout.signal import load_signals
from openclout.vocabulary.period import Period
from openclout.vocabulary.stage import Stage
from openclout.vocabulary.voice import TRACE
from openclout.warehouse import curves
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import (
    network_names,
    newest,
    oldest_act,
    oldest_by_network,
    profile_columns,
)

MOST_WINDOWS = 6  # earlier windows that are looked at for the band
MEASURED, SCORED = 0.7, 0.75  # shares of a run, about; what follows is writing
POOLED = ""  # the name under which the anchors of all networks together are kept


@dataclass(frozen=True, slots=True)
class Run:
    """What a scoring run was: its period, its model, and each network's curve."""

    period: Period
    model: Model
    curves: dict[str, Curve]
    accounts: int
    scored: int
    content: str = ""
    """The digest of the data that it was made from, where partials are kept."""


def latest_period(
    engine: Engine, as_of: datetime | None, window: timedelta, now: datetime
) -> Period:
    """Give the period that ends at `as_of` or, without one, at the newest act or post.

    Where there are accounts but neither acts nor posts, it ends `now`; raises NotFound where there
    is nothing at all.
    """
    if as_of is None:
        found = newest(engine)
        if found is None and not _count(engine, "accounts"):
            raise NotFound("there is nothing to score", fix="openclout import PATH first")
        as_of = found.replace(tzinfo=UTC) if found else now
    return Period(as_of, window)


def score(
    engine: Engine,
    period: Period,
    model: Model,
    progress: Callable[[str], None],
    band: bool = True,
    partials: Partials | None = None,
) -> Run:
    """Make `scored` and `measured` for a period; anchors are kept in the warehouse.

    Earlier windows are measured first, with the counted signals only, to learn the band; without
    `band` none is, and the band is the model's. Those among the `partials` are not measured again,
    and these say whether all signals of this window are wanted.
    """
    join_persons(engine)
    networks = network_names(engine)
    windows = _windows(engine, period, networks) if band else [0] * len(networks)
    earlier = _earlier(engine, period, model, max(windows, default=0), progress, partials)
    begin = _share(len(earlier), len(earlier))
    progress(Stage("measuring this window", begin, MEASURED, engine.share))
    names = partials.names if partials else tuple(load_signals())
    evidence, guarded = _measured(engine, period, model, names, partials)
    anchors = _anchors(engine, evidence, networks, period, model)
    tables: list[Columns] = []
    found: dict[str, Curve] = {}
    progress(Stage("scoring", MEASURED, SCORED))
    for number, network in enumerate(networks):
        mine = evidence.only(evidence.network == number)
        if not len(mine.account):
            continue
        usable = [evidence, *earlier[: windows[number]]]
        curve = learn_curve(usable, number, model, anchors[network])
        curve = replace(curve, guarded=bool(guarded[number]))
        found[network] = curve
        tables.append(score_network(mine, model, curve))
    tables.extend(_profiles(engine, model, found))
    if not tables:  # nobody is scored: the same columns, no row
        nobody = evidence.only(np.zeros(len(evidence.account), bool))
        tables.append(score_network(nobody, model, Curve(model.anchors, model.band, False)))
    engine.load("scored", _stacked(tables))
    score_persons(engine, model, found, anchors[POOLED], evidence, names)
    content = partials.run_key(period) if partials else ""
    return Run(period, model, found, _count(engine, "accounts"), _count(engine, "scored"), content)


def _measured(
    engine: Engine,
    period: Period,
    model: Model,
    names: tuple[str, ...],
    partials: Partials | None,
) -> tuple[Evidence, NDArray[np.bool_]]:
    """Measure a run's own window, or load what was measured of it ahead; keep it."""
    ready = partials.take(period) if partials else None
    if ready:
        evidence, guarded = ready
        columns = dict(zip(evidence.names, evidence.signals.T, strict=True))
        engine.load("measured", {"account": evidence.account, **columns})
    else:
        guarded = measure(engine, period, names, lean=names == model.counted)
        evidence = read_evidence(engine, model.counted)
    if partials:
        partials.keep(period, evidence)
    return evidence, guarded


def earlier_windows(engine: Engine, period: Period) -> list[Period]:
    """Give the earlier windows that a run measures for its bands, the latest first."""
    most = max(_windows(engine, period, network_names(engine)), default=0)
    steps = range(1, most + 1) if most >= interval.LEAST_WINDOWS else ()
    return [period.earlier(step) for step in steps]


def _earlier(
    engine: Engine,
    period: Period,
    model: Model,
    most: int,
    progress: Callable[[str], None],
    partials: Partials | None,
) -> list[Evidence]:
    """Give the earlier windows for which any network has data, the latest first."""
    found = []
    if most >= interval.LEAST_WINDOWS:
        for steps in range(1, most + 1):
            window = period.earlier(steps)
            kept = partials.find(window) if partials else None
            if kept is None:
                words = f"measuring {steps} of {most} earlier windows"
                progress(Stage(words, _share(steps - 1, most), _share(steps, most), engine.share))
                measure(engine, window, model.counted, lean=True)
                kept = read_evidence(engine, model.counted)
                kept = partials.keep(window, kept) if partials else summed(kept, model)
            found.append(kept)
    return found


def _share(windows: int, most: int) -> float:
    """Tell the share of a run that is done after some of the earlier windows, each half of ours."""
    return MEASURED * windows / (most + 2)


def _windows(engine: Engine, period: Period, networks: Sequence[str]) -> list[int]:
    first = oldest_act(engine)
    if first is None or count_windows(first, period) < interval.LEAST_WINDOWS:
        return [0] * len(networks)  # spares the look at every act
    oldest = oldest_by_network(engine)
    return [
        count_windows(oldest[network], period) if network in oldest else 0 for network in networks
    ]


def count_windows(oldest: datetime, period: Period, most: int = MOST_WINDOWS) -> int:
    """Count the earlier windows that a network's data fill, but for a quarter of the first."""
    span = period.as_of - oldest.replace(tzinfo=UTC) + period.h
    return max(min(int(span / period.window) - 1, most), 0)


def _anchors(
    engine: Engine, evidence: Evidence, networks: Sequence[str], period: Period, model: Model
) -> dict[str, Anchors]:
    """Give each network's anchors: kept ones, else its own, else the pooled, else the model's.

    Those of all networks together, by the same rule, stand under POOLED. The accounts must have
    somebody who is vouched for: else a crowd of fakes could give a small network its curve.
    """
    total = totals(evidence, model)
    kept = curves.kept_anchors(engine, model.name, period.window)
    parts = {network: total[evidence.network == n] for n, network in enumerate(networks)}
    vouched = evidence.evidence > TRACE
    sure = {
        network: int(vouched[evidence.network == n].sum()) for n, network in enumerate(networks)
    }
    sure[POOLED] = int(vouched.sum())
    found: dict[str, Anchors] = {}
    for network, part in {**parts, POOLED: total}.items():
        if network in kept:
            found[network] = Anchors(*kept[network])
        elif (own := find_anchors(part, model)) and sure[network] >= LEAST_SCORED:
            pair = (own.middle, own.top)
            curves.keep_anchors(engine, model.name, network, period, pair, len(part))
            found[network] = own
    pooled = replace(found[POOLED], origin="pooled") if POOLED in found else model.anchors
    return {**{network: found.get(network, pooled) for network in networks}, POOLED: pooled}


def _profiles(engine: Engine, model: Model, found: dict[str, Curve]) -> list[Columns]:
    """Score the accounts of networks of which nothing but profiles is known; add their curves."""
    names = tuple(model.profile_weights)
    weights = np.array([model.profile_weights[name] for name in names])
    tables = []
    for network, columns in profile_columns(engine, names).items():
        values = np.column_stack([np.nan_to_num(columns[name]) for name in names])
        anchors = (
            find_anchors(combine.raw_sum(values, weights, np.ones(len(names))), model)
            or model.profile_anchors
        )
        account = columns["account"].astype(np.int64)
        found[network] = Curve(anchors, model.band, False, profiles=True)
        tables.append(score_profiles(account, values, names, model, anchors))
    return tables


def _stacked(tables: Sequence[Columns]) -> Columns:
    """Put the networks' tables under one another."""
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def _count(engine: Engine, table: str) -> int:
    return int(engine.value(f"select count(*) from {table}"))
