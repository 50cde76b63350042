"""The band: conformal offsets by evidence, never without the score in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.scoring.interval import Pairs, band, fit_band
from openclout.scoring.model import BandRow, load_model


def pairs(count: int, seed: int = 1) -> Pairs:
    """Accounts whose next score is theirs plus noise that shrinks with evidence."""
    draw = np.random.default_rng(seed)
    evidence = draw.integers(1, 400, count).astype(float)
    score = draw.uniform(20, 60, count)
    later = score - 2 + draw.normal(0, 20, count) / np.sqrt(evidence)
    return Pairs(score, evidence, draw.random(count) < 0.3, later)


def test_it_covers_what_it_promises_on_windows_that_it_has_not_seen() -> None:
    rows = fit_band(pairs(4000, seed=1))
    unseen = pairs(4000, seed=2)
    low, high = band(unseen.score, unseen.evidence, unseen.quiet, rows)
    covered = np.mean((low <= unseen.later) & (unseen.later <= high))
    assert 0.88 <= covered <= 0.94


def test_more_evidence_gives_a_narrower_band() -> None:
    rows = [row for row in fit_band(pairs(8000)) if not row.quiet]
    widths = [row.high - row.low for row in rows]
    assert len(rows) >= 5
    assert widths[0] > 3 * widths[-1]


def test_few_pairs_are_joined_into_one_row() -> None:
    rows = fit_band(pairs(50))
    assert [row.evidence for row in rows if not row.quiet] == [0.0]


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 5000), st.booleans()), min_size=1),
    st.floats(-60, 60),
    st.floats(-60, 60),
)
def test_a_band_holds_the_score_within_0_and_100(
    accounts: list[tuple[float, float, bool]], low_offset: float, high_offset: float
) -> None:
    score, evidence, quiet = (np.array(column) for column in zip(*accounts, strict=True))
    rows = [BandRow(0.0, flag, low_offset, high_offset) for flag in (False, True)]
    low, high = band(score, evidence, quiet, rows)
    assert (low <= score).all()
    assert (score <= high).all()
    assert low.min() >= 0
    assert high.max() <= 100


def test_the_models_own_band_has_rows_for_everybody() -> None:
    found = {(row.quiet, row.evidence) for row in load_model().band}
    assert {(False, 0.0), (True, 0.0)} <= found


def test_nobody_is_covered_by_no_pairs() -> None:
    nothing = np.zeros(0)
    assert fit_band(Pairs(nothing, nothing, nothing.astype(bool), nothing)) == ()
    low, high = band(np.array([40.0]), np.array([5.0]), np.array([False]), ())
    assert (low[0], high[0]) == pytest.approx((40, 40))
