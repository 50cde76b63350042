"""A change is split into parts that add up to it, whoever came, went, or is shown by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openclout.scoring import combine
from openclout.scoring.explain import Contribution, Explanation, explain
from openclout.scoring.model import load_model
from openclout.scoring.split import SHOWN, Side, Tie, split
from openclout.signal import load_signals

MODEL = load_model()
SIGNALS = load_signals()
PEOPLE = [name for name in MODEL.counted if SIGNALS[name].over == "engagers"]
POSTS = ["posts_that_moved"]
TOLD = {
    **dict.fromkeys(PEOPLE, "engagers"),
    **dict.fromkeys(POSTS, "post_engagement"),
}
WHO = st.integers(1, 8)
SHARES = st.dictionaries(WHO, st.tuples(st.floats(0.01, 5), st.floats(0, 4), st.booleans()))


def explained(values: dict[str, float]) -> Explanation:
    whole = dict.fromkeys(SIGNALS, 0.0) | values
    signals = np.array([[whole[name] for name in MODEL.counted]])
    total = combine.raw_sum(signals, *MODEL.shape(MODEL.counted))
    return explain(
        whole, float(combine.score(total, MODEL, MODEL.anchors)[0]), MODEL, MODEL.anchors
    )


def side(values: dict[str, float], shares: dict[int, Tie], posts: dict[int, float]) -> Side:
    """Make one side; shares are scaled so that they are at most the points of signals on people."""
    found = explained(values)

    def points(names: list[str]) -> float:
        return sum(part.points for part in found.contributions if part.signal.name in names)

    ties = sum(tie[0] for tie in shares.values()) or 1.0
    part = points(PEOPLE) / ties
    rest = points(POSTS) / (sum(posts.values()) or 1.0)
    return Side(
        found,
        {who: (tie[0] * part, tie[1], tie[2]) for who, tie in shares.items()},
        {post: share * rest for post, share in posts.items()},
        TOLD,
    )


given_sides = st.tuples(
    st.fixed_dictionaries({name: st.floats(0, 1e4) for name in MODEL.counted}),
    SHARES,
    st.dictionaries(WHO, st.floats(0.01, 3)),
)
Given = tuple[dict[str, float], dict[int, Tie], dict[int, float]]


@settings(max_examples=40)
@given(given_sides, given_sides, st.floats(0.01, 4))
def test_the_parts_add_up_to_the_change(one: Given, other: Given, since: float) -> None:
    before, after = side(*one), side(*other)
    parts = split(before, after, since, {})
    change = after.explanation.score - before.explanation.score
    assert sum(part.points for part in parts) == pytest.approx(change, abs=1e-9)
    for part in parts:
        if part.movers:
            assert sum(mover.points for mover in part.movers) == pytest.approx(
                part.points, abs=1e-9
            )
    shown = combine.rounded([part.points for part in parts])
    assert sum(shown) == pytest.approx(round(sum(part.points for part in parts), 1), abs=1e-6)


@settings(max_examples=15)
@given(given_sides)
def test_nothing_moved_where_nothing_changed(one: Given) -> None:
    found = side(*one)
    assert all(part.points == pytest.approx(0, abs=1e-9) for part in split(found, found, 1.0, {}))


def test_each_kind_of_person_has_a_part_of_its_own() -> None:
    ties_before: dict[int, Tie] = {
        1: (4.0, 0.2, True), 2: (3.0, 0.5, True), 3: (2.0, 3.9, True), 4: (1.0, 1.0, False),
    }  # fmt: skip
    ties_after: dict[int, Tie] = {
        1: (5.0, 0.1, True), 2: (2.5, 0.8, True), 4: (1.5, 1.3, True), 5: (0.5, 0.0, True),
    }  # fmt: skip
    empty = explained({})
    before, after = Side(empty, ties_before), Side(empty, ties_after)
    names = {("engagers", who): f"u{who}" for who in (1, 2, 3, 4)}
    parts = {part.kind: part for part in split(before, after, 0.3, names)}
    found = {
        kind: [(one.label, one.points) for one in parts[kind].movers]
        for kind in ("again", "older", "gone", "credibility", "new")
    }
    assert found == {
        "again": [("u1", 1.0)],
        "older": [("u2", -0.5)],
        "gone": [("u3", -2.0)],
        "credibility": [("u4", 0.5)],
        "new": [(SHOWN, 0.5)],  # whom the snapshot does not show has no name here
    }


def test_a_signal_that_no_person_has_a_share_in_is_told_with_its_values() -> None:
    before, after = Side(explained({"h_index": 3.0})), Side(explained({"h_index": 5.0}))
    [part] = [one for one in split(before, after, 1.0, {}) if abs(one.points) > 1e-9]

    def points(found: Side) -> float:
        named: list[Contribution] = [
            one for one in found.explanation.contributions if one.signal.name == "h_index"
        ]
        return named[0].points

    assert part.label == "h index: 3.0 → 5.0 posts"
    assert part.points == pytest.approx(points(after) - points(before))
