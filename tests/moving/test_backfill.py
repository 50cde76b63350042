"""Backfilled days are what `score` gives on that day, and are made once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW, World
from tests.moving.test_why import DAY, WINDOW, crowd, publish_at

from openclout.pipeline.backfilling import Backfilled, backfill, moments
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.scoring import score
from openclout.scoring.model import load_model
from openclout.snapshot.history import read_book, rows_of
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

LAST = datetime(2026, 2, 27, 9, tzinfo=UTC)
ENDS = moments(LAST, 6, DAY)
MODEL = load_model()


def fill(warehouse: Warehouse, ends: list[datetime] = ENDS) -> Backfilled:
    return backfill(warehouse, ends, WINDOW, MODEL, lambda _text: None)


def kept(warehouse: Warehouse) -> dict[datetime, dict[int, tuple[float, float, float]]]:
    """Give score, low and high by moment and account."""
    found = {}
    for run in read_book(warehouse.data).runs:
        rows = warehouse.engine.rows(
            f"select number, score, low, high from {rows_of(warehouse.data, [run.file])}"
            f" where run = {run.run} order by number"
        )
        found[run.as_of] = {number: tuple(rest) for number, *rest in rows}
    return found


def late(warehouse: Warehouse, moment: datetime) -> None:
    """Import an act that happened at a moment long gone."""
    path: Path = warehouse.data / f"late-{moment:%d}.csv"
    path.write_text(f"kind,source,target,published\nlike,u9,u3,{moment.isoformat()}\n")
    options = ImportOptions(format="interactions", network="net")
    assert import_path(path, warehouse, options, NOW, lambda _text: None).clean


@pytest.mark.parametrize("people", [40, 130])  # without and with a curve of its own
def test_every_day_is_what_score_gives_on_that_day(world: World, people: int) -> None:
    warehouse = world(crowd(people))
    done = fill(warehouse)
    assert (done.scored, done.kept, done.empty) == (6, 0, 0)
    days = kept(warehouse)
    assert list(days) == ENDS
    for moment in ENDS:
        score(warehouse.engine, Period(moment, WINDOW), MODEL, lambda _text: None)
        rows = warehouse.engine.rows("select account, score, low, high from scored order by 1")
        assert [row[0] for row in rows] == list(days[moment])
        for account, *numbers in rows:
            assert days[moment][account][0] == pytest.approx(numbers[0], abs=1e-9)
            assert days[moment][account][1:] == pytest.approx(numbers[1:], abs=1e-4)


def test_days_that_are_kept_are_not_scored_again(world: World) -> None:
    warehouse = world(crowd())
    assert fill(warehouse, ENDS[3:]).scored == 3
    assert (fill(warehouse).scored, fill(warehouse).scored) == (3, 0)
    publish_at(warehouse, LAST)  # the same data, rules and curves
    assert fill(warehouse).scored == 0


def test_only_days_whose_data_changed_are_scored_anew(world: World) -> None:
    warehouse = world(crowd())
    fill(warehouse)
    before = kept(warehouse)
    late(warehouse, ENDS[2] + timedelta(hours=2))
    assert fill(warehouse).scored == 3
    after = kept(warehouse)
    assert {end: after[end] for end in ENDS[:3]} == {end: before[end] for end in ENDS[:3]}
    assert all(after[end] != before[end] for end in ENDS[3:])


def test_a_backfill_that_is_stopped_goes_on(world: World) -> None:
    warehouse, whole = world(crowd()), world(crowd())
    fill(whole)
    said = []

    def stop(text: str) -> None:
        said.append(text)
        if len(said) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backfill(warehouse, ENDS, WINDOW, MODEL, stop)
    assert len(read_book(warehouse.data).runs) == 3
    assert (fill(warehouse).scored, len(kept(warehouse))) == (3, 6)
    assert sorted(map(str, kept(warehouse).values())) == sorted(map(str, kept(whole).values()))


def test_days_before_all_acts_are_told_and_left_out(world: World) -> None:
    warehouse = world("kind,source,target,published\nlike,u1,u2,2026-02-26T12:00:00Z\n")
    done = fill(warehouse)
    assert (done.scored, done.empty) == (2, 4)
    warehouse.engine.run("delete from interactions")
    assert fill(warehouse).empty == 6
