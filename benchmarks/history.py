"""Measure the history: a year's backfill, a new day beside a full run, the room that a year takes.

    .venv/bin/python -m benchmarks.history backfill FOLDER_OR_DUMP [--days 365]
    .venv/bin/python -m benchmarks.history daily [--rows 1e6 1e7] [--spans 90 630]
    .venv/bin/python -m benchmarks.history room [--people 1e5] [--days 64]

Every figure is of whole processes on two threads. Each part writes its section of
benchmarks/results/history.md.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from benchmarks.generate import generate
from benchmarks.process import Measured, run_measured

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "history.md"
OPENCLOUT = str(Path(sys.executable).parent / "openclout")
THREADS = 2
SPAN, END = 90, "2026-04-01"  # of what generate makes
HEAD = "# History: a year of days, a new day, and the room they take\n"


def openclout(data: Path, *words: str, memory: str = "2500MB") -> Measured:
    """Run the command line on a data folder; stop where it fails."""
    environment = {**os.environ, "OPENCLOUT_THREADS": str(THREADS), "OPENCLOUT_MEMORY": memory}
    found = run_measured([OPENCLOUT, *words, "--data", str(data)], environment)
    if found.code:
        sys.exit(f"openclout {' '.join(words)} ended with {found.code}")
    return found


def _when() -> str:
    return f"{THREADS} threads, {datetime.now(UTC):%Y-%m-%d}"


def publish(title: str, text: str) -> None:
    """Put a section into the page, in the place of the one of that title."""
    page = RESULT.read_text(encoding="utf-8") if RESULT.is_file() else HEAD
    section = f"\n## {title}\n{text.rstrip()}\n"
    pattern = re.compile(rf"\n## {re.escape(title)}\n.*?(?=\n## |\Z)", re.DOTALL)
    page = (
        pattern.sub(lambda _: section.rstrip("\n"), page)
        if pattern.search(page)
        else page + section
    )
    RESULT.write_text(page.rstrip() + "\n", encoding="utf-8")
    print(section)


def measure_backfill(source: Path, days: int, folder: Path) -> str:
    """Import a set, score once from nothing, then fill a year."""
    data, other = folder / "data", folder / "other"
    openclout(data, "import", str(source))
    shutil.copytree(data, other)
    once = openclout(other, "score")
    filled = openclout(data, "backfill", "--days", str(days))
    again = openclout(data, "backfill", "--days", str(days))
    size = sum(path.stat().st_size for path in (data / "history").iterdir())
    kept = sum(path.stat().st_size for path in (data / "partials").rglob("*.npz"))
    return (
        f"`python -m benchmarks.history backfill`, {_when()}.\n"
        "One run is `score` from process start to exit, with no partials to find.\n\n"
        "| what | seconds | CPU s | times one run |\n|---|---|---|---|\n"
        f"| one run | {once.seconds:.1f} | {once.cpu:.1f} | 1 |\n"
        f"| backfill of {days} days | {filled.seconds:.1f} | {filled.cpu:.1f} |"
        f" {filled.seconds / once.seconds:.1f} (CPU {filled.cpu / once.cpu:.1f}) |\n"
        f"| the same again, nothing to do | {again.seconds:.1f} | {again.cpu:.1f} |"
        f" {again.seconds / once.seconds:.1f} |\n\n"
        f"History on disk: {size / 1e6:.1f} MB; partials: {kept / 1e6:.1f} MB.\n"
    )


def spread(rows: int, days: int, path: Path) -> None:
    """Make the power-law acts of benchmarks/generate.py, over so many days instead of 90."""
    generate(rows, path)
    if days != SPAN:
        wide = path.with_suffix(".wide.parquet")
        since = f"(epoch_us(published) - epoch_us(timestamp '{END}'))"
        duckdb.execute(
            f"copy (select * replace (timestamp '{END}' + to_microseconds(({since} * ({days}"
            f" / {SPAN}.0))::bigint) as published) from '{path}') to '{wide}' (format parquet)"
        )
        wide.replace(path)


def measure_daily(rows: int, days: int, folder: Path) -> Iterator[str]:
    """Import all but the last day, keep what a daily instance has kept, then score a new day."""
    path, data = folder / "acts.parquet", folder / "data"
    spread(rows, days, path)
    last = duckdb.execute(f"select max(published)::date from '{path}'").fetchall()[0][0]
    parts = {"old": f"published < '{last}'", "new": f"published >= '{last}'"}
    for name, condition in parts.items():
        target = folder / f"{name}.parquet"
        duckdb.execute(
            f"copy (select * from '{path}' where {condition}) to '{target}' (format parquet)"
        )
    openclout(data, "import", str(folder / "old.parquet"))
    if days > SPAN:  # its own window and those before it: all that the new day looks back on
        openclout(data, "backfill", "--days", "1", "--as-of", f"{last - timedelta(days=SPAN)}")
    openclout(data, "import", str(folder / "new.parquet"))
    bare = folder / "bare"
    shutil.copytree(data, bare, ignore=shutil.ignore_patterns("partials", "history", "tmp"))
    full = openclout(bare, "score", "--as-of", f"{last}")
    new = openclout(data, "score", "--as-of", f"{last}")
    same = _same(data, bare)
    yield (
        f"| {rows:,} | {days} | {full.seconds:.1f} (CPU {full.cpu:.1f}) |"
        f" {new.seconds:.1f} (CPU {new.cpu:.1f}) | {new.seconds / full.seconds:.0%}"
        f" (CPU {new.cpu / full.cpu:.0%}) | {same} | {new.memory / 1000:.1f} |\n"
    )
    for used in (data, bare):
        shutil.rmtree(used)


def _same(one: Path, other: Path) -> str:
    """Compare two published snapshots, table by table: every row, to the last bit."""
    first, second = (
        data / "snapshots" / (data / "snapshot").read_text().strip() for data in (one, other)
    )
    differ = []
    for path in sorted(first.glob("*.parquet")):
        tables = f"from '{path}'", f"from '{second / path.name}'"
        counts = [
            duckdb.execute(f"select count(*) from ({a} except all {b})").fetchall()[0][0]
            for a, b in (tables, tables[::-1])
        ]
        differ += [path.stem] if any(counts) else []
    return f"not: {', '.join(differ)}" if differ else "every row"


def main() -> None:
    """Measure one part and write its section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("backfill", "daily", "room"))
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--rows", type=float, nargs="+", default=[1e6])
    parser.add_argument("--spans", type=int, nargs="+", default=[90, 630])
    parser.add_argument("--people", type=float, default=1e5)
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        if arguments.part == "backfill":
            text = measure_backfill(arguments.source, arguments.days, folder)
            publish(f"Backfill of {arguments.source.name}", text)
        elif arguments.part == "daily":
            publish("A new day beside a full run", _daily(arguments, folder))
        else:
            publish("Room", measure_room(int(arguments.people), arguments.days, folder))


