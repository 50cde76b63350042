"""The palette: every colour by name, once for light and once for dark, and the CSS that swaps them.

Charts are drawn in the light colours, as plain attributes; on a dark screen CSS finds each by its
value and puts the variable of that name in its place. So one drawing serves both.

The families differ in lightness as well as in hue (amplification in the middle, network darker, or
lighter on a dark ground), so that people who see few hues tell them apart: see tests/report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Color:
    """One colour by name: `#rrggbb` on light and on dark ground. No two share a light value."""

    name: str
    light: str
    dark: str


PAPER = Color("paper", "#faf8f4", "#131318")
CARD = Color("card", "#fffffe", "#1b1c22")
INK = Color("ink", "#1d1b22", "#f1eff3")
MUTED = Color("muted", "#5d5964", "#aaa6b3")
LINE = Color("line", "#ddd7ce", "#3a3a44")
GRID = Color("grid", "#ece8e1", "#2b2b33")
BAND = Color("band", "#d3cbbf", "#4a4953")
BASE = Color("base", "#b3aca3", "#6a6873")
SURE = Color("sure", "#26796b", "#5fbfae")
UNSURE = Color("unsure", "#c9d6d2", "#3a4a48")
LEVELS = (
    Color("level-0", "#aebcb8", "#53625f"),
    Color("level-1", "#6ba597", "#4d9587"),
    Color("level-2", "#26786a", "#71cdbb"),
    Color("level-3", "#0b4138", "#d8fff6"),
)
"""Scores below 25, below 50, below 75, and from 75."""

FIXED = (PAPER, CARD, INK, MUTED, LINE, GRID, BAND, BASE, SURE, UNSURE, *LEVELS)

_RAMPS = {
    "reach": (Color("", "#d66919", "#f28f36"), Color("", "#eeac53", "#b76935")),
    "amplification": (Color("", "#1f74bf", "#3f96d9"), Color("", "#84c8eb", "#26529c")),
    "network": (Color("", "#490465", "#f6d4f8"), Color("", "#812b8f", "#eda9ea")),
    "activity": (Color("", "#3f4a35", "#c3cfb6"), Color("", "#8b9a7b", "#75836a")),
}


def family_colors(family: str, count: int) -> list[Color]:
    """Give `count` shades of a family's colour, the heaviest signal's first."""
    first, last = _RAMPS[family]
    steps = [place / max(count - 1, 1) for place in range(count)]
    return [
        Color(
            f"{family}-{place}",
            _between(first.light, last.light, step),
            _between(first.dark, last.dark, step),
        )
        for place, step in enumerate(steps)
    ]


def _between(first: str, last: str, step: float) -> str:
    pairs = zip(_parts(first), _parts(last), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * step):02x}" for a, b in pairs)


def _parts(color: str) -> list[int]:
    return [int(color[place : place + 2], 16) for place in (1, 3, 5)]


def palette_css(colors: Iterable[Color]) -> str:
    """Give the CSS variables of both grounds, and the rules by which drawings follow them."""
    every: Sequence[Color] = list(colors)
    light = "".join(f"--{color.name}:{color.light};" for color in every)
    dark = "".join(f"--{color.name}:{color.dark};" for color in every)
    drawn = "".join(
        f'.chart [{paint}="{color.light}"]{{{paint}:var(--{color.name})}}'
        for color in every
        for paint in ("fill", "stroke")
    )
    scheme = "@media screen and (prefers-color-scheme:dark)"
    return f":root{{{light}}}{scheme}{{:root{{{dark}}}}}{drawn}"
