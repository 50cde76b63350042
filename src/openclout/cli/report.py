"""openclout report: one self-contained page to look at."""

from pathlib import Path

import click
import orjson

from openclout.cli.backtest import KEPT
from openclout.cli.console import data_option
from openclout.cli.reading import open_snapshot
from openclout.errors import InputError
from openclout.report.page import make_page
from openclout.report.proof import Judged, read_judged
from openclout.settings import read_settings

PAGE = "index.html"


@click.command("report")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write index.html to.",
)  # fmt: skip
@click.option("--network", help="Only this network.")
@data_option
def command(out: Path, network: str | None, data: Path | None) -> None:
    """Write a page about the scores: spread, leaders, what they are made of, what was asked,
    and, where `backtest` was run, whether the score predicts.

    One file with everything in it: it opens without a network and asks nobody for anything. It
    names people: who may see it is yours to decide.
    """
    with open_snapshot(data) as snapshot:
        judged = _read_backtest(read_settings(data).data / KEPT)
        text = make_page(snapshot, network, judged)
    target = out / PAGE
    try:
        _write(target, text)
    except OSError as error:
        raise InputError(
            f'"{out}" cannot be written to ({error.strerror})', place="--out", fix="name a folder"
        ) from None
    click.echo(f"Written to {target} ({target.stat().st_size / 1024:,.0f} KiB)")


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


def _write(target: Path, text: str) -> None:
    """Write the page aside, then swap it in: nobody sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(target)
