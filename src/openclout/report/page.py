"""The page: its parts put together by the template `page.html`, with nothing left to fetch."""

import base64
from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from openclout import __version__
from openclout.report.charts.lettering import clean
from openclout.report.charts.scatter import MOST
from openclout.report.palette import FIXED, LEVELS, palette_css
from openclout.report.proof import Judged
from openclout.report.section import Part, counted_parts, read_section
from openclout.signal import load_signals
from openclout.snapshot.reader import Snapshot


def make_page(snapshot: Snapshot, network: str | None = None, judged: Sequence[Judged] = ()) -> str:
    """Make the page of the snapshot, or of one of its networks, as HTML; `judged`: its backtest.

    The same snapshot gives the same text. Raises NotFound where there is no such network.
    """
    populations = snapshot.populations(network)
    counted = counted_parts(snapshot.facts.model)
    scored = [population for population in populations if population["scored"]]
    sections = [
        read_section(snapshot, population, f"network-{number}")
        for number, population in enumerate(scored, start=1)
    ]
    template = environment().get_template("page.html")
    return template.render(
        facts=snapshot.facts,
        totals=_totals(populations),
        sections=sections,
        empty=[population for population in populations if not population["scored"]],
        counted=counted,
        families=_families(counted),
        most=MOST,
        uncounted=_uncounted(counted),
        judged=[one for one in judged if network in (None, one.network)],
        levels=LEVELS,
        style=page_style(counted),
        icon=page_icon(),
        version=__version__,
    )


def _totals(populations: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    names = ("accounts", "scored", "ranked")
    return {name: sum(population[name] for population in populations) for name in names}


def _families(counted: Sequence[Part]) -> dict[str, list[Part]]:
    families: dict[str, list[Part]] = {}
    for part in counted:
        families.setdefault(part.signal.family, []).append(part)
    return families


def _uncounted(counted: Sequence[Part]) -> list[Any]:
    names = {part.signal.name for part in counted}
    return [signal for name, signal in load_signals().items() if name not in names]


def page_style(counted: Sequence[Part]) -> Markup:
    """Give the page's CSS: the palette's variables, then our own file."""
    own = (files("openclout.report") / "style.css").read_text(encoding="utf-8")
    return Markup(palette_css([*FIXED, *(part.color for part in counted)]) + own)  # noqa: S704


def page_icon() -> str:
    """Give the mark as a data address, so that no browser asks for a favicon."""
    mark = (files("openclout.report") / "mark.svg").read_bytes()
    return "data:image/svg+xml;base64," + base64.b64encode(mark).decode("ascii")


def environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("openclout.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clean": clean,
        "count": lambda number: f"{number:,.0f}",
        "points": lambda number: f"{number:.1f}",
        "days": lambda span: f"{span / timedelta(days=1):g}",
        "percent": _percent,
    }
    return environment


def _percent(value: float) -> str:
    """Write a percentile rounded down, so that nobody is said to be above more than they are."""
    return f"{min(int(value * 10) / 10, 99.9) if value >= 99 else int(value):g}"
