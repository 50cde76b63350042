"""Coverage: do the bands hold the score that the next window brings? Judged by windows unseen.

At each of the last windows the program is asked as it would have been then: its curve, and its band
learnt on earlier windows only. The score measured on the next disjoint window is then compared.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openclout.errors import InputError
from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.persons import join_persons
from openclout.pipeline.scoring import MOST_WINDOWS, count_windows
from openclout.scoring import interval
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.interval import Pairs
from openclout.scoring.model import BandRow, Model
from openclout.scoring.run import Evidence, earlier_pairs, learn_curve, totals
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine
from openclout.warehouse.measure import network_names, newest, oldest_by_network

Floats = NDArray[np.float64]
Row = dict[str, Any]
_COMPARED = 2000
_CHANCES = (0.6, 0.7, 0.8, 0.9)
PARTS = ("all", "least evidence", "middle", "most evidence")


@dataclass(frozen=True, slots=True)
class Past:
    """One network's disjoint windows, the latest first, as many as its data fill."""

    set: str
    network: str
    number: int
    window: timedelta
    windows: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Accounts with their bands and the score that the next window brought, arrays of one length.

    `above` are the points above those of one whom nobody moves; `own` tells whether the band was
    learnt from the network's own past, `outlooks` (accounts, k) are possible later scores.
    """

    score: Floats
    evidence: Floats
    above: Floats
    low: Floats
    high: Floats
    later: Floats
    own: NDArray[np.bool_]
    outlooks: Floats


def measure_pasts(
    engine: Engine,
    name: str,
    window: timedelta,
    most: int,
    model: Model,
    progress: Callable[[str], None],
) -> list[Past]:
    """Measure all windows needed to judge the last `most` of every network that has so many."""
    join_persons(engine)
    last, oldest = newest(engine), oldest_by_network(engine)
    if last is None:
        return []
    period = Period(last.replace(tzinfo=UTC), window)
    filled = {one: count_windows(oldest[one], period, most + MOST_WINDOWS) for one in oldest}
    steps = max(filled.values(), default=0)
    windows = []
    for step in range(steps + 1 if steps > interval.LEAST_WINDOWS else 0):
        progress(f"{name}: measuring window {step + 1} of {steps + 1}")
        measure(engine, period.earlier(step), model.counted)
        windows.append(read_evidence(engine, model.counted))
    return [
        Past(
            name, network, number, window,
            tuple(one.only(one.network == number) for one in windows[: filled[network] + 1]),
        )
        for number, network in enumerate(network_names(engine))
        if windows and filled.get(network, 0) > interval.LEAST_WINDOWS
    ]  # fmt: skip


def judge_past(
    past: Past, model: Model, most: int, rows: Sequence[BandRow] | None = None
) -> list[Judged]:
    """Judge the bands of the last `most` windows, the latest first, as they were made then.

    With `rows` they are made of these rows instead of the network's own past.
    """
    found = []
    for step in range(1, most + 1):
        usable = past.windows[step : step + 1 + MOST_WINDOWS]
        if len(usable) <= interval.LEAST_WINDOWS:
            break
        if not len(usable[0].account):
            continue
        anchors = find_anchors(totals(usable[0], model), model) or model.anchors
        curve = learn_curve(usable, past.number, model, anchors)
        seen = earlier_pairs(past.windows[step - 1 : step + 1], past.number, model, anchors)
        found.append(_judged(seen, curve.band if rows is None else rows,
                             curve.band_calibrated and rows is None))  # fmt: skip
    return found


def _judged(seen: Pairs, rows: Sequence[BandRow], own: bool) -> Judged:
    nobody = float(seen.nobody[0])
    low, high = interval.band(seen.score, seen.evidence, seen.quiet, rows, nobody)
    flags = np.full(len(low), own)
    outlooks = interval.outlooks(seen.score, seen.evidence, seen.quiet, rows, nobody)
    return Judged(
        seen.score, seen.evidence, seen.score - nobody, low, high, seen.later, flags, outlooks
    )


def past_pairs(past: Past, model: Model) -> Pairs:
    """Give all pairs of consecutive windows, on the curve of all windows together."""
    together = np.concatenate([totals(one, model) for one in past.windows])
    anchors = find_anchors(together, model) or model.anchors
    return earlier_pairs(past.windows, past.number, model, anchors)


def cover_sets(pasts: Sequence[Past], model: Model, most: int) -> Row:
    """Judge the bands of every past; give figures by set, network and third of evidence.

    Raises InputError where no network has windows enough.
    """
    judged = [(past, judge_past(past, model, most)) for past in pasts]
    rows = [_figures(past, found) for past, found in judged if found]
    if not rows:
        raise InputError(
            "there is nothing to judge by: no network has data for five disjoint windows",
            fix="bring more data, or a shorter --window",
        )
    return {"kind": "coverage", "model": model.name, "sets": rows}


def _figures(past: Past, found: Sequence[Judged]) -> Row:
    together = join_judged(found)
    return {
        "set": past.set,
        "network": past.network,
        "window_days": past.window / timedelta(days=1),
        "windows": len(found),
        "own": sum(bool(one.own.all()) for one in found),
        "by_window": [round(float(held(one).mean()), 3) for one in found],
        "rows": summarise(together),
        "differences": judge_differences(found),
    }


def join_judged(parts: Sequence[Judged]) -> Judged:
    """Put what was judged at several windows together."""
    return Judged(
        *(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Judged))
    )


def held(judged: Judged) -> NDArray[np.bool_]:
    """Tell which bands held the later score."""
    return (judged.low <= judged.later) & (judged.later <= judged.high)


def summarise(judged: Judged) -> list[Row]:
    """Give the figures of all accounts and of each third of evidence.

    Equal evidence is never parted, so thirds differ in size; an empty one is left out.
    """
    bounds = np.quantile(judged.evidence, [1 / 3, 2 / 3])
    third = np.searchsorted(bounds, judged.evidence, side="left")
    chosen = [np.ones(len(third), bool), *(third == number for number in range(3))]
    return [
        _row(name, judged, members)
        for name, members in zip(PARTS, chosen, strict=True)
        if members.any()
    ]


def _row(name: str, judged: Judged, members: NDArray[np.bool_]) -> Row:
    low, high, later = judged.low[members], judged.high[members], judged.later[members]
    return {
        "who": name,
        "accounts": int(members.sum()),
        "evidence": float(np.median(judged.evidence[members])),
        "coverage": _round(held(judged)[members]),
        "half_width": _round((high - low) / 2),
        "relative": round(float((high - low).sum() / 2 / judged.above[members].sum()), 3),
        "interval_score": _round(interval_score(low, high, later)),
        "least_possible": _round(later <= judged.score[members]),
    }


def interval_score(low: Floats, high: Floats, later: Floats) -> Floats:
    """Give the width plus 2 / 0.1 times by how much it missed (Gneiting & Raftery 2007, eq. 43)."""
    missed = np.maximum(low - later, 0) + np.maximum(later - high, 0)
    score: Floats = high - low + 2 / (1 - interval.COVERAGE) * missed
    return score


def judge_differences(found: Sequence[Judged]) -> Row:
    """Tell what `compare` would say of pairs of accounts, and what the next window said.

    Accounts are compared with those a tenth, a third and a half of the list further down, at most
    _COMPARED of them a window. `by_chance`: how many pairs were given such a chance, the mean
    chance, and how often the higher was above (a draw counting half); of those beyond the noise,
    how many were `reversed`.
    """
    parts = [_differences(one, share) for one in found for share in (10, 3, 2)]
    chance, came = (np.concatenate(column) for column in zip(*parts, strict=True))
    groups = np.searchsorted(_CHANCES, chance, side="right")
    sure = chance >= interval.SURE
    return {
        "pairs": len(chance),
        "called": _round(sure),
        "called_right": _round(came[sure]),
        "reversed": _round(came[sure] == 0),
        "by_chance": [
            {"pairs": int((groups == number).sum()), "chance": _round(chance[groups == number]),
             "came": _round(came[groups == number])}
            for number in range(len(_CHANCES) + 1)
            if (groups == number).any()
        ],
    }  # fmt: skip


def _differences(judged: Judged, share: int) -> tuple[Floats, Floats]:
    """Give the chance that the higher of two is above later, and 1, 1/2 or 0 for what came."""
    order = np.lexsort((judged.later, judged.evidence, judged.score))[::-1]
    shift = max(len(order) // share, 1)
    last = len(order) - shift - 1  # below 0 where an account is alone
    pairs = np.unique(np.linspace(0, max(last, 0), _COMPARED).astype(np.int64))[: last + 1]
    first, second = order[pairs], order[pairs + shift]
    chance = interval.chances_above(judged.outlooks[first], judged.outlooks[second])
    came = (1 + np.sign(judged.later[first] - judged.later[second])) / 2
    different = judged.score[first] > judged.score[second]
    return chance[different], came[different]


def _round(values: NDArray[Any]) -> float | None:
    """Give a mean with three digits; None of nothing."""
    return round(float(values.mean()), 3) if len(values) else None
