"""Pooling: the score of a person from the evidence of all of the person's accounts.

Each account is worth so many equivalent people on the reference curve (all networks pooled):

    worth = exp(min(R, R*)) - 1      R: its own sum; R*: the sum that would earn its score there

so an act counts for what it is worth on its own network or on the reference curve, whichever is
less, and a small lenient network lifts nobody. The worths are added, never the scores:

    S = max(best, min(reference curve at log(1 + sum of worths), max over networks n of curve_n(P)))

P is the sum R of the signals pooled with every proved person counted once (warehouse/pooling.py),
so a person never has more than the same acts would earn on one of the networks, an audience that is
proved to be the same counts once, and nobody falls below the best of the accounts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.scoring import combine
from openclout.scoring.cohort import percentiles, ranks
from openclout.scoring.model import Anchors, Model

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """A curve before its limits of 0 and 100: points at R = 0, and points per unit of R."""

    start: Floats
    slope: Floats

    def at(self, total: Floats) -> Floats:
        """Give the scores of sums R."""
        return np.clip(self.start + self.slope * total, 0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Members:
    """The scored accounts of persons: arrays of one length, by person and then by name.

    `person` counts from 0 without a gap; `total` is R, 0 where nobody is known to have acted;
    `points` are what the signals add to the base; `line` holds each account's own curve.
    """

    person: Ints
    score: Floats
    low: Floats
    high: Floats
    points: Floats
    total: Floats
    line: Line

    @property
    def persons(self) -> int:
        """How many persons there are."""
        return int(self.person[-1]) + 1 if len(self.person) else 0


@dataclass(frozen=True, slots=True)
class Pooled:
    """The persons' scores, bands and best accounts (persons); what each account brings (members).

    `best` is a place among the members. The base of the best account and what all accounts bring
    add up to the score: the best one brings its own points, the others share what is above them.
    """

    best: Ints
    score: Floats
    low: Floats
    high: Floats
    worth: Floats
    brings: Floats


def line_of(model: Model, anchors: list[Anchors]) -> Line:
    """Give the curves that stand on these anchors."""
    return Line(
        np.array([combine.start(model, one) for one in anchors]),
        np.array([combine.slope(model, one) for one in anchors]),
    )


def pool(members: Members, pooled_total: Floats, reference: Line) -> Pooled:
    """Score persons; `pooled_total` (persons) is R of the signals pooled, `reference` one curve."""
    person, count = members.person, members.persons
    worth = _worth(members, reference)
    best = _best(members)
    above = reference.at(np.log1p(np.bincount(person, worth, count)))
    score = np.maximum(members.score[best], np.minimum(above, _limit(members, pooled_total)))
    narrow = _narrowing(members, worth, best, score, reference)
    down = (members.score - members.low)[best] * narrow
    up = (members.high - members.score)[best] * narrow
    return Pooled(
        best,
        score,
        np.clip(score - down, 0.0, 100.0),
        np.clip(score + up, 0.0, 100.0),
        worth,
        _brought(members, worth, best, score),
    )


def _worth(members: Members, reference: Line) -> Floats:
    """Give the equivalent people (members) on the reference curve, 0 without evidence."""
    own = members.line.start + members.line.slope * members.total
    equal = (own - reference.start) / reference.slope
    worth: Floats = np.expm1(np.maximum(np.minimum(members.total, equal), 0.0))
    return worth


def _limit(members: Members, pooled_total: Floats) -> Floats:
    """Give what the same acts would earn on the network that rates them highest (persons)."""
    on_each = members.line.at(pooled_total[members.person])
    limit = np.zeros(members.persons)
    known = members.total > 0
    np.maximum.at(limit, members.person[known], on_each[known])
    return limit


def _best(members: Members) -> Ints:
    """Give the place of each person's highest account; of equals the first by name."""
    order = np.lexsort((-members.score, members.person))
    return order[np.searchsorted(members.person[order], np.arange(members.persons))]


def _narrowing(
    members: Members, worth: Floats, best: Ints, score: Floats, reference: Line
) -> Floats:
    """Give by what the best account's band is narrowed (persons): never below 1 / sqrt(accounts).

    Half-widths fall with the root of the people whom the score stands on, as far as these raised
    it: an account that adds nothing narrows nothing.
    """

    def people(points: Floats) -> Floats:
        equal = (points - reference.start) / reference.slope
        return np.expm1(np.maximum(equal, 0.0))

    known = np.maximum(np.bincount(members.person, worth > 0, members.persons), 1.0)
    whole = people(score)
    share = np.divide(people(members.score[best]), whole, out=np.ones(len(best)), where=whole > 0)
    return np.sqrt(np.maximum(np.minimum(share, 1.0), 1 / known))


def _brought(members: Members, worth: Floats, best: Ints, score: Floats) -> Floats:
    """Give the points that each account brings (members)."""
    others = worth.copy()
    others[best] = 0.0
    whole = np.bincount(members.person, others, members.persons)
    more = (score - members.score[best])[members.person]
    share = np.divide(others, whole[members.person], out=np.zeros(len(worth)), where=others > 0)
    brings = share * more
    brings[best] = members.points[best]
    return brings


def places(
    score: Floats, provisional: NDArray[np.bool_], others: Floats, others_ranked: Floats
) -> dict[str, Floats]:
    """Give percentile, rank and cohort among everybody: persons, and `others` without proofs.

    An account that is linked to no other is a person of its own; `others_ranked` are those of them
    whose scores are not provisional.
    """
    everybody = np.concatenate([score, others])
    ranked = np.concatenate([score[~provisional], others_ranked])
    percentile = percentiles(everybody)[: len(score)]
    percentile[provisional] = np.nan
    rank = np.full(len(score), np.nan)
    rank[~provisional] = ranks(ranked)[: int((~provisional).sum())]
    return {"percentile": percentile, "rank": rank, "cohort": np.full(len(score), len(everybody))}
