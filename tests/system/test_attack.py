"""openclout attack, through the command line: it reports, and the user's own folder stays."""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from tests.system.conftest import HEADER, Clout, Write

NEWEST = datetime(2026, 6, 1, tzinfo=UTC)


def community(people: int = 80) -> str:
    """Write a table of people of whom the first are acted upon most."""
    rows = [HEADER]
    for source in range(people):
        for step in range(1, 8):
            target = (source * step) % (10 + step * 9)
            moment = NEWEST - timedelta(hours=(source * 13 + step * 101) % 2000)
            if target != source:
                rows.append(
                    f"net,like,u{source:03},u{target:03},{moment:%Y-%m-%dT%H:%M:%SZ},,,,,,\n"
                )
    return "".join(rows)


def digests(clout: Clout) -> dict[str, str]:
    """Give a hash of every file of a data folder."""
    return {
        str(path.relative_to(clout.data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(clout.data.rglob("*"))
        if path.is_file()
    }


def test_a_card_of_a_folder_that_stays_as_it_was(clout: Clout, write: Write) -> None:
    clout.bring(write("a.csv", community()))
    clout.run("score", "--window", "84d", code=0)
    before = digests(clout)
    words = ("attack", "--attacks", "star-10,ring-1000", "--targets", 2, "--together", 2, "--json")
    found = orjson.loads(clout.run(*words, code=0).out)
    assert digests(clout) == before
    assert clout.leftovers() == []
    assert found["window_days"] == 84  # as last scored
    star, ring = found["attacks"]
    assert star["points"]["median"] > 0
    assert star["worst"] >= max(star["points"].values())
    assert ring["lenses"]["engagers"] >= star["lenses"]["engagers"] > 0
    assert found == orjson.loads(clout.run(*words, code=0).out)


def test_files_are_attacked_without_a_data_folders_tables(clout: Clout, write: Write) -> None:
    file = write("net.csv", community())
    report = clout.data.parent / "card"
    words = ("attack", file, "--attacks", "star-10", "--targets", 2, "--report", report)
    printed = clout.run(*words, code=0).out
    assert re.search(r"star-10 .* 3, worst 10 +(met|missed) +10 fresh fakes act once each", printed)
    singles = orjson.loads((report / "attack.json").read_bytes())["gains"]
    assert len(singles) == 4
    assert not (clout.data / "warehouse.duckdb").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--attacks", "strar"), 'Error: --attacks: "strar" is not an attack. Fix: '),
        (("--targets", 0), "Error: --targets: 0 is not from 1 to 1,000. Fix: e.g. 20"),
        (("--targets", 900), "too few for 900 targets of each group. Fix: "),
        (("--window", "ever"), 'Error: --window: "ever" is not a window. Fix: '),
        (("--as-of", "1995-01-01"), "Error: nobody has a score to raise. Fix: "),
    ],
)
def test_a_bad_wish_ends_in_a_sentence(
    words: tuple[object, ...], said: str, clout: Clout, write: Write
) -> None:
    clout.bring(write("a.csv", community()))
    outcome = clout.run("attack", *words, code=2)
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_an_empty_folder_and_no_such_file(clout: Clout) -> None:
    assert "nothing was imported yet" in clout.run("attack", code=2).err
    assert "Error: " in clout.run("attack", clout.data / "none.csv", code=2).err
