"""openclout fit: learn the weights from what happened next."""

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.cli.figures import csv_text, json_text, print_proof, write_aside
from openclout.errors import InputError
from openclout.evaluation.ceiling import with_ceiling
from openclout.evaluation.cut import by_set, candidate_signals
from openclout.evaluation.dataset import find_sets, measure_set
from openclout.evaluation.fitting import Rules, fit_sets
from openclout.pipeline.importing import ImportOptions
from openclout.scoring.fit import MOST_SIGNALS
from openclout.scoring.model import load_model
from openclout.scoring.record import model_text
from openclout.settings import read_settings
from openclout.signal import load_signals
from openclout.warehouse.store import scratch_folder


@click.command("fit")
@click.argument("sets", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="Write the model here (.toml); its report beside it (.json).")  # fmt: skip
@click.option("--name", default="", help="The model's name (default: year and month).")
@click.option("--date", "day", default="", help="The model's date (default: today).")
@click.option("--window", default="90d", show_default=True, help="For sets that do not say theirs.")
@click.option("--cuts", default=5, show_default=True, type=click.IntRange(3, 50),
              help="How many disjoint horizons at the end of each set, at most.")  # fmt: skip
@click.option("--without", "left", multiple=True, metavar="SIGNAL",
              help="Do not count this signal: it can be bought, say. May be repeated.")  # fmt: skip
@click.option("--most", default=MOST_SIGNALS, show_default=True, type=click.IntRange(1),
              help="How many signals may count.")  # fmt: skip
@click.option("--black-box", "ceiling", is_flag=True,
              help="Judge a tuned black box too: the ceiling. Takes long.")  # fmt: skip
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@data_option
def command(
    sets: tuple[Path, ...],
    out: Path,
    name: str,
    day: str,
    window: str,
    cuts: int,
    left: tuple[str, ...],
    most: int,
    ceiling: bool,
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> None:
    """Learn weights from SETS: data folders, files to import, or descriptions of sets (.toml).

    Each set is looked at from several moments of its past: signals from what was public before,
    labels from the different people who acted within h (a quarter of the window) after. Weights are
    never negative and sum to 1. The report judges every set by weights fitted on the others, beside
    the lenses, and tells what each signal is worth. Nothing in the data folder changes.
    """
    settings, today = read_settings(data), _read_day(day)
    name, rules = name or f"{today:%Y-%m}", Rules(load_model(), _candidates(left), most)
    chosen = find_sets(sets, window, options)
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        found = [
            cut for one in chosen for cut in measure_set(one, settings, scratch, cuts, now(), say)
        ]
        groups = by_set(found)
        if ceiling:
            groups, trials = with_ceiling(groups, say)
            write_aside(out.with_suffix(".black-box.csv"), csv_text(trials))
        model, proof = fit_sets(groups, rules, name, today, say)
    write_aside(out, model_text(model))
    write_aside(out.with_suffix(".json"), json_text(proof))
    if as_json:
        print_json(proof)
        return
    _print_weights(proof)
    print_proof(proof)
    click.echo(f"Written to {out} and {out.with_suffix('.json')}")


def _read_day(text: str) -> date:
    """Read a date, today where none is given."""
    try:
        return date.fromisoformat(text) if text else now().date()
    except ValueError:
        raise InputError(f'"{text}" is no date', place="--date", fix="e.g. 2026-11-24") from None


def _candidates(left: tuple[str, ...]) -> tuple[str, ...]:
    """Give the signals that may count, but for those left out by name."""
    names = candidate_signals()
    for one in left:
        if one not in load_signals():
            raise InputError(f'"{one}" is no signal', place="--without", fix="openclout signals")
    return tuple(name for name in names if name not in left)


def _print_weights(proof: dict[str, Any]) -> None:
    """Print what counts, and what it would cost to leave a signal out."""
    title = f"Model {proof['model']}: what counts, and NDCG@100 lost without it (sets not shown)"
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in ("signal", "family"):
        table.add_column(column)
    for column in ("weight", "cost"):
        table.add_column(column, justify="right")
    signals = load_signals()
    for name, weight in proof["weights"].items():
        cost = proof["costs"].get(name)
        text = "" if cost is None else f"{cost:+.4f}"
        table.add_row(signals[name].label, signals[name].family, f"{weight:.3f}", text)
    console().print(table)
