"""The fit of weights, on made-up cuts whose law is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openclout.scoring.fit import LEAST_WEIGHT, MOST_IDLE, Lesson, fit_weights, poisson, thinned


def lesson(weights: list[float], seed: int, rows: int = 3000, level: float = -1.0) -> Lesson:
    """Make a cut in which the people who act later follow a Poisson law of the signals."""
    rng = np.random.default_rng(seed)
    signals = np.log1p(rng.pareto(1.2, (rows, len(weights))))
    later = rng.poisson(np.exp(np.minimum(level + signals @ np.array(weights), 9)))
    return Lesson(signals, later.astype(np.float64), np.ones(rows), 1.0)


def test_poisson_finds_the_law() -> None:
    law = [0.6, 0.0, 0.3, 0.1]
    found = poisson([lesson(law, 1, level=-1.0), lesson(law, 2, level=0.5)])
    assert found == pytest.approx(law, abs=0.03)


def test_the_fit_gives_what_counts_the_weight() -> None:
    weights = fit_weights([lesson([0.7, 0.0, 0.3], 1)])
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights[0] > weights[2] > 0
    assert weights[1] < 0.03


def test_a_signal_that_speaks_against_gets_nothing() -> None:
    weights = fit_weights([lesson([0.8, -0.5], 3)])
    assert list(weights) == [1, 0]


def test_only_differences_within_a_cut_teach() -> None:
    # The second signal tells the cuts apart, and nothing within them.
    low, high = lesson([0.5, 0.0], 1, level=-2.0), lesson([0.5, 0.0], 2, level=2.0)
    for one, value in ((low, 0.0), (high, 5.0)):
        one.signals[:, 1] = value
    assert list(fit_weights([low, high])) == [1, 0]


def test_signals_that_say_the_same_share_the_weight() -> None:
    one = lesson([0.6, 0.0], 4)
    one.signals[:, 1] = one.signals[:, 0]
    assert fit_weights([one]) == pytest.approx([0.5, 0.5], abs=0.01)


def test_nothing_to_learn_is_said() -> None:
    nobody = Lesson(np.ones((50, 3)), np.zeros(50), np.ones(50), 1.0)
    with pytest.raises(ValueError, match="no signal"):
        fit_weights([nobody])


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 8))
def test_weights_are_shares_whatever_happens(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    law = list(rng.uniform(0.3, 0.6, k))
    one = lesson(law, seed, rows=400)
    weights = fit_weights([one])
    assert (weights >= 0).all()
    assert sum(round(weight * 1000) for weight in weights) == 1000
    assert all(weight == 0 or weight >= LEAST_WEIGHT - 0.001 for weight in weights)
    assert list(weights) == list(fit_weights([one]))


def test_idle_accounts_are_thinned_and_stand_for_one_another() -> None:
    rows = 5 * MOST_IDLE
    one = lesson([0.6, 0.2], 5, rows=rows, level=-4.0)
    less = thinned(one)
    assert len(less.later) < rows / 2
    assert less.times.sum() == pytest.approx(rows)
    assert less.later.sum() == one.later.sum()
    assert poisson([less]) == pytest.approx(poisson([one]), abs=0.05)
