"""Every signal over a world made by hand, against values worked out by hand.

The window is four days, so h is a day and an act's age in units of h is its age in days. A signal
without an expected value fails: see EXPECTED.

Upon Ann act: Bob (like on p1 now, reply on p1 a day ago), Cat (share of p1 a day ago, follow two
days ago), Dan (mention two days ago, accept of p2 two days ago), Eve (link to p2 and list, two days
ago) and four people without names (likes on p2 a day ago). Bob likes Cat, and Ann replies to Bob,
a day ago. Ann's own acts upon herself, distrust, and acts before the window count nowhere.
"""

from datetime import UTC, datetime, timedelta
from math import log, sqrt

import pytest
from tests.conftest import World

from openclout.errors import ModelError
from openclout.pipeline.measuring import measure
from openclout.scoring.model import load_model
from openclout.signal import exact_sql, load_signals, read_signal, share_sql
from openclout.vocabulary.period import Period

PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=4))
ACTS = """kind,source,target,object,published,count,value
like,bob,ann,p1,2026-01-05,,
reply,bob,ann,p1,2026-01-04,,
share,cat,ann,p1,2026-01-04,,
follow,cat,ann,,2026-01-03,,
mention,dan,ann,,2026-01-03,,
accept,dan,ann,p2,2026-01-03,,
link,eve,ann,p2,2026-01-03,,
list,eve,ann,,2026-01-03,,
like,,ann,p2,2026-01-04,4,
like,bob,cat,q1,2026-01-04,,
reply,ann,bob,b1,2026-01-04,,
view,,ann,p1,2026-01-04,10,
like,ann,ann,p1,2026-01-04,,
endorse,fay,ann,,2026-01-04,,-5
like,gus,ann,p1,2025-12-31,,
"""
POSTS = """id,author,published,views
p1,ann,2026-01-02,5
p2,ann,2026-01-02,
old,ann,2025-12-01,70
"""
ACCOUNTS = "id,followers,listed\nann,120,7\n"
HALF = 1 / sqrt(2)
EXPECTED = {
    "people_lately": (1 + 2**-4 + 2 * 2**-8) + 4 * 0.5 * 2**-4,
    "people": (1 + 0.5 + 0.25 + 0.25) + 4 * 0.5 * 0.5,
    "engagers": 4,
    "engagers_now": 2,  # Bob, Cat
    "newcomers": 1,  # Bob: his first act is a day ago; Cat's is two
    "sharers": 0.5,
    "followers_gained": 1,
    "linkers": 0.25,
    "listings_gained": 1,
    "anonymous": 1,
    "views": 15,
    "followers": 120,
    "listed": 7,
    "days": 1 + HALF + 0.5,
    "days_at_all": 3,
    "loyal": 1 + HALF,
    "returning": 1,  # Cat: first before the last day, and again within it
    "h_index": 2,
    "posts_that_moved": 2,
    "posts_that_moved_three": 0,
    "posts_passed_on": 1,
    "best_post": 2,
    "nods": 1 + 0.5,
    "talk": 1 + 0.25,
    "accepted": 0.25,
    "acts": 4 * log(3),
    "moved_movers": 1.5 * log(1.5),  # Bob and Cat each moved one person a day ago
    "attention": log(3) / (log(3) + log(2)) + HALF + 0.5 + 0.5,
    # The stationary state of five nodes, solved as linear equations.
    "pagerank": 2.0430495015,
    "movers": 1.5,
    "greatest_mover": 0.5,
    "ranks_of_engagers": 2.3467712875,
    "own_acts": 1,
    "people_addressed": 1,
    "own_posts": 2,
}


def test_every_signal_has_the_value_worked_by_hand(world: World) -> None:
    engine = world(ACTS, posts=POSTS, accounts=ACCOUNTS).engine
    measure(engine, PERIOD, tuple(load_signals()))
    rows = engine.records("select * from measured join accounts using (account, network)")
    ann = next(row for row in rows if row["id"] == "ann")
    found = {name: ann[name] for name in load_signals()}
    assert found == pytest.approx(EXPECTED, abs=2e-8)
    assert ann["latest"] == 0
    assert ann["evidence"] == 4 + 1


def test_anonymous_acts_count_no_more_than_the_largest_post_and_the_named(world: World) -> None:
    crowd = "kind,source,target,object,published,count\n"
    crowd += "like,bob,ann,p1,2026-01-05,\n"
    crowd += "like,,ann,p1,2026-01-05,100\nlike,,ann,p2,2026-01-05,90\n"
    engine = world(crowd).engine
    measure(engine, PERIOD, ("people", "anonymous"))
    [(people, anonymous)] = engine.rows("select people, anonymous from measured")
    assert anonymous == 50  # half of the largest post's hundred, not of both
    assert people == 2  # Bob, and as many without names as he can vouch for


def test_counts_of_a_file_that_names_nobody_need_no_one_to_vouch(world: World) -> None:
    warehouse = world("kind,source,target,object,published,count\nlike,,ann,p1,2026-01-05,10\n")
    engine = warehouse.engine
    measure(engine, PERIOD, ("people",))
    assert engine.rows("select people, evidence from measured") == [(0, 0)]
    engine.run("update files set names = false")
    measure(engine, PERIOD, ("people",))
    assert engine.rows("select people, evidence from measured") == [(5, 5)]


def test_the_model_knows_every_signal_and_no_other() -> None:
    model = load_model()
    assert set(model.weights) == set(load_signals())
    assert len(load_signals()) >= 25
    families = {load_signals()[name].family for name in model.counted}
    assert families == {"reach", "amplification", "network"}


def test_own_activity_is_never_rewarded() -> None:
    model = load_model()
    own = [name for name, signal in load_signals().items() if signal.family == "activity"]
    assert own
    assert all(model.weights[name] == 0 for name in own)


def test_a_sum_is_made_of_whole_numbers() -> None:
    assert exact_sql("sum(m)") == (
        "(CAST(SUM(CAST(ROUND((m) * 1073741824) AS BIGINT)) AS DOUBLE) / 1073741824)"
    )
    filtered = exact_sql("sum(m) filter (where again) + max(x)")
    assert filtered.endswith("FILTER(WHERE again) AS DOUBLE) / 1073741824) + MAX(x)")


def test_a_row_has_its_share_of_a_sum_and_none_of_a_maximum() -> None:
    signals = load_signals()
    assert share_sql(signals["loyal"]) == "case when again then m * POWER(2, -age / 2) else 0 end"
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
