"""Moving: why a score is another than it was, split into named parts that add up to the change.

The day that is compared with is measured again, for what was kept of it names nobody. So the change
goes over four scores of the account, and each step between two of them has a name:

    kept then  →  measured again by the rules of then  →  by the rules of now  →  today's  →  shown

records that came or went since  |  another model or curve  |  who acted, and how  |  records again
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from openclout.errors import NotFound
from openclout.pipeline.measuring import measure
from openclout.pipeline.persons import join_persons
from openclout.scoring import combine
from openclout.scoring.explain import Explanation, explain
from openclout.scoring.model import Anchors, Model
from openclout.scoring.split import Mark, Part, Side, split
from openclout.signal import load_signals
from openclout.snapshot.reader import Row, Snapshot
from openclout.snapshot.series import Past
from openclout.snapshot.tie import ENGAGERS, POSTS, is_shared, post_points, tie_points
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine

_LEAST = 1e-12  # points; less is the arithmetic's


@dataclass(frozen=True, slots=True)
class Movement:
    """A change of a score: from `before`, as it was kept, to `after`, as it is published.

    The points of `parts` add up to it. `models` has the score of that day by the rules of then and
    of now, where these differ: measured again, on the curves of then and of now.
    """

    past: Past
    before: float
    after: float
    parts: tuple[Part, ...]
    models: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Rules:
    """A model on a curve."""

    model: Model
    anchors: Anchors

    def explained(self, values: Mapping[str, float]) -> Explanation:
        """Explain the score of an account whose signals have these values."""
        names = self.model.counted
        signals = np.array([[values[name] for name in names]])
        total = combine.raw_sum(signals, *self.model.shape(names))
        score = combine.score(total, self.model, self.anchors)
        return explain(values, float(score[0]), self.model, self.anchors)


def find_past(snapshot: Snapshot, row: Row, span: timedelta) -> Past:
    """Give the kept score that lies about `span` before the snapshot; raises NotFound."""
    label, history = row["label"], snapshot.history
    days = f"{span / timedelta(days=1):g}"
    kept = history.run_before(span)
    if kept is None:
        raise NotFound(
            f"no run of about {days} days before {snapshot.facts.as_of:%Y-%m-%d} is kept",
            place="--since",
            fix="openclout history tells the days that are; openclout backfill adds days",
        )
    past = history.at(row, kept)
    if past.score is None or row["score"] is None:
        when = f"had no score on {kept.day}" if past.score is None else "has no score now"
        raise NotFound(f"{label} {when}", fix=f"openclout history {label} tells the days")
    return past


def move(engine: Engine, snapshot: Snapshot, row: Row, past: Past) -> Movement:
    """Split the change of an account since a kept run; the warehouse's engine measures it again."""
    facts = snapshot.facts
    network = facts.networks.get(row["network"])
    if network is None or network.profiles:
        return _by_signal(snapshot, row, past)
    now = _Rules(facts.model, network.anchors)
    then = _rules_then(snapshot, row, past, now)
    names = tuple(dict.fromkeys([*now.model.counted, *then.model.counted]))
    join_persons(engine)
    old = _measured(engine, Period(past.kept.as_of, facts.window), names, row["number"])
    old_score, before = then.explained(old).score, _side(engine, row["number"], now, old)
    new = _measured(engine, Period(facts.as_of, facts.window), names, row["number"])
    after = _side(engine, row["number"], now, new)
    whole, began = float(row["score"]), float(past.score or 0.0)
    since = (facts.as_of - past.kept.as_of) / facts.window * 4
    late = (old_score - began) + (whole - after.explanation.score)
    steps = [
        Part("records", _RECORDS, late),
        Part(*_rules_text(then, now), before.explanation.score - old_score),
    ]
    parts = [*steps, *split(before, after, since, _marks(engine, snapshot, before, after))]
    found = tuple(part for part in parts if abs(part.points) > _LEAST)
    models = {}
    if then != now:
        models = {then.model.name: old_score, f"{now.model.name} now": before.explanation.score}
        if then.model.name != now.model.name:
            models = {then.model.name: old_score, now.model.name: before.explanation.score}
    return Movement(past, began, whole, found, models)


_RECORDS = "records that were imported or deleted since that day was scored"


