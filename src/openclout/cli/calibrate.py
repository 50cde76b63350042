"""openclout calibrate: set the curves anew, as a version of their own."""

from pathlib import Path

import click

from openclout.cli.changes import print_changes
from openclout.cli.console import data_option, now, print_json
from openclout.cli.opening import open_engine
from openclout.errors import NotFound
from openclout.pipeline.calibrating import calibrate, summary
from openclout.pipeline.scoring import latest_period
from openclout.pipeline.styling import renew_ladders
from openclout.scoring.model import load_model
from openclout.vocabulary.period import read_time, read_window


@click.command("calibrate")
@click.option("--as-of", "as_of", help="The moment to calibrate at (default: the newest act).")
@click.option("--window", default="90d", show_default=True, help="Whose curves: 90d, 12w, 36h.")
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(
    as_of: str | None, window: str, model_name: str, as_json: bool, data: Path | None
) -> None:
    """Renew the curve of every network with 100 scored accounts or more; show old and new.

    Where styles are cut on a network is renewed too, where 30 people have one.

    A curve is set once, by the first run, so that nobody's score moves because others came. This
    sets it anew, as the next version; the older ones stay in the warehouse. Scores change when
    `openclout score` runs next.
    """
    model, span = load_model(model_name), read_window(window)
    moment = read_time(as_of, now()) if as_of else None
    with open_engine(data) as engine:
        period = latest_period(engine, moment, span, now())
        changes = calibrate(engine, period, model)
        styled = renew_ladders(engine, period, model)
    if not changes and not styled:
        raise NotFound(
            "no network has 100 scored accounts, so none has a curve of its own",
            fix="import more, or look back further with --window",
        )
    if as_json:
        print_json([summary(change) | {"styles": change.network in styled} for change in changes])
        return
    if changes:
        print_changes(changes)
    if styled:
        click.echo(f"\nStyles are cut anew on {', '.join(styled)}.")
    if changes:
        click.echo("\nKept as the next version; openclout score uses it from now on.")
