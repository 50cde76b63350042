"""How fast the site is with a million people: publishing, profiles as JSON, leaderboards.

python -m benchmarks.serving [--people 1000000] [--seconds 20] > benchmarks/results/serving.md

The demo's people are multiplied, all of them claim their page, and wrk (Debian's package) asks for
pages of people drawn at random. OPENCLOUT_DATABASE chooses PostgreSQL.
"""

import argparse
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from demo.__main__ import write_community
from demo.show import EXPORTS

from openclout.settings import Site, read_settings, read_site
from openclout.snapshot.writer import POINTER, TABLES, current_folder
from openclout.warehouse.engine import Engine, quoted

PORT = 8765
IDS = 100_000  # random people that are asked for


def main() -> None:
    """Make a million, publish them, ask for them, print what was measured."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="openclout-site-") as name:
        folder = Path(name)
        data = _demo(folder)
        _multiply(data, arguments.people, folder)
        site = read_site(data)
        seconds = _publish(site)
        _claim_all()
        lua = _requests(folder, arguments.people)
        with _served(data):
            profile = _wrk(folder, arguments.seconds, lua, f"http://127.0.0.1:{PORT}")
            board = _wrk(folder, arguments.seconds, _boards(folder), f"http://127.0.0.1:{PORT}")
        print(_page(site, arguments.people, seconds, profile, board))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=20)
    return parser.parse_args()


def _demo(folder: Path) -> Path:
    """Import and score the demo's community; give its data folder."""
    write_community(folder / "exports", date(2026, 6, 30), seed=7)
    exports = [str(folder / "exports" / name) for name in EXPORTS]
    backfill = ("backfill", "--days", "30", "--every", "1d")
    for words in (("import", *exports), ("score",), backfill):
        command = [sys.executable, "-m", "openclout", *words, "--data", str(folder / "data")]
        subprocess.run(command, check=True, capture_output=True)
    return folder / "data"


def _multiply(data: Path, people: int, scratch: Path) -> None:
    """Write a snapshot in which each scored account of the demo stands so often, a bit changed."""
    old = current_folder(data)
    if old is None:
        raise SystemExit("the demo was not scored")
    new = old.with_name("million")
    new.mkdir()
    engine = Engine(None, read_settings(data), scratch)
    source = f"read_parquet({quoted(old / 'people.parquet')})"
    engine.run(
        "create table copies as select * replace (copy::integer as number, 'p' || copy as account,"
        " 'p' || copy as handle, 'Person ' || copy as label, 'chatterhub' as network,"
        " least(score * (0.8 + 0.4 * random()), 99) as score), number as original from"
        f" (select *, row_number() over () - 1 as copy from (select * from {source} where"
        " level = 'account' and score is not null and not provisional and network = 'chatterhub')"
        f" cross join range({people}) limit {people})"
    )
    for table in TABLES:
        rows = f"read_parquet({quoted(old / f'{table}.parquet')})"
        target = quoted(new / f"{table}.parquet")
        engine.run(f"copy ({_copied(table, rows)}) to {target} (format parquet)")
    for file in (data / "history").glob("*.parquet"):
        draft = file.with_suffix(".new")
        engine.run(
            f"copy (select h.* replace (c.number as number) from read_parquet({quoted(file)}) h"
            " join copies c on c.original = h.number where h.members is null"
            f" order by number, run) to {quoted(draft)} (format parquet, compression zstd)"
        )
        draft.replace(file)
    engine.close()
    shutil.copy(old / "facts.json", new / "facts.json")
    (data / POINTER).write_text(new.name, encoding="ascii")


def _copied(table: str, rows: str) -> str:
    """Give the rows of a table for all copies; nothing of those that tie people to each other."""
    joined = f"from {rows} t join copies c on c.original = t"
    return {
        "people": "select * exclude (original, copy) from copies",
        "posts": f"select t.* replace (c.number as target) {joined}.target where t.place <= 3",
        "styles": f"select t.* replace (c.number as number) {joined}.number",
        "topics": f"from {rows}",
        "topic_scores": f"select t.* replace (c.number as number) {joined}.number"
        " qualify row_number() over (partition by c.number order by t.score desc, t.topic) <= 2",
    }.get(table, f"from {rows} limit 0")


