"""Kred, PeerIndex and Klout of 2011 over the world of the signals, worked by hand."""

from math import log

import pytest
from tests.conftest import World
from tests.lenses.conftest import by_name
from tests.signals.worlds import PERIOD

from openclout.lenses import lens
from openclout.lenses.kred import KRED
from openclout.pipeline.measuring import measure
from openclout.pipeline.persons import join_persons
from openclout.warehouse.engine import Engine


def test_kred_gives_ten_points_an_act(engine: Engine) -> None:
    assert by_name(engine, "kred", "influence_points") == {
        "ann": 120, "bob": 10, "cat": 10, "dan": 0, "gus": 0,
    }  # fmt: skip
    assert by_name(engine, "kred") == pytest.approx(
        {"ann": 1000, "bob": 500.5, "cat": 500.5, "dan": 1, "gus": 1}  # ln 11 is half of ln 121
    )


def test_kreds_outreach_knows_all_time(engine: Engine) -> None:
    assert by_name(engine, "kred", "outreach_points") == {
        "ann": 10, "bob": 30, "cat": 20, "dan": 10, "gus": 10,  # Gus acted before the window
    }  # fmt: skip


def test_kreds_levels_are_at_the_points_that_it_published(world: World) -> None:
    points = {"a": 90, "b": 100, "c": 260, "d": 270, "e": 550, "f": 560}
    acts = "kind,source,target,published,count\n" + "".join(
        f"reply,{name},zoe,2026-01-05,{given // 10}\n" for name, given in points.items()
    )
    engine = world(acts).engine
    measure(engine, PERIOD, ("people",))
    levels = by_name(engine, "kred", "outreach")
    assert [levels[name] for name in points] == [0, 1, 1, 2, 2, 3]


def test_kred_gives_more_for_an_act_of_somebody_with_many_followers(world: World) -> None:
    acts = "kind,source,target,published\nshare,bob,ann,2026-01-05\nshare,cat,ann,2026-01-05\n"
    engine = world(acts, accounts="id,followers\nbob,10000\ncat,10001\n").engine
    measure(engine, PERIOD, ("people",))
    assert by_name(engine, "kred", "influence_points")["ann"] == 10 + 50


def test_kreds_ledger_adds_up_to_its_points(engine: Engine) -> None:
    found = KRED.values(engine, PERIOD)
    assert KRED.ledger
    for place, account in enumerate(found["account"]):
        entries = KRED.ledger(engine, PERIOD, int(account))
        for part in ("influence_points", "outreach_points"):
            points = sum(entry.points for entry in entries if entry.part == part)
            assert points == found[part][place]


def test_kreds_ledger_names_every_act(engine: Engine) -> None:
    ids = dict(engine.rows("select id, account from accounts"))
    names = {number: name for name, number in ids.items()}
    assert KRED.ledger
    entries = KRED.ledger(engine, PERIOD, ids["ann"])
    found = [
        (entry.part[:3], entry.kind, f"{entry.published:%m-%d}", names.get(entry.other or -1),
         entry.post, entry.acts, entry.points)
        for entry in entries
    ]  # fmt: skip
    assert found == [
        ("inf", "like", "01-05", "bob", "p1", 1, 10),
        ("inf", "like", "01-04", None, "p2", 4, 40),
        ("inf", "reply", "01-04", "bob", "p1", 1, 10),
        ("inf", "share", "01-04", "cat", "p1", 1, 10),
        ("inf", "accept", "01-03", "dan", "p2", 1, 10),
        ("inf", "follow", "01-03", "cat", None, 1, 10),
        ("inf", "link", "01-03", "eve", "p2", 1, 10),
        ("inf", "list", "01-03", "eve", None, 1, 10),
        ("inf", "mention", "01-03", "dan", None, 1, 10),
        ("out", "reply", "01-04", "bob", "b1", 1, 10),
    ]
    assert all(entry.published.microsecond == 0 for entry in entries)


def test_peerindex_is_ones_place_within_120_days(engine: Engine) -> None:
    expected = {
        "authority": {"ann": 100, "bob": 80, "cat": 60, "dan": 0, "eve": 0, "gus": 0},
        "audience": {"ann": 100, "bob": 60, "cat": 60, "dan": 0, "eve": 0, "gus": 0},
        "activity": {"ann": 100, "bob": 80, "cat": 20, "dan": 20, "eve": 20, "gus": 0},
        "realness": {"ann": 75, "bob": 100, "cat": 75, "dan": 50, "eve": 50, "gus": 50},
        "value": {"ann": 100, "bob": 74, "cat": 52, "dan": 4, "eve": 4, "gus": 0},
    }
    for part, values in expected.items():
        assert by_name(engine, "peerindex", part) == pytest.approx(values), part


def test_peerindex_takes_a_bot_for_nobody(world: World) -> None:
    acts = "kind,source,target,published\nlike,bot,ann,2026-01-05\nlike,bot,bob,2026-01-05\n"
    acts += "like,ann,bot,2026-01-05\n"
    engine = world(acts, accounts="id,bot\nbot,true\n").engine
    measure(engine, PERIOD, ("people",))
    assert by_name(engine, "peerindex", "realness")["bot"] == 0
    audience = by_name(engine, "peerindex", "audience")
    assert audience["bot"] == 100
    assert audience["ann"] == 0


def test_klout_counts_those_who_are_active_and_whom_they_reach(engine: Engine) -> None:
    most = log(5)
    assert by_name(engine, "klout2011", "true_reach") == {"ann": 4, "bob": 0, "cat": 1}
    assert by_name(engine, "klout2011", "amplification") == pytest.approx(
        {"ann": 1 + 99 * 4 / 7, "bob": 1, "cat": 1 + 99 / 4}
    )
    assert by_name(engine, "klout2011", "network_score") == pytest.approx(
        {"ann": 1 + 99 * log(2) / 4 / most, "bob": 1, "cat": 1}
    )
    assert by_name(engine, "klout2011") == pytest.approx(
        {
            "ann": 1 + 99 * (0.5 + 0.25 * 4 / 7 + 0.25 * log(2) / 4 / most),
            "bob": 1,
            "cat": 1 + 99 * (0.5 * log(2) / most + 0.25 / 4),
        }
    )


@pytest.mark.parametrize("name", ["kred", "peerindex", "klout2011", "openrank"])
def test_nobody_acts_and_nobody_has_a_value(world: World, name: str) -> None:
    engine = world("kind,source,target,published\nlike,ann,ann,2026-01-05\n").engine
    measure(engine, PERIOD, ("people",))
    assert len(lens(name).values(engine, PERIOD)["value"]) == 0


def test_acts_among_ones_own_accounts_bring_nothing(world: World) -> None:
    acts = "kind,source,target,published\nlike,ann,ann2,2026-01-05\nlike,bob,ann,2026-01-05\n"
    engine = world(acts).engine
    engine.run(
        "insert into proofs select a.account, b.account, '' from accounts a, accounts b"
        " where a.id = 'ann' and b.id = 'ann2'"
    )
    join_persons(engine)
    measure(engine, PERIOD, ("people",))
    assert by_name(engine, "kred", "influence_points") == {"ann": 10, "bob": 0}
    assert set(by_name(engine, "peerindex")) == {"ann", "bob"}
