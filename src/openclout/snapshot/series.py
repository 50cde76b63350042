"""Series: the kept scores of an account over time, and how far they moved.

What a reader asks of the history (history.py), for accounts that the snapshot shows: whoever opted
out is found by nobody, and so is what was kept of them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openclout.errors import WarehouseError
from openclout.scoring.model import Model
from openclout.snapshot.facts import Facts
from openclout.snapshot.history import PARTS, Kept, day_of, read_book, rows_of, rules_of
from openclout.warehouse.engine import Engine, Fault

Row = dict[str, Any]
SPANS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
"""What a change is told over."""
_SLACK = 4  # a run counts as a span ago within this part of the span, or half a day
_NO_POINTS = {
    "run", "number", "members", "score", "low", "high", "provisional", "quiet", "brings",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Past:
    """One account's score in one kept run; `score` is None where it had none then.

    `points` are those of the signals by name, to 1 / PARTS; with `base` they add up to the score.
    A person's row has no points; `brings` is what an account of a person brings to it.
    """

    kept: Kept
    score: float | None
    low: float | None
    high: float | None
    provisional: bool | None
    quiet: bool | None
    points: dict[str, float]
    brings: float | None = None

    @property
    def base(self) -> float:
        """What the points do not add up to: where the curve starts."""
        return (self.score or 0.0) - sum(self.points.values())


@dataclass(frozen=True, slots=True)
class Change:
    """How far a score moved since a kept run; `points` is None where there was no score then."""

    day: date
    as_of: datetime
    model: str
    before: float | None
    points: float | None


class History:
    """The kept runs of a data folder, beside its snapshot."""

    def __init__(self, engine: Engine, data: Path, facts: Facts) -> None:
        """Open what is kept of the snapshot's window; `engine` has the view `people`."""
        book = read_book(data)
        self._engine, self._data, self._facts = engine, data, facts
        self.models: dict[str, Model] = book.models
        self.runs = tuple(kept for kept in book.runs if kept.window == facts.window)
        self.rules = rules_of(facts.model)

    def of(self, row: Row) -> list[Past]:
        """Give the scores of an account or a person of the snapshot, oldest first, by all models.

        Runs in which it had no score are left out.
        """
        return self._read(row, self.runs)

    def line(self, row: Row) -> list[Past]:
        """Give one score a day, by the snapshot's model where that day was scored by it."""
        days: dict[date, Past] = {}
        for past in self.of(row):
            known = days.get(past.kept.day)
            if known is None or known.kept.model != self._facts.model.name:
                days[past.kept.day] = past
        return [days[day] for day in sorted(days)]

    def at(self, row: Row, kept: Kept) -> Past:
        """Give the score of an account in one run, also where it had none."""
        found = self._read(row, (kept,))
        return found[0] if found else Past(kept, None, None, None, None, None, {})

    def changes_of(self, row: Row) -> dict[str, Change | None]:
        """Give the change over a day, a week and a month; None where no run was kept then."""
        return {name: self.change_since(row, span) for name, span in SPANS.items()}

    def change_since(self, row: Row, span: timedelta) -> Change | None:
        """Tell how far a score moved since about `span` before the snapshot; None: no run then."""
        kept = self.run_before(span)
        if kept is None:
            return None
        before, now = self.at(row, kept).score, row["score"]
        points = None if before is None or now is None else now - before
        return Change(kept.day, kept.as_of, kept.model, before, points)

    def run_before(self, span: timedelta, slack: timedelta | None = None) -> Kept | None:
        """Give the run nearest to `span` before the snapshot, the snapshot's model first.

        None where there is none within `slack`: if not given, a quarter of the span or half a day.
        """
        most = slack or max(span / _SLACK, timedelta(hours=12))
        near = [
            (distance, kept.model != self._facts.model.name, kept.run)
            for kept in self.runs
            if kept.as_of < self._facts.as_of
            and (distance := _distance(kept, self._facts.as_of, span)) <= most
        ]
        chosen = min(near)[-1] if near else None
        return next((kept for kept in self.runs if kept.run == chosen), None)

    def changes(self, span: timedelta, network: str | None = None) -> list[Row]:
        """Give everybody's change since about `span` before the snapshot, the largest first.

        Rows have number, network, account, label, score, before, change and provisional; empty
        where no run was kept then. Who had no score then or has none now is left out.
        """
        kept = self.run_before(span)
        if kept is None:
            return []
        return self._records(
            "select p.number, p.network, p.account, p.label, p.score, h.score as before,"
            " p.score - h.score as change, p.provisional from people p"
            f" join {rows_of(self._data, [kept.file])} h on h.number = p.number"
            f" where h.run = {kept.run} and h.members is null and p.level = 'account'"
            " and p.score is not null and p.network = coalesce(?, p.network)"
            " order by abs(p.score - h.score) desc, p.network, p.account",
            (network,),
        )

    def _read(self, row: Row, runs: tuple[Kept, ...]) -> list[Past]:
        if not runs:
            return []
        numbered = {kept.run: kept for kept in runs}
        files = rows_of(self._data, [kept.file for kept in runs])
        chosen = ", ".join(map(str, numbered))
        if row["level"] == "person":
            condition = (
                "members is not null and list_has_any(members, (select list(account) from members"
                " where leader = ?))"
            )
        else:
            condition = "members is null and number = ?"
        rows = self._records(
            f"select * from {files} where {condition} and run in ({chosen})"
            " order by run, score desc",
            (row["number"],),
        )
        found: dict[int, Past] = {}
        for one in rows:  # of a person's parts that were apart then, the highest
            found.setdefault(one["run"], _past(numbered[one["run"]], one))
        return sorted(found.values(), key=lambda past: (past.kept.as_of, past.kept.run))

    def _records(self, sql: str, values: tuple[object, ...]) -> list[Row]:
        try:
            return self._engine.records(sql, values)
        except Fault as error:
            raise WarehouseError(
                f"the history cannot be read ({str(error).splitlines()[0]})",
                place=str(self._data / "history"),
                fix="restore a backup, or delete the folder and make it anew: openclout backfill",
            ) from None


def _distance(kept: Kept, as_of: datetime, span: timedelta) -> timedelta:
    """Tell how far a run is from a span before; whole days are counted as days are named."""
    if span % timedelta(days=1):
        return abs(as_of - kept.as_of - span)
    return abs(day_of(as_of) - kept.day - span)


def _past(kept: Kept, row: Row) -> Past:
    points = {
        name: value / PARTS
        for name, value in row.items()
        if name not in _NO_POINTS and value is not None
    }
    return Past(
        kept, row["score"], row["low"], row["high"], row["provisional"], row["quiet"],
        points, row["brings"],
    )  # fmt: skip
