"""Comparison: several scores side by side, what makes the differences, and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openclout.errors import InputError
from openclout.scoring import interval
from openclout.scoring.explain import Explanation
from openclout.signal import Signal
from openclout.snapshot.facts import Facts
from openclout.snapshot.outlook import chance_above, find_outlook
from openclout.snapshot.reader import Row, Snapshot

_NEARLY_ALL = 0.99
_MOST_CAUSES = 4
_MOST_OF_IT = 0.8  # of what speaks for the higher: then enough causes are named
_LEAST_CAUSE = 0.1  # points; smaller causes are not named


@dataclass(frozen=True, slots=True)
class Difference:
    """One signal: its points for each of those compared; `spread` is the highest less the lowest.

    `signal` is None for where the curves start.
    """

    signal: Signal | None
    points: tuple[float, ...]

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.signal.label if self.signal else "base"

    @property
    def spread(self) -> float:
        """How far they lie apart, in points."""
        return max(self.points) - min(self.points)


@dataclass(frozen=True, slots=True)
class Step:
    """Two that follow each other by score, or the first and the last; places among those compared.

    `chance` is how likely the higher is above in the next window too, learnt from the past; None
    where that is not known. `sure`: the difference is beyond what chance moves. `causes` are
    (label, points) that speak for the higher, `against` those that speak for the lower.
    """

    higher: int
    lower: int
    points: float
    chance: float | None
    sure: bool
    causes: tuple[tuple[str, float], ...]
    against: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Those compared, in the order given; differences the largest first; steps from the highest."""

    rows: tuple[Row, ...]
    names: tuple[str, ...]
    explained: tuple[Explanation, ...]
    differences: tuple[Difference, ...]
    steps: tuple[Step, ...]

    def sentences(self) -> list[str]:
        """Tell the steps, a sentence or two each."""
        return [_tell(step, self.names) for step in self.steps]


def compare(snapshot: Snapshot, handles: Sequence[str], person: bool = False) -> Comparison:
    """Compare accounts or, with `person`, the persons behind them, where they are joined.

    Raises InputError where fewer than two are named, or one twice; NotFound where one is not there
    or has no score.
    """
    if len(handles) < 2:
        raise InputError("one account has nothing to be compared with", fix="compare ANN BOB")
    rows = [_found(snapshot, handle, person) for handle in handles]
    for place, row in enumerate(rows):
        same = next((n for n in range(place) if rows[n]["number"] == row["number"]), None)
        if same is not None:
            raise InputError(
                f'"{handles[same]}" and "{handles[place]}" are one {row["level"]}',
                fix="name each once",
            )
    explained = [snapshot.explain(row) for row in rows]
    names, differences = _names(rows), _differences(explained)
    order = sorted(range(len(rows)), key=lambda n: -rows[n]["score"])
    pairs = [*pairwise(order), *([(order[0], order[-1])] if len(order) > 2 else [])]
    steps = [_step(rows, differences, pair, snapshot.facts) for pair in pairs]
    return Comparison(tuple(rows), names, tuple(explained), differences, tuple(steps))


def _found(snapshot: Snapshot, handle: str, person: bool) -> Row:
    row = snapshot.find(handle)
    return snapshot.person_of(row) or row if person else row


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    """Give the labels, with the network (or, on one network, the id) where two are the same."""
    labels = [row["label"] for row in rows]
    longer = [f"{row['network']}:{row['label']}" for row in rows]
    found = [long if labels.count(label) > 1 else label
             for label, long in zip(labels, longer, strict=True)]  # fmt: skip
    return tuple(
        f"{row['network']}:{row['account']}" if found.count(name) > 1 else name
        for row, name in zip(rows, found, strict=True)
    )


def _differences(explained: Sequence[Explanation]) -> tuple[Difference, ...]:
    """Give every counted signal's points, those of a person's accounts together."""
    points: dict[str, list[float]] = {}
    signals: dict[str, Signal] = {}
    for place, found in enumerate(explained):
        for part in found.contributions:
            name = part.signal.name
            signals[name] = part.signal
            points.setdefault(name, [0.0] * len(explained))[place] += part.points
    rows = [Difference(signals[name], tuple(values)) for name, values in points.items()]
    rows.append(Difference(None, tuple(found.base for found in explained)))
    return tuple(sorted(rows, key=lambda row: (-row.spread, row.label)))


def _step(
    rows: Sequence[Row], differences: Sequence[Difference], pair: tuple[int, int], facts: Facts
) -> Step:
    higher, lower = pair
    gaps = [(row.label, row.points[higher] - row.points[lower]) for row in differences]
    chance = _chance(rows[higher], rows[lower], facts)
    apart = bool(rows[lower]["high"] < rows[higher]["low"])
    return Step(
        higher,
        lower,
        rows[higher]["score"] - rows[lower]["score"],
        chance,
        apart if chance is None else chance >= interval.SURE,
        _most(gaps, 1),
        _most(gaps, -1),
    )


def _most(gaps: Sequence[tuple[str, float]], sign: int) -> tuple[tuple[str, float], ...]:
    """Give the largest gaps of one sign, as many as make most of it."""
    mine = sorted(((name, sign * gap) for name, gap in gaps if sign * gap > 0),
                  key=lambda gap: (-gap[1], gap[0]))  # fmt: skip
    whole, told, found = sum(gap for _, gap in mine), 0.0, []
    for name, gap in mine[:_MOST_CAUSES]:
        if gap < _LEAST_CAUSE or told >= _MOST_OF_IT * whole:
            break
        found.append((name, gap))
        told += gap
    return tuple(found)


def _chance(higher: Row, lower: Row, facts: Facts) -> float | None:
    """Tell how likely the higher is above in the next window too, by the past of such accounts.

    Of persons no past is known: their bands decide, which must not meet.
    """
    if "person" in (higher["level"], lower["level"]):
        return None
    outlooks = [
        find_outlook(facts, row["network"], row["score"], row["evidence"], row["quiet"])
        for row in (higher, lower)
    ]
    return chance_above(*outlooks)


def _tell(step: Step, names: Sequence[str]) -> str:
    higher, lower = names[step.higher], names[step.lower]
    said = f"{higher} is {step.points:.1f} points above {lower}, {_meant(step)}"
    if step.causes:
        said += f" Most of it: {_listed(step.causes)}."
    if step.against:
        said += f" {lower} has more from {_listed(step.against)}."
    return said


def _meant(step: Step) -> str:
    """Say whether it is more than chance, and how often it is seen again."""
    said = "beyond what chance moves" if step.sure else "which is inside the noise"
    if step.chance is None:
        return f"{said}."
    often = "over 99" if step.chance > _NEARLY_ALL else f"{100 * step.chance:.0f}"
    needed = "" if step.sure else f", {100 * interval.SURE:.0f} are needed"
    return f"{said}: the next window shows it again in {often} of 100 cases{needed}."


def _listed(causes: Sequence[tuple[str, float]]) -> str:
    return ", ".join(f"{name} {points:+.1f}" for name, points in causes)
