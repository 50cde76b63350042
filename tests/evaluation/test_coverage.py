"""Coverage: bands judged by windows that they were not learnt from."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from openclout.errors import InputError
from openclout.evaluation.coverage import (
    Judged,
    Past,
    cover_sets,
    interval_score,
    judge_differences,
    judge_past,
    measure_pasts,
    summarise,
)
from openclout.evaluation.dataset import DataSet, opened
from openclout.pipeline.importing import ImportOptions
from openclout.scoring.model import BandRow, load_model
from openclout.scoring.run import Evidence
from openclout.settings import read_settings
from openclout.vocabulary.period import read_window

MODEL = load_model()
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def window(seed: int, accounts: int = 300) -> Evidence:
    """A window in which each account is moved by chance, much as in any other."""
    draw = np.random.default_rng(seed)
    people = draw.poisson(np.geomspace(0.5, 60, accounts)).astype(float)
    there = people > 0
    names = MODEL.counted
    signals = np.repeat(people[there, None], len(names), axis=1)
    latest = np.where(draw.random(there.sum()) < 0.2, 2.0, 0.3)
    return Evidence(np.flatnonzero(there), np.zeros(there.sum(), np.int64), signals, names,
                    people[there], latest)  # fmt: skip


def past(windows: int) -> Past:
    """A network in which every window is drawn alike."""
    return Past(
        "made", "here", 0, timedelta(days=7), tuple(window(seed) for seed in range(windows))
    )


def test_windows_alike_are_covered_as_promised() -> None:
    found = cover_sets([past(12)], MODEL, 5)["sets"][0]
    assert (found["windows"], found["own"]) == (5, 5)
    assert 0.85 <= found["rows"][0]["coverage"] <= 0.97
    assert [row["who"] for row in found["rows"]] == [
        "all", "least evidence", "middle", "most evidence",
    ]  # fmt: skip
    assert found["rows"][1]["relative"] > 2 * found["rows"][3]["relative"]


def test_a_band_is_learnt_from_earlier_windows_only() -> None:
    """Whatever the judged window and later ones brought, the bands of before are the same."""
    usual = past(8)
    other = Past("made", "here", 0, usual.window, (window(99), *usual.windows[1:]))
    first, second = judge_past(usual, MODEL, 1)[0], judge_past(other, MODEL, 1)[0]
    assert (first.low == second.low).all()
    assert (first.high == second.high).all()
    assert (first.later != second.later).any()


def test_a_given_band_is_judged_instead() -> None:
    rows = [BandRow(0.0, flag, 1.0, 1.0, (0.0, 1.0)) for flag in (False, True)]
    found = judge_past(past(6), MODEL, 2, rows)
    assert len(found) == 2
    assert not any(one.own.any() for one in found)
    assert all((one.high - one.low <= 5.0001).all() for one in found)


def test_too_short_a_past_is_no_proof() -> None:
    with pytest.raises(InputError, match="five disjoint windows"):
        cover_sets([past(4)], MODEL, 5)


def test_the_interval_score_is_the_width_and_twenty_times_what_was_missed() -> None:
    low, high, later = np.array([10.0, 10, 10]), np.array([20.0, 20, 20]), np.array([15.0, 8, 23])
    assert interval_score(low, high, later) == pytest.approx([10, 50, 70])


def test_figures_by_hand() -> None:
    """Two of three accounts are held; a third of evidence each."""
    score = np.array([20.0, 30, 60])
    low, high, later = np.array([10.0, 12, 50]), np.array([22.0, 34, 62]), np.array([10.0, 35, 55])
    judged = Judged(
        score,
        np.array([1.0, 2, 9]),
        score - 10,
        low,
        high,
        later,
        np.ones(3, dtype=bool),
        later[:, None],
    )
    everybody, *thirds = summarise(judged)
    assert everybody["coverage"] == pytest.approx(0.667)
    assert everybody["half_width"] == pytest.approx(23 / 3, abs=1e-3)
    assert everybody["relative"] == pytest.approx(23 / 80, abs=1e-3)
    assert everybody["interval_score"] == pytest.approx((12 + 22 + 20 + 12) / 3)
    assert everybody["least_possible"] == pytest.approx(0.667)
    assert [row["coverage"] for row in thirds] == [1, 0, 1]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "window", "columns"),
    [
        ("sourcecred/tracer-discord.tar.xz", "14d", ""),
        ("snap/CollegeMsg.txt.gz", "21d", "source target published kind='mention' network='c'"),
    ],
)
def test_bands_hold_nine_in_ten_of_what_came_next(
    path: str, window: str, columns: str, shared: Path, tmp_path: Path
) -> None:
    chosen = DataSet("set", shared / path, window, ImportOptions(columns=columns))
    settings = read_settings(tmp_path / "data")
    with opened(chosen, settings, tmp_path, NOW, lambda _text: None) as engine:
        pasts = measure_pasts(engine, "set", read_window(window), 5, MODEL, lambda _text: None)
    found = max(cover_sets(pasts, MODEL, 5)["sets"], key=lambda one: one["rows"][0]["accounts"])
    assert found["windows"] == 5
    assert 0.80 <= found["rows"][0]["coverage"] <= 0.97


def test_differences_by_hand() -> None:
    """The first is above the second in every outlook, and the second was above later."""
    two = np.array([60.0, 20])
    judged = Judged(two, two, two, two, two, two[::-1], np.ones(2, bool), two[:, None])
    found = judge_differences([judged])
    assert (found["pairs"], found["called"], found["called_right"], found["reversed"]) == (
        3, 1, 0, 1,
    )  # fmt: skip
    assert found["by_chance"] == [{"pairs": 3, "chance": 1, "came": 0}]


def test_who_is_alone_is_compared_with_nobody() -> None:
    one = np.array([60.0])
    found = judge_differences([Judged(one, one, one, one, one, one, one > 0, one[:, None])])
    assert (found["pairs"], found["called"], found["called_right"]) == (0, None, None)


def test_a_window_without_anybody_is_passed_over() -> None:
    usual = past(9)
    nobody = usual.windows[2].only(np.zeros(len(usual.windows[2].account), bool))
    windows = (*usual.windows[:2], nobody, *usual.windows[3:])
    found = judge_past(Past("made", "here", 0, usual.window, windows), MODEL, 3)
    assert len(found) == 2
    assert (found[1].later >= found[1].low.min()).all()
