"""Every lens that is one number, over the hand-made world of the signals, worked by hand."""

import numpy as np
import pytest
from tests.conftest import World
from tests.lenses.conftest import by_name
from tests.signals.worlds import ACCOUNTS, PERIOD

from openclout.errors import NotFound
from openclout.graph import Edges, rank
from openclout.lenses import LENSES, Lens, lens
from openclout.lenses.openrank import ALPHA, WEIGHTS
from openclout.warehouse.engine import Engine

EXPECTED = {
    "followers": {"ann": 120},
    "engagers": {"ann": 4, "bob": 1, "cat": 1},
    "engagers_lately": {"ann": 2, "bob": 1, "cat": 1},
    "interactions": {"ann": 8 + 4, "bob": 1, "cat": 1},
    "h_index": {"ann": 2, "bob": 1, "cat": 1},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_count_is_the_one_worked_by_hand(engine: Engine, name: str) -> None:
    assert by_name(engine, name) == EXPECTED[name]


def test_known_follows_stand_in_for_a_profile_that_shows_none(world: World) -> None:
    follows = "kind,source,target,published\nfollow,ann,bob,2020-01-01\nfollow,ann,bob,2021-01-01\n"
    follows += "follow,cat,bob,2026-01-04\nfollow,dan,bob,2026-02-01\nfollow,bob,bob,2026-01-01\n"
    engine = world(follows, accounts=ACCOUNTS).engine
    assert by_name(engine, "followers") == {"ann": 120, "bob": 2}


def test_pagerank_is_the_signal_of_that_name(engine: Engine) -> None:
    found = by_name(engine, "pagerank")
    signal = engine.rows("select id, pagerank from measured join accounts using (account, network)")
    assert {name: found[name] for name, _rank in signal} == dict(signal)


def test_openrank_is_the_fixed_point_of_eigentrust(engine: Engine) -> None:
    trust = {  # from the acts of the window, by the published weights
        ("bob", "ann"): 1 + 6, ("cat", "ann"): 3 + 1, ("dan", "ann"): 12 + 1, ("eve", "ann"): 2,
        ("bob", "cat"): 1, ("ann", "bob"): 6,
    }  # fmt: skip
    names = ["ann", "bob", "cat", "dan", "eve"]
    shares = np.zeros((5, 5))
    for (source, target), value in trust.items():
        shares[names.index(source), names.index(target)] = value
    shares /= shares.sum(axis=1, keepdims=True)
    fixed = np.linalg.solve(np.eye(5) - (1 - ALPHA) * shares.T, np.full(5, ALPHA / 5))
    found = by_name(engine, "openrank")
    assert [found[name] for name in names] == pytest.approx(list(fixed * 5), abs=1e-8)
    assert sum(found.values()) == pytest.approx(5)
    assert WEIGHTS["mention"] == 12


def test_the_pre_trust_gives_the_shares_that_openrank_publishes() -> None:
    """The example of https://github.com/Karma3Labs/openrank-sdk, under Tweaking Alpha."""
    source, target = np.array([0, 0, 1], np.int32), np.array([1, 2, 2], np.int32)  # EK, VM, SD
    edges = Edges(source, target, np.array([75.0, 100.0, 100.0]), np.zeros(3, np.int32))
    pre_trust = 3 * np.array([50.0, 100.0, 0.0]) / 150
    shares = rank(edges, damping=1 - ALPHA, start=pre_trust) / 3
    assert list(shares.round(3)) == [0.217, 0.481, 0.302]


@pytest.mark.parametrize("known", LENSES, ids=lambda known: known.name)
def test_a_lens_keeps_its_contract(engine: Engine, known: Lens) -> None:
    found = known.values(engine, PERIOD)
    assert found["value"].dtype == np.float64
    assert np.isfinite(found["value"]).all()
    assert (np.diff(found["account"]) > 0).all()
    assert list(found) == ["account", "value", *known.parts]


def test_an_unknown_lens_says_which_there_are() -> None:
    with pytest.raises(NotFound, match=r'no lens "klout"\. Fix: use one of followers, engagers'):
        lens("klout")
