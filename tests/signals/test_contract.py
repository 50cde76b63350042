"""Every signal over worlds made by hand, against values worked out by hand: see worlds.py."""

from dataclasses import replace
from typing import Any

import pytest
from tests.conftest import World
from tests.signals.worlds import (
    ALL_ACCOUNTS,
    ALL_ACTS,
    ALL_POSTS,
    BUSY,
    EXPECTED,
    EXPECTED_BUSY,
    PERIOD,
)

from openclout.errors import ModelError
from openclout.pipeline.measuring import fused_signals, measure
from openclout.scoring.model import load_model
from openclout.signal import Plan, load_signals, read_signal, share_sql
from openclout.warehouse.engine import Engine


def measured(engine: Engine, who: str, measurer: str) -> dict[str, Any]:
    """Measure every signal, on DuckDB or Spark, and give the row of one account."""
    engine.settings = replace(engine.settings, engine=measurer)
    measure(engine, PERIOD, tuple(load_signals()))
    rows = engine.records("select * from measured join accounts using (account, network)")
    return next(row for row in rows if row["id"] == who)


def test_every_signal_has_the_value_worked_by_hand(world: World, measurer: str) -> None:
    ann = measured(world(ALL_ACTS, posts=ALL_POSTS, accounts=ALL_ACCOUNTS).engine, "ann", measurer)
    found = {name: ann[name] for name in load_signals()}
    assert found == pytest.approx(EXPECTED, abs=2e-8)
    assert ann["latest"] == 0
    assert ann["evidence"] == 4 + 1


def test_the_signals_of_a_crowd_have_the_values_worked_by_hand(world: World, measurer: str) -> None:
    ann = measured(world(BUSY).engine, "ann", measurer)
    found = {name: ann[name] for name in EXPECTED_BUSY}
    assert found == pytest.approx(EXPECTED_BUSY, abs=2e-8)


def test_every_signal_has_a_value_other_than_nothing_in_one_of_the_worlds() -> None:
    assert [name for name in load_signals() if not {**EXPECTED, **EXPECTED_BUSY}[name]] == []


def test_anonymous_acts_count_no_more_than_the_third_best_post_and_the_named(world: World) -> None:
    crowd = "kind,source,target,object,published,count\n"
    crowd += "like,bob,ann,p1,2026-01-05,\n"
    crowd += "like,,ann,p1,2026-01-05,9999\nlike,,ann,p2,2026-01-05,110\n"
    crowd += "like,,ann,p3,2026-01-05,60\nlike,,ann,p3,2026-01-05,40\n"
    engine = world(crowd).engine
    measure(engine, PERIOD, ("people", "anonymous"))
    [(people, anonymous)] = engine.rows("select people, anonymous from measured")
    assert anonymous == 50  # half of the third best post's hundred, whatever was bought for one
    assert people == 2  # Bob, and as many without names as he can vouch for


def test_counts_of_a_file_that_names_nobody_need_no_one_to_vouch(world: World) -> None:
    warehouse = world("kind,source,target,object,published,count\nlike,,ann,p1,2026-01-05,10\n")
    engine = warehouse.engine
    measure(engine, PERIOD, ("people",))
    assert engine.rows("select people, evidence from measured") == [(0, 0)]
    engine.run("update files set names = false")
    measure(engine, PERIOD, ("people",))
    assert engine.rows("select people, evidence from measured") == [
        (1, 1)
    ]  # of one post: one voice


def test_the_model_knows_every_signal_and_no_other() -> None:
    model = load_model()
    assert set(model.weights) == set(load_signals())
    assert len(load_signals()) > 50
    families = {load_signals()[name].family for name in model.counted}
    assert families == {"reach", "amplification", "network"}


def test_own_activity_is_never_rewarded() -> None:
    model = load_model()
    own = [name for name, signal in load_signals().items() if signal.family == "activity"]
    assert own
    assert all(model.weights[name] == 0 for name in own)


def test_a_sum_is_made_of_whole_numbers_each_computed_once() -> None:
    plan = Plan("posts", bounded=False)
    assert plan.rewrite("sum(m)") == "(CAST(SUM(term0) AS DOUBLE) / 1073741824)"
    filtered = plan.rewrite("sum(m) filter (where again) + max(x)")
    assert filtered == (
        "(CAST(SUM(CASE WHEN again THEN term0 ELSE 0 END) AS DOUBLE) / 1073741824) + (MAX(x))"
    )
    assert plan.terms == {"CAST(ROUND((m) * 1073741824) AS BIGINT)": "term0"}


def test_voices_are_summed_by_kind_of_engager_then_bounded() -> None:
    plan = Plan("days", bounded=True)
    bounded = plan.rewrite("voices(x)")
    assert list(plan.parts) == ["sum(term0)::bigint"]
    assert bounded.startswith("(LEAST(CAST(SUM(part0) AS DOUBLE) / 1073741824, MAX(silent) *")
    assert "CASE WHEN sure THEN part0" in bounded


def test_where_everybody_counts_in_full_bounds_change_nothing(world: World) -> None:
    engine = world(ALL_ACTS, posts=ALL_POSTS, accounts=ALL_ACCOUNTS).engine
    measure(engine, PERIOD, ())
    names = tuple(load_signals())
    for over, bounded in fused_signals(names).items():
        plain = fused_signals(names, bounded=False)[over]
        assert engine.rows(f"from ({plain}) order by 1") == engine.rows(
            f"from ({bounded}) order by 1"
        )


def test_a_row_has_its_share_of_a_sum_and_none_of_a_maximum() -> None:
    signals = load_signals()
    assert (
        share_sql(signals["loyal"])
        == "case when again then voice * (POWER(2, -age / 2)) else 0 end"
    )
    assert share_sql(signals["greatest_mover"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "-- question: Why?\n-- unit: people   family: reach\nsum(m)",
        "-- question: Why?\n-- unit: people   family: fame   over: engagers\nsum(m)",
        "-- question: Why?\n-- unit: people   family: reach   over: nowhere\nsum(m)",
    ],
)
def test_a_signal_without_its_header_says_what_is_missing(text: str) -> None:
    with pytest.raises(ModelError, match=r"signals/new\.sql: its header lacks .* Fix: families"):
        read_signal("new", text)


def test_accounts_measured_in_slices_are_measured_alike(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = world(ALL_ACTS, posts=ALL_POSTS, accounts=ALL_ACCOUNTS).engine
    select = "from measured order by account"
    measure(engine, PERIOD, tuple(load_signals()))
    whole = engine.records(select)
    monkeypatch.setattr("openclout.warehouse.measure._MEASURED_BYTES", engine.settings.memory)
    assert len(engine.slices(engine.settings.memory)) > 1
    measure(engine, PERIOD, tuple(load_signals()))
    assert engine.records(select) == whole
