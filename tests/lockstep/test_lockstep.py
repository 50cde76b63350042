"""Lockstep: farms are found, strangers and crowds are not, and no order changes the answer."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openclout.lockstep import find_lockstep

PEOPLE, THINGS, ACTS = 400, 120, 4000
DAY = 86_400.0


def crowd(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw people who act on popular things at times of their own."""
    rng = np.random.default_rng(seed)
    account = np.minimum(rng.zipf(1.6, ACTS), PEOPLE) - 1
    thing = np.minimum(rng.zipf(1.5, ACTS), THINGS) - 1
    return account, thing, rng.uniform(0, 7 * DAY, ACTS)


def with_farm(seed: int, size: int, meetings: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Add a farm that acts together on some things, half a minute apart at most."""
    rng = np.random.default_rng(seed + 1)
    account, thing, time = crowd(seed)
    things = rng.choice(THINGS, meetings, replace=False)
    start = rng.uniform(0, 7 * DAY, meetings)
    return (
        np.concatenate([account, np.tile(np.arange(PEOPLE, PEOPLE + size), meetings)]),
        np.concatenate([thing, np.repeat(things, size)]),
        np.concatenate([time, np.repeat(start, size) + rng.uniform(0, 30, size * meetings)]),
    )


@given(seed=st.integers(0, 2**16))
def test_a_crowd_is_no_farm(seed: int) -> None:
    found = find_lockstep(*crowd(seed))
    assert (found.group >= 0).mean() < 0.02


@given(seed=st.integers(0, 2**16))
def test_a_farm_is_found_whole_and_by_itself(seed: int) -> None:
    group = find_lockstep(*with_farm(seed, size=8, meetings=5)).group
    farm = group[PEOPLE : PEOPLE + 8]
    assert (farm >= 0).all()
    assert len(set(farm)) == 1
    assert (group[:PEOPLE] == farm[0]).sum() <= 4


@given(seed=st.integers(0, 2**16))
def test_the_order_of_acts_means_nothing(seed: int) -> None:
    acts = with_farm(seed, size=5, meetings=4)
    order = np.random.default_rng(seed).permutation(len(acts[0]))
    account, thing, time = (column[order] for column in acts)
    one, other = find_lockstep(*acts), find_lockstep(account, thing, time)
    assert np.array_equal(one.group, other.group)
    assert np.array_equal(one.things, other.things)


def test_one_meeting_is_no_habit_and_oneself_no_partner() -> None:
    account = np.array([0, 1, 2, 2, 2])
    thing = np.array([0, 0, 1, 1, 1])
    found = find_lockstep(account, thing, np.array([0.0, 1.0, 0.0, 1.0, 2.0]))
    assert len(found.left) == 0
    assert found.group.tolist() == [-1, -1, -1]


def test_nobody_is_in_lockstep_where_nobody_acts() -> None:
    nothing = np.zeros(0, np.int64)
    found = find_lockstep(nothing, nothing, np.zeros(0))
    assert len(found.group) == len(found.left) == 0
