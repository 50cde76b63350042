"""openclout import: bring files, folders and archives into the warehouse."""

from pathlib import Path

import click

from openclout.cli.console import data_option, now, print_json, progress
from openclout.cli.exports import reading_options
from openclout.consent import Ledger
from openclout.pipeline.importing import Imported, ImportOptions, import_path
from openclout.settings import read_settings
from openclout.snapshot.writer import forget
from openclout.warehouse.store import Warehouse, scratch_folder


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@reading_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@data_option
def command(
    paths: tuple[Path, ...],
    options: ImportOptions,
    as_json: bool,
    data: Path | None,
) -> int:
    """Bring exports, dumps and tables in: what they are is found by looking.

    Reads CSV, TSV, JSON Lines and Parquet tables, Stack Exchange dumps, X and Mastodon archives,
    ActivityStreams 2 collections, SourceCred instances and GitHub backups, as a folder, a zip, a
    tar, a 7z or a single file. Importing a file twice changes nothing. Rows that cannot be used go
    to the folder `rejects` of the data folder, and the exit code is 2.
    """
    settings = read_settings(data)
    results: list[Imported] = []
    with scratch_folder(settings.data) as scratch, progress() as say:
        ledger = Ledger(settings.data)
        known = ledger.hashes
        warehouse = Warehouse(settings.data, settings, ledger, scratch)
        try:
            results.extend(import_path(path, warehouse, options, now(), say) for path in paths)
            if ledger.hashes != known:  # a name turned out to be that of somebody who opted out
                forget(warehouse.engine, settings.data, ledger)
        finally:
            warehouse.close()
    if as_json:
        print_json([_summary(result) for result in results])
    else:
        for result in results:
            _print(result)
    return 0 if all(result.clean for result in results) else 2


def _summary(result: Imported) -> dict[str, object]:
    tally = result.tally
    return {
        "path": str(result.path),
        "found": result.found,
        "read": tally.read,
        "kept": tally.kept,
        "updated": tally.updated,
        "duplicates": tally.duplicates,
        "withheld": tally.withheld,
        "withdrawn": tally.withdrawn,
        "rejected": tally.rejected,
        "reasons": dict(tally.reasons),
        "tables": dict(tally.tables),
        "rejects": str(result.rejects) if result.rejects else None,
        "notes": result.notes,
        "troubles": result.troubles,
        "seconds": round(result.seconds, 1),
    }


def _print(result: Imported) -> None:
    tally = result.tally
    click.echo(f"{result.path.name}: {result.found or 'not imported'}")
    if result.found:
        kept = ", ".join(f"{count:,} {table}" for table, count in tally.tables.items() if count)
        click.echo(f"  read        {tally.read:>12,}  in {result.seconds:.1f} s")
        click.echo(f"  kept        {tally.kept:>12,}  {kept}")
        for name, count in (
            ("updated", tally.updated),
            ("duplicates", tally.duplicates),
            ("opted out", tally.withheld),
            ("withdrawn", tally.withdrawn),
            ("rejected", tally.rejected),
        ):
            if count or name in ("duplicates", "rejected"):
                click.echo(f"  {name:<12}{count:>12,}")
    for reason, count in tally.reasons.most_common():
        click.echo(f"    {count:>14,}  {reason}")
    if result.rejects:
        click.echo(f"  the rejected rows, with line, value and fix: {result.rejects}")
    for note in result.notes:
        click.echo(f"  note: {note}")
    for trouble in result.troubles:
        click.echo(f"Error: {trouble}", err=True)
