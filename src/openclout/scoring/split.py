"""Splitting a change of score between two moments into named parts that add up to it.

Points of signals that are sums over people are told by person, of sums over posts by post, all
others by signal. Nothing is left over: what has no other name is where the curve starts, and its
limits of 0 and 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from openclout.scoring.explain import Explanation

Tie = tuple[float, float, bool]
"""Points, age of the last act in units of h, and whether vouched for."""
Mark = tuple[str, int]
"""A relation (engagers, post_engagement) and the number of one of its rows' account or post."""

SHOWN = "somebody not shown"
_PEOPLE = {
    "new": "people who are new in the window",
    "again": "people who acted again",
    "older": "people who did not act again, and count less as time goes by",
    "gone": "people whose acts are no longer in the window",
    "credibility": "credibility: people who are vouched for now and were not, or were and are not",
}
_CROWD = "people without names"
_POSTS = "posts: how many moved somebody"
_START = "where the curve starts, and its limits of 0 and 100"


@dataclass(frozen=True, slots=True)
class Mover:
    """One person or post within a part: the points it brought then and now."""

    label: str
    before: float
    after: float

    @property
    def points(self) -> float:
        """What it adds to the change."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of a change, in points; `movers` are the people or posts in it, most first."""

    kind: str
    label: str
    points: float
    movers: tuple[Mover, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A score at one moment: `ties` by account and `posts` by post tell the points of signals.

    `told` says of those signals over which relation; others are told by signal.
    """

    explanation: Explanation
    ties: Mapping[int, Tie] = field(default_factory=dict)
    posts: Mapping[int, float] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def split(before: Side, after: Side, since: float, names: Mapping[Mark, str]) -> list[Part]:
    """Split the change between two moments that are `since` units of h apart, by one set of rules.

    The parts add up to the difference of the two scores. `names` are the labels of people and posts
    that may be seen.
    """
    told = {**before.told, **after.told}
    parts = [*_people(before, after, since, names), _crowd(before, after, told)]
    parts.extend(_posts(before, after, told, names))
    parts.extend(_signals(before, after, told))
    rest = after.explanation.base - before.explanation.base
    return [*parts, Part("start", _START, rest)]


def _people(before: Side, after: Side, since: float, names: Mapping[Mark, str]) -> list[Part]:
    groups: dict[str, list[Mover]] = {kind: [] for kind in _PEOPLE}
    for who in sorted(before.ties.keys() | after.ties.keys()):
        old, new = before.ties.get(who), after.ties.get(who)
        label = names.get(("engagers", who), SHOWN)
        mover = Mover(label, old[0] if old else 0.0, new[0] if new else 0.0)
        groups[_kind(old, new, since)].append(mover)
    return [_part(kind, _PEOPLE[kind], movers) for kind, movers in groups.items()]


def _kind(old: Tie | None, new: Tie | None, since: float) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    if old[2] != new[2]:
        return "credibility"
    return "again" if new[1] < since else "older"


def _part(kind: str, label: str, movers: list[Mover]) -> Part:
    ordered = sorted(movers, key=lambda mover: (-abs(mover.points), mover.label))
    return Part(kind, label, sum(mover.points for mover in ordered), tuple(ordered))


def _crowd(before: Side, after: Side, told: Mapping[str, str]) -> Part:
    """Give what those without names brought: what the named did not, of signals over people."""

    def left(side: Side) -> float:
        return _points(side, told, "engagers") - sum(tie[0] for tie in side.ties.values())

    return Part("crowd", _CROWD, left(after) - left(before))


def _posts(
    before: Side, after: Side, told: Mapping[str, str], names: Mapping[Mark, str]
) -> list[Part]:
    movers = [
        Mover(names.get(("post_engagement", post), SHOWN), *points)
        for post in sorted(before.posts.keys() | after.posts.keys())
        if any(points := (before.posts.get(post, 0.0), after.posts.get(post, 0.0)))
    ]
    named = _part("posts", _POSTS, movers)
    whole = _points(after, told, "post_engagement") - _points(before, told, "post_engagement")
    return [named, Part("posts", f"{_POSTS} (the rest)", whole - named.points)]


def _signals(before: Side, after: Side, told: Mapping[str, str]) -> list[Part]:
    """Give a part for each signal that is not told by person or post, with its values."""
    old = {part.signal.name: part for part in before.explanation.contributions}
    parts = []
    for now in after.explanation.contributions:
        then = old[now.signal.name]
        if now.signal.name not in told:
            values = f"{then.value:,.1f} → {now.value:,.1f} {now.signal.unit}"
            points = now.points - then.points
            parts.append(Part("signal", f"{now.signal.label}: {values}", points))
    return sorted(parts, key=lambda part: (-abs(part.points), part.label))


def _points(side: Side, told: Mapping[str, str], relation: str) -> float:
    return sum(
        part.points
        for part in side.explanation.contributions
        if told.get(part.signal.name) == relation
    )
