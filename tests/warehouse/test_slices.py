"""Accounts are cut into ranges that fit into memory: every account in one range, and in order."""

import pytest
from tests.conftest import World

from openclout.warehouse import output
from openclout.warehouse.output import gather_people


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_every_account_lies_in_one_range(world: World, most: int) -> None:
    rows = "".join(f"like,a{number},b,2026-01-01\n" for number in range(6))
    engine = world(f"kind,source,target,published\n{rows}").engine
    numbers = [row[0] for row in engine.rows("select account from accounts order by 1")]
    slices = engine.slices(engine.settings.memory // most)
    covered = [number for first, last in slices for number in range(first, last + 1)]
    assert covered[: len(numbers)] == list(range(max(numbers) + 1))[: len(numbers)]
    assert set(numbers) <= set(covered)
    assert len(covered) == len(set(covered))
    assert all(last - first < most for first, last in slices) or len(slices) == 1


def test_people_gathered_in_slices_are_all_people(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = world(
        "kind,source,target,published\nlike,a,b,2026-01-01\nlike,c,b,2026-01-01\n"
    ).engine
    engine.run("create temp view people as select account as number, id from accounts")
    assert gather_people(engine) == "from people"
    monkeypatch.setattr(output, "_PEOPLE_BYTES", engine.settings.memory)
    clause = gather_people(engine)
    assert clause == "from people_rows"
    assert engine.rows(f"{clause} order by all") == engine.rows("from people order by all")
