"""Periods measured side by side give, to the last bit, what each gives alone."""

from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import World

from openclout.pipeline.measuring import measure, measure_side_by_side, read_evidence
from openclout.pipeline.persons import join_persons
from openclout.scoring.model import load_model
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse
from openclout.warehouse.worlds import most_worlds

WINDOW = timedelta(days=8)
START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = load_model().counted
HEADER = "network,kind,source,target,published,object,count"
acts = st.lists(
    st.tuples(
        st.sampled_from(["forum", "metro"]), st.sampled_from(["like", "reply", "endorse"]),
        st.integers(0, 9), st.integers(0, 9), st.integers(0, 40 * 24 * 3600), st.booleans(),
    ),
    max_size=40,
)  # fmt: skip
ends = st.lists(st.integers(8 * 24 * 3600, 42 * 24 * 3600), min_size=1, max_size=6, unique=True)
Act = tuple[str, str, int, int, int, bool]


def text(rows: list[Act]) -> str:
    lines = [HEADER]
    for network, kind, source, target, age, named in rows:
        moment = START + timedelta(seconds=age)
        if source != target:
            who = f"u{source}" if named else ""
            lines.append(f"{network},{kind},{who},u{target},{moment.isoformat()},p{target},")
    return "\n".join(lines) + "\n"


_CHANCE = Random(5)
_KINDS = ("like", "like", "like", "reply", "like", "endorse")
BASE: list[Act] = [
    (("forum", "metro")[n % 3 == 0], _KINDS[n % 6], _CHANCE.randrange(20), _CHANCE.randrange(20),
     _CHANCE.randrange(40 * 24 * 3600), n % 11 > 0)
    for n in range(900)
]  # fmt: skip
"""Enough for a past that tells people from fakes, on the one network earlier than on the other."""


def check(warehouse: Warehouse, moments: list[int]) -> list[np.ndarray]:
    """Compare; give which networks are guarded in each period."""
    engine = warehouse.engine
    join_persons(engine)
    periods = [Period(START + timedelta(seconds=age), WINDOW) for age in moments]
    together = measure_side_by_side(engine, periods, NAMES)
    for period, (evidence, guarded) in zip(periods, together, strict=True):
        assert (measure(engine, period, NAMES, lean=True) == guarded).all()
        alone = read_evidence(engine, NAMES)
        assert alone.names == evidence.names
        for name in ("account", "network", "signals", "evidence", "latest"):
            assert np.array_equal(getattr(alone, name), getattr(evidence, name)), name
    return [guarded for _evidence, guarded in together]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, ends)
def test_side_by_side_is_as_alone(world: World, more: list[Act], moments: list[int]) -> None:
    check(world(text([*BASE, *more])), moments)


def test_worlds_with_and_without_a_past_lie_side_by_side(world: World) -> None:
    moments = [day * 24 * 3600 for day in (8, 9, 20, 41)]
    guarded = check(world(text(BASE)), moments)
    assert not guarded[0].any()
    assert guarded[-1].all()


def test_the_tables_are_as_before(world: World) -> None:
    warehouse = world(text(BASE))
    before = warehouse.engine.rows("select count(*), min(published) from interactions")
    check(warehouse, [9 * 24 * 3600, 30 * 24 * 3600])
    assert warehouse.engine.rows("select count(*), min(published) from interactions") == before
    known = {row[0] for row in warehouse.engine.rows("select network from accounts")}
    assert known == {"forum", "metro"}


def test_proved_persons_are_measured_one_period_at_a_time(world: World) -> None:
    warehouse = world(text(BASE))
    assert most_worlds(warehouse.engine) == 64
    numbers = warehouse.engine.rows("select account from accounts order by 1 limit 2")
    warehouse.engine.run(f"insert into proofs values ({numbers[0][0]}, {numbers[1][0]}, '')")
    assert most_worlds(warehouse.engine) == 1


@pytest.mark.parametrize("days", [1, 3])
def test_periods_must_not_touch_each_other(world: World, days: int) -> None:
    """What happens after a period's end is not in it, though another period has it."""
    late = text([*BASE, ("forum", "like", 1, 2, 30 * 24 * 3600, True)])
    warehouse = world(late)
    check(warehouse, [30 * 24 * 3600 - 1, 30 * 24 * 3600, (30 + days) * 24 * 3600])
