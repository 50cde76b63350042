"""A process may be killed at any moment: the warehouse is as before or as after, never between."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import orjson
import pytest
from tests.system.conftest import HEADER, Clout, Write

pytestmark = pytest.mark.slow
ROWS = 15_000


@pytest.fixture
def table(write: Write) -> Path:
    """A table that takes a good second to import, with rows that are rejected among them."""
    lines = (
        f"net,{'like' if n % 997 else 'frown'},u{n % 4999},u{n * n % 2503},{1767225600 + n * 30},"
        f"p{n % 7001},{f'i{n}' if n % 2 else ''},,,text of {n},"
        for n in range(ROWS)
    )
    return write("many.csv", HEADER + "\n".join(lines) + "\n")


@pytest.fixture
def small(write: Write) -> Path:
    """A table that is there before."""
    return write("few.csv", HEADER + "net,like,bob,ann,2026-01-01T00:00:00Z,,,,,,\n")


def killed_at_many_moments(
    clout: Clout, command: tuple[object, ...], seconds: float, moments: int
) -> Iterator[bool]:
    """Run a command again and again, killed a little later each time; tell whether it ended."""
    for moment in range(1, moments + 1):
        process = clout.start(*command)
        try:
            process.communicate(timeout=seconds * moment / moments)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
        yield process.returncode >= 0


def timed(clout: Clout, *command: object) -> float:
    started = time.monotonic()
    process = clout.start(*command)
    process.communicate()
    return time.monotonic() - started


def test_an_import_that_is_killed_leaves_all_or_nothing(
    clout: Clout, table: Path, small: Path, tmp_path: Path
) -> None:
    clout.bring(small)
    before = clout.content()
    whole = Clout(tmp_path / "whole")
    whole.bring(small)
    seconds = timed(whole, "import", table)
    after = whole.content()
    for _ended in killed_at_many_moments(clout, ("import", table), seconds * 1.1, 8):
        found = clout.content()
        assert found in (before, after), "neither as before nor as after"
        clout.bring(small)  # opens it, sweeps, and changes nothing
        assert clout.leftovers() == []
    clout.bring(table, code=2)
    assert clout.content() == after
    assert clout.rejects() == whole.rejects()


def test_a_score_that_is_killed_leaves_the_old_one_or_the_new(
    clout: Clout, table: Path, small: Path
) -> None:
    clout.bring(small)
    clout.run("score", code=0)
    old = clout.run("show", "ann", "--json").out
    clout.bring(table, code=2)
    known = clout.imported()
    seconds = timed(Clout(clout.data), "score", "--as-of", "2026-01-01T00:00:00Z")
    for _ended in killed_at_many_moments(clout, ("score",), seconds * 1.1, 6):
        shown = clout.run("show", "ann", "--json", code=0).out
        assert orjson.loads(clout.run("history", "ann", "--json", code=0).out)["days"]
        assert clout.imported() == known
        assert clout.leftovers() == []
    assert clout.run("score").code == 0
    assert len(list((clout.data / "snapshots").iterdir())) == 1
    new = clout.run("show", "ann", "--json").out
    assert shown in (old, new)


def test_a_backfill_that_is_killed_keeps_whole_days_and_goes_on(
    clout: Clout, table: Path, tmp_path: Path
) -> None:
    clout.bring(table, code=2)
    clout.run("score", code=0)
    whole = Clout(tmp_path / "whole")
    shutil.copytree(clout.data, whole.data)
    seconds = timed(whole, "backfill", "--days", 4)
    wanted = past_days(whole)
    for _ended in killed_at_many_moments(clout, ("backfill", "--days", 4), seconds, 4):
        found = past_days(clout)
        assert set(found) <= set(wanted)
        assert clout.leftovers() == []
    clout.run("backfill", "--days", 4, code=0)
    assert past_days(clout) == wanted


def past_days(clout: Clout) -> dict[str, float]:
    """Give an account's kept scores by day."""
    found = orjson.loads(clout.run("history", "u0", "--json", code=0).out)["days"]
    return {day["day"]: day["score"] for day in found}


def test_an_opt_out_that_is_killed_is_finished_by_the_next_command(
    clout: Clout, table: Path, small: Path
) -> None:
    """Whoever asked to be forgotten is, though nobody asks again."""
    clout.bring(table, code=2)
    accounts = clout.rows("select count(*) from accounts")
    process = clout.start("optout", "add", "net:u77")
    while process.poll() is None and not (clout.data / "warehouse.new.duckdb").exists():
        time.sleep(0.001)
    process.kill()
    process.communicate()
    clout.bring(small)
    assert clout.rows("select count(*) from accounts where id = 'u77'") == [(0,)]
    assert clout.rows("select count(*) from accounts") == [(accounts[0][0] - 1 + 2,)]
    assert not (clout.data / "wipe.due").exists()
    assert clout.leftovers() == []


def test_while_one_command_holds_the_folder_another_says_so(clout: Clout, small: Path) -> None:
    clout.bring(small)
    for command in (("import", small), ("score",), ("optout", "add", "net:bob")):
        with duckdb.connect(str(clout.data / "warehouse.duckdb")):
            process = clout.start(*command)
            _out, err = process.communicate()
        assert process.returncode == 2
        assert "another run is using the data folder" in err
        assert "Fix: wait until it has ended" in err
        assert "Traceback" not in err
    clout.bring(small)
