"""Habits: what accounts did themselves, step by step of time, and the ladders of their axes."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from openclout.habit import PARTS, Doings, Ladder
from openclout.style import AXES
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import network_names, network_numbers, not_oneself, relation_sql

_REACH = 4  # windows that are looked back upon; what is older has faded to a sixteenth
_WEEK = timedelta(days=7)
_LEAST_STEPS = 12  # of a window; a week is a step where the window has so many
_DAYS = 7  # of a step: the grain in which acts are counted
_LEAST_KNOWN = 4  # steps of which anything must be known
_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
"""Steps begin at the same moments whenever one asks, so that each run sees the others' steps."""


class Habits:
    """What accounts did until the end of a period, network by network."""

    def __init__(self, engine: Engine, period: Period) -> None:
        """Count the acts of the last four windows; needs `persons`."""
        self._period = period
        self._step = min(_WEEK, period.window / _LEAST_STEPS)
        day = _microseconds(self._step) // _DAYS
        reach = Period(period.as_of, _REACH * period.window)
        given = {
            "day": str(day),
            "days": str(_DAYS),
            "anchor": str(_microseconds(_MONDAY - datetime(1970, 1, 1, tzinfo=UTC))),
            "not_oneself": not_oneself(engine),
        }
        for relation in ("doings", "habits", "returns"):
            engine.run(relation_sql(relation, reach, given))
        self._rows = engine.columns(
            f"select account, step, {network_numbers('a.network')}::integer as network,"
            f" {', '.join(f'coalesce({name}, 0) as {name}' for name in (*PARTS, 'posted'))}"
            " from habits left join returns using (account, step) join accounts a using (account)"
            " where not starts_with(a.id, '~') order by step, account"
        )
        self._names = network_names(engine)

    def networks(self) -> Iterator[tuple[str, Doings, str | None]]:
        """Give each network on which anybody did anything: its name, the doings, what is lacking.

        What is lacking, if anything, is a key of style.load_reasons: no style can be told there.
        """
        ends = (self._period.as_of - _MONDAY) / self._step
        last = int(np.floor(ends))
        for number, name in enumerate(self._names):
            chosen = self._rows["network"] == number
            if not chosen.any():
                continue
            rows = {key: column[chosen] for key, column in self._rows.items()}
            first = int(rows["step"].min())
            yield name, self._doings(rows, first, last, ends - last), _lacking(rows, last - first)

    def _doings(self, rows: Columns, first: int, last: int, part: float) -> Doings:
        return Doings(
            rows["account"].astype(np.int64),
            rows["step"].astype(np.int64) - first,
            {name: rows[name].astype(np.float64) for name in PARTS},
            last - first,
            part,
            0.5 ** (self._step / self._period.window),
        )


def _lacking(rows: Columns, steps: int) -> str | None:
    """Tell what the data of a network cannot say about anybody; a key of style.load_reasons."""
    lacks = {
        "no_posts": not rows["posted"].any(),
        "no_shares": not rows["lifted"].any(),
        "no_talk": not rows["talked"].any(),
        "short": steps < _LEAST_KNOWN,
    }
    return next((reason for reason, lacking in lacks.items() if lacking), None)


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


def kept_ladders(engine: Engine, model: str, window: timedelta) -> dict[str, list[Ladder]]:
    """Give the newest ladders of each network, by axis; "" is all networks pooled."""
    rows = engine.rows(
        'select network, axis, first, middle, third from ladders where model = ? and "window" = ?'
        " qualify version = max(version) over (partition by network)",
        (model, int(window.total_seconds())),
    )
    found: dict[str, dict[str, Ladder]] = {}
    for network, axis, *ladder in rows:
        found.setdefault(network, {})[axis] = (ladder[0], ladder[1], ladder[2])
    return {network: [axes[axis] for axis in AXES] for network, axes in found.items()}


def keep_ladders(
    engine: Engine, model: str, network: str, period: Period, ladders: Mapping[str, Ladder],
    people: int,
) -> None:  # fmt: skip
    """Write a network's ladders, by axis, as its next version."""
    seconds = int(period.window.total_seconds())
    version = engine.value(
        "select coalesce(max(version), 0) + 1 from ladders"
        ' where model = ? and network = ? and "window" = ?',
        (model, network, seconds),
    )
    as_of = period.as_of.replace(tzinfo=None)
    for axis, ladder in ladders.items():
        engine.run(
            "insert into ladders values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (model, network, seconds, version, axis, *ladder, people, as_of),
        )
