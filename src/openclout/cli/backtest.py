"""openclout backtest: does the score predict who will move people next?"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from openclout.cli.console import data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.cli.figures import json_text, print_proof, write_aside
from openclout.evaluation.backtest import backtest
from openclout.evaluation.cut import by_set
from openclout.evaluation.dataset import DataSet, find_sets, measure_set
from openclout.pipeline.importing import ImportOptions
from openclout.scoring.model import load_model
from openclout.settings import read_settings
from openclout.warehouse.store import scratch_folder

KEPT = "backtest.json"
"""In the data folder: what `openclout report` shows of the last backtest of its own data."""


@click.command("backtest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--window", default="90d", show_default=True, help="For data that do not say theirs.")
@click.option("--cuts", default=3, show_default=True, type=click.IntRange(1, 50),
              help="How many disjoint horizons at the end of the data.")  # fmt: skip
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--leave-one-out", "apart", is_flag=True,
              help="Judge each set by weights fitted on the others, not by the model.")  # fmt: skip
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def command(
    paths: tuple[Path, ...],
    window: str,
    cuts: int,
    model_name: str,
    apart: bool,
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> None:
    """Judge the score, and every lens, by who was acted upon after it was made.

    Without PATHS the data folder is judged; PATHS are files to import, data folders, or
    descriptions of sets (.toml). At each cut all orders are made from what was public before it;
    right is who finds those on whom most different people act within h (a quarter of the window)
    after it. Whoever acted counts once, whatever our own credibility says of them.
    """
    settings, model = read_settings(data), load_model(model_name)
    own = not paths
    chosen = [DataSet("", settings.data, window)] if own else find_sets(paths, window, options)
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        found = [
            cut for one in chosen for cut in measure_set(one, settings, scratch, cuts, now(), say)
        ]
        proof: dict[str, Any] = backtest(by_set(found), model, apart, say)
    if own:
        write_aside(settings.data / KEPT, json_text(proof))
    if as_json:
        print_json(proof)
    else:
        print_proof(proof)
