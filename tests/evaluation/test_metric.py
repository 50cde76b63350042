"""Metrics against values worked by hand, and what must hold whatever is judged."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from openclout.evaluation.metric import Floats, Order, Ranking, found, ndcg, spearman

VALUES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), min_size=2, max_size=40)


def ranked(values: Floats | list[float], times: Floats | None = None) -> Ranking:
    values = np.array(values, np.float64)
    return Ranking(Order.of(values), np.ones(len(values)) if times is None else times)


def judged(values: list[float], gain: list[float], k: int) -> float:
    return ndcg(ranked(values), ranked(gain), np.array(gain, np.float64), k)


def test_ndcg_by_hand() -> None:
    ideal = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    mine = 2 / math.log2(2) + 3 / math.log2(3) + 0 / math.log2(4)
    assert judged([9, 8, 7, 6], [2, 3, 0, 1], 3) == pytest.approx(mine / ideal)


def test_ndcg_at_one_sees_the_first_only() -> None:
    assert judged([5, 9], [4, 1], 1) == pytest.approx(1 / 4)


def test_ties_gain_their_mean() -> None:
    # Two orders are possible: gains 4, 0 and 0, 4.
    both = (4 / math.log2(2) + 4 / math.log2(3)) / 2
    assert judged([1, 1], [4, 0], 2) == pytest.approx(both / 4)


def test_ties_that_reach_beyond_k_are_shared() -> None:
    assert judged([1, 1, 1, 1], [4, 0, 0, 0], 1) == pytest.approx(1 / 4)


def test_accounts_that_a_lens_does_not_name_count_in_the_ideal() -> None:
    assert judged([1, 0, 0], [0, 0, 8], 1) == pytest.approx(0)


def test_nothing_to_gain_is_undefined() -> None:
    assert math.isnan(judged([1, 2], [0, 0], 2))


def test_found_by_hand() -> None:
    truth = ranked([9.0, 8, 7, 1, 0])
    assert found(ranked([9.0, 1, 8, 2, 0]), truth, 2) == pytest.approx(1 / 2)
    assert found(ranked([1.0, 1, 0, 0, 0]), truth, 1) == pytest.approx(1 / 2)
    assert found(ranked([0.0, 0, 0, 0, 0]), truth, 5) == pytest.approx(1)


def test_spearman_of_equal_values_is_undefined() -> None:
    assert math.isnan(spearman(ranked([1.0, 1, 1]), ranked([1.0, 2, 3])))


@given(VALUES)
def test_spearman_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    values, others = (np.array(column, np.float64) for column in zip(*pairs, strict=True))
    mine = spearman(ranked(values), ranked(others))
    if len(set(values)) > 1 and len(set(others)) > 1:
        assert mine == pytest.approx(spearmanr(values, others).statistic)
    else:
        assert math.isnan(mine)


@given(VALUES, st.randoms(use_true_random=False), st.integers(1, 50))
def test_the_order_of_rows_makes_no_difference(
    pairs: list[tuple[int, int]], random: "np.random.Generator", k: int
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)
    results = []
    for rows in (pairs, shuffled):
        values, gain = ([float(x) for x in column] for column in zip(*rows, strict=True))
        truth = ranked(gain)
        figures = [judged(values, gain, k), found(ranked(values), truth, min(k, len(rows)))]
        results.append([*figures, spearman(ranked(values), truth)])
    assert results[0] == pytest.approx(results[1], nan_ok=True)


@given(VALUES, st.integers(1, 50))
def test_the_ideal_order_is_the_best(pairs: list[tuple[int, int]], k: int) -> None:
    values, gain = ([float(x) for x in column] for column in zip(*pairs, strict=True))
    if any(gain):
        assert judged(gain, gain, k) == pytest.approx(1)
        assert 0 <= judged(values, gain, k) <= 1 + 1e-12
    least = min(k, len(pairs))
    assert found(ranked(gain), ranked(gain), least) <= 1 + 1e-12


@given(VALUES, st.data(), st.integers(1, 20))
def test_counting_an_account_twice_is_having_it_twice(
    pairs: list[tuple[int, int]], data: st.DataObject, k: int
) -> None:
    times = data.draw(st.lists(st.integers(0, 3), min_size=len(pairs), max_size=len(pairs)))
    if not sum(times):
        return
    values, gain = (np.array(column, np.float64) for column in zip(*pairs, strict=True))
    counted = np.array(times, np.float64)
    long_values, long_gain = np.repeat(values, times), np.repeat(gain, times)
    truth, long_truth = ranked(gain, counted), ranked(long_gain)
    mine, long_mine = ranked(values, counted), ranked(long_values)
    assert ndcg(mine, truth, gain, k) == pytest.approx(
        ndcg(long_mine, long_truth, long_gain, k), nan_ok=True
    )
    assert spearman(mine, truth) == pytest.approx(spearman(long_mine, long_truth), nan_ok=True)
    assert found(mine, truth, k) == pytest.approx(found(long_mine, long_truth, k))
