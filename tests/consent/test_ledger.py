"""The ledger: hashes that tell nobody who left, found again however the name is written."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.consent import Ledger
from openclout.errors import NotFound, WarehouseError
from openclout.settings import GIB, Settings
from openclout.warehouse.engine import Engine

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def test_it_holds_marks_and_no_names(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add([("net", "dan_the_gardener"), ("net", "7781")], NOW)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"dan" not in written
    assert b"7781" not in written.replace(ledger.key.hex().encode(), b"")
    (stone,) = Ledger(tmp_path).tombstones
    assert stone.added == "2026-07-01"
    assert len(stone.hashes) == 2
    for path in (tmp_path / "secret.key", tmp_path / "optouts.json"):
        assert path.stat().st_mode & 0o077 == 0


def test_two_folders_give_the_same_name_different_marks(tmp_path: Path) -> None:
    first, second = Ledger(tmp_path / "a"), Ledger(tmp_path / "b")
    assert first.keyed("net", "dan") != second.keyed("net", "dan")
    assert first.keyed("net", "dan") == Ledger(tmp_path / "a").keyed("net", "dan")


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("dan", "@Dan"), ("Dan@Example.Social", "@dan@example.social"), ("JOS\u00c9", "jose\u0301"),
        ("\u0130stanbul", "istanbul"), ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"), ("ЖЖЖ", "жжж"),
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_written(tmp_path: Path, written: str, again: str) -> None:
    ledger = Ledger(tmp_path)
    ledger.add([("Net", written)], NOW)
    assert ledger.holds("net", again)
    assert ledger.holds("net", None, "nobody", again)
    assert not ledger.holds("other", again)
    assert not ledger.holds("net", None, "nobody")


@pytest.fixture(scope="module")
def engine_and_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Ledger]]:
    """An engine that was taught a ledger's key."""
    folder = tmp_path_factory.mktemp("ledger")
    ledger = Ledger(folder)
    engine = Engine(None, Settings(data=folder, threads=1, memory=GIB), folder)
    engine.key(ledger.key)
    yield engine, ledger
    engine.close()


@given(names=st.lists(st.text(max_size=40), max_size=20))
def test_the_engine_gives_the_same_marks(
    engine_and_ledger: tuple[Engine, Ledger], names: list[str]
) -> None:
    engine, ledger = engine_and_ledger
    names = [name.replace("\0", "").encode("utf-8", "replace").decode() for name in names]
    found = engine.rows(
        "select keyed(network, name) from (select unnest(?::varchar[]) as name, 'Net' as network)",
        (names,),
    )
    assert [row[0] for row in found] == [ledger.keyed("Net", name) for name in names]


def test_names_that_belong_together_become_one_tombstone(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add([("net", "a")], NOW)
    ledger.add([("net", "b")], NOW)
    assert len(ledger.tombstones) == 2
    ledger.add([("net", "a"), ("net", "b"), ("net", "c")], datetime(2026, 8, 1, tzinfo=UTC))
    (stone,) = ledger.tombstones
    assert len(stone.hashes) == 3
    assert stone.added == "2026-07-01"
    ledger.remove([("net", "c")])
    assert not ledger.holds("net", "a", "b", "c")
    with pytest.raises(NotFound, match=r"no opt-out is known.*Fix: openclout optout list"):
        ledger.remove([("net", "a")])


def test_a_run_with_an_old_view_loses_nobody(tmp_path: Path) -> None:
    """An import may hold the ledger open for hours while somebody opts out."""
    importing = Ledger(tmp_path)
    importing.add([("net", "a")], NOW)
    Ledger(tmp_path).add([("net", "b")], NOW)
    importing.add([("net", "a"), ("net", "a_new")], NOW)
    Ledger(tmp_path).remove([("net", "a")])
    importing.add([("net", "c")], NOW)
    found = Ledger(tmp_path)
    assert [found.holds("net", name) for name in ("a", "b", "c")] == [False, True, True]


def test_many_at_once_lose_nobody(tmp_path: Path) -> None:
    names = [f"name{n}" for n in range(24)]
    threads = [
        threading.Thread(target=lambda name=name: Ledger(tmp_path).add([("net", name)], NOW))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Ledger(tmp_path)
    assert all(found.holds("net", name) for name in names)
    assert len(found.tombstones) == len(names)
    kept = {"secret.key", "optouts.json", "optouts.lock"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_third_party_is_kept_under_a_key_that_an_optout_meets(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    key = ledger.third_party("net", "@Friend")
    assert key == "~" + ledger.keyed("net", "friend")[:24]


def test_a_ledger_without_its_key_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path).add([("net", "dan")], NOW)
    (tmp_path / "secret.key").unlink()
    with pytest.raises(WarehouseError, match=r"key .* is missing, so no opt-out could be honoured"):
        Ledger(tmp_path)
    assert not (tmp_path / "secret.key").exists()  # a new one would hide the loss


def test_a_ledger_of_another_shape_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path).add([("net", "dan")], NOW)
    whole = json.loads((tmp_path / "optouts.json").read_text())
    half = {**whole, "optouts": [{"added": "x"}]}
    shapes: list[object] = [{}, [], None, 7, half, {**whole, "optouts": 3}]
    for broken in shapes:
        (tmp_path / "optouts.json").write_text(json.dumps(broken))
        with pytest.raises(WarehouseError, match=r"ledger cannot be read .* Fix: restore it"):
            Ledger(tmp_path)
