"""Places and sides: what they promise, for any numbers."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openclout.habit import (
    LEAST_PEOPLE,
    MARGIN,
    PARTS,
    Doings,
    Ladder,
    Stand,
    find_ladders,
    find_places,
    follow,
)

LADDERS: list[Ladder] = [(0.25, 0.5, 0.75)] * 4
shares = st.floats(0, 1)


def stand(share: list[list[float]], amount: float = 1e9) -> Stand:
    """Make a stand of accounts of whom much is known."""
    values = np.array(share, float).reshape(-1, 4)
    many = np.full_like(values, amount)
    return Stand(np.arange(len(values)), values, many, np.full(len(values), 50.0))


def doings(steps: list[tuple[int, int, int]], fade: float = 0.9, part: float = 1.0) -> Doings:
    """Make one account's doings out of (step, days on which it wrote, on which it lifted)."""
    wrote = np.array([row[1] for row in steps], float)
    lifted = np.array([row[2] for row in steps], float)
    parts = {name: np.ones(len(steps)) for name in PARTS}
    parts |= {"wrote": wrote, "lifted": lifted, "talked": wrote, "days": np.maximum(wrote, lifted)}
    step = np.array([row[0] for row in steps])
    return Doings(np.zeros(len(steps), np.int64), step, parts, int(step.max()), part, fade)


@given(st.lists(shares, min_size=8, max_size=8))
def test_places_lie_within_and_rise_with_what_is_measured(values: list[float]) -> None:
    low, high = np.sort(np.array(values).reshape(2, 4), axis=0)
    places = find_places(stand([list(low), list(high)]), LADDERS)
    assert ((places >= 0) & (places <= 1)).all()
    assert (places[0] <= places[1]).all()


@given(shares, st.floats(0, 5), st.floats(0, 5))
def test_little_evidence_draws_to_the_middle_and_never_across(
    share: float, less: float, more: float
) -> None:
    few, many = (
        find_places(stand([[share] * 4], amount), LADDERS)[0, 0] - 0.5
        for amount in sorted((less, more))
    )
    assert abs(few) <= abs(many) + 1e-12
    assert few * many >= 0


@given(st.lists(shares, min_size=LEAST_PEOPLE, max_size=60))
def test_half_the_people_are_on_either_side(values: list[float]) -> None:
    ladders = find_ladders(stand([[value] * 4 for value in values]))
    assert ladders is not None
    if ladders[0]:
        first, middle, third = ladders[0]
        assert 0 < middle < 1
        assert first <= middle <= third
        median = np.median(values)
        if 0 < median < 1:
            assert middle == median


