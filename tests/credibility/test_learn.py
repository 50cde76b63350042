"""Credibility learnt from small pasts made by hand, and from random ones."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.credibility import CHANCE, FLAGS, LEAST_PAIRS, Past, begin, learn
from openclout.graph import Edges

PEOPLE = 12  # a community in which everybody acts upon everybody: 132 pairs
Pair = tuple[int, int]


def past(
    early: Sequence[Pair],
    late: Sequence[Pair] = (),
    again: bool = False,
    asked: bool = False,
    closed: int = 0,
) -> Past:
    """Make a past of one network: pairs of its older half, and of its newer half, all recent.

    All came `again`, were `asked` and have so many partners in common as `closed` says.
    """
    pairs = [*early, *late]
    source, target = (np.array([pair[end] for pair in pairs], np.int32) for end in (0, 1))
    count = int(max(source.max(), target.max())) + 1
    old = np.arange(len(pairs)) < len(early)
    edges = Edges(source, target, np.ones(len(pairs)), np.zeros(count, np.int32))
    recent, every = np.ones(len(pairs), bool), len(pairs)
    flags = {"again": np.full(every, again), "asked": np.full(every, asked)}
    return Past(edges, old, ~old, recent, closed=np.full(every, closed), **flags)


def community() -> list[Pair]:
    return [(one, two) for one in range(PEOPLE) for two in range(PEOPLE) if one != two]


def test_a_network_with_too_little_past_is_open() -> None:
    established, norms = learn(past(community()[: LEAST_PAIRS - 1]), 1)
    assert not established.any()
    assert not norms.guarded.any()


def test_whoever_was_acted_upon_by_the_known_is_established_and_a_silent_reader_is_not() -> None:
    reader, newcomer = PEOPLE, PEOPLE + 1
    late = [(reader, 0), *((known, newcomer) for known in range(6))]
    established, norms = learn(past(community(), late), 1)
    assert norms.guarded.all()
    assert established[newcomer]
    assert not established[reader]
    assert established[:PEOPLE].all()


@given(st.integers(2, 40), st.integers(0, 1))
def test_a_ring_of_fakes_is_not_established_whatever_it_does(size: int, bought: int) -> None:
    fakes = [PEOPLE + number for number in range(size)]
    ring = [(one, two) for one in fakes for two in fakes if one != two]
    popular = [(fake, target) for fake in fakes for target in range(PEOPLE)]
    real = [(0, fakes[0])] * bought
    established, _norms = learn(past(community(), [*ring, *popular, *real]), 1)
    assert established[fakes].sum() <= 3 * bought


def test_norms_are_what_is_usual_among_accounts_with_enough_engagers() -> None:
    """Six accounts have ten engagers each in the newer half, of whom six nobody ever acted upon."""
    silent = PEOPLE + 6 * np.arange(6)
    late = [
        (int(first) + number, target)
        for target, first in zip(range(6), silent, strict=True)
        for number in range(6)
    ]
    late += [(other, target) for target in range(6) for other in range(6, 10)]
    _established, norms = learn(past(community(), late), 1)
    assert norms.silent[0] == pytest.approx(1 + 6 / 4)


def test_where_nobody_comes_back_it_is_no_custom() -> None:
    assert learn(past(community(), again=True), 1)[1].custom.all()
    assert not learn(past(community(), again=False), 1)[1].custom.any()


@pytest.mark.parametrize(("asked", "times"), [(False, 1), (True, 1 + (PEOPLE - 1) / 0.5)])
def test_where_it_is_no_custom_to_come_back_who_came_unasked_is_sure(
    asked: bool, times: float
) -> None:
    """Each of the twelve has eleven engagers: all of them sure, or none."""
    assert learn(past(community(), asked=asked), 1)[1].unsure[0] == pytest.approx(times)


def test_where_people_come_back_being_asked_takes_nothing_away() -> None:
    assert learn(past(community(), again=True, asked=True), 1)[1].unsure[0] == 1


def test_a_circle_is_as_close_as_the_closest_are_but_a_few_partners_in_common_are_chance() -> None:
    assert learn(past(community(), closed=3), 1)[1].circle[0] == CHANCE
    assert learn(past(community(), closed=40), 1)[1].circle[0] == 40


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_walks_begin_at_the_chosen_alike_and_at_all_if_none_is(chosen: list[bool]) -> None:
    picked = np.array(chosen)
    start = begin(np.zeros(len(picked), np.int32), picked)
    assert start.mean() == pytest.approx(1)
    assert (start > 0).tolist() == (picked.tolist() if picked.any() else [True] * len(picked))


def test_nodes_in_another_order_learn_the_same() -> None:
    late = [(PEOPLE, 0), *((known, PEOPLE + 1) for known in range(6))]
    one = past(community(), late)
    mixed = np.random.default_rng(5).permutation(len(one.early))
    edges = Edges(one.edges.source[mixed], one.edges.target[mixed], one.edges.weight[mixed],
                  one.edges.group)  # fmt: skip
    flags = {name: getattr(one, name)[mixed] for name in FLAGS}
    other = Past(edges, closed=one.closed[mixed], **flags)
    assert (learn(one, 1)[0] == learn(other, 1)[0]).all()
    assert learn(one, 1)[1].silent.tolist() == learn(other, 1)[1].silent.tolist()
