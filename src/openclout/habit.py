"""Habit: where an account stands on each axis of style, and on which side, step by step of time.

What it did fades with a half-life of one window. A place on an axis is the share of the network's
people below it when its ladder was set, so half are on either side; with little evidence it is
drawn to the middle. One changes sides only where one goes past the middle by MARGIN: a style that
turned with every act would tell nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Ladder = tuple[float, float, float]
"""The quartiles of a network's people on one axis."""

PARTS = ("wrote", "lifted", "talked", "listened", "days", "things", "again")
"""What is added up of each step; weeks, of which at all and of which with an act, come to it."""
LEAST_DAYS = 3.0
"""Of fewer days with an act of its own, faded, nothing is said; until half of them have faded."""
LEAST_PEOPLE = 30
"""A network of fewer people has no ladder of its own."""
MARGIN = 0.1  # of the network's people
_DOUBT = 3.0  # as many days, things or weeks are added at the middle
_LEAST_BETWEEN = 5  # people who are at neither end of an axis, so that it tells anything


_ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Doings:
    """What the accounts of one network did: arrays of one length, sorted by step and account.

    `step` counts from the first known (0) to `last`, of which only `part` (0 to 1) has passed;
    `fade` is what a step leaves of what was before it.
    """

    account: Ints
    step: Ints
    parts: Mapping[str, Floats]
    last: int
    part: float
    fade: float


@dataclass(frozen=True, slots=True)
class Stand:
    """Where accounts stand, sorted by account; axes in the order of style.AXES.

    `share` (accounts, 4) is what is measured, 0 to 1, NaN where nothing is; `amount` of how much;
    `days` with acts, faded.
    """

    account: Ints
    share: Floats
    amount: Floats
    days: Floats

    @property
    def enough(self) -> Bools:
        """Of whom enough is known to say anything."""
        sure: Bools = (self.days >= LEAST_DAYS) & ~np.isnan(self.share).any(axis=1)
        return sure


class Tally:
    """What accounts did, added up step by step; `account` has them sorted.

    Sums are kept in units that grow as the past fades, so that only who acts is touched in a step.
    """

    def __init__(self, doings: Doings) -> None:
        """Begin before the first step."""
        self._doings = doings
        self.account, begun, self._place = np.unique(
            doings.account, return_index=True, return_inverse=True
        )
        self._first = doings.step[begun]
        self._sums = {name: np.zeros(len(self.account)) for name in (*PARTS, "weeks")}
        self._bounds = np.searchsorted(doings.step, np.arange(doings.last + 2))
        passed = np.ones(doings.last + 1)
        passed[-1] = doings.part
        self._left = doings.fade ** np.cumsum(passed)
        self._lived = np.concatenate([[0.0], np.cumsum(passed / self._left)])
        self._acted_last = np.zeros(len(self.account), bool)

    def rows(self, step: int) -> Ints:
        """Give the places among the accounts of those who act in a step."""
        return self._place[self._bounds[step] : self._bounds[step + 1]]

    def advance(self, step: int) -> None:
        """Add what was done in a step."""
        rows, here = slice(self._bounds[step], self._bounds[step + 1]), self.rows(step)
        for name in PARTS:
            self._sums[name][here] += self._doings.parts[name][rows] / self._left[step]
        self._sums["weeks"][here] += 1 / self._left[step]
        if step == self._doings.last:
            self._acted_last[here] = True

    def days(self, step: int, chosen: Ints | slice = _ALL) -> Floats:
        """Give the days with acts of some accounts, faded to the end of a step."""
        found: Floats = self._sums["days"][chosen] * self._left[step]
        return found

    def regularity(self, step: int, chosen: Ints | slice = _ALL) -> tuple[Floats, Floats]:
        """Give the weeks with an act, and all since the first, faded.

        An unfinished one with an act is a whole one.
        """
        lived = self._lived[step + 1] - self._lived[np.minimum(self._first[chosen], step + 1)]
        if step == self._doings.last:
            lived = lived + self._acted_last[chosen] * (1 - self._doings.part) / self._left[step]
        return self._sums["weeks"][chosen] * self._left[step], lived * self._left[step]

    def stand(self, step: int, chosen: Ints | slice = _ALL) -> Stand:
        """Give where some accounts stand at the end of a step."""
        sums = {name: self._sums[name][chosen] * self._left[step] for name in PARTS}
        pairs = (
            (sums["wrote"], sums["wrote"] + sums["lifted"]),
            (sums["talked"], sums["talked"] + sums["listened"]),
            (sums["again"], sums["things"]),
            self.regularity(step, chosen),
        )
        amount = np.column_stack([whole for _, whole in pairs])
        some = np.column_stack([part for part, _ in pairs])
        share = np.divide(some, amount, out=np.full_like(some, np.nan), where=amount > 0)
        return Stand(self.account[chosen], share, amount, sums["days"])


