"""Whether the score predicts, as a backtest found it: a part of the page, or a page of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from openclout.report.charts.canvas import both
from openclout.report.charts.contest import Standing, contest
from openclout.report.charts.lettering import clean
from openclout.report.sheet import render


@dataclass(frozen=True, slots=True)
class Judged:
    """A network's or set's backtest, ready to be shown; `rows` has all figures as in JSON."""

    network: str
    model: str
    days: str
    horizon: float
    chart: Markup
    best: bool
    rows: Sequence[Mapping[str, Any]]


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
    return Judged(
        network=shown,
        model=clean(model),
        days=", ".join(str(cut["as_of"])[:10] for cut in found["cuts"]),
        horizon=float(found["cuts"][0]["horizon_days"]),
        chart=both(lambda narrow: contest(rows, narrow), title),
        best=all(rows[0][1] >= row[1] for row in rows),
        rows=found["rows"],
    )


def make_proof_page(proof: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Make a page of a backtest alone, with a chart and all figures for each set.

    `labels` names the figures. Figures only: no account is named.
    """
    judged = read_judged(proof)
    mean = None
    if len(judged) > 1:
        rows = standings(proof["mean"])
        title = "Mean of all sets (NDCG at 100): "
        label = title + "; ".join(f"{who} {value:.3f}" for who, value, _, _ in rows)
        mean = both(lambda narrow: contest(rows, narrow), label)
    return render(
        "proof.html", [], judged=judged, labels=labels, mean=mean, mean_rows=proof["mean"]
    )


def standings(rows: Sequence[Mapping[str, Any]], figure: str = "ndcg_100") -> list[Standing]:
    """Give who has a figure, with its interval."""
    return [(str(row["who"]), *map(float, row[figure])) for row in rows if row[figure]]  # type: ignore[misc]
