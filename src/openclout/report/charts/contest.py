"""Who foretells best: a point per contestant with its 90 % interval, ours on top."""

from collections.abc import Sequence

from openclout.report.charts.canvas import Frame, Spec, layered, note, scaled
from openclout.report.charts.lettering import clean
from openclout.report.palette import INK, MUTED, SURE, Color

Standing = tuple[str, float, float, float]
"""Name, value, low, high; values 0 to 1."""

_STEP = 22  # pixels a row
_LEFT = 190


def contest(rows: Sequence[Standing], narrow: bool = False) -> Spec:
    """Draw the figures of contestants, the first of them ours, on a scale from 0 to 1."""
    left = 132 if narrow else _LEFT
    width = 340 - left if narrow else 640 - left
    frame = Frame(width, _STEP * len(rows), left, 8, 48, 26)
    lines = (-0.5, len(rows) - 0.5)
    points = [
        {"x": value, "low": low, "high": high, "y": len(rows) - 1 - place, "text": f"{value:.3f}"}
        for place, (_, value, low, high) in enumerate(rows)
    ]
    axis: Spec = {"values": [0, 0.25, 0.5, 0.75, 1], "format": ".2f", "grid": True}
    layers: list[Spec] = [
        {
            "data": {"values": points[:0]},
            "mark": {"type": "point"},
            "encoding": {"x": scaled("x", (0, 1), axis), "y": scaled("y", lines, None)},
        }
    ]
    for place, point in enumerate(points):
        layers += _row(point, lines, INK if place else SURE)
    for place, (name, *_) in enumerate(rows):
        text = clean(name)[: 18 if narrow else 30]
        color = INK if place else SURE
        layers.append(note(text, -8, _STEP * (place + 0.5), "right", color))
    return layered(frame, layers)


def _row(point: Spec, lines: tuple[float, float], color: Color) -> list[Spec]:
    """Draw one interval with its value, and write the number to its right."""
    y = scaled("y", lines, None)
    data = {"values": [point]}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "stroke": MUTED.light, "strokeWidth": 2},
            "encoding": {"x": scaled("low", (0, 1), None), "x2": {"field": "high"}, "y": y},
        },
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 60, "fill": color.light,
                     "opacity": 1},
            "encoding": {"x": scaled("x", (0, 1), None), "y": y},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 11, "fill": MUTED.light},
            "encoding": {"x": scaled("high", (0, 1), None), "y": y, "text": {"field": "text"}},
        },
    ]  # fmt: skip
