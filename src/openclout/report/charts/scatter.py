"""Reach against amplification: who is heard by many, and who moves people again and again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.report.charts.canvas import Frame, Spec, as_drawn, layered, note, scaled
from openclout.report.charts.lettering import cut, ticks, width
from openclout.report.palette import CARD, INK, LEVELS

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""
MOST = 5000
"""More accounts are not drawn one by one: see sample."""
_MOST_NARROW = 1500
_MANY = 1000
_MOST_NAMES = 14
_LINE = 15  # pixels: a name's height
_OBSTACLES = 250  # of the best, whom no name may hide
_ROOM = 1.06  # the axes go on a little beyond the last dot


@dataclass(frozen=True, slots=True)
class Points:
    """Scored accounts of a network, best first, all arrays of one length; points of score."""

    score: Floats
    reach: Floats
    amplification: Floats
    network: Floats


def sample(count: int, most: int) -> NDArray[np.int64]:
    """Choose which of `count` accounts, best first, are drawn: all of the best, then ever fewer."""
    if count <= most:
        return np.arange(count, dtype=np.int64)
    return np.unique((count * np.linspace(0, 1, most, endpoint=False) ** 2).astype(np.int64))


def scatter(points: Points, names: Sequence[str], narrow: bool = False) -> Spec:
    """Draw accounts by reach and amplification; `names` are those of the best, who may be labelled.

    The area of a dot grows with the network points, its colour with the score.
    """
    frame = Frame(290, 300, 34, 26, 16, 44) if narrow else Frame(890, 440, 40, 28, 30, 46)
    across, up = (
        (0.0, _ROOM * max(float(values.max()), 1.0))
        for values in (points.reach, points.amplification)
    )
    drawn = sample(len(points.score), _MOST_NARROW if narrow else MOST)[::-1]
    dots: Spec = {
        "data": {"values": _dots(points, drawn)},
        "mark": {"type": "point", "shape": "circle", "filled": True, "opacity": 1,
                 "fillOpacity": 0.85, "stroke": CARD.light, "strokeWidth": 0.5},
        "encoding": {
            "x": scaled("x", across, {"values": ticks(across[1], 5)}),
            "y": scaled("y", up, {"values": ticks(up[1], 5)}),
            "fill": as_drawn("fill"),
            "size": as_drawn("size"),
        },
    }  # fmt: skip
    best = np.column_stack([
        points.reach[:_OBSTACLES] / across[1] * frame.width,
        frame.height * (1 - points.amplification[:_OBSTACLES] / up[1]),
        np.sqrt(_area(points)[:_OBSTACLES] / np.pi),
    ])  # fmt: skip
    return layered(frame, [dots, *_labels(best, names, frame), *_titles(frame)])


def _area(points: Points) -> Floats:
    """Give the areas of the dots in square pixels; smaller where there are many."""
    least = 14 if len(points.score) > _MANY else 30
    area: Floats = least + 13 * np.maximum(points.network, 0)
    return area


def _dots(points: Points, drawn: NDArray[np.int64]) -> list[Spec]:
    level = np.minimum(points.score[drawn] // 25, 3).astype(int)
    size = _area(points)[drawn]
    columns = (points.reach[drawn], points.amplification[drawn], size, level)
    return [
        {"x": round(x, 2), "y": round(y, 2), "size": round(area, 1), "fill": LEVELS[shade].light}
        for x, y, area, shade in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _titles(frame: Frame) -> list[Spec]:
    return [
        note("reach, points →", frame.width, frame.height + 34, "right"),
        note("↑ amplification, points", -frame.left + 6, -18),
    ]


def _labels(best: Floats, names: Sequence[str], frame: Frame) -> list[Spec]:
    """Write names beside their dots, as many as find room, the best first; empty ones are not."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for x, y, r in best.tolist()]
    labels: list[Spec] = []
    for (x, y, radius), name in zip(best.tolist(), names, strict=False):
        text = cut(name, 130)
        for align, left, at, middle in _places(x, y, radius + 5, width(text)):
            box = (left, middle - _LINE / 2, left + width(text), middle + _LINE / 2)
            if name and len(labels) < _MOST_NAMES and _free(box, taken, frame):
                taken.append(box)
                labels.append(note(text, at, middle, align, INK))
                break
    return labels


def _places(x: float, y: float, gap: float, wide: float) -> list[tuple[str, float, float, float]]:
    """Give where a name may stand: how it is aligned, its left end, its fixed point, its middle."""
    return [
        ("left", x + gap, x + gap, y),
        ("right", x - gap - wide, x - gap, y),
        ("center", x - wide / 2, x, y - gap - _LINE / 2),
        ("center", x - wide / 2, x, y + gap + _LINE / 2),
    ]


def _free(box: Box, taken: Sequence[Box], frame: Frame) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > frame.width + frame.right - 4 or bottom > frame.height:
        return False
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )
