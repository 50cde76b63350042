"""The history: every run is kept, a day twice replaces itself, and who opted out is in no file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW, World

from openclout.consent import Ledger
from openclout.errors import WarehouseError
from openclout.pipeline.partials import Partials, sweep_partials
from openclout.pipeline.publishing import publish
from openclout.pipeline.scoring import score
from openclout.scoring.model import load_model
from openclout.snapshot import history
from openclout.snapshot.history import read_book, rows_of
from openclout.snapshot.reader import Snapshot
from openclout.snapshot.writer import forget
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

HEADER = "kind,source,target,published,object\n"
WINDOW = timedelta(days=10)
Score = Callable[[int], None]


def acts(*rows: tuple[str, str, int]) -> str:
    """Write likes: source, target, day of January."""
    lines = (f"like,{source},{target},2026-01-{day:02}T12:00:00Z,p" for source, target, day in rows)
    return HEADER + "\n".join(lines) + "\n"


SMALL = acts(
    ("ann", "bob", 3), ("cat", "bob", 4), ("dan", "bob", 5), ("bob", "ann", 4), ("dan", "ann", 6),
    ("ann", "dan", 6), ("eve", "bob", 9),
)  # fmt: skip


@pytest.fixture
def warehouse(world: World) -> Warehouse:
    """A warehouse of a few acts."""
    return world(SMALL)


def keep(warehouse: Warehouse, day: int, model: str = "", window: timedelta = WINDOW) -> None:
    """Score and publish a day of January."""
    rules = load_model(model)
    period = Period(datetime(2026, 1, day + 1, tzinfo=UTC), window)
    partials = Partials(warehouse.engine, warehouse.data, rules)
    run = score(warehouse.engine, period, rules, lambda _text: None, partials=partials)
    publish(warehouse, run)


def opened(warehouse: Warehouse) -> Snapshot:
    data = warehouse.data
    return Snapshot(data, warehouse.settings, Ledger(data), warehouse.scratch)


def days(warehouse: Warehouse, name: str) -> dict[int, float]:
    """Give the kept scores of an account by day of January."""
    snapshot = opened(warehouse)
    found = snapshot.history.of(snapshot.find(name))
    snapshot.close()
    return {past.kept.day.day: past.score or 0.0 for past in found}


def test_a_run_is_kept_as_it_was_scored(warehouse: Warehouse) -> None:
    keep(warehouse, 6)
    scored = dict(warehouse.engine.rows("select account, score from scored"))
    snapshot = opened(warehouse)
    for name in ("ann", "bob", "dan"):
        row = snapshot.find(name)
        [past] = snapshot.history.of(row)
        assert past.score == scored[row["number"]] == row["score"]
        assert (past.low, past.high) == pytest.approx((row["low"], row["high"]), abs=1e-5)
        explained = snapshot.explain(row)
        points = {part.signal.name: part.points for part in explained.contributions}
        assert past.points == pytest.approx(points, abs=0.5 / history.PARTS)
        assert past.base == pytest.approx(explained.base, abs=len(points) / history.PARTS)
    snapshot.close()


def test_the_same_day_twice_replaces_it_and_another_model_or_window_stands_beside_it(
    warehouse: Warehouse,
) -> None:
    keep(warehouse, 6)
    keep(warehouse, 7)
    keep(warehouse, 6)
    assert [kept.day.day for kept in read_book(warehouse.data).runs] == [6, 7]
    keep(warehouse, 6, model="2026-11")
    keep(warehouse, 6, window=timedelta(days=5))
    runs = read_book(warehouse.data).runs
    assert len(runs) == 4
    assert len(list((warehouse.data / "history").iterdir())) == 4 + 1
    assert list(days(warehouse, "bob")) == [6]  # of the window that was published last


def test_changes_are_told_over_day_and_week_and_only_where_a_day_is_kept(
    warehouse: Warehouse,
) -> None:
    for day in (4, 10, 11):
        keep(warehouse, day)
    kept = days(warehouse, "bob")
    snapshot = opened(warehouse)
    found = snapshot.history.changes_of(snapshot.find("bob"))
    assert found["month"] is None
    for name, day in (("day", 10), ("week", 4)):
        change = found[name]
        assert change is not None
        assert (change.day.day, change.before) == (day, kept[day])
        assert change.points == pytest.approx(kept[11] - kept[day], abs=1e-12)
    everybody = {row["label"]: row["change"] for row in snapshot.history.changes(timedelta(7))}
    assert everybody["bob"] == pytest.approx(kept[11] - kept[4], abs=1e-12)
    assert "dan" not in everybody  # nobody had acted upon dan by then
    snapshot.close()


def test_many_days_are_put_together_and_read_the_same(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in (4, 5, 6):
        keep(warehouse, day)
    before = days(warehouse, "bob")
    monkeypatch.setattr(history, "_LOOSE", 4)
    keep(warehouse, 7)
    files = {kept.file for kept in read_book(warehouse.data).runs}
    assert len(files) == 1
    after = days(warehouse, "bob")
    assert {day: after[day] for day in before} == before
    keep(warehouse, 5)  # a day within the file is replaced by one beside it
    assert days(warehouse, "bob") == after


def test_who_opts_out_goes_from_every_kept_day(warehouse: Warehouse) -> None:
    for day in (6, 7):
        keep(warehouse, day)
    [number] = warehouse.engine.rows("select account from accounts where id = 'bob'")[0]
    ann = days(warehouse, "ann")
    ledger = Ledger(warehouse.data)
    warehouse.ledger.add([("net", "bob")], NOW)
    warehouse.forget(NOW)
    ledger = Ledger(warehouse.data)
    forget(warehouse.engine, warehouse.data, ledger)
    sweep_partials(warehouse.engine, warehouse.data)
    files = [path.name for path in (warehouse.data / "history").glob("*.parquet")]
    assert set(files) == {kept.file for kept in read_book(warehouse.data).runs}
    rows = f"select count(*) from {rows_of(warehouse.data, files)} where number"
    assert warehouse.engine.value(f"{rows} = {number}") == 0
    assert warehouse.engine.value(f"{rows} <> {number}") > 0
    assert not any((warehouse.data / "partials").iterdir())
    assert days(warehouse, "ann") == ann  # what was is not written anew


def test_a_number_is_never_given_twice(warehouse: Warehouse, world: World) -> None:
    """Else the history of one who opted out would show under the name of the next who comes."""
    engine = warehouse.engine
    highest = engine.rows("select id, account from accounts order by account desc limit 1")[0]
    warehouse.ledger.add([("net", highest[0])], NOW)
    warehouse.forget(NOW)
    engine = warehouse.engine
    engine.run("create or replace temp table good as select 'net' as network, 'zoe' as id")
    from openclout.warehouse.storing import number_accounts

    number_accounts(engine, "select network, id from good", "net")
    assert engine.value("select account from accounts where id = 'zoe'") == highest[1] + 1


def test_the_history_of_another_warehouse_is_not_ours(warehouse: Warehouse) -> None:
    keep(warehouse, 6)
    warehouse.engine.run("update meta set value = 'another' where key = 'identity'")
    keep(warehouse, 7)
    assert list(days(warehouse, "bob")) == [7]


@pytest.mark.parametrize("content", [b"", b"{", b'{"runs": 3}', b"[]"])
def test_a_damaged_book_is_told_in_a_sentence(warehouse: Warehouse, content: bytes) -> None:
    keep(warehouse, 6)
    path: Path = warehouse.data / "history" / "runs.json"
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match=r"runs\.json: the history cannot be read"):
        read_book(warehouse.data)


def test_a_missing_file_is_told_in_a_sentence(warehouse: Warehouse) -> None:
    keep(warehouse, 6)
    for path in (warehouse.data / "history").glob("*.parquet"):
        path.unlink()
    with pytest.raises(WarehouseError, match="the history cannot be read"):
        days(warehouse, "bob")
