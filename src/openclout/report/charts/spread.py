"""How the scores of a network are spread: a histogram, with the curve's two fixed points."""

import numpy as np
from numpy.typing import NDArray

from openclout.report.charts.canvas import Frame, Spec, as_drawn, layered, note, scaled, upright
from openclout.report.charts.lettering import compact, ticks
from openclout.report.palette import CARD, MUTED, SURE, UNSURE
from openclout.scoring.model import Model

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
_SCORES = (0, 100)


def spread(
    score: Floats, provisional: Bools, model: Model | None, own: bool, narrow: bool = False
) -> Spec:
    """Draw how many accounts have which score; `model` marks its fixed points, if given.

    `own`: the curve is this network's own. Accounts with a place stand at the bottom of the bars,
    provisional ones on top of them.
    """
    frame = Frame(290, 200, 42, 30, 8, 26) if narrow else Frame(424, 246, 46, 30, 10, 26)
    bars, tops = _bars(score, provisional, 10 if narrow else 5)
    highest = max(top["y"] for top in tops) * 1.08
    layers: list[Spec] = [
        {
            "data": {"values": bars},
            "mark": {"type": "bar", "stroke": CARD.light, "strokeWidth": 1},
            "encoding": {
                "x": scaled("x0", _SCORES, {"values": [0, 25, 50, 75, 100], "grid": False}),
                "x2": {"field": "x1"},
                "y": scaled("y0", (0, highest), _counts(highest)),
                "y2": {"field": "y1"},
                "fill": as_drawn("fill"),
            },
        },
        _labels(tops, highest),
    ]
    if model:
        layers += _fixed_points(model, frame, "" if own else "curve’s ")
    return layered(frame, layers)


def _counts(highest: float) -> Spec:
    """Give the axis of counts: whole numbers only."""
    whole = [height for height in ticks(highest) if height == int(height)]
    return {"values": whole, "format": ",d"}


def _bars(score: Floats, provisional: Bools, size: int) -> tuple[list[Spec], list[Spec]]:
    """Give the stacked parts of each bar, and each bar's top with its count."""
    place = np.minimum(score // size, 100 // size - 1).astype(int)
    bars, tops = [], []
    for number in range(100 // size):
        mine = place == number
        sure = int((mine & ~provisional).sum())
        every = int(mine.sum())
        ends = {"x0": number * size, "x1": (number + 1) * size}
        parts = ((0, sure, SURE), (sure, every, UNSURE))
        bars += [
            {**ends, "y0": low, "y1": high, "fill": color.light}
            for low, high, color in parts
            if high > low
        ]
        tops.append({"x": (number + 0.5) * size, "y": every, "text": compact(every)})
    return bars, tops


def _labels(tops: list[Spec], highest: float) -> Spec:
    """Write the counts above bars too low to be read off the axis."""
    low = [top for top in tops if 0 < top["y"] < highest * 0.2]
    return {
        "data": {"values": low},
        "mark": {"type": "text", "dy": -7, "fontSize": 10, "fill": MUTED.light},
        "encoding": {
            "x": scaled("x", _SCORES, None),
            "y": scaled("y", (0, highest), None),
            "text": {"field": "text"},
        },
    }


def _fixed_points(model: Model, frame: Frame, whose: str) -> list[Spec]:
    marks: list[Spec] = []
    rare = round(1 / (1 - model.top_quantile))
    for value, text in ((model.middle_score, "median"), (model.top_score, f"1 in {rare:,}")):
        x = frame.width * value / 100
        marks += [
            upright(value, _SCORES, MUTED),
            note(f"{value:g} · {whose}{text}", x, -14, "center"),
        ]
    return marks
