"""A data folder that was damaged, or may not be written to, ends in a sentence that names it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system.conftest import HEADER, Clout, Write

READERS = (("top",), ("explain", "ann"), ("show", "ann"))
WRITERS = (("score",), ("optout", "add", "net:cat"))


@pytest.fixture
def scored(clout: Clout, write: Write) -> Clout:
    """A small folder, imported and scored, from which somebody opted out."""
    acts = "".join(f"net,like,u{n},ann,2026-01-0{n + 1},,,,,@zed,\n" for n in range(4))
    clout.bring(write("acts.csv", HEADER + acts))
    clout.run("score", code=0)
    clout.run("optout", "add", "net:zed", code=0)
    return clout


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


LEDGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no key": (lambda data: (data / "secret.key").unlink(), "is missing"),
    "no hex": (lambda data: (data / "secret.key").write_text("zz"), "cannot be read"),
    "a cut key": (lambda data: cut(data / "secret.key"), "is 16 bytes long and not 32"),
    "another key": (
        lambda data: (data / "secret.key").write_text("ab" * 32),
        "is not the one that the ledger was written with",
    ),
    "a cut ledger": (lambda data: cut(data / "optouts.json"), "the opt-out ledger cannot be read"),
    "an empty ledger": (lambda data: (data / "optouts.json").write_text(""), "cannot be read"),
    "another ledger": (lambda data: (data / "optouts.json").write_text("[1]"), "cannot be read"),
}


@pytest.mark.parametrize("fault", LEDGERS)
def test_without_a_whole_ledger_nothing_is_imported_or_shown(
    scored: Clout, tmp_path: Path, fault: str
) -> None:
    damage, sentence = LEDGERS[fault]
    damage(scored.data)
    path = tmp_path / "given" / "acts.csv"
    commands = (*READERS, *WRITERS, ("import", path), ("optout", "list"),
                ("score", path, "--out", tmp_path / "x.csv"))  # fmt: skip
    for command in commands:
        said = scored.run(*command, code=2).err
        assert sentence in said, command
        assert "Fix: restore it from a backup" in said
    assert not (tmp_path / "x.csv").exists()


def test_a_warehouse_that_is_none_is_named(scored: Clout) -> None:
    for damage in (cut, lambda path: path.write_bytes(b"garbage" * 999)):
        damage(scored.data / "warehouse.duckdb")
        for command in WRITERS:
            said = scored.run(*command, code=2).err
            assert "warehouse.duckdb: the " in said
            assert "Fix: " in said


def snapshot_file(data: Path, name: str) -> Path:
    (found,) = (data / "snapshots").glob(f"*/{name}")
    return found


@pytest.mark.parametrize("name", ["people.parquet", "facts.json", "posts.parquet", "pointer"])
def test_a_damaged_snapshot_is_named_and_made_anew(scored: Clout, name: str) -> None:
    if name == "pointer":
        (scored.data / "snapshot").write_bytes(b"\xff../../etc")
    else:
        cut(snapshot_file(scored.data, name))
    for command in READERS:
        assert "Fix: openclout score" in scored.run(*command, code=2).err
    scored.run("score", code=0)
    for command in READERS:
        scored.run(*command, code=0)


@pytest.mark.parametrize("name", ["people.parquet", "pointer"])
def test_who_opts_out_of_a_damaged_snapshot_is_gone_from_it(scored: Clout, name: str) -> None:
    if name == "pointer":
        (scored.data / "snapshot").write_text("nowhere")
    else:
        cut(snapshot_file(scored.data, name))
    scored.run("optout", "add", "net:u1", code=0)
    assert not (scored.data / "snapshots").exists()


def test_nothing_scored_and_nothing_there_is_said(clout: Clout) -> None:
    assert "nothing has been scored yet" in clout.run("top", code=2).err
    assert "there is nothing to score" in clout.run("score", code=2).err


def test_an_output_that_cannot_be_written_is_named(scored: Clout, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = scored.run("score", "--out", tmp_path / "file" / "x.csv", code=2).err
    assert str(tmp_path / "file") in said
    assert "Fix: check who may write there" in said
    (tmp_path / "x.csv").mkdir()
    assert "Fix: " in scored.run("score", "--out", tmp_path / "x.csv", code=2).err


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path, write: Write) -> None:
    path = write("acts.csv", HEADER + "net,like,bob,ann,2026-01-01,,,,,,\n")
    said = Clout(path / "data").run("import", path, code=2).err
    assert str(path) in said
    assert "Fix: " in said
