"""Side by side: the page's part on those who are compared."""

from dataclasses import dataclass

from markupsafe import Markup

from openclout.report.charts.canvas import both
from openclout.report.charts.lettering import clean
from openclout.report.charts.parts import parts
from openclout.report.palette import BASE, Color
from openclout.snapshot.comparison import Comparison
from openclout.snapshot.reader import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One signal: its name and colour, each one's points, how long their bars are (percent)."""

    label: str
    question: str
    color: Color
    points: tuple[float, ...]
    lengths: tuple[float, ...]
    spread: float


@dataclass(frozen=True, slots=True)
class Aside:
    """Those compared, ready to be shown; the lines that differ most stand first."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    sentences: tuple[str, ...]
    chart: Markup
    lines: tuple[Line, ...]


def set_aside(found: Comparison, colors: dict[str, Color]) -> Aside:
    """Draw a comparison; `colors` gives each counted signal's."""
    names = tuple(clean(name) for name in found.names)
    people = list(zip(names, found.explained, strict=True))
    label = "Stacked bars: what the scores of " + ", ".join(names) + " are made of"
    most = max((max(one.points) for one in found.differences if one.signal), default=1.0) or 1.0
    lines = tuple(
        Line(
            one.label,
            one.signal.question if one.signal else "Where the curve starts",
            colors.get(one.signal.name, BASE) if one.signal else BASE,
            one.points,
            tuple(100 * min(max(points, 0.0) / most, 1.0) for points in one.points),
            one.spread,
        )
        for one in found.differences
        if max(one.points) > 0
    )
    return Aside(
        names,
        found.rows,
        tuple(clean(sentence) for sentence in found.sentences()),
        both(lambda narrow: parts(people, colors, narrow), label),
        lines,
    )