def _rules_then(snapshot: Snapshot, row: Row, past: Past, now: _Rules) -> _Rules:
    """Give the model and the curve of a kept run; today's where a signal of it is no more."""
    model = snapshot.history.models[past.kept.rules]
    anchors = past.kept.anchors.get(row["network"], now.anchors)
    if not set(model.counted) <= set(load_signals()):
        return now
    if model.weights == now.model.weights and model.scales == now.model.scales:
        model = now.model
    return _Rules(model, now.anchors if _alike(anchors, now.anchors) else anchors)


def _alike(one: Anchors, other: Anchors) -> bool:
    return (one.middle, one.top) == (other.middle, other.top)


def _rules_text(then: _Rules, now: _Rules) -> tuple[str, str]:
    if then.model.name != now.model.name:
        return "model", f"model {now.model.name} instead of {then.model.name}"
    return "curve", "the curve was set anew"


def _measured(
    engine: Engine, period: Period, names: tuple[str, ...], number: int
) -> dict[str, float]:
    """Measure one account; zeros where nobody acted upon it."""
    measure(engine, period, names, only=number, lean=True)
    columns = ", ".join(f"m.{name}" for name in names)
    rows = engine.records(f"select {columns} from measured m where account = ?", (number,))
    return dict.fromkeys(load_signals(), 0.0) | (rows[0] if rows else {})


def _side(engine: Engine, number: int, rules: _Rules, values: Mapping[str, float]) -> Side:
    """Give an account as it was just measured: its explanation, and who and what brought it."""
    explained = rules.explained(values)
    points = tie_points(engine, number, explained.contributions)
    ties = engine.rows(
        f"select source, {points}, age, vouched from engagers where target = ?"
        " and source is not null order by source",
        (number,),
    )
    posts = engine.rows(
        f"select object, {post_points(explained.contributions)} from post_engagement"
        " where target = ? order by object",
        (number,),
    )
    told = {
        part.signal.name: relation
        for part in explained.contributions
        for relation in (ENGAGERS, POSTS)
        if is_shared(part, relation)
    }
    return Side(explained, {who: tuple(rest) for who, *rest in ties}, dict(posts), told)


def _marks(engine: Engine, snapshot: Snapshot, before: Side, after: Side) -> Mapping[Mark, str]:
    """Give the names of engagers, as far as they may be seen, and of posts."""
    people = snapshot.names_of(sorted(before.ties.keys() | after.ties.keys()))
    numbers = sorted(before.posts.keys() | after.posts.keys())
    posts = engine.rows(
        "select post, coalesce(url, id) from posts where post in (select unnest(?::integer[]))",
        (numbers,),
    )
    return {
        **{(ENGAGERS, number): label for number, label in people.items()},
        **{(POSTS, number): label for number, label in posts},
    }


def _by_signal(snapshot: Snapshot, row: Row, past: Past) -> Movement:
    """Split a change by the points that were kept: of profiles nothing else is known."""
    explained = snapshot.explain(row)
    now = {part.signal.name: part.points for part in explained.contributions}
    parts = [
        Part("signal", load_signals()[name].label, now.get(name, 0.0) - past.points.get(name, 0.0))
        for name in dict.fromkeys([*now, *past.points])
        if name in load_signals()
    ]
    before, after = float(past.score or 0.0), float(row["score"])
    rest = after - before - sum(part.points for part in parts)
    parts.append(Part("start", "where the curve starts", rest))
    return Movement(past, before, after, tuple(p for p in parts if abs(p.points) > _LEAST), {})


def move_person(snapshot: Snapshot, row: Row, past: Past) -> Movement:
    """Split the change of a person since a kept run: by what each account brings."""
    history, kept = snapshot.history, past.kept
    parts = []
    for one in snapshot.members(row):
        before = history.at(one, kept).brings or 0.0
        parts.append(Part("account", f"{one['network']}:{one['label']}", one["brings"] - before))
    before, after = float(past.score or 0.0), float(row["score"])
    rest = after - before - sum(part.points for part in parts)
    parts.append(Part("start", "where the best account's curve starts", rest))
    return Movement(past, before, after, tuple(p for p in parts if abs(p.points) > _LEAST), {})


def shown(parts: Sequence[Part]) -> list[float]:
    """Give the parts' points to one decimal so that they add up to the change so rounded."""
    return combine.rounded([part.points for part in parts])
