"""openclout report: one self-contained page to look at."""

from pathlib import Path

import click
import orjson

from openclout.cli.backtest import KEPT
from openclout.cli.console import data_option
from openclout.cli.figures import write_page
from openclout.cli.reading import open_snapshot, person_option
from openclout.errors import InputError
from openclout.report.page import make_page
from openclout.report.proof import Judged, read_judged
from openclout.settings import read_settings
from openclout.snapshot.comparison import compare


@click.command("report")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write index.html to.",
)  # fmt: skip
@click.option("--network", help="Only this network.")
@click.option("--compare", "handles", multiple=True, metavar="HANDLE",
              help="Set these side by side, two or more: --compare ANN --compare BOB.")  # fmt: skip
@person_option
@data_option
def command(
    out: Path, network: str | None, handles: tuple[str, ...], person: bool, data: Path | None
) -> None:
    """Write a page about the scores: spread, leaders, what they are made of, who moves whom by
    which posts, what was asked and, where `backtest` was run, whether the score predicts.

    One file with everything in it: it opens without a network and asks nobody for anything. It
    names people: who may see it is yours to decide.
    """
    if person and not handles:
        raise InputError("it says who is compared", place="--person", fix="add --compare HANDLE")
    with open_snapshot(data) as snapshot:
        judged = _read_backtest(read_settings(data).data / KEPT)
        compared = compare(snapshot, handles, person) if handles else None
        text = make_page(snapshot, network, judged, compared)
    write_page(out, text, "--out")


def _read_backtest(path: Path) -> list[Judged]:
    """Read the backtest that is kept in the data folder; empty where there is none."""
    if not path.is_file():
        return []
    try:
        return read_judged(orjson.loads(path.read_bytes()))
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, IndexError):
        raise InputError(
            "it is no backtest", place=str(path), fix="openclout backtest makes it anew"
        ) from None
