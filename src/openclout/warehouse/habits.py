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
        self._names = network_names(engine)
        reach = Period(period.as_of, _REACH * period.window)
        posting = {row[0] for row in engine.rows(_posting_sql(reach))}
        self.lacks = {name: "no_posts" for name in self._names if name not in posting}
        self._rows = self._count(engine, reach) if posting else {}

    def _count(self, engine: Engine, reach: Period) -> Columns:
        """Give what each account did in each step, with the number of its network (-1: none)."""
        day = _microseconds(self._step) // _DAYS
        given = {
            "day": str(day),
            "days": str(_DAYS),
            "step": str(day * _DAYS),
            "anchor": str(_microseconds(_MONDAY - datetime(1970, 1, 1, tzinfo=UTC))),
            "not_oneself": not_oneself(engine),
        }
        for relation in ("doings", "habits", "returns"):
            engine.run(relation_sql(relation, reach, given))
        rows = engine.columns(
            "select account, step,"
            f" {', '.join(f'coalesce({name}, 0) as {name}' for name in PARTS)}"
            " from habits left join returns using (account, step) order by step, account"
        )
        named = engine.columns(
            f"select account, case when starts_with(id, '~') then -1 else"
            f" {network_numbers('network')} end::integer as network from accounts"
        )
        home = np.zeros(int(named["account"].max(initial=-1)) + 1, np.int32)
        home[named["account"]] = named["network"]
        return {**rows, "network": home[rows["account"]]}

    def networks(self) -> Iterator[tuple[str, Doings]]:
        """Give each network whose data tell of all axes, with what its people did.

        Of the others `lacks` tells, when all are given, what is lacking: style.load_reasons' keys.
        """
        ends = (self._period.as_of - _MONDAY) / self._step
        last = int(np.floor(ends))
        for number, name in enumerate(self._names):
            if name in self.lacks:
                continue
            chosen = self._rows["network"] == number
            rows = {key: column[chosen] for key, column in self._rows.items()}
            first = int(rows["step"].min(initial=last))
            lacking = _lacking(rows, last - first)
            if lacking:
                self.lacks[name] = lacking
            else:
                yield name, self._doings(rows, first, last, ends - last)

    def _doings(self, rows: Columns, first: int, last: int, part: float) -> Doings:
        return Doings(
            rows["account"].astype(np.int64),
            rows["step"].astype(np.int64) - first,
            {name: rows[name].astype(np.float64) for name in PARTS},
            last - first,
            part,
            0.5 ** (self._step / self._period.window),
        )


def _posting_sql(reach: Period) -> str:
    """Give the networks on which anybody posted of their own accord."""
    return (
        "select distinct network from posts where author is not null and in_reply_to is null"
        f" and published > timestamp '{reach.start:%Y-%m-%d %H:%M:%S.%f}'"
        f" and published <= timestamp '{reach.as_of:%Y-%m-%d %H:%M:%S.%f}'"
    )


def _lacking(rows: Columns, steps: int) -> str | None:
    """Tell what the data of a network cannot say about anybody; a key of style.load_reasons."""
    lacks = {
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
