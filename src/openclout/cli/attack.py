"""openclout attack: can the score be bought? Every attack known to us, tried on a copy."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from rich.table import Table

from openclout.cli.console import console, data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.cli.reading import open_snapshot
from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.evaluation.attack.card import Line, card, summarise, write_card
from openclout.evaluation.attack.catalogue import choose
from openclout.evaluation.attack.stage import GROUPS, Stage, play, set_stage
from openclout.evaluation.attack.trial import Arena
from openclout.lenses import LENSES, Lens, lens
from openclout.pipeline.importing import ImportOptions, Progress, import_path
from openclout.pipeline.scoring import latest_period
from openclout.scoring.model import load_model
from openclout.settings import Settings, read_settings
from openclout.vocabulary.period import Period, read_time, read_window
from openclout.warehouse.store import Warehouse, copy_warehouse, scratch_folder

_FEWEST, _MOST = 1, 1000


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    options: ImportOptions
    as_of: datetime | None
    window: str
    model: str
    lenses: tuple[Lens, ...]
    targets: int
    seed: int


@click.command("attack")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option("--attacks", default="", help="Only these, commas between: star,ring-1000.")
@click.option("--targets", default=20, show_default=True, help="Targets of each of the two groups.")
@click.option("--seed", default=1, show_default=True, help="What is drawn depends on this alone.")
@click.option("--together", default=0, help="Targets attacked in one copy (0: by the set's size).")
@click.option("--lenses", default="", help="Compare with these only, commas between; or none.")
@click.option("--as-of", "as_of", help="The moment to score at (default: as last scored).")
@click.option(
    "--window", default="", help="How far to look back (default: as last scored, or 90d)."
)
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--report", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="Write attack.json with every single gain to this folder.")  # fmt: skip
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the report card as JSON.")
@data_option
def command(
    paths: tuple[Path, ...],
    attacks: str,
    targets: int,
    seed: int,
    together: int,
    lenses: str,
    as_of: str | None,
    window: str,
    model_name: str,
    folder: Path | None,
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> None:
    """Try to buy a higher score, and report what every attack gains.

    The data folder's warehouse, or PATHS read as in a one-off run, is scored, copied, attacked by
    an import into the copy, and scored again. Nothing of the data folder is changed, and its
    opt-outs hold.
    """
    chosen = choose(attacks)
    for value, least, most, name in (
        (targets, _FEWEST, _MOST, "--targets"), (together, 0, _MOST, "--together"),
        (seed, 0, 2**32, "--seed"),
    ):  # fmt: skip
        if not least <= value <= most:
            raise InputError(f"{value} is not from {least} to {most:,}", place=name, fix="e.g. 20")
    moment = read_time(as_of, now()) if as_of else None
    wish = _Wish(paths, options, moment, window, model_name, _lenses(lenses), targets, seed)
    settings = read_settings(data)
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        stage = _stage(wish, settings, scratch, say)
        found = list(play(stage, chosen, seed, say, together))
    lines = [summarise(attack, part) for attack, part in found]
    content = card(stage, lines, seed)
    if folder:
        singles = [gain for _attack, part in found for gain in part]
        write_card(folder, content, singles)
    if as_json:
        print_json(content)
    else:
        _print(stage, lines)


def _lenses(names: str) -> tuple[Lens, ...]:
    if not names.strip():
        return LENSES
    return () if names == "none" else tuple(lens(name.strip()) for name in names.split(","))


def _stage(wish: _Wish, settings: Settings, scratch: Path, say: Progress) -> Stage:
    """Bring the data into a folder of our own, score them, and draw the targets."""
    base = scratch / "base"
    say("copying the warehouse" if not wish.paths else "reading")
    copy_warehouse(settings.data, base, settings, scratch, tables=not wish.paths)
    warehouse = Warehouse(base, settings, Ledger(base), scratch)
    try:
        for path in wish.paths:
            result = import_path(path, warehouse, wish.options, now(), say)
            if result.troubles:
                raise InputError("; ".join(result.troubles))
        period = _period(wish, warehouse, settings)
        arena = Arena(base, settings, scratch, period, load_model(wish.model), wish.lenses)
        return set_stage(arena, warehouse, wish.targets, wish.seed, say)
    finally:
        warehouse.close()


def _period(wish: _Wish, warehouse: Warehouse, settings: Settings) -> Period:
    """Tell the period: what was asked for, else the one that was last scored and published."""
    if not wish.paths and not wish.window:
        try:
            with open_snapshot(settings.data) as snapshot:
                facts = snapshot.facts
                return Period(wish.as_of or facts.as_of, facts.window)
        except NotFound:
            pass
    window = read_window(wish.window or "90d")
    return latest_period(warehouse.engine, wish.as_of, window, now())


def _print(stage: Stage, lines: Sequence[Line]) -> None:
    """Print the two tables: the score with its targets, and the lenses."""
    scene, period = stage.scene, stage.arena.period
    click.echo(
        f"{scene.network} as of {period.as_of:%Y-%m-%d %H:%M} UTC,"
        f" {len(stage.clean.scores.account):,} scored accounts, {len(stage.targets) // len(GROUPS)}"
        " targets of each group; mean gain in points (percentiles)\n"
    )
    console().print(_score_table(lines))
    if stage.clean.lenses:
        click.echo("\nThe same attacks under other scores' rules: points on a curve like ours, mean"
                   " of all targets")  # fmt: skip
        console().print(_lens_table(lines))
    missed = [line.attack.name for line in lines if not line.met]
    click.echo(f"\n{len(lines) - len(missed)} of {len(lines)} aims met."
               + (f" Missed: {', '.join(missed)}" if missed else ""))  # fmt: skip


def _score_table(lines: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("attack")
    for name in (*GROUPS, "places", "worst", "aim", ""):
        table.add_column(name, justify="right")
    table.add_column("what is done")
    for line in lines:
        attack = line.attack
        worst = f", worst {attack.worst:g}" if attack.worst else ""
        table.add_row(
            attack.name,
            *(f"{line.points[group]:.1f} ({line.percentiles[group]:+.0f})" for group in GROUPS),
            line.places_text,
            f"{line.worst:.1f}",
            f"{attack.limit:g}{worst}",
            "met" if line.met else "missed",
            attack.about,
        )
    return table


def _lens_table(lines: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("attack")
    table.add_column("openclout", justify="right")
    for name in lines[0].lenses:
        table.add_column(name, justify="right")
    for line in lines:
        ours = sum(line.points.values()) / len(line.points)
        table.add_row(line.attack.name, f"{ours:.1f}",
                      *(f"{points:.1f}" for points in line.lenses.values()))  # fmt: skip
    return table
