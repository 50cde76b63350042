"""Backfilling: many days scored from what was imported, each as `score --as-of` that day does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from openclout.pipeline.measuring import measure_side_by_side
from openclout.pipeline.partials import Partials
from openclout.pipeline.publishing import facts_of
from openclout.pipeline.scoring import POOLED, earlier_windows, score
from openclout.scoring.model import Model
from openclout.signal import load_signals
from openclout.snapshot.history import Kept, keep_run, read_book
from openclout.vocabulary.period import Period
from openclout.vocabulary.stage import Stage
from openclout.warehouse import curves
from openclout.warehouse.measure import oldest_act
from openclout.warehouse.store import Warehouse
from openclout.warehouse.worlds import most_worlds

_AHEAD = 30  # days whose windows are measured at a time
_PASSES = 3  # a day may give a network its curve, which moves days that were done before it
_MOMENT = timedelta(microseconds=1)

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What became of the days: scored now, kept already, and without any act before their end."""

    scored: int
    kept: int
    empty: int
    first: datetime | None
    last: datetime | None


def moments(last: datetime, days: int, every: timedelta) -> list[datetime]:
    """Give the moments to score at, oldest first: `last`, and the ends of the days before it.

    >>> [f"{end:%m-%d %H h}" for end in moments(datetime(2026, 3, 3, 15), 3, timedelta(days=1))]
    ['03-02 00 h', '03-03 00 h', '03-03 15 h']
    """
    midnight = last.replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight if midnight == last else midnight + timedelta(days=1)
    count = int((timedelta(days=days) - timedelta(microseconds=1)) / every) + 1
    return [*(end - place * every for place in range(count - 1, 0, -1)), last]


def backfill(
    warehouse: Warehouse,
    ends: Sequence[datetime],
    window: timedelta,
    model: Model,
    progress: Callable[[str], None],
) -> Backfilled:
    """Score the days that end at `ends`, oldest first, and keep them; those kept already stay.

    The newest is done first: it sets the curves of networks that have none, as `score` would have
    done. A day is kept already if it was made from the same data, by the same rules and curves: so
    a backfill that was stopped goes on where it was.
    """
    engine = warehouse.engine
    partials = Partials(engine, warehouse.data, model, lean=True)
    oldest = oldest_act(engine)
    rows = int(engine.value("select count(*) from interactions"))
    known = [end for end in ends if oldest and end.replace(tzinfo=None) > oldest]
    order = [*known[-1:], *known[:-1]]
    done = 0
    for _pass in range(_PASSES):
        due = _due(warehouse, [Period(end, window) for end in order], model, partials)
        with engine.small(rows):
            for place, period in enumerate(due):
                if place in (0, 1) or (place - 1) % _AHEAD == 0:
                    ahead = due[:1] if not place else due[place : place + _AHEAD]
                    _measure_ahead(warehouse, ahead, model, partials)
                words = f"day {place + 1:,} of {len(due):,}: {period.as_of - _MOMENT:%Y-%m-%d}"
                progress(Stage(words, place / len(due), (place + 1) / len(due)))
                run = score(engine, period, model, _quietly, partials=partials)
                keep_run(engine, warehouse.data, facts_of(engine, run), run.content)
        done = done or len(due)
        if not due:
            break
    partials.release()
    first, last = (known[0], known[-1]) if known else (None, None)
    return Backfilled(done, len(known) - done, len(ends) - len(known), first, last)


def _measure_ahead(
    warehouse: Warehouse, periods: Sequence[Period], model: Model, partials: Partials
) -> None:
    """Measure what some days need and nobody has measured yet, many windows at a time.

    Where the data are large, or a signal asks for ranks, nothing: each day measures its own.
    """
    engine = warehouse.engine
    most = most_worlds(engine)
    if most < 2 or any(load_signals()[name].over == "standing" for name in model.counted):
        return
    own = dict.fromkeys(periods)
    others = [window for period in periods for window in earlier_windows(engine, period)]
    wanted = [*own, *(one for one in dict.fromkeys(others) if one not in own)]
    missing = [one for one in wanted if one in own or partials.find(one) is None]
    for place in range(0, len(missing), most):
        some = missing[place : place + most]
        found = measure_side_by_side(engine, some, model.counted)
        for period, (evidence, guarded) in zip(some, found, strict=True):
            partials.keep(period, evidence)
            if period in own:
                partials.prepare(period, evidence, guarded)


def _due(
    warehouse: Warehouse, periods: Sequence[Period], model: Model, partials: Partials
) -> list[Period]:
    """Give the periods that are not kept as they would be made now."""
    now = curves.kept_anchors(warehouse.engine, model.name, periods[0].window) if periods else {}
    kept = {
        (one.as_of, one.window): one
        for one in read_book(warehouse.data).runs
        if one.model == model.name
    }
    found = []
    for period in periods:
        one = kept.get((period.as_of, period.window))
        fresh = one is not None and one.content == partials.run_key(period)
        if one is None or not fresh or not _same_curves(one, now):
            found.append(period)
    return found


def _same_curves(kept: Kept, now: dict[str, Pair]) -> bool:
    """Tell whether a run's networks still have the curves that it was made with."""
    for network, anchors in kept.anchors.items():
        pair = (anchors.middle, anchors.top)
        if network in now and now[network] != pair:
            return False
        if network not in now and anchors.origin == "pooled" and now.get(POOLED, pair) != pair:
            return False
        if network not in now and anchors.origin == "model" and POOLED in now:
            return False
    return True


def _quietly(_text: str) -> None:
    """Say nothing of the stages within a day."""
