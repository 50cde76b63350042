"""No received act ever lowers a score: in random worlds one more act is received, from anybody."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import World

from openclout.pipeline.measuring import measure, read_evidence
from openclout.scoring.model import load_model
from openclout.scoring.run import totals
from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

NAMES = ("ann", "bob", "cat", "dan", "eve", "fay")
PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=4))

acts = st.tuples(
    st.sampled_from([kind for kind in KINDS if kind != "view"]),
    st.sampled_from(range(len(NAMES))),
    st.sampled_from(range(len(NAMES))),
    st.sampled_from([None, 1, 2, 3]),
    st.integers(0, 4 * 24 * 3600 - 1),
)
Act = tuple[str, int, int, int | None, int]


def sums(warehouse: Warehouse, rows: list[Act]) -> dict[int, float]:
    """Give R of every account of a world that consists of these acts."""
    engine = warehouse.engine
    engine.run("delete from interactions")
    numbers = dict(engine.rows("select id, account from accounts"))
    for row, (kind, source, target, post, age) in enumerate(rows):
        engine.run(
            "insert into interactions values (?, ?, ?, ?, ?, 1, null, null, 1, ?, null, null)",
            (kind, numbers[NAMES[source]], numbers[NAMES[target]], post and post * 10 + target,
             PERIOD.as_of.replace(tzinfo=None) - timedelta(seconds=age), row),
        )  # fmt: skip
    model = load_model()
    measure(engine, PERIOD, model.counted)
    evidence = read_evidence(engine, model.counted)
    found = dict(
        zip(evidence.account.tolist(), totals(evidence, model.weights).tolist(), strict=True)
    )
    return {place: found.get(numbers[name], 0.0) for place, name in enumerate(NAMES)}


@pytest.mark.slow
def test_one_more_received_act_never_lowers_a_score(world: World) -> None:
    header = "kind,source,target,published\n"
    everybody = "".join(f"like,{name},{NAMES[0]}x,2026-01-01\n" for name in NAMES)
    warehouse = world(header + everybody)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rows=st.lists(acts, min_size=1, max_size=25), more=acts)
    def one_more(rows: list[Act], more: Act) -> None:
        before, after = sums(warehouse, rows), sums(warehouse, [*rows, more])
        target = more[2]
        assert after[target] >= before[target] - 1e-9

    one_more()
