"""What a person's score must be, in random worlds through the real engine."""

from math import expm1, log1p

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.persons.conftest import ANCHORS, NETWORKS, SECONDS, Act, Scene, acts, curve

from openclout.scoring import combine

pytestmark = pytest.mark.slow
ANN = [("forum:ann", "metro:ann")]
TOO = [("forum:bob", "metro:bob"), ("forum:cat", "metro:cat")]  # who act are persons as well
worlds = st.lists(acts, min_size=1, max_size=25)
few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def best(scene: Scene) -> float:
    found = [scene.account(f"{network}:ann") for network in NETWORKS]
    return max([one.score for one in found if one], default=0.0)


def test_linking_an_account_without_audience_changes_nothing(scene: Scene) -> None:
    @few
    @given(rows=worlds)
    def linked(rows: list[Act]) -> None:
        rows = [row for row in rows if row[2] != "ann"]
        scene.run(rows, TOO)
        alone = scene.account("forum:ann")
        scene.run(rows, [*TOO, ("forum:ann", "village:new")])
        assert scene.person("forum:ann") == alone
        scene.run(rows, [*ANN, *TOO])
        before = scene.person("forum:ann")
        scene.run(rows, [*ANN, *TOO, ("metro:ann", "village:new")])
        assert scene.person("forum:ann") == before

    linked()


def test_a_received_act_never_lowers_a_persons_score(scene: Scene) -> None:
    @few
    @given(rows=worlds, more=acts)
    def received(rows: list[Act], more: Act) -> None:
        scene.run(rows, [*ANN, *TOO])
        before = scene.person("forum:ann")
        scene.run([*rows, (*more[:3], "ann", *more[4:])], [*ANN, *TOO])
        after = scene.person("forum:ann")
        assert after
        assert after.score >= (before.score if before else 0.0) - 1e-9

    received()


def test_never_above_one_network_and_never_below_the_best_account(scene: Scene) -> None:
    @few
    @given(rows=worlds)
    def between(rows: list[Act]) -> None:
        scene.run(rows, [*ANN, *TOO])
        person = scene.person("forum:ann")
        if not person:
            return
        model = scene.model
        values = scene.pooled("forum:ann")
        weights, scales = model.shape(tuple(values))
        parts = zip(weights, scales, values.values(), strict=True)
        total = sum(weight * log1p(value / scale) for weight, scale, value in parts)
        limits = [
            combine.start(model, curve(network)) + combine.slope(model, curve(network)) * total
            for network in NETWORKS
            if scene.account(f"{network}:ann")
        ]
        assert person.score >= best(scene)
        assert person.score <= max(min(max(limits), 100.0), best(scene)) + 1e-9
        assert person.low <= person.score <= person.high

    between()


def test_an_audience_that_is_proved_to_be_the_same_counts_once(scene: Scene) -> None:
    scene.level()
    readers = [("forum:" + name, "metro:" + name) for name in ("bob", "cat", "dan", "eve", "fay")]
    events = st.tuples(
        st.sampled_from(("like", "reply", "share")), st.sampled_from(("bob", "cat", "dan", "eve")),
        st.integers(0, SECONDS - 1),
    )  # fmt: skip

    @few
    @given(events=st.lists(events, min_size=1, max_size=12))
    def once(events: list[tuple[str, str, int]]) -> None:
        here: list[Act] = [("forum", kind, who, "ann", None, age) for kind, who, age in events]
        there: list[Act] = [("metro", *row[1:]) for row in here]
        scene.run([*here, *here], [])
        alone = scene.account("forum:ann")
        scene.run([*here, *there], [*ANN, *readers])
        both = scene.person("forum:ann")
        assert alone
        assert both
        assert both.score <= alone.score + 1e-9
        assert both.evidence == alone.evidence
        parts = [one for name in ("forum:ann", "metro:ann") if (one := scene.account(name))]
        first = max(parts, key=lambda one: one.score)  # its band is not narrowed: no more is known
        assert both.high - both.low == pytest.approx(first.high - first.low)

    once()


def test_two_audiences_count_more_than_one_and_narrow_the_band(scene: Scene) -> None:
    scene.level()
    rows: list[Act] = [
        (network, "reply", name, "ann", post, 3600 * (post + 1))
        for network in NETWORKS[:2] for name in ("bob", "cat", "dan", "eve") for post in (1, 2, 9)
    ]  # fmt: skip
    scene.run(rows, ANN)
    one, person = scene.account("forum:ann"), scene.person("forum:ann")
    assert one
    assert person
    assert person.score > one.score + 2
    assert person.evidence == 2 * one.evidence
    assert 0.5**0.5 <= (person.high - person.low) / (one.high - one.low) < 0.85


def test_a_village_lifts_nobody(scene: Scene) -> None:
    """Twenty acts in the metro, one in a village where one act makes one great."""
    rows: list[Act] = [
        ("metro", "like", name, "ann", post, 3600 * post)
        for name in ("bob", "cat", "dan", "eve", "fay") for post in (1, 2, 3, 4)
    ]  # fmt: skip
    scene.run(rows, [("metro:ann", "village:ann")])
    metro = scene.account("metro:ann")
    scene.run(
        [*rows, ("village", "like", "bob", "ann", None, 86400)], [("metro:ann", "village:ann")]
    )
    village, person = scene.account("village:ann"), scene.person("village:ann")
    assert metro
    assert village
    assert person
    more = person.score - max(metro.score, village.score)
    assert village.score > metro.score
    assert more == 0.0
    middle, top = ANCHORS[""]
    worth = expm1((metro.score - 25) / 50 * (top - middle) + middle)
    assert worth > 1  # on the reference curve the metro's part is something
