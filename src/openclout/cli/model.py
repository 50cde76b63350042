"""openclout model: the weights, the curve, and where each network's curve is fixed."""

from dataclasses import asdict
from pathlib import Path

import click
import numpy as np

from openclout.cli.changes import print_changes
from openclout.cli.console import data_option, now, print_json
from openclout.cli.opening import open_engine
from openclout.cli.reading import open_snapshot
from openclout.errors import NotFound
from openclout.pipeline.calibrating import compare_models, summary
from openclout.pipeline.scoring import latest_period
from openclout.scoring import combine
from openclout.scoring.model import Model, load_model
from openclout.signal import load_signals
from openclout.vocabulary.period import read_window

_ROWS = 12
_COLUMNS = 60


@click.command("model")
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--compare", nargs=2, metavar="OLD NEW",
              help="Score everybody by two models and show who moves how far.")  # fmt: skip
@click.option("--window", default="90d", show_default=True, help="For --compare: how far back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(
    model_name: str,
    compare: tuple[str, str] | None,
    window: str,
    as_json: bool,
    data: Path | None,
) -> None:
    """Show the model: its date, its weights, its curve drawn, and each network's anchors."""
    if compare:
        _compare(compare, window, as_json, data)
        return
    model = load_model(model_name)
    networks = _anchors(data)
    if as_json:
        print_json({**asdict(model), "networks": networks})
        return
    click.echo(f"Model {model.name} of {model.date}. {model.about}\n")
    click.echo("S = base + points per unit × Σ weight × log(1 + signal), within 0 and 100\n")
    _print_weights(model)
    click.echo(f"\nThe curve: the median scored account is at {model.middle_score:g}, the top"
               f" {1 - model.top_quantile:.1%} at {model.top_score:g}.")  # fmt: skip
    click.echo(_curve(model))
    for name, row in networks.items():
        click.echo(f"  {name}: middle {row['middle']:.4f}, top {row['top']:.4f} ({row['origin']})")


def _compare(names: tuple[str, str], window: str, as_json: bool, data: Path | None) -> None:
    """Show how the scores of the data folder change from one model to another."""
    old, new = (load_model("" if name == "current" else name) for name in names)
    span = read_window(window)
    with open_engine(data) as engine:
        changes = compare_models(engine, latest_period(engine, None, span, now()), old, new)
    if not changes:
        raise NotFound("nobody is scored in this window", fix="look back further with --window")
    if as_json:
        print_json([summary(change) for change in changes])
    else:
        click.echo(f"From model {old.name} to {new.name}\n")
        print_changes(changes)


def _anchors(data: Path | None) -> dict[str, dict[str, object]]:
    """Give the anchors of the published snapshot, none where nothing was scored."""
    try:
        with open_snapshot(data) as snapshot:
            found = snapshot.facts.networks
    except NotFound:
        return {}
    return {
        name: {**asdict(facts.anchors), "scored": facts.scored} for name, facts in found.items()
    }


def _print_weights(model: Model) -> None:
    signals = load_signals()
    most = max(model.weights.values())
    for name in model.counted:
        bar = "█" * max(round(30 * model.weights[name] / most), 1)
        click.echo(f"  {model.weights[name]:.3f}  {bar:<30}  {signals[name].label}"
                   f" ({signals[name].family})")  # fmt: skip
    rest = [signals[name].label for name in model.weights if not model.weights[name]]
    click.echo(f"  not counted: {', '.join(rest)}")


def _curve(model: Model) -> str:
    """Draw the score against one signal, all others following it in the same proportion."""
    people = np.logspace(0, 4, _COLUMNS)
    values = np.repeat(people[:, None], len(model.counted), axis=1)
    total = combine.raw_sum(values, *model.shape(model.counted))
    scores = combine.score(total / 3, model, model.anchors)
    lines = []
    for row in range(_ROWS, -1, -1):
        level = 100 * row / _ROWS
        marks = "".join("●" if abs(score - level) <= 50 / _ROWS else " " for score in scores)
        lines.append(f"{level:5.0f} │{marks}")
    lines.append("      └" + "─" * _COLUMNS)
    lines.append("       1              10             100            1,000      10,000")
    return "\n".join(lines)