def test_those_at_the_end_where_most_are_stay_there() -> None:
    values = [1.0] * 40 + [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    ladders = find_ladders(stand([[value] * 4 for value in values]))
    assert ladders is not None
    assert all(ladders)
    known = [ladder for ladder in ladders if ladder]
    places = find_places(stand([[1.0] * 4, [0.3] * 4]), known)
    assert (places[0] > 0.9).all()
    assert (places[1] < 0.5).all()


def test_few_people_have_no_ladder_and_people_alike_none_on_that_axis() -> None:
    assert find_ladders(stand([[0.5] * 4] * (LEAST_PEOPLE - 1))) is None
    assert find_ladders(stand([[1.0, 0.5, 0.5, 0.5]] * 40)) == [None, *[(0.5, 0.5, 0.5)] * 3]


def test_a_side_is_kept_within_the_margin_and_left_beyond_it() -> None:
    begun = [(step, 5, 1) for step in range(6)]
    course = follow(doings(begun), LADDERS)
    assert course.sides[0, 0]
    wavering = [*begun, *((step, 3, 4) for step in range(6, 12))]
    course = follow(doings(wavering, fade=0.5), LADDERS)
    assert 0.5 - MARGIN < course.places[0, 0] < 0.5
    assert course.sides[0, 0]  # past the middle, and not by enough
    turned = [*begun, *((step, 0, 6) for step in range(6, 30))]
    assert not follow(doings(turned), LADDERS).sides[0, 0]


def test_a_style_comes_at_three_days_and_goes_at_half_of_them() -> None:
    assert not follow(doings([(0, 2, 2)]), LADDERS).shown[0]
    assert follow(doings([(0, 4, 4)]), LADDERS).shown[0]
    for steps, kept in ((9, True), (30, False)):
        later = replace(doings([(0, 4, 4)]), last=steps)
        assert follow(later, LADDERS).shown[0] == kept


@given(st.integers(0, 3), st.floats(0.01, 1))
def test_the_unfinished_step_fades_as_much_as_has_passed(steps: int, part: float) -> None:
    later = replace(doings([(0, 4, 2)], part=part), last=1 + steps)
    found = follow(later, LADDERS).days[0]
    assert np.isclose(found, 4 * 0.9 ** (steps + part))


@given(st.integers(0, 2**32), st.floats(0.05, 1), st.floats(0.5, 0.99))
def test_it_is_what_following_everybody_in_every_step_gives(
    seed: int, part: float, fade: float
) -> None:
    made = drawn(seed, part, fade)
    course = follow(made, LADDERS)
    for place, account in enumerate(course.account):
        places, sides, shown = followed_alone(made, int(account))
        assert np.allclose(course.places[place], places, atol=1e-9)
        assert (course.sides[place] == sides).all()
        assert course.shown[place] == shown


def drawn(seed: int, part: float, fade: float) -> Doings:
    """Draw what a few accounts did in a dozen steps."""
    rng = np.random.default_rng(seed)
    acted = rng.random((12, 6)) < rng.random(6)
    acted[0, 0] = acted[-1, 1] = True
    step, account = np.nonzero(acted)
    some = {name: rng.integers(0, 4, len(step)) for name in PARTS}
    parts = {name: count * rng.random(len(step)) for name, count in some.items()}
    parts["days"] += 1
    parts["again"] = parts["things"] * rng.random(len(step))
    return Doings(account.astype(np.int64), step, parts, 11, part, fade)


def followed_alone(made: Doings, account: int) -> tuple[list[float], list[bool], bool]:
    """Follow one account as the words say it: everything fades and is looked at in every step."""
    sums = dict.fromkeys((*PARTS, "weeks", "lived"), 0.0)
    sides, begun, shown, lived = [False] * 4, [False] * 4, False, False
    places = [0.5] * 4
    for step in range(made.last + 1):
        passed = made.part if step == made.last else 1.0
        sums = {name: value * made.fade**passed for name, value in sums.items()}
        rows = np.nonzero((made.account == account) & (made.step == step))[0]
        for name in PARTS:
            sums[name] += float(made.parts[name][rows].sum())
        lived |= len(rows) > 0
        sums["weeks"] += len(rows)
        sums["lived"] += max(len(rows), passed) if lived else 0.0
        pairs = (
            (sums["wrote"], sums["wrote"] + sums["lifted"]),
            (sums["talked"], sums["talked"] + sums["listened"]),
            (sums["again"], sums["things"]),
            (sums["weeks"], sums["lived"]),
        )
        for axis, (some, whole) in enumerate(pairs):
            share = some / whole if whole else 0.5
            raw = float(np.interp(share, [0, 0.25, 0.5, 0.75, 1], [0, 0.25, 0.5, 0.75, 1]))
            places[axis] = 0.5 + (raw - 0.5) * whole / (whole + 3)
            if whole and not begun[axis]:
                sides[axis], begun[axis] = places[axis] >= 0.5, True
            sides[axis] = places[axis] > 0.6 or (sides[axis] and places[axis] >= 0.4)
        shown = all(begun) and sums["days"] >= (1.5 if shown else 3)
    return places, sides, shown