def _daily(arguments: argparse.Namespace, folder: Path) -> str:
    lines = [
        line
        for rows in arguments.rows
        for days in arguments.spans
        for line in measure_daily(int(rows), days, folder)
    ]
    return (
        f"`python -m benchmarks.history daily`, {_when()}, window 90 days.\n"
        "A full run finds nothing kept; the new day finds the windows that a daily instance\n"
        "has measured on earlier days. *same*: what both snapshots share, to the last bit.\n\n"
        "| interactions | over days | full run s | new day s | part | same | peak GB |\n"
        f"|---|---|---|---|---|---|---|\n{''.join(lines)}"
    )


def measure_room(people: int, days: int, folder: Path) -> str:
    """Keep days of a network of so many scored people, and weigh the folder."""
    path, data = folder / "acts.parquet", folder / "data"
    generate(10 * people, path)
    openclout(data, "import", str(path))
    filled = openclout(data, "backfill", "--days", str(days))
    size = sum(one.stat().st_size for one in (data / "history").iterdir())
    rows = duckdb.execute(f"select count(*) from '{data}/history/*.parquet'").fetchall()[0][0]
    year = size / rows * 365e6
    return (
        f"`python -m benchmarks.history room --people {people:g} --days {days}`: {rows:,} rows of"
        f" {days} days take {size / 1e6:.1f} MB, {size / rows:.1f} bytes each: a year of 10⁶ people"
        f" would take {year / 1e9:.1f} GB. The backfill took {filled.seconds:.0f} s.\n"
    )


if __name__ == "__main__":
    main()
