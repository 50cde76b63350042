"""Explaining: a score as a sum of named contributions that add up to the number shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from openclout.scoring import combine
from openclout.scoring.model import Anchors, Model
from openclout.signal import Signal, load_signals


@dataclass(frozen=True, slots=True)
class Contribution:
    """One signal's part of a score: its value in its unit, its points, and what one more brings.

    In a person's score `account` is the place of the account among the person's, and what one more
    would bring is not told: it depends on all of them.
    """

    signal: Signal
    value: float
    points: float
    shown: float
    one_more: float | None
    account: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Base and contributions add up to the score, exactly and as shown (one decimal).

    `base` is where the curve starts, with what the limits of 0 and 100 took or gave.
    """

    score: float
    base: float
    base_shown: float
    contributions: tuple[Contribution, ...]
    not_counted: tuple[tuple[Signal, float], ...]


def explain(
    values: Mapping[str, float], score: float, model: Model, anchors: Anchors
) -> Explanation:
    """Explain the score of an account whose signals have these values.

    Profiles that stand alone are explained by the profile weights: where no counted signal has a
    value but a profile counter has.
    """
    weights = _weights(values, model)
    names = sorted((name for name in weights if weights[name] > 0), key=lambda name: -weights[name])
    found = np.array([values.get(name, 0.0) for name in names])
    heavy = np.array([weights[name] for name in names])
    scales = np.array(
        [model.scales.get(name, 1.0) if weights is model.weights else 1.0 for name in names]
    )
    slope = combine.slope(model, anchors)
    points = combine.contributions(found, heavy, scales, slope)
    more = combine.gain(found, heavy, scales, slope)
    base = score - float(points.sum())
    shown = combine.rounded([base, *points.tolist()])
    signals = load_signals()
    parts = [
        Contribution(signals[name], float(found[n]), float(points[n]), shown[n + 1], float(more[n]))
        for n, name in enumerate(names)
    ]
    parts.sort(key=lambda part: (-part.points, part.signal.name))
    others = tuple((signals[name], values[name]) for name in signals if name not in names)
    return Explanation(score, base, shown[0], tuple(parts), others)


def explain_person(
    score: float, parts: Sequence[tuple[Explanation, float]], values: Mapping[str, float]
) -> Explanation:
    """Explain a person's score by its accounts, each with the points that it brings, best first.

    The best account brings its own contributions and the base. What others bring is split among
    their contributions in the proportion in which these stand in their own scores. `values` are the
    pooled signals, for those that do not count.
    """
    base, found = parts[0][0].base, []
    for place, (own, brings) in enumerate(parts):
        whole = sum(part.points for part in own.contributions)
        share = brings / whole if place and whole > 0 else float(not place)
        found += [
            replace(part, points=part.points * share, one_more=None, account=place)
            for part in own.contributions
        ]
    shown = combine.rounded([base, *(part.points for part in found)])
    counted = tuple(replace(part, shown=one) for part, one in zip(found, shown[1:], strict=True))
    others = tuple((signal, values[signal.name]) for signal, _value in parts[0][0].not_counted)
    return Explanation(score, base, shown[0], counted, others)


def _weights(values: Mapping[str, float], model: Model) -> dict[str, float]:
    acted = any(values.get(name, 0) > 0 for name in model.counted)
    profiled = any(values.get(name, 0) > 0 for name in model.profile_weights)
    return model.weights if acted or not profiled else model.profile_weights
