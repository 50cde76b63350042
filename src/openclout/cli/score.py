"""openclout score: make scores, of the warehouse or of files in a one-off run."""

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import click

from openclout.cli.console import console, data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.cli.view import lens_table, look_at_all
from openclout.consent import Ledger
from openclout.errors import InputError
from openclout.lenses import Lens
from openclout.lenses import lens as find_lens
from openclout.pipeline.importing import ImportOptions, Progress, import_path
from openclout.pipeline.partials import Partials
from openclout.pipeline.publishing import publish
from openclout.pipeline.scoring import SCORED, Run, latest_period, score
from openclout.pipeline.styling import style_all
from openclout.scoring.model import load_model
from openclout.settings import Settings, read_settings
from openclout.signal import load_signals
from openclout.vocabulary.period import read_time, read_window
from openclout.vocabulary.stage import Stage
from openclout.warehouse.output import make_people, write_lens_rows, write_people
from openclout.warehouse.store import Warehouse, scratch_folder

_STYLED = 0.8  # share of a run that is done when styles are known, about
_WRITTEN = 0.88  # share of a run that is done when the file is written, about


@click.command("score")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--as-of", "as_of", help="The moment to score at (default: just after the newest act)."
)
@click.option(
    "--window", default="90d", show_default=True, help="How far to look back: 90d, 12w, 36h."
)
@click.option("--model", "model_name", default="", help="An older model by name, or a model file.")
@click.option("--lens", "lens_name", help="Show another score's numbers too: openclout lenses.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(0, 100_000),
              help="How many accounts to show with --lens.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Write .csv, .parquet or .json here.")
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@data_option
def command(
    paths: tuple[Path, ...],
    as_of: str | None,
    window: str,
    model_name: str,
    lens_name: str | None,
    limit: int,
    out: Path | None,
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> int:
    """Score everybody in the warehouse, and publish the result for all readers.

    With PATHS it is a one-off run: the files are read into a warehouse that is thrown away, and
    calibrated on themselves; nothing is published. The opt-outs of the data folder hold in both.
    With --lens the accounts are shown, and written to --out, by another score's published rules.
    """
    settings = read_settings(data)
    moment = read_time(as_of, now()) if as_of else None
    span, model = read_window(window), load_model(model_name)
    lens = find_lens(lens_name) if lens_name else None
    if paths and not out and not lens:
        raise InputError(
            "a one-off run publishes nothing", place="--out", fix="add --out scores.csv"
        )
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_folder(settings.data))
        say = stack.enter_context(progress())
        warehouse = _warehouse(settings, scratch, one_off=bool(paths))
        stack.callback(warehouse.close)
        clean = [_is_clean(path, warehouse, options, say) for path in paths]
        period = latest_period(warehouse.engine, moment, span, now())
        partials = None if paths else Partials(warehouse.engine, warehouse.data, model)
        run = score(warehouse.engine, period, model, say, partials=partials)
        rows = look_at_all(warehouse.engine, run.period, lens, limit) if lens else []
        _hand_out(warehouse, run, out, say, one_off=bool(paths), lens=lens)
        if partials:
            partials.release()
    _print(run, out, as_json, {"lens": lens.name, "rows": rows} if lens else {})
    if lens and not as_json:
        console().print(lens_table(lens, rows))
    return 0 if all(clean) else 2


def _is_clean(path: Path, warehouse: Warehouse, options: ImportOptions, say: Progress) -> bool:
    """Import a file of a one-off run; tell whether every row could be used, else say what not."""
    result = import_path(path, warehouse, options, now(), say)
    for trouble in result.troubles:
        click.echo(f"Error: {trouble}", err=True)
    if result.tally.rejected:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in result.tally.reasons.items())
        click.echo(f"{path.name}: {result.tally.rejected:,} rows rejected: {reasons}", err=True)
    return result.clean


def _hand_out(
    warehouse: Warehouse,
    run: Run,
    out: Path | None,
    say: Progress,
    one_off: bool,
    lens: Lens | None,
) -> None:
    """Write the file that was asked for and, of a data folder's run, the snapshot."""
    if not (one_off and lens):
        say(Stage("finding styles", SCORED, _STYLED, warehouse.engine.share))
        style_all(warehouse.engine, run.period, run.model)
    if out:
        end = 1.0 if one_off else _WRITTEN
        say(Stage(f"writing {out.name}", _STYLED, end, warehouse.engine.share))
        if lens:
            write_lens_rows(warehouse.engine, out)
        else:
            make_people(warehouse.engine, list(load_signals()), rounded=True)
            write_people(warehouse.engine, out)
    if not one_off:
        begin = _WRITTEN if out else _STYLED
        say(Stage("publishing", begin, 1.0, warehouse.engine.share))
        publish(warehouse, run, styled=True)


def _warehouse(settings: Settings, scratch: Path, one_off: bool) -> Warehouse:
    ledger = Ledger(settings.data)
    data = scratch / "warehouse" if one_off else settings.data
    return Warehouse(data, settings, ledger, scratch)


def _print(run: Run, out: Path | None, as_json: bool, seen: dict[str, object]) -> None:
    summary = {
        "as_of": run.period.as_of.isoformat(),
        "window_days": run.period.window / timedelta(days=1),
        "model": run.model.name,
        "accounts": run.accounts,
        "scored": run.scored,
        "networks": {
            name: {
                "curve": curve.anchors.origin,
                "band_calibrated": curve.band_calibrated,
                "guarded": curve.guarded,
            }
            for name, curve in run.curves.items()
        },
        "out": str(out) if out else None,
        **seen,
    }
    if as_json:
        print_json(summary)
        return
    days = f"{run.period.window / timedelta(days=1):g}"
    click.echo(
        f"As of {run.period.as_of:%Y-%m-%d %H:%M} UTC, {days} days back, model {run.model.name}:"
        f" {run.scored:,} of {run.accounts:,} accounts have a score."
    )
    for name, curve in run.curves.items():
        band = "band from earlier windows" if curve.band_calibrated else "band uncalibrated"
        origin = {"own": "curve of its own", "pooled": "curve of all networks (uncalibrated)",
                  "model": "curve of the model (uncalibrated)"}[curve.anchors.origin]  # fmt: skip
        fakes = "" if curve.guarded else "; unguarded: too little past to tell people from fakes"
        click.echo(f"  {name}: {origin}; {band}{fakes}")
    if out:
        click.echo(f"Written to {out}")
