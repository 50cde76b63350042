"""What scores are made of: one bar an account, one segment a signal, in the families' colours."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from openclout.report.charts.canvas import Frame, Spec, as_drawn, layered, note, scaled
from openclout.report.charts.lettering import cut
from openclout.report.palette import BASE, CARD, INK, Color
from openclout.scoring.explain import Explanation

_NAMES = 190  # pixels for the names beside the bars, where there is room for them


def parts(
    people: Sequence[tuple[str, Explanation]], colors: Mapping[str, Color], narrow: bool = False
) -> Spec:
    """Draw the scores of (name, explanation) as bars that end at the score.

    `colors` gives each signal's colour and the order of the segments. Where the curve starts below
    0 the first segment does too.
    """
    pitch, bar = (44, 16) if narrow else (30, 18)
    height = pitch * len(people)
    frame = Frame(296, height, 4, 6, 40, 26) if narrow else Frame(706, height, 200, 6, 54, 26)
    least = min([0.0, *(explained.base for _, explained in people)])
    domain = (10 * (least // 10), 100.0)
    across = scaled("x0", domain, {"values": [0, 25, 50, 75, 100]})
    segments, ends = [], []
    for row, (_, explained) in enumerate(people):
        bottom = (row + 1) * pitch - (4 if narrow else (pitch - bar) // 2)
        place = {"y0": bottom - bar, "y1": bottom}
        segments += [{**part, **place} for part in _segments(explained, colors)]
        ends.append(
            {"x0": explained.score, "y0": bottom - bar / 2, "text": f"{explained.score:.1f}"}
        )
    layers: list[Spec] = [
        {
            "data": {"values": segments},
            "mark": {"type": "bar", "stroke": CARD.light, "strokeWidth": 1},
            "encoding": {
                "x": across,
                "x2": {"field": "x1"},
                "y": as_drawn("y0"),
                "y2": {"field": "y1"},
                "fill": as_drawn("fill"),
            },
        },
        _scores(ends, domain),
        *_names([name for name, _ in people], pitch, bar, narrow),
    ]
    return layered(frame, layers)


def _segments(explained: Explanation, colors: Mapping[str, Color]) -> list[Spec]:
    """Give each segment's ends: the base, then the signals; the last one ends at the score."""
    points: dict[str, float] = {}
    for part in explained.contributions:  # a person's has a signal once for each account
        points[part.signal.name] = points.get(part.signal.name, 0.0) + part.points
    named = [(BASE, explained.base), *((colors[name], points.get(name, 0.0)) for name in colors)]
    ends = [0.0]
    for _, size in named:
        ends.append(ends[-1] + size)
    drawn = zip(named, pairwise(ends), strict=True)
    return [
        {"x0": round(low, 3), "x1": round(high, 3), "fill": color.light}
        for (color, size), (low, high) in drawn
        if size > 0
    ]


def _scores(ends: list[Spec], domain: tuple[float, float]) -> Spec:
    return {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "fill": INK.light},
        "encoding": {
            "x": scaled("x0", domain, None),
            "y": as_drawn("y0"),
            "text": {"field": "text"},
        },
    }


def _names(names: Sequence[str], pitch: int, bar: int, narrow: bool) -> list[Spec]:
    """Write the names: beside the bars, or above them where the page is narrow."""
    if narrow:
        above = pitch - 4 - bar - 9
        return [
            note(cut(name, 290), 0, row * pitch + above, color=INK)
            for row, name in enumerate(names)
        ]
    return [
        note(cut(name, _NAMES), -10, (row + 0.5) * pitch, "right", INK)
        for row, name in enumerate(names)
    ]
