"""The bar on a terminal: a share that never falls within a stage, and nothing left behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from openclout.cli.bar import Bar
from openclout.vocabulary.stage import Stage


def test_the_share_rises_from_step_to_step_and_stays_within_its_stage() -> None:
    reports = iter([0.2, 0.9, 0.1, -1.0, 0.8, 1.0, 0.0, 1.0])
    bar = Bar()
    bar.say(Stage("storing", 0.5, 0.9, lambda: next(reports)))
    seen = [bar.tasks[0].completed]
    for _ in range(7):
        list(bar.get_renderables())
        seen.append(bar.tasks[0].completed)
    assert seen == sorted(seen)
    assert seen[0] > 0.5
    assert seen[-1] < 0.9
    bar.say(Stage("publishing", 0.9, 1.0))
    assert bar.tasks[0].completed == pytest.approx(0.9)


def test_words_without_a_share_show_none() -> None:
    bar = Bar()
    bar.say("20,000 records read")
    assert bar.tasks[0].total is None
    assert bar.tasks[0].fields["share"] == ""


def test_an_import_on_a_terminal_shows_a_share_and_leaves_the_summary_alone(tmp_path: Path) -> None:
    table = tmp_path / "acts.csv"
    table.write_text("network,kind,source,target,published\nnet,like,a,b,2026-01-01\n")
    leader, terminal = os.openpty()
    command = [sys.executable, "-m", "openclout", "import", str(table), "--data"]
    process = subprocess.Popen(
        [*command, str(tmp_path / "data")], stderr=terminal, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(terminal)
    drawn = "".join(_pieces(leader))
    summary, _ = process.communicate()
    assert process.returncode == 0
    assert "storing interactions" in drawn
    assert "%" in drawn
    assert summary.startswith("acts.csv: a table")
    assert "storing" not in summary


def _pieces(leader: int) -> Iterator[str]:
    """Read what a terminal is shown, until nobody writes to it any more."""
    try:
        while piece := os.read(leader, 1 << 16):
            yield piece.decode(errors="replace")
    except OSError:  # how Linux says that it is over
        pass
    os.close(leader)
