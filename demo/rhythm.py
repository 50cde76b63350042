"""Who acts on whom, and when: habits that last for months, days of the week, times of day."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from demo.people import Person

_WEEKDAYS = (0.85, 0.95, 1.0, 0.95, 0.75, 0.6, 0.9)  # Monday first
_MEAN = sum(_WEEKDAYS) / 7
_WEEK = timedelta(weeks=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tie:
    """A habit: `source` acts on `target` about `rate` times a week, from `since` until `until`.

    A steady one comes back every week, whatever happens.
    """

    source: Person
    target: Person
    since: datetime
    until: datetime
    rate: float = 1.0
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """`actor` posts something at this moment, or turns to `target`, who is not None then."""

    at: datetime
    actor: Person
    target: Person | None = None


def draw_moments(
    rate: float, since: datetime, until: datetime, hour: float, rng: Random
) -> list[datetime]:
    """Draw whole seconds in order, `rate` a week on average, around an hour of the day."""
    moments: list[datetime] = []
    at = since
    while rate > 0 and (at := at + _WEEK * rng.expovariate(rate / _MEAN)) < until:
        if rng.random() < _WEEKDAYS[at.weekday()]:
            moment = _at_hour(at, rng.gauss(hour, 2.5))
            if since <= moment < until:
                moments.append(moment)
    return sorted(moments)


def draw_ties(people: Sequence[Person], rng: Random, life: timedelta) -> list[Tie]:
    """Draw everybody's habits: a few places in their attention, each held by one for a while.

    `life` is how long a habit lasts on average.
    """
    pools = {}
    ties: list[Tie] = []
    for person in people:
        kind = (person.topic, person.language)
        if kind not in pools:
            pools[kind] = list(accumulate(_pull(other, kind) for other in people))
        ties += _habits(person, people, pools[kind], rng, life)
    return ties


def draw_events(people: Iterable[Person], ties: Iterable[Tie], rng: Random) -> list[Event]:
    """Draw all posts and all acts of habit, in the order in which they happen."""
    events = [
        Event(at, person)
        for person in people
        for at in draw_moments(person.posts, person.joined, person.left, person.hour, rng)
    ]
    for tie in ties:
        events += (Event(at, tie.source, tie.target) for at in _acts(tie, rng))
    return sorted(events, key=lambda e: (e.at, e.actor.handle, e.target.handle if e.target else ""))


def wait(at: datetime, mean: timedelta, rng: Random) -> datetime:
    """Give a later moment, whole seconds, at least a minute after."""
    later = at + _MINUTE + mean * rng.expovariate(1.0)
    return later.replace(microsecond=0)


def draw_count(mean: float, rng: Random) -> int:
    """Draw a number of rare things (Poisson).

    >>> [draw_count(0.0, Random(1)), draw_count(2.0, Random(1)) >= 0]
    [0, True]
    """
    number, total = 0, rng.expovariate(1.0)
    while total < mean:
        number, total = number + 1, total + rng.expovariate(1.0)
    return number


def _at_hour(day: datetime, hour: float) -> datetime:
    midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(seconds=int(hour * 3600) % 86400)


def _pull(person: Person, kind: tuple[str, str]) -> float:
    """How much somebody attracts people of this topic and language."""
    topic, language = kind
    nearness = (3.0 if person.topic == topic else 1.0) * (1.5 if person.language == language else 1)
    return person.appeal * nearness


def _habits(
    person: Person, people: Sequence[Person], pull: list[float], rng: Random, life: timedelta
) -> Iterator[Tie]:
    places = 3 + min(int(rng.expovariate(0.25)), 11)
    whole = sum(1 / (place + 1) for place in range(places))
    for place in range(places if person.acts else 0):
        at, rate = person.joined, person.acts / (place + 1) / whole
        while at < person.left:
            until = min(at + life * rng.expovariate(1.0) + _WEEK, person.left)
            target = people[bisect_left(pull, rng.random() * pull[-1])]
            if target is not person and target.joined <= at < target.left:
                yield Tie(person, target, at, min(until, target.left), rate)
                at = until
            else:
                at += _WEEK  # looking around


def _acts(tie: Tie, rng: Random) -> Iterator[datetime]:
    if not tie.steady:
        yield from draw_moments(tie.rate, tie.since, tie.until, tie.source.hour, rng)
        return
    at = tie.since + _WEEK * rng.random()
    while at < tie.until:
        if rng.random() < 0.94:  # a holiday now and then
            yield at.replace(microsecond=0)
        at += _WEEK + timedelta(days=rng.gauss(0.0, 0.7))
