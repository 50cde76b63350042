"""How somebody takes part: the style in the page's language, and its place in the matrix."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from openclout.style import AXES, SIDE, load_axes, load_reasons, load_styles


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the matrix: its style's name, and whether it is the person's own."""

    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its ends, and the place on it, 0 to 100."""

    low: str
    high: str
    place: float


@dataclass(frozen=True, slots=True)
class Taken:
    """A style with its words, or why there is none (`why`)."""

    key: str
    name: str
    says: str
    helps: str
    why: str
    matrix: list[list[Cell]]
    axes: list[Axis]


def read_style(content: dict[str, Any] | None) -> Taken | None:
    """Read a packed style; None where the snapshot holds none of this account."""
    if content is None:
        return None
    language = "de" if (get_language() or "").startswith("de") else "en"
    key = content["style"]
    styles = load_styles()
    if key not in styles:
        reason = load_reasons().get(content["why"] or "", {})
        return Taken("", "", "", "", reason.get(language, ""), [], [])
    own = styles[key]
    cells = [Cell(style.name[language], style.key == key) for style in styles.values()]
    matrix = [cells[row * SIDE : (row + 1) * SIDE] for row in range(SIDE)]
    known = load_axes()
    axes = [
        Axis(known[axis].low[language], known[axis].high[language], 100 * content[axis])
        for axis in AXES
        if content.get(axis) is not None
    ]
    return Taken(key, own.name[language], own.says[language], own.helps[language], "", matrix, axes)
