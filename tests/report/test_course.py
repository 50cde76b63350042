"""The page draws the leaders' kept days and what moved them, once days are kept."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.report.conftest import acts, bring, report, run

from openclout.report.charts.course import Course, Moved, course, moved
from openclout.report.palette import family_colors

COLORS = dict(zip(("days", "nods"), family_colors("amplification", 2), strict=True))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with kept days, a week apart."""
    data = bring(tmp_path_factory.mktemp("kept"), acts())
    run("backfill", "--days", "15", "--every", "7d", "--data", data)
    return data


def test_the_page_shows_days_and_changes_once_they_are_kept(kept: Path, page: str) -> None:
    found = report(kept)
    assert "How the highest scores moved" in found
    assert "Why they moved since 2026-03-" in found
    assert "How the highest scores moved" not in page  # one day is no course


def test_a_line_rises_where_the_score_rises() -> None:
    line = Course("ann", [-3.0, -2.0, 0.0], [40.0, 60.0, 50.0])
    points = course([line])["layer"][0]["data"]["values"]
    heights = [point["y"] for point in points]  # in pixels from above
    assert heights[1] < heights[2] < heights[0]


def test_a_small_change_is_no_mountain() -> None:
    line = Course("ann", [-1.0, 0.0], [50.0, 50.5])
    first, last = (point["y"] for point in course([line])["layer"][0]["data"]["values"])
    assert 0 < first - last < 3


def test_rises_stand_to_the_right_and_falls_to_the_left_and_add_up() -> None:
    one = Moved("ann", {"days": 3.0, "nods": -2.0}, -0.5)
    assert one.whole == pytest.approx(0.5)
    segments = moved([one], COLORS)["layer"][0]["data"]["values"]
    ends = sorted((part["x0"], part["x1"]) for part in segments)
    assert ends == [(-2.5, -2.0), (-2.0, 0.0), (0.0, 3.0)]
    assert all(left[1] == right[0] for left, right in pairwise(ends))


def test_the_days_are_counted_back_from_the_last(kept: Path) -> None:
    from openclout.cli.reading import open_snapshot

    with open_snapshot(kept) as snapshot:
        line = snapshot.history.line(snapshot.find("ann"))
    days = [past.kept.day for past in line]
    assert days == [days[-1] - timedelta(days=14), days[-1] - timedelta(days=7), days[-1]]
