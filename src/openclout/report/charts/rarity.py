"""How rare a score is: one in how many accounts reaches it, beside what the curve promises."""

import numpy as np
from numpy.typing import NDArray

from openclout.report.charts.canvas import Frame, Spec, layered, note, scaled, upright
from openclout.report.charts.lettering import ticks
from openclout.report.palette import CARD, INK, MUTED, SURE
from openclout.scoring import combine
from openclout.scoring.model import Anchors, Model

Floats = NDArray[np.float64]
_SCORES = (0, 100)
_STEP = 0.5  # points of score between two points of the line


def rarity(score: Floats, model: Model, anchors: Anchors | None, narrow: bool = False) -> Spec:
    """Draw one in how many accounts reaches a score; with anchors, above it the sum R."""
    frame = Frame(268, 190, 64, 40, 8, 26) if narrow else Frame(396, 210, 74, 44, 10, 26)
    rare = 1 / (1 - model.top_quantile)
    most = max(10 * rare, float(len(score)))
    domain = (1.0, 10.0 ** np.ceil(np.log10(most)))
    steps = 10.0 ** np.arange(np.log10(domain[1]) + 1)
    layers: list[Spec] = [
        {
            "data": {"values": _line(score)},
            "mark": {"type": "line", "stroke": SURE.light, "strokeWidth": 2.2},
            "encoding": {
                "x": scaled("score", _SCORES, {"values": [0, 25, 50, 75, 100], "grid": False}),
                "y": scaled("rare", domain, _axis(steps), type="log"),
            },
        }
    ]
    if anchors:
        layers += _curve(model, anchors, domain)
    return layered(frame, layers)


def _axis(steps: Floats) -> Spec:
    number = "format(datum.value, datum.value < 1e4 ? ',d' : '~s')"
    text = f"datum.value == 1 ? 'everybody' : '1 in ' + {number}"
    return {"values": steps.tolist(), "labelExpr": text}


def _line(score: Floats) -> list[Spec]:
    """Give the points of the line: at each score, one in how many accounts reaches it."""
    ordered = np.sort(score)
    at = np.append(np.arange(ordered[0], ordered[-1], _STEP), ordered[-1])
    reached = len(ordered) - np.searchsorted(ordered, at, side="left")
    rare = len(ordered) / reached
    pairs = zip(at.tolist(), rare.tolist(), strict=True)
    return [{"score": round(value, 2), "rare": round(many, 4)} for value, many in pairs]


def _curve(model: Model, anchors: Anchors, domain: tuple[float, float]) -> list[Spec]:
    """Draw the two points that fix the curve, and the sum R as a second axis above."""
    rare = 1 / (1 - model.top_quantile)
    points = [
        {"score": model.middle_score, "rare": 2.0},
        {"score": model.top_score, "rare": round(rare, 6)},
    ]
    rings = {
        "data": {"values": points},
        "mark": {"type": "point", "shape": "circle", "size": 90, "strokeWidth": 2,
                 "stroke": INK.light, "fill": CARD.light, "opacity": 1},
        "encoding": {
            "x": scaled("score", _SCORES, _sums(model, anchors)),
            "y": scaled("rare", domain, None, type="log"),
        },
    }  # fmt: skip
    rules = [upright(point["score"], _SCORES, MUTED) for point in points]
    return [*rules, rings, note("sum R", -8, -20, "right")]


def _sums(model: Model, anchors: Anchors) -> Spec:
    """Give the axis of R: on the curve, every R stands above one score."""
    start, slope = combine.start(model, anchors), combine.slope(model, anchors)
    sums = [total for total in ticks((100 - start) / slope) if 0 <= start + slope * total <= 100]
    return {
        "orient": "top",
        "offset": 6,
        "values": [start + slope * total for total in sums],
        "labelExpr": f"format((datum.value - ({start!r})) / {slope!r}, '.2~f')",
        "grid": False,
    }