def last_stand(doings: Doings) -> Stand:
    """Give where everybody stands at the end."""
    tally = Tally(doings)
    for step in range(doings.last + 1):
        tally.advance(step)
    return tally.stand(doings.last)


def find_ladders(stand: Stand) -> list[Ladder | None] | None:
    """Give the quartiles of each axis over those of whom enough is known; None of too few people.

    Where half of them are at one end of an axis, who never share say, the quartiles are those of
    the others: so that nobody at that end is taken for one of the other. None for an axis on which
    nearly all are at an end.
    """
    known = stand.share[stand.enough]
    if len(known) < LEAST_PEOPLE:
        return None
    return [_ladder(column) for column in known.T]


def _ladder(values: Floats) -> Ladder | None:
    between = values[(values > 0) & (values < 1)]
    if len(between) < _LEAST_BETWEEN:
        return None
    middle = np.median(values)
    first, half, third = np.quantile(values if 0 < middle < 1 else between, (0.25, 0.5, 0.75))
    return float(first), float(half), float(third)


def find_places(stand: Stand, ladders: list[Ladder]) -> Floats:
    """Give places on the axes (accounts, 4), 0 to 1, drawn to 0.5 where little is known."""
    columns = zip(stand.share.T, stand.amount.T, ladders, strict=True)
    return np.column_stack([_places(*column) for column in columns])


def _places(share: Floats, amount: Floats, ladder: Ladder) -> Floats:
    rungs = np.array([0.0, *ladder, 1.0]) + np.arange(-2, 3) * 1e-12  # no two coincide
    raw = np.interp(np.nan_to_num(share, nan=ladder[1]), rungs, [0.0, 0.25, 0.5, 0.75, 1.0])
    found: Floats = 0.5 + (raw - 0.5) * amount / (amount + _DOUBT)
    return found


@dataclass(slots=True)
class Course:
    """Where accounts got to, sorted by account: places and sides on the axes (accounts, 4).

    `days` with acts, faded; `shown` are those of whom enough is known, `measured` those on every
    axis.
    """

    account: Ints
    places: Floats
    sides: Bools
    begun: Bools
    days: Floats
    shown: Bools

    @property
    def measured(self) -> Bools:
        """Who was measured on every axis."""
        return np.asarray(self.begun.all(axis=1))


def follow(doings: Doings, ladders: list[Ladder]) -> Course:
    """Follow everybody to the end.

    A side is first that of the first act, and changes where a place is past the middle by MARGIN.
    Of who does nothing in a step only the last axis changes; on the others what is known fades, and
    draws to the middle.
    """
    tally = Tally(doings)
    count = len(tally.account)
    nothing = np.zeros((count, 4), bool)
    course = Course(tally.account, np.full((count, 4), 0.5), nothing, nothing.copy(),
                    np.zeros(count), np.zeros(count, bool))  # fmt: skip
    for step in range(doings.last + 1):
        _go_on(course, tally, step, ladders)
    course.places = find_places(tally.stand(doings.last), ladders)
    course.days = tally.days(doings.last)
    course.shown &= course.days >= LEAST_DAYS / 2
    return course


def _go_on(course: Course, tally: Tally, step: int, ladders: list[Ladder]) -> None:
    here = tally.rows(step)
    if step:
        course.shown[here] &= tally.days(step - 1, here) >= LEAST_DAYS / 2
    tally.advance(step)
    stand = tally.stand(step, here)
    places, begun = find_places(stand, ladders), stand.amount > 0
    fresh = begun & ~course.begun[here]
    course.sides[here] = _turned(np.where(fresh, places >= 0.5, course.sides[here]), places)
    course.begun[here] |= begun
    course.shown[here] |= course.begun[here].all(axis=1) & (stand.days >= LEAST_DAYS)
    weeks, lived = tally.regularity(step)
    share = np.divide(weeks, lived, out=np.full_like(weeks, np.nan), where=lived > 0)
    course.sides[:, 3] = _turned(course.sides[:, 3], _places(share, lived, ladders[3]))


def _turned(sides: Bools, places: Floats) -> Bools:
    """Give the sides at places: the old ones within the margin."""
    return np.asarray((sides | (places > 0.5 + MARGIN)) & ~(places < 0.5 - MARGIN))
