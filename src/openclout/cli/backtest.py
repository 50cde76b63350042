"""openclout backtest: does the score predict who will move people next?"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from openclout.cli.console import now, print_json, progress
from openclout.cli.figures import json_text, print_proof, write_aside, write_page
from openclout.cli.judging import Case, judging_options
from openclout.evaluation.backtest import backtest
from openclout.evaluation.contest import FIGURES, LABELS
from openclout.evaluation.cut import by_set
from openclout.evaluation.dataset import measure_set
from openclout.report.proof import make_proof_page
from openclout.warehouse.store import scratch_folder

KEPT = "backtest.json"
"""In the data folder: what `openclout report` shows of the last backtest of its own data."""


@click.command("backtest")
@judging_options
@click.option("--cuts", default=3, show_default=True, type=click.IntRange(1, 50),
              help="How many disjoint horizons at the end of the data.")  # fmt: skip
@click.option("--leave-one-out", "apart", is_flag=True,
              help="Judge each set by weights fitted on the others, not by the model.")  # fmt: skip
@click.option("--report", "out", type=click.Path(path_type=Path, file_okay=False),
              help="Write a page with charts to this folder.")  # fmt: skip
def command(case: Case, cuts: int, apart: bool, out: Path | None, as_json: bool) -> None:
    """Judge the score, and every lens, by who was acted upon after it was made.

    Without PATHS the data folder is judged; PATHS are files to import, data folders, or
    descriptions of sets (.toml). At each cut all orders are made from what was public before it;
    right is who finds those on whom most different people act within h (a quarter of the window)
    after it. Whoever acted counts once, whatever our own credibility says of them.
    """
    settings = case.settings
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        found = [
            cut
            for one in case.sets
            for cut in measure_set(one, settings, scratch, cuts, now(), say)
        ]
        proof: dict[str, Any] = backtest(by_set(found), case.model, apart, say)
    if case.own:
        write_aside(settings.data / KEPT, json_text(proof))
    if as_json:
        print_json(proof)
    else:
        print_proof(proof)
    if out:
        page = make_proof_page(proof, dict(zip(FIGURES, LABELS, strict=True)))
        write_page(out, page, "--report", said=not as_json)
