"""How scores moved: one line an account over the kept days, and what moved it by signal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openclout.report.charts.canvas import Frame, Spec, as_drawn, layered, note, scaled
from openclout.report.charts.lettering import cut
from openclout.report.palette import BASE, CARD, INK, SURE, Color

_NAMES = 190  # pixels for the names beside the lines, where there is room for them
_LEAST = 10.0  # points that a row's height shows at least: less is not a mountain


@dataclass(frozen=True, slots=True)
class Course:
    """An account's kept days: how many days each lies before the last, and its score."""

    name: str
    days: Sequence[float]
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class Moved:
    """How an account's score changed, in points by signal; `rest` is where the curve starts."""

    name: str
    points: Mapping[str, float]
    rest: float

    @property
    def whole(self) -> float:
        """The change."""
        return sum(self.points.values()) + self.rest


def course(lines: Sequence[Course], narrow: bool = False) -> Spec:
    """Draw each account's scores over time, each row on a scale of its own, the last one named."""
    pitch, tall = (50, 26) if narrow else (36, 28)
    frame = _frame(pitch * len(lines), narrow)
    first = min(min(line.days) for line in lines)
    domain = (min(first, -1.0), 0.0)
    dots, ends = [], []
    for row, line in enumerate(lines):
        bottom = (row + 1) * pitch - 4
        places = _places(line.scores, bottom, tall)
        dots += [
            {"x": day, "y": place, "row": row} for day, place in zip(line.days, places, strict=True)
        ]
        ends.append({"x": line.days[-1], "y": places[-1], "text": f"{line.scores[-1]:.1f}"})
    across = scaled("x", domain, {"values": _days(domain[0]), "grid": False})
    layers: list[Spec] = [
        {
            "data": {"values": dots},
            "mark": {"type": "line", "stroke": SURE.light, "strokeWidth": 2},
            "encoding": {
                "x": across,
                "y": as_drawn("y"),
                "detail": {"field": "row", "type": "nominal"},
            },
        },
        _ends(ends, domain),
        *_names([line.name for line in lines], pitch, narrow),
    ]
    return layered(frame, layers)


def moved(people: Sequence[Moved], colors: Mapping[str, Color], narrow: bool = False) -> Spec:
    """Draw each account's change: what rose to the right of the middle, what fell to the left."""
    pitch, bar = (44, 14) if narrow else (30, 16)
    frame = _frame(pitch * len(people), narrow)
    segments, ends = [], []
    for row, one in enumerate(people):
        bottom = (row + 1) * pitch - (4 if narrow else (pitch - bar) // 2)
        place = {"y0": bottom - bar, "y1": bottom}
        mine = _segments(one, colors)
        segments += [{**part, **place} for part in mine]
        right = max([0.0, *(part["x1"] for part in mine)])
        ends.append({"x": right, "y": bottom - bar / 2, "text": f"{one.whole:+.1f}"})
    most = max([5.0, *(abs(part[end]) for part in segments for end in ("x0", "x1"))])
    domain = (-5 * -(-most // 5), 5 * -(-most // 5))
    layers: list[Spec] = [
        {
            "data": {"values": segments},
            "mark": {"type": "bar", "stroke": CARD.light, "strokeWidth": 1},
            "encoding": {
                "x": scaled("x0", domain, {"values": [domain[0], 0, domain[1]]}),
                "x2": {"field": "x1"},
                "y": as_drawn("y0"),
                "y2": {"field": "y1"},
                "fill": as_drawn("fill"),
            },
        },
        _ends(ends, domain),
        *_names([one.name for one in people], pitch, narrow),
    ]
    return layered(frame, layers)


def _frame(height: int, narrow: bool) -> Frame:
    return Frame(256, height, 14, 6, 70, 26) if narrow else Frame(690, height, 200, 6, 70, 26)


def _places(scores: Sequence[float], bottom: int, tall: int) -> list[float]:
    """Give the heights of scores in a row, in pixels from above."""
    low, high = min(scores), max(scores)
    middle, half = (low + high) / 2, max(high - low, _LEAST) / 2
    return [round(bottom - tall * (score - middle + half) / (2 * half), 1) for score in scores]


def _days(first: float) -> list[int]:
    """Give the marks on the axis of days: the first, the middle and the last."""
    return [int(first), int(first / 2), 0]


def _segments(one: Moved, colors: Mapping[str, Color]) -> list[Spec]:
    """Give the ends of each signal's part: rises stacked to the right, falls to the left."""
    named = [(colors[name], one.points.get(name, 0.0)) for name in colors] + [(BASE, one.rest)]
    up = down = 0.0
    found: list[Spec] = []
    for color, size in named:
        if size > 0:
            found.append({"x0": round(up, 3), "x1": round(up + size, 3), "fill": color.light})
            up += size
        elif size < 0:
            found.append({"x0": round(down + size, 3), "x1": round(down, 3), "fill": color.light})
            down += size
    return [part for part in found if part["x1"] > part["x0"]]


def _ends(ends: list[Spec], domain: tuple[float, float]) -> Spec:
    return {
        "data": {"values": ends},
        "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "fill": INK.light},
        "encoding": {
            "x": scaled("x", domain, None),
            "y": as_drawn("y"),
            "text": {"field": "text"},
        },
    }


def _names(names: Sequence[str], pitch: int, narrow: bool) -> list[Spec]:
    """Write the names: beside the rows, or above them where the page is narrow."""
    if narrow:
        return [note(cut(name, 290), 0, row * pitch + 10, color=INK)
                for row, name in enumerate(names)]  # fmt: skip
    return [note(cut(name, _NAMES), -10, (row + 0.5) * pitch, "right", INK)
            for row, name in enumerate(names)]  # fmt: skip
