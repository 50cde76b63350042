"""The mathematics of combining: additive, monotone, concave, and exact as shown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from openclout.scoring import combine
from openclout.scoring.cohort import percentiles, ranks
from openclout.scoring.explain import explain
from openclout.scoring.model import Anchors, load_model
from openclout.signal import load_signals

MODEL = load_model()
ANCHORS = Anchors(0.3, 2.4)
values = st.dictionaries(
    st.sampled_from(sorted(load_signals())), st.floats(0, 1e7), min_size=len(load_signals())
)
parts = st.lists(st.floats(-100, 100), min_size=1, max_size=15)


@given(parts, st.integers(0, 3))
def test_rounded_parts_add_up_to_the_rounded_sum(numbers: list[float], digits: int) -> None:
    shown = combine.rounded(numbers, digits)
    assert sum(shown) == pytest.approx(round(sum(numbers) * 10**digits) / 10**digits, abs=1e-9)
    assert all(abs(a - b) <= 10**-digits for a, b in zip(shown, numbers, strict=True))


@given(values)
def test_contributions_add_up_to_the_score(found: dict[str, float]) -> None:
    counted = np.array([[found.get(name, 0.0) for name in MODEL.counted]])
    total = combine.raw_sum(counted, *MODEL.shape(MODEL.counted))
    score = float(combine.score(total, MODEL, ANCHORS)[0])
    explained = explain(found, score, MODEL, ANCHORS)
    whole = explained.base + sum(part.points for part in explained.contributions)
    shown = explained.base_shown + sum(part.shown for part in explained.contributions)
    assert whole == pytest.approx(score, abs=1e-9)
    assert f"{shown:.1f}" == f"{round(score * 10) / 10:.1f}"


@given(values, st.sampled_from(MODEL.counted), st.floats(0, 1e5))
def test_more_of_a_signal_never_lowers_a_score_and_brings_less_each_time(
    found: dict[str, float], name: str, step: float
) -> None:
    def total(extra: float) -> float:
        row = [found.get(other, 0.0) + (extra if other == name else 0) for other in MODEL.counted]
        return float(combine.raw_sum(np.array([row]), *MODEL.shape(MODEL.counted))[0])

    first, second, third = total(0), total(step), total(2 * step)
    assert first <= second <= third
    assert third - second <= second - first + 1e-9


@given(some.arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 100)))
def test_percentile_and_rank_agree(scores: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    shares, places = percentiles(scores), ranks(scores)
    for score, share, place in zip(scores, shares, places, strict=True):
        assert share == pytest.approx(100 * np.mean(scores < score))
        assert place == 1 + np.sum(scores > score)


def test_the_curve_holds_its_two_anchors() -> None:
    totals = np.array([0.3, 2.4, 50.0, 0.0])
    scores = combine.score(totals, MODEL, ANCHORS)
    assert scores[:2] == pytest.approx([25, 75])
    assert scores[2] == 100
    assert scores[3] == pytest.approx(25 - 50 * 0.3 / 2.1)
