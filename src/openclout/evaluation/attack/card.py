"""The report card: what the attacks brought, on average and at worst, beside the targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from openclout.evaluation.attack.catalogue import Attack
from openclout.evaluation.attack.stage import GROUPS, Stage
from openclout.evaluation.attack.trial import Gain


@dataclass(frozen=True, slots=True)
class Line:
    """What an attack brought: means over the targets of each group, and the worst single gain.

    `points`, `percentiles`, `places` are by group; `lenses` are means over all targets, in points.
    """

    attack: Attack
    points: dict[str, float]
    percentiles: dict[str, float]
    places: dict[str, float]
    worst: float
    lenses: dict[str, float]

    @property
    def places_text(self) -> str:
        """The places won, a number for each group."""
        return " / ".join(f"{places:,.0f}" for places in self.places.values())

    @property
    def met(self) -> bool:
        """Whether the project's target is met, by the mean of each group and by the worst."""
        within = self.attack.worst is None or self.worst <= self.attack.worst
        return within and all(mean <= self.attack.limit for mean in self.points.values())


def summarise(attack: Attack, found: Sequence[Gain]) -> Line:
    """Take the means over the targets of each group."""
    groups = {name: [gain for gain in found if gain.target.group == name] for name in GROUPS}
    return Line(
        attack,
        {name: float(np.mean([gain.points for gain in part])) for name, part in groups.items()},
        {
            name: float(np.mean([gain.percentiles for gain in part]))
            for name, part in groups.items()
        },
        {name: float(np.mean([gain.places for gain in part])) for name, part in groups.items()},
        max(gain.points for gain in found),
        {lens: float(np.mean([gain.lenses[lens] for gain in found])) for lens in found[0].lenses},
    )


def card(stage: Stage, lines: Sequence[Line], seed: int) -> dict[str, Any]:
    """Give the report card as data: where, when, over whom, and a row for each attack."""
    period = stage.arena.period
    return {
        "network": stage.scene.network,
        "as_of": period.as_of.isoformat(),
        "window_days": period.window / timedelta(days=1),
        "model": stage.arena.model.name,
        "accounts": len(stage.scene.people),
        "scored": len(stage.clean.scores.account),
        "targets": len(stage.targets) // len(GROUPS),
        "seed": seed,
        "attacks": [_row(line) for line in lines],
    }


def _row(line: Line) -> dict[str, Any]:
    attack = line.attack
    return {
        "attack": attack.name,
        "about": attack.about,
        "points": line.points,
        "percentiles": line.percentiles,
        "places": line.places,
        "worst": line.worst,
        "limit": attack.limit,
        "limit_worst": attack.worst,
        "met": line.met,
        "lenses": line.lenses,
    }


def write_card(folder: Path, content: dict[str, Any], singles: Sequence[Gain]) -> None:
    """Write attack.json to a folder: the report card, and what every single target gained."""
    rows = [
        {
            "attack": gain.attack,
            "target": gain.target.account,
            "group": gain.target.group,
            "before": gain.before,
            "after": gain.after,
            "percentiles": gain.percentiles,
            "places": gain.places,
            "lenses": gain.lenses,
        }
        for gain in singles
    ]
    folder.mkdir(parents=True, exist_ok=True)
    text = orjson.dumps({**content, "gains": rows}, option=orjson.OPT_INDENT_2)
    (folder / "attack.json").write_bytes(text)
