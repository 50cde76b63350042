"""+K in the warehouse: counted once, gone when undone, no clock for the score."""

import csv
from pathlib import Path

import orjson
import pytest
from tests.report.conftest import acts, bring, run

from openclout.connectors.openclout import MARK

Row = dict[str, str]
ANN = {"id": "1", "network": "chatter", "target": "bob", "source": "ann", "topic": "jazz",
       "published": "2026-03-20T10:00:00Z"}  # fmt: skip
KEYED = {**ANN, "id": "2", "source": "", "member": "17"}
LATE = {**ANN, "id": "3", "topic": "tea", "published": "2026-06-01T10:00:00Z"}


def take(folder: Path, *rows: Row) -> dict[str, int]:
    """Import an export of +K; give the summary."""
    file = folder / "endorsements.jsonl"
    file.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in (MARK, *rows)))
    return bring_in(file, folder)


def bring_in(file: Path, folder: Path) -> dict[str, int]:
    """Import a file; give the summary, which stands after what is said meanwhile."""
    said = run("import", file, "--json", "--data", folder / "data")
    found: list[dict[str, int]] = orjson.loads(said[said.index("[\n") :])
    return found[0]


def nodded(folder: Path) -> float:
    """Score, and tell how many people nodded at bob, who is endorsed but by nobody else's like."""
    data, out = folder / "data", folder / "scores.csv"
    run("score", "--out", out, "--data", data)
    with out.open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["account"] == "bob")
    return float(row["nods"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bring(tmp_path, acts())
    return tmp_path


def test_an_endorsement_counts_and_an_undone_one_vanishes(folder: Path) -> None:
    assert nodded(folder) == 0
    said = take(folder, ANN, KEYED)
    assert (said["kept"], said["duplicates"], said["withdrawn"]) == (2, 0, 0)
    both = nodded(folder)
    again = take(folder, ANN, KEYED)
    assert (again["kept"], again["duplicates"], again["withdrawn"]) == (0, 2, 0)
    assert nodded(folder) == both > 0
    undone = take(folder, ANN)
    assert (undone["duplicates"], undone["withdrawn"]) == (1, 1)
    assert 0 < nodded(folder) < both
    assert take(folder)["withdrawn"] == 1
    assert nodded(folder) == 0


def test_other_imports_withdraw_nothing(folder: Path) -> None:
    take(folder, ANN)
    table = folder / "more.csv"
    table.write_text("source,target,published,kind,network,id\np01,bob,2026-03-01,like,chatter,7\n")
    said = bring_in(table, folder)
    assert (said["kept"], said["withdrawn"]) == (1, 0)
    assert take(folder, ANN)["withdrawn"] == 0


def test_an_endorsement_is_no_clock(folder: Path) -> None:
    before = run("top", "--limit", "3", "--json", "--data", folder / "data")
    take(folder, LATE)
    run("score", "--data", folder / "data")
    assert run("top", "--limit", "3", "--json", "--data", folder / "data") == before
