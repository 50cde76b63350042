"""Cuts: labels worked by hand, and nothing of what came after the moment in what is known of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW, World
from tests.evaluation.worlds import HEADER, year_of_likes

from openclout.consent import Ledger
from openclout.evaluation.cut import Cut, by_set, candidate_signals, make_cuts, moments
from openclout.lenses import LENSES
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.persons import join_persons
from openclout.settings import GIB, Settings
from openclout.vocabulary.period import Period
from openclout.warehouse.measure import make_later
from openclout.warehouse.store import Warehouse

MOMENT = datetime(2026, 1, 10, tzinfo=UTC)
PERIOD = Period(MOMENT, timedelta(days=8))  # h is two days


def later(warehouse: Warehouse) -> dict[str, float]:
    """Give whom people act upon within h after MOMENT, by id."""
    join_persons(warehouse.engine)
    make_later(warehouse.engine, PERIOD)
    return dict(warehouse.engine.rows("select id, people from later join accounts using (account)"))


def act(source: str, target: str, day: float, kind: str = "like", value: str = "") -> str:
    when = MOMENT + timedelta(days=day)
    return f"net,{kind},{source},{target},{when.isoformat()},{value}\n"


VALUED = "network,kind,source,target,published,value\n"


def test_a_later_act_counts_once_per_person(world: World) -> None:
    acts = act("bob", "ann", 0.5) + act("bob", "ann", 1.0, "reply") + act("cat", "ann", 1.5)
    assert later(world(VALUED + acts)) == {"ann": 2}


def test_what_does_not_count_later(world: World) -> None:
    acts = (
        act("ann", "ann", 0.5)  # oneself
        + act("bob", "ann", -0.1)  # before
        + act("cat", "ann", 2.1)  # after the horizon
        + act("dan", "ann", 0.5, "view")
        + act("", "ann", 0.5)  # without a name
        + act("eve", "ann", 0.5, "endorse", "-3")  # distrust
        + act("eve", "bob", 0.5, "endorse", "2")
    )
    assert later(world(VALUED + acts)) == {"bob": 1}


def test_the_horizon_begins_after_the_moment_and_ends_with_h(world: World) -> None:
    acts = act("bob", "ann", 0) + act("cat", "ann", 2) + act("dan", "ann", 2.0001)
    assert later(world(VALUED + acts)) == {"ann": 1}


def test_accounts_of_one_person_are_one_voice_and_no_voice_for_themselves(world: World) -> None:
    acts = act("bob", "ann", 0.5) + act("bob2", "ann", 0.6) + act("bob", "bob2", 0.7)
    warehouse = world(VALUED + acts)
    warehouse.engine.run(
        "insert into proofs select a.account, b.account, '' from accounts a, accounts b"
        " where a.id = 'bob' and b.id = 'bob2'"
    )
    assert later(warehouse) == {"ann": 1}


def test_moments_are_disjoint_horizons_with_a_window_before_them() -> None:
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    found = moments(first, last, timedelta(days=40), 9)
    assert found == [last - timedelta(days=10 * step) for step in (1, 2, 3)]  # 30 of 40 days
    assert len(moments(first, last, timedelta(days=40), 2)) == 2
    assert moments(first, last, timedelta(days=80), 9) == []


def test_candidates_reward_nothing_that_one_does_oneself() -> None:
    assert {"followers", "listed", "views", "own_acts"}.isdisjoint(candidate_signals())


def cuts_of(text: str, folder: Path, most: int = 3) -> list[Cut]:
    """Import interactions into a warehouse of its own, and measure the last cuts."""
    folder.mkdir(parents=True)
    own = Settings(data=folder / "data", threads=2, memory=2 * GIB)
    warehouse = Warehouse(own.data, own, Ledger(own.data), folder)
    (folder / "acts.csv").write_text(text, encoding="utf-8")
    options = ImportOptions(format="interactions")
    assert import_path(folder / "acts.csv", warehouse, options, NOW, lambda _text: None).clean
    cuts = make_cuts(warehouse.engine, "", timedelta(days=80), most, LENSES, lambda _text: None)
    warehouse.close()
    return cuts


def test_cuts_hold_what_was_known_and_what_came(tmp_path: Path) -> None:
    cuts = cuts_of(year_of_likes(), tmp_path / "one")
    assert list(by_set(cuts)) == ["net"]
    assert [cut.as_of for cut in cuts] == sorted((cut.as_of for cut in cuts), reverse=True)
    for cut in cuts:
        assert len(cut.later) == len(cut.quiet) == len(cut.signals) > 50
        assert cut.later.max() > 10
        known = cut.signals[:, cut.names.index("people")]
        assert np.corrcoef(known, cut.later)[0, 1] > 0.7
        assert set(cut.lenses) == {lens.label for lens in LENSES}


def test_the_order_of_rows_changes_no_cut(tmp_path: Path) -> None:
    head, *rows = year_of_likes(days=200).splitlines(keepends=True)
    mixed = [rows[n] for n in np.random.default_rng(3).permutation(len(rows))]
    one = cuts_of("".join([head, *rows]), tmp_path / "one")
    other = cuts_of("".join([head, *mixed]), tmp_path / "other")
    for left, right in zip(one, other, strict=True):
        assert (left.signals == right.signals).all()
        assert (left.later == right.later).all()
        for name, values in left.lenses.items():
            assert values == pytest.approx(right.lenses[name], rel=1e-9), name


ACTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 2000)), min_size=1, max_size=20
)


@given(acts=ACTS)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_happens_later_changes_what_is_known(
    acts: list[tuple[int, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    # The end of the data fixes the moments, so both worlds end with the same act.
    folder = tmp_path_factory.mktemp("leak")
    past, end = year_of_likes(days=120, people=30), datetime(2025, 6, 1, tzinfo=UTC)
    last = f"net,like,p1,p2,{end.isoformat()}\n"
    moment = end - timedelta(days=20)
    past = HEADER + "".join(
        row for row in past.splitlines(keepends=True)[1:]
        if datetime.fromisoformat(row.strip().split(",")[4]) <= moment
    )  # fmt: skip
    after = "".join(
        f"net,share,p{source},p{target},{(moment + timedelta(minutes=minute)).isoformat()}\n"
        for source, target, minute in acts
    )
    busy = "".join(
        f"net,like,p{n},p{n + 1},{(moment + timedelta(hours=n)).isoformat()}\n" for n in range(1, 6)
    )
    quiet_future = cuts_of(past + busy + last, folder / "one", most=1)
    other_future = cuts_of(past + busy + after + last, folder / "other", most=1)
    assert quiet_future[0].as_of == other_future[0].as_of == moment
    assert (quiet_future[0].signals == other_future[0].signals).all()
    assert (quiet_future[0].quiet == other_future[0].quiet).all()
    for name, values in quiet_future[0].lenses.items():
        assert (values == other_future[0].lenses[name]).all(), name
