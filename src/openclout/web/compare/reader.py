"""People side by side; parts are those of the profile, by the names of signals."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import orjson
from numpy.typing import NDArray

from openclout.scoring import interval
from openclout.signal import Signal, load_signals
from openclout.snapshot.facts import Facts
from openclout.snapshot.outlook import chance_above, find_outlook
from openclout.web.published.models import Person
from openclout.web.published.state import Current, current_publication

MOST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One signal: its points for each of those compared; `signal` None is where curves start."""

    signal: Signal | None
    points: list[float]


@dataclass(frozen=True, slots=True)
class Step:
    """Two that follow each other by score; `chance` (0 to 1) that the next window shows it too.

    `chance` is None where no past is known; `sure`: the difference is beyond what chance moves.
    """

    higher: Person
    lower: Person
    points: float
    chance: float | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those found, highest first, their parts, the steps between them, and who was not found."""

    people: list[Person]
    rows: list[Row]
    steps: list[Step]
    missing: list[str]


def compare(slugs: list[str]) -> Comparison:
    """Compare people by the addresses of their pages, so many at most; queries: three."""
    wanted = list(dict.fromkeys(slug.strip().lower().removeprefix("@") for slug in slugs))[:MOST]
    wanted = [slug for slug in wanted if slug]
    current = current_publication()
    found = list(Person.objects.filter(slug__in=wanted)) if current else []
    leaders = {row.id: row for row in found if row.level == "person"}
    chosen = {
        row.slug: leaders.get(row.person or 0, row) for row in found if row.level == "account"
    }
    unique = {row.id: row for row in chosen.values() if row.score is not None}
    people = sorted(unique.values(), key=lambda row: -(row.score or 0))
    missing = [slug for slug in wanted if slug not in chosen]
    if current is None:
        return Comparison([], [], [], wanted)
    steps = [_step(higher, lower, current.facts) for higher, lower in pairwise(people)]
    return Comparison(people, _rows(people, current), steps, missing)


def _rows(people: list[Person], current: Current) -> list[Row]:
    members = Person.objects.filter(person__in=[p.id for p in people if p.level == "person"])
    grouped: dict[int, list[Person]] = {}
    for row in members:
        grouped.setdefault(row.person or 0, []).append(row)
    parts = [_points(row, grouped.get(row.id, [row]), current.signals) for row in people]
    known = load_signals()
    names = {name for one in parts for name in one if name in known}
    rows = [Row(known[name], [one.get(name, 0.0) for one in parts]) for name in names]
    rows.sort(key=lambda row: (min(row.points) - max(row.points), str(row.signal)))
    bases = [(row.score or 0) - sum(one.values()) for row, one in zip(people, parts, strict=True)]
    shown = [row for row in rows if max(row.points) >= 0.05]
    return [*shown, Row(None, bases)] if people else []


def _points(row: Person, accounts: list[Person], signals: tuple[str, ...]) -> dict[str, float]:
    """Give the points of each signal, those of a person's accounts together."""
    points: dict[str, float] = {}
    for account in accounts:
        packed = orjson.loads(account.parts or "[]")
        whole = sum(packed[1::2])
        first = row.level == "account" or account.id == row.id - 1
        share = 1.0 if first else (account.brings or 0.0) / whole if whole > 0 else 0.0
        for name, one in zip(signals, packed[1::2], strict=False):
            points[name] = points.get(name, 0.0) + one * share
    return points


def _step(higher: Person, lower: Person, facts: Facts) -> Step:
    points = (higher.score or 0.0) - (lower.score or 0.0)
    chance = chance_above(_outlook(higher, facts), _outlook(lower, facts))
    apart = (lower.high or 100) < (higher.low or 0)
    return Step(higher, lower, points, chance, apart if chance is None else chance >= interval.SURE)


def _outlook(row: Person, facts: Facts) -> NDArray[np.float64] | None:
    """Give an account's possible later scores; None for a person, of whom no past is known."""
    if row.level != "account" or row.evidence is None:
        return None
    return find_outlook(facts, row.network, row.score or 0.0, row.evidence, bool(row.quiet))
