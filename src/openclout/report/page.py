"""The page: its parts put together by the template `page.html`, with nothing left to fetch."""

from collections.abc import Mapping, Sequence
from typing import Any

from openclout.report.aside import set_aside
from openclout.report.charts.scatter import MOST
from openclout.report.palette import LEVELS
from openclout.report.proof import Judged
from openclout.report.section import Part, counted_parts, read_persons, read_section
from openclout.report.sheet import render
from openclout.signal import load_signals
from openclout.snapshot.comparison import Comparison
from openclout.snapshot.reader import Snapshot


def make_page(
    snapshot: Snapshot,
    network: str | None = None,
    judged: Sequence[Judged] = (),
    compared: Comparison | None = None,
) -> str:
    """Make the page of the snapshot, or of one of its networks, as HTML.

    `judged` is its backtest, `compared` who is set side by side. The same snapshot gives the
    same text. Raises NotFound where there is no such network.
    """
    populations = snapshot.populations(network)
    counted = counted_parts(snapshot.facts.model)
    scored = [population for population in populations if population["scored"]]
    sections = [
        read_section(snapshot, population, f"network-{number}")
        for number, population in enumerate(scored, start=1)
    ]
    colors = {part.signal.name: part.color for part in counted}
    return render(
        "page.html",
        [part.color for part in counted],
        facts=snapshot.facts,
        totals=_totals(populations),
        sections=sections,
        empty=[population for population in populations if not population["scored"]],
        counted=counted,
        families=_families(counted),
        most=MOST,
        uncounted=_uncounted(counted),
        persons=read_persons(snapshot, network),
        aside=set_aside(compared, colors) if compared else None,
        judged=[one for one in judged if network in (None, one.network)],
        levels=LEVELS,
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
