"""The parts of a score: what each signal adds, and what moved since a week ago."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import orjson

from openclout.scoring.combine import rounded
from openclout.signal import Signal, load_signals
from openclout.web.published.models import Person


@dataclass(frozen=True, slots=True)
class Part:
    """One signal's part of a score: its value in its unit, its points, rounded to add up.

    `account` is the network of the account that brought it, for a person with several. `start` is
    where it begins on the line from 0 to 100.
    """

    signal: Signal
    value: float
    points: float
    shown: float
    account: str
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Moved:
    """A part of a change: the signal, None for the curve, and its points more or less."""

    signal: Signal | None
    points: float


def contributions(
    person: Person, accounts: list[Person], signals: tuple[str, ...]
) -> tuple[float, list[Part]]:
    """Give base and parts that add up to the score as shown; none where there is no score.

    As in scoring.explain: the best account brings its own parts and the base, what others bring
    is split among their parts in the proportion in which these stand in their own scores.
    """
    if person.score is None:
        return 0.0, []
    found: list[tuple[str, float, float, str]] = []
    for place, row in enumerate(accounts):
        packed = orjson.loads(row.parts or "[]")
        whole = sum(packed[1::2])
        share = 1.0 if not place else (row.brings or 0.0) / whole if whole > 0 else 0.0
        pairs = zip(signals, packed[::2], packed[1::2], strict=False)
        found += [(name, value, points * share, row.network) for name, value, points in pairs]
    base = person.score - sum(points for _name, _value, points, _network in found)
    shown = rounded([base, *(points for _name, _value, points, _network in found)])
    known = load_signals()
    parts = [
        Part(known[name], value, points, tenths, network)
        for (name, value, points, network), tenths in zip(found, shown[1:], strict=True)
        if points > 0 and name in known
    ]
    return shown[0], _in_line(base, parts)


def _in_line(base: float, parts: list[Part]) -> list[Part]:
    """Order parts by family and points, the family with most first; tell where each begins."""
    whole: dict[str, float] = {}
    for part in parts:
        whole[part.signal.family] = whole.get(part.signal.family, 0.0) + part.points
    parts = sorted(parts, key=lambda p: (-whole[p.signal.family], -p.points, p.signal.name))
    starts = accumulate((part.points for part in parts), initial=max(base, 0.0))
    return [replace(part, start=start) for part, start in zip(parts, starts, strict=False)]


def moved_since(person: Person, before: Sequence[float], signals: tuple[str, ...]) -> list[Moved]:
    """Split the change of an account's score since a week ago by signals, the largest first.

    `before` is the score then, and the points of each signal, in the order of `signals`. The points
    as shown add up to the change; what is left stands on the curve.
    """
    if person.score is None or len(before) != len(signals) + 1:
        return []
    now = orjson.loads(person.parts or "[]")[1::2]
    changes = [one - other for one, other in zip(now, before[1:], strict=False)]
    rest = person.score - before[0] - sum(changes)
    shown = rounded([rest, *changes])
    known = load_signals()
    found = [Moved(known[name], one) for name, one in zip(signals, shown[1:], strict=False) if one]
    found.sort(key=lambda one: -abs(one.points))
    return [*found, *([Moved(None, shown[0])] if shown[0] else [])]
