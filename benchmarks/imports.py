"""Measure how fast files come in, until durable, and write benchmarks/results/imports.md.

    .venv/bin/python -m benchmarks.imports [--folder DIR]

A CSV of 10^7 interactions, and the beer Stack Exchange dump grown to 500 MB in its own proportions:
its rows are repeated with other ids, every file of the dump alike.
"""

import argparse
import re
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.process import Measured
from benchmarks.scale import ROOT, THREADS, openclout
from benchmarks.sets import DATA

RESULT = ROOT / "benchmarks" / "results" / "imports.md"
CSV_ROWS = 10_000_000
DUMP_BYTES = 500_000_000
READ = ("Posts.xml", "Comments.xml", "Votes.xml", "Users.xml", "PostLinks.xml")
_IDS = re.compile(
    rb' (Id|PostId|ParentId|AcceptedAnswerId|OwnerUserId|UserId|RelatedPostId)="(\d+)"'
)


def grow(folder: Path) -> tuple[int, int]:
    """Write the grown dump; give its bytes, and those of the files that are read."""
    with tarfile.open(DATA / "stackexchange" / "beer-2020.tar.xz") as archive:
        archive.extractall(folder / "one", filter="data")
    files = sorted((folder / "one").rglob("*.xml"))
    copies = round(DUMP_BYTES / sum(file.stat().st_size for file in files))
    target = folder / "beer"
    target.mkdir()
    for file in files:
        with (target / file.name).open("wb") as out:
            out.writelines(repeated(file.read_bytes().splitlines(keepends=True), copies))
    sizes = {file.name: file.stat().st_size for file in target.iterdir()}
    return sum(sizes.values()), sum(sizes[name] for name in READ)


def repeated(lines: list[bytes], copies: int) -> Iterator[bytes]:
    """Give a file's lines with its rows repeated, each time with other ids."""
    rows = [line for line in lines if line.lstrip().startswith(b"<row")]
    head, tail = lines[: lines.index(rows[0])], lines[lines.index(rows[-1]) + 1 :]
    yield from head
    for copy in range(copies):
        shift = copy * 1_000_000

        def moved(found: "re.Match[bytes]", shift: int = shift) -> bytes:
            return b' %s="%d"' % (found[1], int(found[2]) + shift)

        yield from (_IDS.sub(moved, row) for row in rows)
    yield from tail


def csv_import(folder: Path) -> Measured:
    """Import the CSV."""
    path = folder / "acts.csv"
    generate(CSV_ROWS, path)
    found = openclout("2500MB", "import", str(path), "--data", str(folder / "csv"))
    path.unlink()
    return found


def line(what: str, found: Measured, speed: str) -> str:
    """Write a row of the table."""
    time = f"{found.seconds:.1f} s, CPU {found.cpu:.1f} s"
    return f"| {what} | {time} | {speed} | {found.memory / 1000:.1f} GB |"


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=None)
    with tempfile.TemporaryDirectory(dir=parser.parse_args().folder) as name:
        folder = Path(name)
        table = csv_import(folder)
        whole, read = grow(folder)
        dump = openclout("4GB", "import", str(folder / "beer"), "--data", str(folder / "se"))
    rows = [
        line(f"CSV, {CSV_ROWS:,} rows", table, f"{CSV_ROWS / table.seconds:,.0f} rows/s"),
        line(f"Stack Exchange dump, {whole / 1e6:,.0f} MB in all", dump,
             f"{whole / 1e6 / dump.seconds:.0f} MB/s"),
        line(f"of it read: {', '.join(READ)}, {read / 1e6:,.0f} MB", dump,
             f"{read / 1e6 / dump.seconds:.0f} MB/s"),
    ]  # fmt: skip
    head = (
        f"# Import\n\n`.venv/bin/python -m benchmarks.imports`, {THREADS} threads,"
        f" {datetime.now(UTC):%Y-%m-%d}. From the command's start to its end, all durable."
        "\n\n| what | seconds | speed | peak memory |\n|---|---|---|---|\n"
    )
    RESULT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
