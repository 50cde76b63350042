"""openclout coverage: do the bands hold what comes next?"""

from contextlib import ExitStack
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, now, print_json, progress
from openclout.cli.judging import Case, judging_options
from openclout.evaluation.coverage import cover_sets, measure_pasts
from openclout.evaluation.dataset import opened
from openclout.vocabulary.period import read_window
from openclout.warehouse.store import scratch_folder


@click.command("coverage")
@judging_options
@click.option("--windows", "most", default=5, show_default=True, type=click.IntRange(1, 50),
              help="How many disjoint windows at the end of the data are judged.")  # fmt: skip
def command(case: Case, most: int, as_json: bool) -> None:
    """Judge the bands: do low and high hold the score that the next window brings?

    Without PATHS the data folder is judged; PATHS are files to import, data folders, or
    descriptions of sets (.toml). At each of the last windows the band is made as it would have been
    then, and compared with the score of the next disjoint window; who vanished is counted. Nothing
    in the data folder changes.
    """
    settings, model = case.settings, case.model
    pasts = []
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        for one in case.sets:
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
