"""One scoring run over arrays: totals, curves, bands, places. Sorted by account throughout."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from openclout.scoring import cohort, combine, interval
from openclout.scoring.model import Anchors, BandRow, Model
from openclout.signal import load_signals

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
QUIET_AFTER = 1.0  # in units of h: nobody acted within the last quarter of the window


@dataclass(frozen=True, slots=True)
class Evidence:
    """The scored accounts of one period: arrays of one length, sorted by account.

    `network` numbers the networks; `signals` (accounts, counted signals) follow `names`;
    `evidence` is in people, `latest` the age of the last act in units of h. `total` is R by a
    model, where the signals were summed up and are no longer there.
    """

    account: Ints
    network: Ints
    signals: Floats
    names: tuple[str, ...]
    evidence: Floats
    latest: Floats
    total: Floats | None = None

    @property
    def quiet(self) -> NDArray[np.bool_]:
        """Whether nobody acted on the account lately."""
        return self.latest > QUIET_AFTER

    def only(self, chosen: NDArray[np.bool_]) -> "Evidence":
        """Give some of the accounts."""
        return Evidence(
            self.account[chosen],
            self.network[chosen],
            self.signals[chosen],
            self.names,
            self.evidence[chosen],
            self.latest[chosen],
            None if self.total is None else self.total[chosen],
        )


@dataclass(frozen=True, slots=True)
class Curve:
    """What a network's scores are made with; `profiles`: nothing but profiles is known there.

    `guarded`: its past tells people from fakes (credibility.py).
    """

    anchors: Anchors
    band: Sequence[BandRow]
    band_calibrated: bool
    profiles: bool = False
    guarded: bool = False


def totals(evidence: Evidence, model: Model) -> Floats:
    """Give R for every account."""
    if evidence.total is not None:
        return evidence.total
    return combine.raw_sum(evidence.signals, *model.shape(evidence.names))


def summed(evidence: Evidence, model: Model) -> Evidence:
    """Sum up the signals by a model: all that a band is learnt from, in a fraction of the room."""
    nothing = np.zeros((len(evidence.account), 0))
    return replace(evidence, signals=nothing, names=(), total=totals(evidence, model))


def earlier_pairs(
    evidence: Sequence[Evidence], network: int, model: Model, anchors: Anchors
) -> interval.Pairs:
    """Pair each window of one network with the next: `evidence[0]` is the latest window."""
    parts = []
    nobody = nobodys(model, anchors)
    for later, before in pairwise(evidence):
        mine = before.network == network
        accounts = before.account[mine]
        score = combine.score(totals(before, model)[mine], model, anchors)
        parts.append(
            interval.Pairs(
                score,
                before.evidence[mine],
                before.quiet[mine],
                _scores_of(accounts, later, model, anchors),
                np.full(len(accounts), nobody),
            )
        )
    return interval.join(parts)


def nobodys(model: Model, anchors: Anchors) -> float:
    """Give the score of one whom nobody moves."""
    return float(combine.score(np.zeros(1), model, anchors)[0])


def learn_curve(
    evidence: Sequence[Evidence], network: int, model: Model, anchors: Anchors
) -> Curve:
    """Give a network's curve, with the band of its own past where that is long enough.

    `evidence[0]` is the latest window; else the band is the model's.
    """
    if len(evidence) > interval.LEAST_WINDOWS:
        pairs = earlier_pairs(evidence, network, model, anchors)
        if len(pairs.score) >= interval.LEAST_PAIRS:
            return Curve(anchors, interval.fit_band(pairs), True)
    return Curve(anchors, model.band, False)


def _scores_of(accounts: Ints, evidence: Evidence, model: Model, anchors: Anchors) -> Floats:
    """Give the accounts' scores in a window; one who is not there has moved nobody."""
    total = totals(evidence, model)
    place = np.searchsorted(evidence.account, accounts)
    place = np.minimum(place, max(len(evidence.account) - 1, 0))
    there = evidence.account[place] == accounts if len(total) else np.zeros(len(accounts), bool)
    found = np.where(there, total[place], 0.0) if len(total) else np.zeros(len(accounts))
    return combine.score(found, model, anchors)


def score_network(evidence: Evidence, model: Model, curve: Curve) -> dict[str, NDArray[np.generic]]:
    """Score the accounts of one network; a column per field of the output, one row per account."""
    total = totals(evidence, model)
    score = combine.score(total, model, curve.anchors)
    nobody = nobodys(model, curve.anchors)
    low, high = interval.band(score, evidence.evidence, evidence.quiet, curve.band, nobody)
    provisional = evidence.evidence < model.provisional_below
    return {
        "account": evidence.account,
        "score": score,
        "low": low,
        "high": high,
        "provisional": provisional,
        "quiet": evidence.quiet,
        "uncalibrated": np.full(len(total), not curve.band_calibrated),
        "unguarded": np.full(len(total), not curve.guarded),
        "curve": np.full(len(total), curve.anchors.origin),
        "evidence": evidence.evidence,
        **_places(score, provisional),
        **_families(evidence, model, score, combine.slope(model, curve.anchors)),
    }


def score_profiles(
    account: Ints, values: Floats, names: Sequence[str], model: Model, anchors: Anchors
) -> dict[str, NDArray[np.generic]]:
    """Score accounts of which only profile counters are known; every such score is provisional."""
    weights = np.array([model.profile_weights[name] for name in names])
    count, scales = len(account), np.ones(len(names))
    score = combine.score(combine.raw_sum(values, weights, scales), model, anchors)
    nobody = nobodys(model, anchors)
    low, high = interval.band(score, np.zeros(count), np.zeros(count, bool), model.band, nobody)
    points = combine.contributions(values, weights, scales, combine.slope(model, anchors)).sum(
        axis=1
    )
    provisional = np.ones(count, bool)
    return {
        "account": account,
        "score": score,
        "low": low,
        "high": high,
        "provisional": provisional,
        "quiet": np.zeros(count, bool),
        "uncalibrated": np.ones(count, bool),
        "unguarded": np.ones(count, bool),
        "curve": np.full(count, anchors.origin),
        "evidence": np.zeros(count),
        **_places(score, provisional),
        "base": score - points,
        "reach": points,
        "amplification": np.zeros(count),
        "network_points": np.zeros(count),
    }


def _places(score: Floats, provisional: NDArray[np.bool_]) -> dict[str, NDArray[np.generic]]:
    """Give percentile, rank and cohort; a provisional score has neither percentile nor rank."""
    percentile = cohort.percentiles(score)
    percentile[provisional] = np.nan
    rank = np.full(len(score), np.nan)
    rank[~provisional] = cohort.ranks(score[~provisional])
    return {"percentile": percentile, "rank": rank, "cohort": np.full(len(score), len(score))}


def _families(
    evidence: Evidence, model: Model, score: Floats, slope: float
) -> dict[str, NDArray[np.generic]]:
    """Give the points per family, and the base that makes them add up to the score."""
    families = {"reach": "reach", "amplification": "amplification", "network": "network_points"}
    signals = load_signals()
    parts = combine.contributions(evidence.signals, *model.shape(evidence.names), slope)
    points = {name: np.zeros(len(score)) for name in families.values()}
    for column, name in enumerate(evidence.names):
        points[families[signals[name].family]] += parts[:, column]
    base = score - points["reach"] - points["amplification"] - points["network_points"]
    return {"base": base, **points}
