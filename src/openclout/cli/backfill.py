"""openclout backfill: a year of daily scores from what was imported."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import click

from openclout.cli.console import data_option, now, print_json, progress
from openclout.cli.reading import open_warehouse
from openclout.errors import InputError
from openclout.pipeline.backfilling import Backfilled, backfill, moments
from openclout.pipeline.scoring import latest_period
from openclout.scoring.model import load_model
from openclout.vocabulary.period import read_time, read_window


@click.command("backfill")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 10_000),
              help="How many days to score, up to the last that has data.")  # fmt: skip
@click.option("--every", default="1d", show_default=True, help="From one day to the next: 1d, 7d.")
@click.option("--as-of", "as_of", help="The last day (default: the day of the newest act).")
@click.option(
    "--window", default="90d", show_default=True, help="How far each day looks back: 90d, 12w."
)
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@data_option
def command(
    days: int,
    every: str,
    as_of: str | None,
    window: str,
    model_name: str,
    as_json: bool,
    data: Path | None,
) -> None:
    """Score every day of the last year from what was imported, and keep the days for `history`.

    Each day's numbers are those of `score --as-of` that day, on the curves that are kept; the last
    one ends at the newest act, as `score` does without --as-of. It may be stopped at any time: the
    next one goes on, and scores anew only days whose data have changed. What `top` and others show
    stays as it is: the last `score`.
    """
    step, span, model = read_window(every, "--every"), read_window(window), load_model(model_name)
    if step % timedelta(days=1):
        raise InputError(f'"{every}" is no whole days', place="--every", fix="e.g. 1d or 7d")
    moment = read_time(as_of, now()) if as_of else None
    with open_warehouse(data) as warehouse, progress() as say:
        last = latest_period(warehouse.engine, moment, span, now()).as_of
        found = backfill(warehouse, moments(last, days, step), span, model, say)
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)


def _print(found: Backfilled) -> None:
    if found.first is None or found.last is None:
        click.echo("No act is older than any of these days; nothing to score.")
        return
    first, last = (end - timedelta(microseconds=1) for end in (found.first, found.last))
    click.echo(
        f"{first:%Y-%m-%d} to {last:%Y-%m-%d}: {found.scored:,} days scored,"
        f" {found.kept:,} kept already."
    )
    if found.empty:
        click.echo(f"{found.empty:,} days before them have no act to score.")
