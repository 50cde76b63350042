"""The page's part on whether the score predicts: what the last backtest of these data found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from openclout.report.charts.canvas import draw
from openclout.report.charts.contest import Standing, contest
from openclout.report.charts.lettering import clean


@dataclass(frozen=True, slots=True)
class Judged:
    """One network's backtest, ready to be shown."""

    network: str
    model: str
    days: str
    horizon: float
    chart: Markup
    best: bool


def read_judged(proof: Mapping[str, Any]) -> list[Judged]:
    """Give the networks of a backtest, as `openclout backtest` keeps it.

    Raises KeyError, TypeError or ValueError where it is none.
    """
    return [_judged(name, str(proof["model"]), found) for name, found in proof["sets"].items()]


def _judged(name: str, model: str, found: Mapping[str, Any]) -> Judged:
    rows = standings(found["rows"])
    shown = clean(name)
    label = "; ".join(f"{who} {value:.3f}" for who, value, _, _ in rows)
    title = f"How well each order foretold whom people acted upon on {shown} (NDCG at 100): {label}"
    drawn = (draw(contest(rows, narrow), title, kind)
             for kind, narrow in (("wide", False), ("narrow", True)))  # fmt: skip
    return Judged(
        network=shown,
        model=clean(model),
        days=", ".join(str(cut["as_of"])[:10] for cut in found["cuts"]),
        horizon=float(found["cuts"][0]["horizon_days"]),
        chart=Markup("").join(drawn),
        best=all(rows[0][1] >= row[1] for row in rows),
    )


def standings(rows: Sequence[Mapping[str, Any]], figure: str = "ndcg_100") -> list[Standing]:
    """Give who has a figure, with its interval."""
    return [(str(row["who"]), *map(float, row[figure])) for row in rows if row[figure]]  # type: ignore[misc]
