"""The band: conformal shares by evidence, never without the score in it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.scoring.interval import (
    Pairs,
    band,
    chances_above,
    fit_band,
    join,
    outlooks,
)
from openclout.scoring.model import BandRow, load_model

NOBODY = 10.0


def pairs(count: int, seed: int = 1, vanish: float = 0.0) -> Pairs:
    """Accounts whose next score is theirs plus noise that shrinks with evidence; some vanish."""
    draw = np.random.default_rng(seed)
    evidence = draw.integers(1, 400, count).astype(float)
    score = draw.uniform(20, 60, count)
    later = score - 2 + draw.normal(0, 20, count) / np.sqrt(evidence)
    later = np.where(draw.random(count) < vanish, NOBODY, np.maximum(later, NOBODY))
    return Pairs(score, evidence, draw.random(count) < 0.3, later, np.full(count, NOBODY))


def shuffled(found: Pairs, seed: int) -> Pairs:
    """The same accounts in another order."""
    order = np.random.default_rng(seed).permutation(len(found.score))
    return Pairs(found.score[order], found.evidence[order], found.quiet[order],
                 found.later[order], found.nobody[order])  # fmt: skip


def held(found: Pairs, rows: tuple[BandRow, ...]) -> tuple[float, float]:
    """The share of the later scores within the bands, and their mean half-width."""
    low, high = band(found.score, found.evidence, found.quiet, rows, NOBODY)
    inside = (low <= found.later) & (found.later <= high)
    return float(inside.mean()), float((high - low).mean() / 2)


@pytest.mark.parametrize("vanish", [0.0, 0.05, 0.3])
@pytest.mark.parametrize("count", [600, 4000])
def test_it_covers_what_it_promises_on_windows_that_it_has_not_seen(
    count: int, vanish: float
) -> None:
    rows = fit_band(pairs(count, 1, vanish))
    assert 0.87 <= held(pairs(4000, 2, vanish), rows)[0] <= 0.96


def test_where_one_in_twenty_vanishes_the_band_does_not_reach_down_to_nobody() -> None:
    worlds = [pairs(8000, 1, share) for share in (0.0, 0.05, 0.2)]
    none, few, many = (held(one, fit_band(one))[1] for one in worlds)
    assert none < few < many / 2


def test_more_evidence_gives_a_narrower_band() -> None:
    rows = [row for row in fit_band(pairs(8000)) if not row.quiet]
    widths = [row.most - row.least for row in rows]
    assert len(rows) >= 5
    assert widths[0] > 3 * widths[-1]


def test_few_pairs_are_joined_into_one_row() -> None:
    rows = fit_band(pairs(50))
    assert [row.evidence for row in rows if not row.quiet] == [0.0]


def test_where_hardly_any_is_quiet_the_quiet_take_the_rows_of_all() -> None:
    busy = pairs(500)
    busy = Pairs(busy.score, busy.evidence, np.zeros(500, bool), busy.later, busy.nobody)
    rows = fit_band(busy)
    by_kind = [[(row.evidence, row.least, row.most) for row in rows if row.quiet == quiet]
               for quiet in (False, True)]  # fmt: skip
    assert by_kind[0] == by_kind[1]


@given(st.integers(30, 400), st.integers(0, 1000), st.floats(0, 0.9))
def test_the_order_of_accounts_changes_nothing(count: int, seed: int, vanish: float) -> None:
    found = pairs(count, seed, vanish)
    assert fit_band(found) == fit_band(shuffled(found, seed + 1))


@given(st.integers(0, 30))
def test_a_band_learnt_on_one_curve_is_that_of_another_that_starts_elsewhere(start: int) -> None:
    found = pairs(200)
    moved = Pairs(found.score + start, found.evidence, found.quiet, found.later + start,
                  found.nobody + start)  # fmt: skip
    for row, other in zip(fit_band(found), fit_band(moved), strict=True):
        assert (row.evidence, row.quiet) == (other.evidence, other.quiet)
        assert (row.least, row.most) == pytest.approx((other.least, other.most))


def test_pairs_of_two_windows_make_more_rows_than_those_of_one() -> None:
    found = pairs(300)
    assert len(fit_band(join([found, found]))) > len(fit_band(found))


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 5000), st.booleans()), min_size=1),
    st.floats(-2, 3),
    st.floats(-2, 3),
    st.floats(0, 40),
)
def test_a_band_holds_the_score_within_0_and_100(
    accounts: list[tuple[float, float, bool]], least: float, most: float, nobody: float
) -> None:
    score, evidence, quiet = (np.array(column) for column in zip(*accounts, strict=True))
    rows = [BandRow(0.0, flag, least, most, (1.0,)) for flag in (False, True)]
    low, high = band(score, evidence, quiet, rows, nobody)
    assert (low <= score).all()
    assert (score <= high).all()
    assert low.min() >= 0
    assert high.max() <= 100


def test_the_models_own_band_has_rows_for_everybody() -> None:
    found = {(row.quiet, row.evidence) for row in load_model().band}
    assert {(False, 0.0), (True, 0.0)} <= found


def test_nobody_is_covered_by_no_pairs() -> None:
    nothing = np.zeros(0)
    assert fit_band(Pairs(nothing, nothing, nothing.astype(bool), nothing, nothing)) == ()
    low, high = band(np.array([40.0]), np.array([5.0]), np.array([False]), (), NOBODY)
    assert (low[0], high[0]) == pytest.approx((40, 40))


def test_an_outlook_is_what_such_accounts_kept() -> None:
    rows = [BandRow(0.0, False, 0, 1, (0.0, 0.5)), BandRow(5.0, False, 0, 1, (0.5, 1.0))]
    score, evidence = np.array([35.0, 35, 35]), np.array([4.0, 5, 5])
    found = outlooks(score, evidence, np.array([False, False, True]), rows, NOBODY)
    assert found.tolist() == [[10, 25], [25, 40], [35, 35]]


def test_a_chance_counts_draws_half() -> None:
    first, second = np.array([[10.0, 30]]), np.array([[10.0, 20]])
    assert chances_above(first, second).tolist() == [(0.5 + 0 + 1 + 1) / 4]
    assert chances_above(second, first).tolist() == [1 - 2.5 / 4]


@pytest.mark.parametrize("vanish", [0.0, 0.2, 0.5])
def test_chances_come_true(vanish: float) -> None:
    """Over pairs of accounts of an unseen window, the mean chance is how often it came so."""
    seen, unseen = pairs(4000, 1, vanish), pairs(8000, 2, vanish)
    found = outlooks(unseen.score, unseen.evidence, unseen.quiet, fit_band(seen), NOBODY)
    half = 4000
    chance = chances_above(found[:half], found[half:])
    came = (1 + np.sign(unseen.later[:half] - unseen.later[half:])) / 2
    for least, most in ((0, 0.3), (0.3, 0.7), (0.7, 1.01)):
        chosen = (chance >= least) & (chance < most)
        if chosen.sum() > 400:
            assert came[chosen].mean() == pytest.approx(chance[chosen].mean(), abs=0.07)
