"""Measure import and score at growing sizes beside a floor, and write benchmarks/results/scale.md.

    .venv/bin/python -m benchmarks.scale [--rows 1e6 1e7 1e8] [--folder DIR]

Every figure is of a whole process on two threads. The floor is two queries of the bare engine over
the same Parquet file, under the same limits of threads and memory. 10^8 rows need 60 GB of disk.
"""

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.process import Measured, run_measured

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "scale.md"
OPENCLOUT = str(Path(sys.executable).parent / "openclout")
THREADS = 2
LARGE = 50_000_000  # rows from which on there is one run of the floor, and no one-off
QUERIES = (
    "select target, count(distinct source) from t group by 1",
    "select source, target, count(*) from t group by 1, 2",
)
FLOOR = """
import duckdb, sys
path, memory = sys.argv[1:]
session = duckdb.connect(config={{"threads": "{threads}", "memory_limit": memory}})
session.execute(f"create view t as from read_parquet('{{path}}')")
for query in {queries!r}:
    session.execute(f"create or replace temp table r as {{query}}")
"""


@dataclass(frozen=True, slots=True)
class Size:
    """One size's figures."""

    rows: int
    memory: str
    floor: Measured
    imported: Measured
    score: Measured
    one_off: Measured | None


def memory_for(rows: int) -> str:
    """Tell the engine's limit at a size; a process takes somewhat more."""
    return "7GB" if rows >= LARGE else "4500MB"


def environment(memory: str) -> dict[str, str]:
    """Give the environment of a measured command."""
    return {**os.environ, "OPENCLOUT_THREADS": str(THREADS), "OPENCLOUT_MEMORY": memory}


def openclout(memory: str, *words: str) -> Measured:
    """Run the command line; stop where it fails."""
    found = run_measured([OPENCLOUT, *words], environment(memory))
    if found.code:
        sys.exit(f"openclout {' '.join(words)} ended with {found.code}")
    return found


def measure(rows: int, folder: Path) -> Size:
    """Measure one size."""
    path, data, memory = folder / f"{rows}.parquet", folder / "data", memory_for(rows)
    generate(rows, path)
    code = FLOOR.format(threads=THREADS, queries=QUERIES)
    runs = 3 if rows < LARGE else 1
    floor = min(
        (run_measured([sys.executable, "-c", code, str(path), memory]) for _ in range(runs)),
        key=lambda found: found.seconds,
    )
    place = ["--data", str(data)]
    imported = openclout(memory, "import", str(path), *place)
    score = openclout(memory, "score", *place)
    shutil.rmtree(data)
    one_off = None
    if rows < LARGE:
        out = str(folder / "scores.parquet")
        one_off = openclout(memory, "score", str(path), "--out", out, *place)
    shutil.rmtree(data, ignore_errors=True)
    path.unlink()
    return Size(rows, memory, floor, imported, score, one_off)


def cell(found: Measured, floor: Measured) -> str:
    """Write one figure."""
    clock, cpu = found.seconds / floor.seconds, found.cpu / floor.cpu
    return f"{found.seconds:.1f} s ({clock:.1f}×, CPU {cpu:.1f}×), {found.memory / 1000:.1f} GB"


def line(size: Size) -> str:
    """Write one size's row."""
    floor = size.floor
    cells = [f"{size.rows:,}", size.memory, f"{floor.seconds:.1f}, CPU {floor.cpu:.1f}"]
    runs = (size.imported, size.score, size.one_off)
    cells.extend(cell(found, floor) if found else "not run" for found in runs)
    return f"| {' | '.join(cells)} |"


HEAD = """# Scale: import and score beside a floor

`.venv/bin/python -m benchmarks.scale`, {threads} threads, {when:%Y-%m-%d}. Power-law interactions
over 90 days, a tenth as many accounts as acts (benchmarks/generate.py), read from Parquet; in
brackets the multiples of the floor, by the clock and in CPU seconds. The floor is two queries of
the bare engine over the same file under the same limits, the quickest of three runs:

```sql
{queries}
```

- *import* reads the file into a data folder until durable.
- *score* measures all {signals} signals, ranks, scores and publishes the snapshot.
- *one-off* is `score FILE --out scores.parquet`: import, score and the file.

| rows | engine limit | floor s | import | score | one-off |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Measure and write the page."""
    from openclout.signal import load_signals

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, nargs="+", default=[1e6, 1e7, 1e8])
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        sizes = [measure(int(rows), Path(folder)) for rows in arguments.rows]
    head = HEAD.format(
        threads=THREADS,
        when=datetime.now(UTC),
        queries=";\n".join(QUERIES),
        signals=len(load_signals()),
    )
    RESULT.write_text(head + "\n".join(map(line, sizes)) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
