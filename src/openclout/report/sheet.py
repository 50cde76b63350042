"""The sheet: what every page has in common, with nothing left to fetch: style, mark, filters."""

import base64
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from openclout import __version__
from openclout.report.charts.lettering import clean
from openclout.report.palette import FIXED, Color, family_colors, palette_css

_MARK = ("reach", "amplification", "network")  # the families whose colours the mark has


def render(template: str, colors: Iterable[Color], **given: object) -> str:
    """Fill a template; `colors` are those that it needs beside the fixed ones."""
    return (
        _environment()
        .get_template(template)
        .render(style=_style(colors), icon=_icon(), version=__version__, **given)
    )


def _style(colors: Iterable[Color]) -> Markup:
    """Give the page's CSS: the palette's variables, then our own file."""
    own = (files("openclout.report") / "style.css").read_text(encoding="utf-8")
    marks = [family_colors(family, 1)[0] for family in _MARK]
    named = {color.name: color for color in (*FIXED, *marks, *colors)}
    return Markup(palette_css(named.values()) + own)  # noqa: S704


def _icon() -> str:
    """Give the mark as a data address, so that no browser asks for a favicon."""
    mark = (files("openclout.report") / "mark.svg").read_bytes()
    return "data:image/svg+xml;base64," + base64.b64encode(mark).decode("ascii")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("openclout.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., object]] = {
        "clean": clean,
        "count": lambda number: f"{number:,.0f}",
        "points": lambda number: f"{number:.1f}",
        "days": lambda span: f"{span / timedelta(days=1):g}",
        "percent": _percent,
        "is_web": is_web,
        "share": lambda share: f"{100 * share:.0f} %",
    }
    environment.filters |= filters
    return environment


def is_web(url: str | None) -> bool:
    """Tell whether an address may be a link: no scheme but those of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _percent(value: float) -> str:
    """Write a percentile rounded down, so that nobody is said to be above more than they are."""
    return f"{min(int(value * 10) / 10, 99.9) if value >= 99 else int(value):g}"
