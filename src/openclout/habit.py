"""Habit: where an account stands on each axis of style, and on which side, step by step of time.

What it did fades with a half-life of one window. A place on an axis is the share of the network's
people below it when its ladder was set, so half are on either side; with little evidence it is
drawn to the middle. One changes sides only where one goes past the middle by MARGIN: a style that
turned with every act would tell nothing.
"""

from collections.abc import Iterator, Mapping
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


def stands(doings: Doings) -> Iterator[Stand]:
    """Give where everybody stands at the end of every step, the last of them unfinished."""
    account, place = np.unique(doings.account, return_inverse=True)
    sums = {name: np.zeros(len(account)) for name in (*PARTS, "weeks", "lived")}
    begun = np.zeros(len(account), bool)
    bounds = np.searchsorted(doings.step, np.arange(doings.last + 2))
    for step in range(doings.last + 1):
        rows = slice(bounds[step], bounds[step + 1])
        part = doings.part if step == doings.last else 1.0
        here = place[rows]
        for total in sums.values():
            np.multiply(total, doings.fade**part, out=total)
        for name in PARTS:
            sums[name][here] += doings.parts[name][rows]
        acted = np.zeros(len(account))
        acted[here] = doings.parts["days"][rows] > 0
        begun |= acted > 0
        sums["weeks"] += acted
        sums["lived"] += np.where(begun, np.maximum(acted, part), 0.0)
        yield _stand(account, sums)


def _stand(account: Ints, sums: Mapping[str, Floats]) -> Stand:
    pairs = (
        (sums["wrote"], sums["wrote"] + sums["lifted"]),
        (sums["talked"], sums["talked"] + sums["listened"]),
        (sums["again"], sums["things"]),
        (sums["weeks"], sums["lived"]),
    )
    amount = np.column_stack([whole for _, whole in pairs])
    some = np.column_stack([part for part, _ in pairs])
    share = np.divide(some, amount, out=np.full_like(some, np.nan), where=amount > 0)
    return Stand(account, share, amount, sums["days"].copy())


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
    rungs = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    apart = np.arange(5) * 1e-12  # rungs that coincide are told from one another
    raw = np.column_stack(
        [
            np.interp(np.nan_to_num(column, nan=half), np.array([0.0, *ladder, 1.0]) + apart, rungs)
            for column, ladder in zip(stand.share.T, ladders, strict=True)
            for half in (ladder[1],)
        ]
    )
    places: Floats = 0.5 + (raw - 0.5) * stand.amount / (stand.amount + _DOUBT)
    return places


@dataclass(slots=True)
class Course:
    """Where accounts got to: how long they are `known`, places and sides (accounts, 4).

    `days` with acts, faded; `shown` are those of whom enough is known, `measured` on every axis.
    """

    places: Floats
    sides: Bools
    begun: Bools
    days: Floats
    shown: Bools
    measured: Bools


def follow(doings: Doings, ladders: list[Ladder]) -> Course:
    """Follow everybody to the end.

    A side is first that of the first act, and changes where a place is past the middle by MARGIN.
    """
    count = len(np.unique(doings.account))
    course = Course(*(np.zeros(shape, kind) for shape, kind in (
        ((count, 4), float), ((count, 4), bool), ((count, 4), bool),
        (count, float), (count, bool), (count, bool),
    )))  # fmt: skip
    for stand in stands(doings):
        _go_on(course, stand, find_places(stand, ladders))
    return course


def _go_on(course: Course, stand: Stand, places: Floats) -> None:
    begun: Bools = stand.amount > 0
    sides: Bools = np.asarray(np.where(begun & ~course.begun, places >= 0.5, course.sides))
    course.sides = (sides | (places > 0.5 + MARGIN)) & ~(places < 0.5 - MARGIN)
    course.places, course.begun, course.days = places, course.begun | begun, stand.days
    course.measured = np.asarray(course.begun.all(axis=1))
    least = np.where(course.shown, LEAST_DAYS / 2, LEAST_DAYS)
    course.shown = np.logical_and(course.measured, stand.days >= least)