def _publish(site: Site) -> float:
    """Publish the snapshot; give the seconds that it took."""
    from openclout.web.opening import prepare, publish

    prepare(site)
    started = time.monotonic()
    publish(site)
    return time.monotonic() - started


def _claim_all() -> None:
    """Let everybody claim their page: the worst case for every list."""
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("update published_people set slug = account")
        for table, owner in (("topic_scores", "owner"), ("posts", "author")):
            cursor.execute(f"update published_{table} set slug = 'p' || ({owner} / 2)")
    connections.close_all()


def _requests(folder: Path, people: int) -> Path:
    """Write what wrk asks for: people drawn at random, with a key that has no narrow quota."""
    from openclout.web.interface.keys import make_key

    key = make_key("benchmark", "read bulk", 2_000_000_000)
    rng = random.Random(7)  # noqa: S311 - draws whom to ask for
    ids = "\n".join(str(rng.randrange(people)) for _n in range(IDS))
    (folder / "ids.txt").write_text(ids, encoding="ascii")
    script = f"""
local ids = {{}}
for line in io.lines("{folder}/ids.txt") do ids[#ids + 1] = line end
local place = 0
function setup(thread) thread:set("offset", math.random(#ids)) end
function request()
  place = place + 1
  local id = ids[(place + offset) % #ids + 1]
  return wrk.format("GET", "/api/v1/people/p" .. id, {{["X-API-Key"] = "{key}"}})
end
"""
    return _lua(folder / "profile.lua", script)


def _boards(folder: Path) -> Path:
    """Write what wrk asks for: pages of the leaderboard, wherever they begin."""
    from openclout.web.interface.cursor import Cursor, write_cursor

    rng = random.Random(8)  # noqa: S311 - draws where to begin
    marks = [write_cursor(Cursor(rng.uniform(5, 70), 1, 1)) for _n in range(1000)]
    listed = ", ".join(f'"{mark}"' for mark in marks)
    script = f"""
local marks = {{{listed}}}
local place = 0
function request()
  place = place + 1
  return wrk.format("GET", "/leaderboard?after=" .. marks[place % #marks + 1])
end
"""
    return _lua(folder / "board.lua", script)


def _lua(path: Path, script: str) -> Path:
    path.write_text(script, encoding="ascii")
    return path


@contextmanager
def _served(data: Path) -> Iterator[None]:
    """Serve the site as `openclout serve` does."""
    command = [sys.executable, "-m", "openclout", "serve", "--port", str(PORT), "--data", str(data)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _n in range(240):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api", timeout=5).read()
                break
            except OSError:
                time.sleep(0.5)
        yield
    finally:
        server.terminate()
        server.wait(20)


def _wrk(folder: Path, seconds: int, script: Path, address: str) -> dict[str, str]:
    """Ask for so long with 8 connections; give what wrk says, after a warm-up."""
    command = ["wrk", "-t1", "-c8", "--latency", "-s", str(script), address]
    subprocess.run([*command[:1], "-d5s", *command[1:]], check=True, capture_output=True)
    done = subprocess.run([*command[:1], f"-d{seconds}s", *command[1:]], check=True,
                          capture_output=True, text=True, cwd=folder)  # fmt: skip
    lines = [line.split() for line in done.stdout.splitlines()]
    said = {words[0]: words[1] for words in lines if len(words) == 2}
    errors = next((line for line in done.stdout.splitlines() if "Non-2xx" in line), "none")
    return {"rate": said["Requests/sec:"], "p50": said["50%"], "p99": said["99%"],
            "errors": errors.strip()}  # fmt: skip


def _page(
    site: Site, people: int, seconds: float, profile: dict[str, str], board: dict[str, str]
) -> str:
    rows = "\n".join(
        f"| {name} | {found['rate']} | {found['p50']} | {found['p99']} | {found['errors']} |"
        for name, found in (("profile, JSON", profile), ("leaderboard, page", board))
    )
    return (
        f"## {site.database.engine}, {people:,} people, all of whom claimed their page\n\n"
        f"{os.cpu_count()} cores, Python {platform.python_version()}, wrk on the same cores.\n\n"
        f"Published in {seconds:.0f} s.\n\n"
        f"| asked for | requests/s | p50 | p99 | other than 200 |\n|---|---|---|---|---|\n{rows}\n"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
