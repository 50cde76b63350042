"""Joining in gives nothing: what an account does itself raises none of its signals of influence."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.persons.conftest import Act, Scene, acts

from openclout.signal import load_signals

FED = {"pagerank"}
"""Can rise when one acts upon those who act upon oneself: docs/explanation/limits.md."""
NAMES = [name for name, signal in load_signals().items() if signal.family != "activity"]


@pytest.mark.slow
def test_no_signal_rewards_own_acts_posts_or_profile(scene: Scene) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rows=st.lists(acts, min_size=1, max_size=20), own=st.lists(acts, min_size=1, max_size=8))
    def nothing(rows: list[Act], own: list[Act]) -> None:
        _plain(scene)
        before = scene.measured("forum:ann", rows, NAMES)
        _full(scene)
        mine: list[Act] = [("forum", row[1], "ann", *row[3:]) for row in own]
        after = scene.measured("forum:ann", [*rows, *mine], NAMES)
        assert {name for name in NAMES if after[name] > before[name] + 1e-9} <= FED

    nothing()


def test_a_profile_and_posts_alone_change_nothing(scene: Scene) -> None:
    rows: list[Act] = [("forum", "reply", "bob", "ann", post, 3600 * post) for post in (1, 2, 3)]
    scene.run(rows, [("forum:ann", "metro:ann")])
    before = scene.account("forum:ann"), scene.person("forum:ann")
    _full(scene)
    scene.run(rows, [("forum:ann", "metro:ann")])
    assert (scene.account("forum:ann"), scene.person("forum:ann")) == before


def _plain(scene: Scene) -> None:
    scene.engine.run("delete from posts")
    scene.engine.run("update accounts set name = null, following = null, posts = null, bot = null,"
                     " kind = null, created = null")  # fmt: skip


def _full(scene: Scene) -> None:
    """Fill ann's profile, follow thousands, and write four posts."""
    scene.engine.run("update accounts set name = 'Ann', following = 5000, posts = 900, bot = false,"
                     " kind = 'person', created = '2010-01-01' where id = 'ann'")  # fmt: skip
    scene.engine.run(
        "insert into posts by name select 70000 + n as post, network, 'own' || n as id,"
        " account as author, timestamp '2026-01-04' + to_hours(n::bigint) as published,"
        " 'hello' as text, ['tea'] as tags, 'en' as language from accounts, range(4) t(n)"
        " where id = 'ann' and network = 'forum'"
    )
