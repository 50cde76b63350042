"""openclout coverage: do the bands hold what comes next?"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.evaluation.coverage import cover_sets, measure_pasts
from openclout.evaluation.dataset import DataSet, find_sets, opened
from openclout.pipeline.importing import ImportOptions
from openclout.scoring.model import load_model
from openclout.settings import read_settings
from openclout.vocabulary.period import read_window
from openclout.warehouse.store import scratch_folder


@click.command("coverage")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--window", default="90d", show_default=True, help="For data that do not say theirs.")
@click.option("--windows", "most", default=5, show_default=True, type=click.IntRange(1, 50),
              help="How many disjoint windows at the end of the data are judged.")  # fmt: skip
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(
    paths: tuple[Path, ...],
    window: str,
    most: int,
    model_name: str,
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> None:
    """Judge the bands: do low and high hold the score that the next window brings?

    Without PATHS the data folder is judged; PATHS are files to import, data folders, or
    descriptions of sets (.toml). At each of the last windows the band is made as it would have been
    then, and compared with the score of the next disjoint window; who vanished is counted. Nothing
    in the data folder changes.
    """
    settings, model = read_settings(data), load_model(model_name)
    read_window(window)
    chosen = find_sets(paths, window, options) if paths else [DataSet("", settings.data, window)]
    pasts = []
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        for one in chosen:
            with opened(one, settings, scratch, now(), say) as engine:
                span = read_window(one.window)
                pasts.extend(measure_pasts(engine, one.name, span, most, model, say))
    found = cover_sets(pasts, model, most)
    if as_json:
        print_json(found)
        return
    for figures in found["sets"]:
        console().print(_table(figures))
        console().print(_differences(figures["differences"]))


def _differences(found: dict[str, Any]) -> str:
    """Say how `compare` fares."""
    if not found["called"]:
        return f"Of {found['pairs']:,} pairs, compare calls no difference beyond the noise."
    return (
        f"Of {found['pairs']:,} pairs, compare calls {100 * found['called']:.1f} % different beyond"
        f" the noise; {100 * found['called_right']:.1f} % of these came so."
    )


def _table(figures: dict[str, Any]) -> Table:
    name = "/".join(dict.fromkeys(filter(None, (figures["set"], figures["network"]))))
    title = (
        f"{name}: {figures['windows']} windows of {figures['window_days']:g} days,"
        f" {figures['own']} with a band of its own"
    )
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("accounts with")
    for label in ("accounts", "people", "held", "half-width", "of the points", "interval score"):
        table.add_column(label, justify="right")
    for row in figures["rows"]:
        table.add_row(
            row["who"], f"{row['accounts']:,}", f"{row['evidence']:.0f}",
            f"{100 * row['coverage']:.1f} %", f"{row['half_width']:.1f}",
            f"{row['relative']:.2f}", f"{row['interval_score']:.1f}",
        )  # fmt: skip
    return table
